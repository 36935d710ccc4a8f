"""Where a condition looks, as frozen values.

Scopes are applied in one order: time window, anchors (before / after / until a moment), role, slice of
turns.
"""

from dataclasses import dataclass
from enum import StrEnum

from speechqa.call import Role


class Unit(StrEnum):
    SECONDS = "s"
    TURNS = "turns"
    PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the conversation, counted from its first word (or, `from_end`, back from its last)."""

    start: float
    end: float
    unit: Unit
    from_end: bool = False


class Which(StrEnum):
    """Which of a moment's occurrences an anchor means."""

    FIRST = "first"
    LAST = "last"
    NTH = "nth"
    EACH = "each"
    ANY = "any"


class IfNever(StrEnum):
    """What a condition is when the moment it is anchored to never happened."""

    NOT_APPLICABLE = "not_applicable"
    FAIL = "fail"
    PASS = "pass"  # noqa: S105  (a verdict)


@dataclass(frozen=True, slots=True)
class Anchor:
    moment: str
    which: Which = Which.FIRST
    nth: int = 1  # counts from 1; only for Which.NTH


@dataclass(frozen=True, slots=True)
class Slice:
    """The first (or, `from_end`, last) `count` turns of those that are left."""

    count: int
    from_end: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition looks; everything None means the whole call, both sides."""

    by: Role | None = None
    window: Window | None = None
    before: Anchor | None = None
    after: Anchor | None = None
    around: Anchor | None = None  # both before and after it, `within` so far
    until: str | None = None  # moment: up to its next occurrence, or to the end if there is none
    within: Window | None = None  # how far from `after` or `around` (or back from `before`)
    turns: Slice | None = None
    if_never: IfNever = IfNever.NOT_APPLICABLE

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(anchor for anchor in (self.after, self.before, self.around) if anchor is not None)

    @property
    def moments(self) -> tuple[str, ...]:
        """Names of the moments that bound it."""
        ends = (self.until,) if self.until is not None else ()
        return (*(anchor.moment for anchor in self.anchors), *ends)


ANYWHERE = Scope()
