"""A thing of a kind, as it was found in what a turn says."""

from dataclasses import dataclass

from speechqa.checklist.operators.facts import EntityKind


@dataclass(frozen=True, slots=True)
class Found:
    """`value` is canonical: yuan as a decimal (19.80), digits, a date in ISO as far as it was said."""

    kind: EntityKind
    value: str
    start: int  # half-open span in the view of `spoken`
    end: int
    sure: bool = True  # whether its check digit is right
    exact: bool = True  # 三十来块 is not
