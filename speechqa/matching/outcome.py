"""What a condition came to: three truth values, what was heard, and Kleene's logic over them.

`SKIPPED` is a condition whose anchor never happened (`if_never: not_applicable`): it has no say in
`all` and `any`, and a rule that is nothing else is not applicable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from speechqa.assessment import Hit
from speechqa.call import Message


class Truth(Enum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Truth of a condition, how sure, and why.

    `hits` are what decided it, `doubts` are hits that may or may not be (unsure words, unknown
    role), `near` the closest things heard that are not enough. `blind` says why the place could not
    be judged as a whole (None: it could be).
    """

    truth: Truth
    confidence: float = 1.0
    hits: tuple[Hit, ...] = ()
    doubts: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    blind: Message | None = None


SKIPPED = Outcome(Truth.SKIPPED)


def opposite(outcome: Outcome) -> Outcome:
    """`not`: what was heard stays what was heard."""
    if outcome.truth is Truth.TRUE:
        return replace(outcome, truth=Truth.FALSE)
    return replace(outcome, truth=Truth.TRUE) if outcome.truth is Truth.FALSE else outcome


def every(outcomes: Sequence[Outcome]) -> Outcome:
    """`all`: false if one is false, else unknown if one is unknown."""
    return at_least(len([one for one in outcomes if one.truth is not Truth.SKIPPED]), outcomes)


def some(outcomes: Sequence[Outcome]) -> Outcome:
    """`any`: true if one is true, else unknown if one is unknown."""
    return at_least(1, outcomes)


def at_least(count: int, outcomes: Sequence[Outcome]) -> Outcome:
    """True when `count` are true; false when that can no longer be, whatever the unknown ones are."""
    if len(outcomes) == count == 1:
        return outcomes[0]
    judged = [one for one in outcomes if one.truth is not Truth.SKIPPED]
    if not judged:
        return SKIPPED
    if len(judged) < len(outcomes):  # what has no place in this call is not asked for
        count = min(count, len(judged))
    true = [one for one in judged if one.truth is Truth.TRUE]
    unknown = [one for one in judged if one.truth is Truth.UNKNOWN]
    false = [one for one in judged if one.truth is Truth.FALSE]
    if len(true) >= count:
        return _joined(Truth.TRUE, true, min if len(true) == count else max)
    if len(true) + len(unknown) < count:
        return _joined(Truth.FALSE, false, min if len(judged) - len(false) == count - 1 else max)
    return _joined(Truth.UNKNOWN, unknown, min)


def _joined(truth: Truth, parts: Sequence[Outcome], surest: Callable[[Sequence[float]], float]) -> Outcome:
    return Outcome(
        truth,
        surest([part.confidence for part in parts]) if parts else 1.0,
        _gathered([part.hits for part in parts]),
        _gathered([part.doubts for part in parts]),
        _gathered([part.near for part in parts]),
        next((part.blind for part in parts if part.blind is not None), None),
    )


def _gathered(groups: Sequence[tuple[Hit, ...]]) -> tuple[Hit, ...]:
    """The hits of all, each once."""
    return each_once([hit for group in groups for hit in group])


def each_once(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Without those that are there before. (What differs by these differs, and most does.)"""
    if len({(hit.start, hit.wanted) for hit in hits}) == len(hits):
        return tuple(hits)
    return tuple(dict.fromkeys(hits))
