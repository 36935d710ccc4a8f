"""Stretches of time: where somebody speaks, and where nobody does."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from speechqa.call import Seconds, Turn

Span: TypeAlias = tuple[Seconds, Seconds]


def spans(turn: Turn) -> Sequence[Span]:
    """When the turn's words are spoken; all of its time where it has none."""
    if not turn.words:
        return [(turn.start, turn.end)]
    return [(word.start, word.end) for word in turn.words]


def union(found: Iterable[Span], bridging: Seconds = 0.0) -> list[Span]:
    """The same time as spans in order that neither touch nor overlap; gaps up to `bridging` are closed."""
    joined: list[Span] = []
    begun, until = 0.0, float("-inf")  # of the span that may still grow; none yet
    for start, end in sorted(found):
        if start > until + bridging:
            joined.append((begun, until))
            begun, until = start, end
        elif end > until:
            until = end
    return [*joined, (begun, until)][1:]


def clipped(found: Iterable[Span], start: Seconds, end: Seconds) -> list[Span]:
    """What of the spans lies between two times."""
    return [(max(start, one), min(end, two)) for one, two in found if one < end and start < two]


def shared(some: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """The time that is in both; each argument in order and without overlap."""
    return [part for start, end in some for part in clipped(others, start, end)]


def length(found: Iterable[Span]) -> Seconds:
    return sum((end - start for start, end in found), 0.0)
