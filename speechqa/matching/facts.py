"""The operator on what the calls table says: metadata."""

from collections.abc import Mapping

from speechqa.call import Hit, Role, Witness
from speechqa.checklist.facts import Comparison, Metadata
from speechqa.matching.outcome import Outcome, Truth


def metadata(condition: Metadata, known: Mapping[str, str]) -> Outcome:
    """Whether a column compares as wanted; unknown where the call has no such column."""
    value = known.get(condition.field, "")
    if condition.comparison is Comparison.EXISTS:
        return Outcome(Truth.TRUE if value else Truth.FALSE)
    if not value:
        return Outcome(Truth.UNKNOWN, 0.0)
    hit = Hit(
        Role.UNKNOWN,
        0.0,
        0.0,
        value,
        f"{condition.field} {condition.comparison} {condition.values[0]}",
        Witness.METADATA,
        1.0,
    )
    holds = _compares(condition, value)
    return Outcome(Truth.TRUE if holds else Truth.FALSE, hits=(hit,) if holds else ())


def _compares(condition: Metadata, value: str) -> bool:
    wanted = condition.values
    match condition.comparison:
        case Comparison.EQ | Comparison.IN:
            return value in wanted
        case Comparison.NE:
            return value not in wanted
        case Comparison.CONTAINS:
            return any(part in value for part in wanted)
        case _:
            try:
                number, bound = float(value), float(wanted[0])
            except ValueError:
                number, bound = (value > wanted[0]) - (value < wanted[0]), 0
            return number < bound if condition.comparison is Comparison.LT else number > bound
