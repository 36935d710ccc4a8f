"""Operators on what happened: a moment, or that somebody spoke at all.

{happened: pitch, before: first owner-confirmed}
{spoke: agent, after: refusal}
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

from speechqa.call import Role
from speechqa.checklist.form import Form, one_of
from speechqa.checklist.operators.leaf import Operator
from speechqa.checklist.reading import Reader, Reading


@dataclass(frozen=True, slots=True)
class Happened(Operator):
    """True when a moment happened inside the scope."""

    moment: str

    @property
    def moments(self) -> tuple[str, ...]:
        return (self.moment,)


@dataclass(frozen=True, slots=True)
class Spoke(Operator):
    """True when the scope's role said anything at all inside the scope."""


Events: TypeAlias = Happened | Spoke


def _happened(form: Form, reading: Reading) -> Happened:
    reading.moment(form, "happened")
    return Happened(reading.scope(form), form.text("happened"))


def _spoke(form: Form, reading: Reading) -> Spoke:
    role = one_of(form.mapping.entries["spoke"][1], "spoke", Role, reading.faults)
    return Spoke(replace(reading.scope(form), by=role))


READERS = (Reader("happened", _happened), Reader("spoke", _spoke))
