"""The operators `like` and `repeat`: what was said much as an example, or again and again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speechqa.assessment import Hit, Witness
from speechqa.call import Role
from speechqa.checklist.operators.words import Like, Repeat
from speechqa.matching.clauses import clauses, sentences
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.ears import Ears
from speechqa.matching.evidence import apart, best, short_of, true
from speechqa.matching.likeness.nearest import NEAR, nearest, overlap, text_of
from speechqa.matching.likeness.similarity import Gist, gist, similarities
from speechqa.matching.outcome import Outcome
from speechqa.matching.places import Place


def like(condition: Like, place: Place) -> Outcome:
    """Whether something in the place is as similar as wanted to one of the examples."""
    hits: list[Hit] = []
    unsure: list[Hit] = []
    near: list[Hit] = []
    turns = sorted(place.turns | place.doubtful)
    for alike in nearest(condition.examples, condition.threshold - NEAR, turns, place.conversation):
        hit = place.conversation.hit(
            alike.span, alike.example.text, Witness.SIMILARITY, round(alike.similarity, 3)
        )
        enough = alike.similarity >= condition.threshold
        if place.holds(hit):
            (hits if enough else near).append(hit)
        elif enough and place.may_hold(hit):
            unsure.append(hit)
    if hits:
        return true(apart(hits), best(unsure))
    closest = (max(near, key=lambda hit: hit.confidence),) if near else ()
    return place.without(best(unsure), closest)


class _Saying(NamedTuple):
    """Part of a turn that may be said again."""

    span: Span
    role: Role
    rank: int  # of its turn among those of its role in the place
    gist: Gist


def repeat(condition: Repeat, place: Place, ears: Ears) -> Outcome:
    """Whether one role said much the same in enough of its turns.

    What is said twice in one turn is said once: that is stress, or a recogniser's loop.
    """
    sayings = list(_sayings(condition, place, ears))
    groups = [_hits(group, place.conversation) for group in _groups(sayings, condition)]
    enough = [group for group in groups if len(group) >= condition.times]
    if enough:
        return true(apart([hit for group in enough for hit in group]))
    return short_of(place, max(groups, key=len, default=[]))


def _sayings(condition: Repeat, place: Place, ears: Ears) -> Iterator[_Saying]:
    conversation = place.conversation
    ranks: dict[Role, int] = defaultdict(int)
    excepted = _excepted(condition, ears)
    for turn in sorted(place.turns):
        role = conversation.turns[turn].role
        ranks[role] += 1
        for span in dict.fromkeys((*sentences(turn, conversation), *clauses(turn, conversation))):
            if span.end - span.start < condition.min_characters:
                continue
            if any(overlap(span, one) for one in excepted) or not place.covers(*conversation.times(span)):
                continue
            said = gist(text_of(span, conversation))
            if len(said.characters) >= condition.min_characters - 2:
                yield _Saying(span, role, ranks[role], said)


def _excepted(condition: Repeat, ears: Ears) -> list[Span]:
    return [
        ears.conversation.span(heard.start, heard.end)
        for phrase in condition.excepting
        for heard in ears.heard.get(phrase.text, ())
        if heard.enough
    ]


def _groups(sayings: Sequence[_Saying], condition: Repeat) -> Iterator[dict[_Saying, float]]:
    """Sayings that are much the same as another of the group; each with how similar it is to the nearest."""
    pairs = list(_pairs(sayings, condition))
    rated = similarities([sayings[one].gist for one, _ in pairs], [sayings[other].gist for _, other in pairs])
    group_of: dict[int, dict[int, float]] = {}
    for (one, other), similarity in zip(pairs, rated.tolist(), strict=True):
        if similarity < condition.similarity:
            continue
        group = group_of.setdefault(one, {one: 0.0})
        added = group_of.get(other, {other: 0.0})
        if added is not group:
            group.update(added)
            group_of.update(dict.fromkeys(added, group))
        for at in (one, other):
            group[at] = max(group[at], similarity)
    for group in {id(group): group for group in group_of.values()}.values():
        yield {sayings[at]: similarity for at, similarity in group.items()}


def _pairs(sayings: Sequence[_Saying], condition: Repeat) -> Iterator[tuple[int, int]]:
    """Those of one role, in different turns that are near enough, and of lengths that can be alike."""
    for one, earlier in enumerate(sayings):
        length = len(earlier.gist.characters)
        for other in range(one + 1, len(sayings)):
            later = sayings[other]
            if later.role is not earlier.role or later.rank == earlier.rank:
                continue
            if later.rank > earlier.rank + condition.within:
                break
            least = min(length, len(later.gist.characters))
            if 2 * least >= condition.similarity * (length + len(later.gist.characters)):
                yield one, other


def _hits(group: dict[_Saying, float], conversation: Conversation) -> list[Hit]:
    """One a turn, the longest; what was said first is what was wanted again."""
    of_turn: dict[int, _Saying] = {}
    for saying in group:
        known = of_turn.get(saying.span.turn)
        if known is None or saying.span.end - saying.span.start > known.span.end - known.span.start:
            of_turn[saying.span.turn] = saying
    ordered = sorted(of_turn.values(), key=lambda saying: saying.span)
    first = conversation.hit(ordered[0].span, "", Witness.SIMILARITY, 1.0).heard
    return [
        conversation.hit(saying.span, first, Witness.SIMILARITY, round(min(group[saying], 1.0), 3))
        for saying in ordered
    ]
