"""The operators on how it was said: tone, loudness and pitch."""

from speechqa.checklist.voice import ToneHeard
from speechqa.matching.known import Known
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place


def tone(condition: ToneHeard, place: Place, known: Known) -> Outcome:
    """Whether enough turns of the place carry one of the labels."""
    marks = [
        mark
        for mark in known.tones
        if mark.turn in place.turns
        and mark.label in condition.labels
        and mark.confidence >= condition.min_confidence
    ]
    hits = tuple(
        place.conversation.turn_hit(mark.turn, "、".join(mark.cues) or mark.label, mark.confidence)
        for mark in marks
    )
    if len(hits) >= condition.turns:
        return Outcome(Truth.TRUE, min(hit.confidence for hit in hits), hits)
    if place.blind:
        return Outcome(Truth.UNKNOWN, 0.0, blind=place.blind)
    return Outcome(Truth.FALSE, near=hits)


def loudness(*asked: object) -> Outcome:
    raise NotImplementedError


def pitch(*asked: object) -> Outcome:
    raise NotImplementedError
