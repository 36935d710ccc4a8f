"""Conditions put together: Kleene's three-valued logic over others."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechqa.checklist.operators import Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    count: int
    parts: tuple["Condition", ...]


NOTHING = All(())  # stands for a condition that could not be read; the file is refused anyway
