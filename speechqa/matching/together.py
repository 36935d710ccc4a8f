"""Phrases that count only together: within one turn, near one another, in the order written.

Without an order, what is near enough to the phrase before it belongs to one cluster, and a cluster must have
enough different phrases. With an order, the longest chain is looked for in which each phrase is written after
the one before; a phrase that was also said too early does no harm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from speechqa.assessment import Hit
from speechqa.checklist.operators.words import Phrases, Unit
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.evidence import apart
from speechqa.text import ENGLISH


class Placed(NamedTuple):
    """Where a phrase was said, and its place among the wanted ones. In English the span counts words."""

    span: Span
    order: int


def placed(span: Span, order: int, conversation: Conversation) -> Placed:
    """The place of a phrase that was said in a stretch of a turn."""
    if conversation.language != ENGLISH:
        return Placed(span, order)
    turn, into = (conversation.normals[at].text for at in (span.turn, span.into))
    start, end = turn.count(" ", 0, span.start), turn.count(" ", 0, span.end) + 1
    upto = into.count(" ", 0, span.upto) + 1 if span.into else 0
    return Placed(Span(span.turn, start, end, span.into, upto), order)


@dataclass(frozen=True, slots=True)
class _Link:
    """The last place of a chain, and the chain before it."""

    hit: Hit
    placed: Placed
    before: "_Link | None"
    length: int


def is_chain(condition: Phrases) -> bool:
    """Whether the phrases of a condition count only together."""
    return condition.ordered or condition.near is not None or condition.unit is Unit.TURN


def together(condition: Phrases, said: Mapping[Hit, Placed]) -> list[Hit]:
    """The places that make the condition true, in order of time; none when they are not together."""
    places = sorted(said.items(), key=lambda one: (one[1].span, one[1].order))
    groups: Iterable[Sequence[tuple[Hit, Placed]]] = [places]
    if condition.unit is Unit.TURN or condition.near is not None:
        groups = _by_turn(places)
    if condition.ordered:
        chains = [_chain(group, condition.near) for group in groups]
        return next((chain for chain in chains if len(chain) >= condition.at_least), [])
    if condition.near is not None:
        groups = [cluster for group in groups for cluster in _clusters(group, condition.near)]
    found = [
        hit
        for group in groups
        if len({placed.order for _, placed in group}) >= condition.at_least
        and len(hits := apart([hit for hit, _ in group])) >= condition.min_hits
        for hit in hits
    ]
    return sorted(found, key=lambda hit: (hit.start, hit.end))


def _by_turn(places: Iterable[tuple[Hit, Placed]]) -> Iterator[list[tuple[Hit, Placed]]]:
    turns: dict[int, list[tuple[Hit, Placed]]] = defaultdict(list)
    for hit, placed in places:
        turns[placed.span.turn].append((hit, placed))
    yield from turns.values()


def _clusters(places: Sequence[tuple[Hit, Placed]], near: int) -> Iterator[list[tuple[Hit, Placed]]]:
    """Parts of one turn's places in which each is at most so far behind those before it."""
    cluster: list[tuple[Hit, Placed]] = []
    end = 0
    for hit, placed in places:
        if cluster and placed.span.start - end > near:
            yield cluster
            cluster = []
        end = max(end, placed.span.end) if cluster else placed.span.end
        cluster.append((hit, placed))
    if cluster:
        yield cluster


def _chain(places: Sequence[tuple[Hit, Placed]], near: int | None) -> list[Hit]:
    """The longest run of places, each of a phrase written later than the one before."""
    ending: dict[int, list[_Link]] = defaultdict(list)  # by the order of the last phrase; near ones only
    waiting: list[_Link] = []  # those that end behind where we are
    longest: _Link | None = None
    for hit, placed in places:
        at = (placed.span.turn, placed.span.start)
        for link in [one for one in waiting if one.placed.span.stop <= at]:
            waiting.remove(link)
            _keep(link, ending[link.placed.order], near, placed.span.start)
        before = max(
            (
                link
                for order, links in ending.items()
                if order < placed.order
                for link in links
                if near is None or placed.span.start - link.placed.span.end <= near
            ),
            key=lambda link: (link.length, link.placed.span),
            default=None,
        )
        new = _Link(hit, placed, before, before.length + 1 if before else 1)
        waiting.append(new)
        if longest is None or new.length > longest.length:
            longest = new
    return list(_unrolled(longest))[::-1]


def _keep(link: _Link, links: list[_Link], near: int | None, start: int) -> None:
    """Only what may still be gone on from: without a distance, the earliest of the longest will do."""
    if near is not None:
        links[:] = [one for one in links if start - one.placed.span.end <= near] + [link]
    elif not links or link.length > links[-1].length:
        links[:] = [link]


def _unrolled(link: _Link | None) -> Iterator[Hit]:
    while link is not None:
        yield link.hit
        link = link.before
