"""What operators on words make of what they heard: places told apart, the best of them, what falls short."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from speechqa.assessment import Hit
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place

_MOST_NEAR = 3  # near misses told


def apart(hits: list[Hit]) -> list[Hit]:
    """One hit a place: of overlapping ones the surest, then the longest; in order of time."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.confidence, hit.start - hit.end)):
        if not any(
            hit.turn == other.turn and hit.start < other.end and other.start < hit.end for other in kept
        ):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def best(hits: list[Hit]) -> tuple[Hit, ...]:
    """The surest few, in order of time."""
    if not hits:
        return ()
    surest = sorted(apart(hits), key=lambda hit: -hit.confidence)[:_MOST_NEAR]
    return tuple(sorted(surest, key=lambda hit: hit.start))


def true(hits: Sequence[Hit], doubts: tuple[Hit, ...] = ()) -> Outcome:
    """What comes of evidence that is enough; there is some."""
    return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits), doubts)


def short_of(
    place: Place, said: Sequence[Hit], doubts: tuple[Hit, ...] = (), near: tuple[Hit, ...] = ()
) -> Outcome:
    """What comes of evidence that is surely there but not enough: it leads the near misses.

    It makes the verdict no less sure: that one of two phrases was said says nothing about the other.
    """
    without = place.without(doubts, near)
    return replace(without, near=(*said, *near))


def distinct(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits without those whose words lie inside the words of another."""
    kept: dict[int, Hit] = {}  # by their order
    beside: dict[int | None, list[int]] = defaultdict(list)  # by turn: those of the kept that lie in it
    for number, hit in enumerate(hits):
        there = beside[hit.turn]
        if any(_covers(kept[other], hit) for other in there):
            continue
        for other in [other for other in there if _covers(hit, kept[other])]:
            there.remove(other)
            del kept[other]
        there.append(number)
        kept[number] = hit
    return tuple(kept.values())


def _covers(one: Hit, other: Hit) -> bool:
    if one.span is None or other.span is None:
        return one == other
    return one.turn == other.turn and one.span[0] <= other.span[0] and other.span[1] <= one.span[1]
