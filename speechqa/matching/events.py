"""The operators on what happened: a moment, or that somebody spoke."""

from dataclasses import replace

from speechqa.assessment import Hit, Witness
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import TOUCH, Place


def happened(moment: Outcome, place: Place) -> Outcome:
    """What a moment's outcome is in one place."""
    timeless = not moment.hits or any(hit.by is Witness.METADATA for hit in moment.hits)
    if moment.truth is Truth.TRUE and timeless:
        return replace(moment, near=(), doubts=())  # holds for the whole call: nothing says when
    hits = tuple([hit for hit in moment.hits if place.holds(hit) and not place.may_hold(hit)])
    doubts = _perhaps(moment, set(hits), place) if moment.doubts or len(hits) < len(moment.hits) else ()
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), hits, doubts)
    near = tuple([hit for hit in moment.near if place.holds(hit)])
    if moment.truth is Truth.SKIPPED:
        return Outcome(Truth.FALSE)
    if doubts or moment.blind is not None:
        blind = moment.blind or place.why_doubtful(doubts)
        return Outcome(Truth.UNKNOWN, moment.confidence, doubts=doubts, near=near, blind=blind)
    return Outcome(Truth.FALSE, moment.confidence if moment.truth is Truth.FALSE else 1.0, near=near)


def _perhaps(moment: Outcome, sure: set[Hit], place: Place) -> tuple[Hit, ...]:
    """Where it may have happened in the place: it is not sure that it did, or that it did there."""
    doubted = set(moment.doubts)
    others = (hit for hit in (*moment.doubts, *moment.hits) if hit not in sure)
    return tuple(hit for hit in others if place.may_hold(hit) or (place.holds(hit) and hit in doubted))


def spoke(place: Place) -> Outcome:
    """Whether anybody of the place's role began to speak in it."""
    conversation = place.conversation
    turns = [
        index
        for index in sorted(place.turns)
        if conversation.turns[index].start >= place.start - TOUCH and conversation.normals[index].text
    ]
    if turns:
        return Outcome(Truth.TRUE, hits=(conversation.turn_hit(turns[0], "", 1.0),))
    return Outcome(Truth.UNKNOWN, 0.0, blind=place.blind) if place.blind else Outcome(Truth.FALSE)
