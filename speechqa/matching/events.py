"""The operators on what happened: a moment, or that somebody spoke."""

from dataclasses import replace

from speechqa.assessment import Hit, Witness
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import TOUCH, Place


def happened(moment: Outcome, place: Place) -> Outcome:
    """What a moment's outcome is in one place."""
    if moment.truth is Truth.TRUE and _is_timeless(moment.hits):
        return replace(moment, near=(), doubts=())  # holds for the whole call: nothing says when
    hits = place.surely_held(moment.hits)
    doubts = _perhaps(moment, hits, place)
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), hits, doubts)
    near = place.held(moment.near)
    if moment.truth is Truth.SKIPPED:
        return Outcome(Truth.FALSE)
    if doubts or moment.blind is not None:
        blind = moment.blind or place.why_doubtful(doubts)
        return Outcome(Truth.UNKNOWN, moment.confidence, doubts=doubts, near=near, blind=blind)
    return Outcome(Truth.FALSE, moment.confidence if moment.truth is Truth.FALSE else 1.0, near=near)


def _is_timeless(hits: tuple[Hit, ...]) -> bool:
    return not hits or Witness.METADATA in [hit.by for hit in hits]


def _perhaps(moment: Outcome, sure: tuple[Hit, ...], place: Place) -> tuple[Hit, ...]:
    """Where it may have happened in the place: it is not sure that it did, or that it did there."""
    if not moment.doubts and (place.is_exact or len(sure) == len(moment.hits)):
        return ()
    doubted, known = set(moment.doubts), set(sure)
    others = (hit for hit in (*moment.doubts, *moment.hits) if hit not in known)
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
