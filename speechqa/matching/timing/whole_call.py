"""The operators on measures of the call, or of the part that a scope leaves of it.

Where roles or the length of the recording are not known, a measure lies between two values.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from speechqa.assessment import Measure
from speechqa.call import Message, Role, Seconds
from speechqa.checklist import ranges
from speechqa.checklist.operators.timing import UNIT_OF, CallMeasure, Measured
from speechqa.checklist.where import Scope, Unit
from speechqa.matching.bounds import UNITS, limits, spread
from speechqa.matching.outcome import Outcome
from speechqa.matching.places import ROLES_UNKNOWN, TOUCH, Place
from speechqa.matching.timing.measurements import (
    MONO,
    WHO,
    Measurement,
    missing_side,
    of_it_on_hold,
    of_part,
    part,
    settled,
    unknown,
)
from speechqa.matching.timing.timeline import Piece
from speechqa.spans import Span, clipped, length

LENGTH_UNKNOWN = Message(
    "转写稿没有给出录音时长，最后一句之后还有多久无从知道，需人工听",
    "the transcript does not say how long the recording is; needs a listener",
)
NOBODY = Message("这一段没有人说话", "nobody speaks in this part")
_NEVER = float("inf")


class _Value(NamedTuple):
    """What a measure comes to, and why it may be anything between the least and the most.

    `told` has a place for the value, `{}`; without one there is none.
    """

    least: float
    most: float
    told: Message
    doubt: Message | None = None


def measured(condition: Measured, place: Place) -> Outcome:
    """Whether a measure of the place lies in the range."""
    value = _MEASURES[condition.measure](place, _stretch(place, condition.scope))
    hit = of_part(place, condition.range, _measure(condition, value))
    if condition.measure is CallMeasure.DURATION:
        hit = replace(hit, confidence=1.0)  # whatever was said
    elif place.blind is not None and not place.doubtful:
        return unknown(hit, place.blind)
    return settled([Measurement(value.least, value.most, hit, value.doubt)], condition.range, place)


def _measure(condition: Measured, value: _Value) -> Measure:
    told, asked, unit = value.told, condition.range, UNIT_OF[condition.measure]
    if "{}" in told.zh:
        decimals = 1 if unit is ranges.Measure.SECONDS else 0
        amount = spread(value.least, value.most, asked, UNITS[unit], decimals)
        told = Message(told.zh.format(amount.zh), told.en.format(amount.en))
    return Measure(told, limits(asked, UNITS[unit]), None)


def _stretch(place: Place, scope: Scope) -> Span:
    """From when to when a place is; from its first turn to its last where the scope counts turns."""
    start, end = part(place)
    turns = [place.conversation.turns[turn] for turn in place.turns]
    by_turns = any(one is not None and one.unit is Unit.TURNS for one in (scope.window, scope.within))
    if not turns or not (by_turns or scope.turns):
        return start, end
    return max(start, min(turn.start for turn in turns)), min(end, max(turn.end for turn in turns))


def _talk_ratio(place: Place, stretch: Span) -> _Value:
    conversation, who = place.conversation, place.by or Role.AGENT
    speech = {role: _speech(place, stretch, (role,)) for role in Role}
    said, spoken = speech[who], sum(speech.values())
    if spoken <= 0:
        return _Value(0.0, 100.0, NOBODY, NOBODY)
    unknown = speech[Role.UNKNOWN]
    least, most = 100 * said / spoken, 100 * (said + unknown) / spoken
    missing = missing_side(conversation)
    doubt = ROLES_UNKNOWN if unknown else place.blind_to(missing) if missing is not None else None
    told = Message(f"{WHO[who].zh}说话占 {{}}", f"{WHO[who].en} talks {{}} of the time")
    return _Value(least, most, told, doubt)


def _silence_ratio(place: Place, stretch: Span) -> _Value:
    seconds = stretch[1] - stretch[0]
    if seconds <= 0:
        return _Value(0.0, 100.0, NOBODY, NOBODY)
    ratio = 100 * (1 - _speech(place, stretch, tuple(Role)) / seconds)
    missing = missing_side(place.conversation)
    least, doubt = (0.0, place.blind_to(missing)) if missing is not None else (ratio, None)
    told = of_it_on_hold(Message("静默占 {}", "silence takes {}"), place.conversation, stretch)
    return _Value(least, ratio, told, doubt)


def _duration(place: Place, stretch: Span) -> _Value:
    seconds = stretch[1] - stretch[0]
    doubt = _length_unknown(place)
    return _Value(seconds, seconds if doubt is None else _NEVER, Message("时长 {}", "{} long"), doubt)


def _turn_count(place: Place, stretch: Span) -> _Value:
    known, unknown = _begun(place, stretch, place.turns), _begun(place, stretch, place.doubtful)
    mono = MONO if Role.UNKNOWN in place.conversation.speakers else None
    side = _side(place)
    return _Value(known, known + unknown, Message(f"{side.zh}说了 {{}}", f"{{}}{side.en}"), mono)


def _first_word_after(place: Place, stretch: Span) -> _Value:
    known = [piece.start for piece in _pieces(place, place.turns)]
    unknown = [piece.start for piece in _pieces(place, place.doubtful)]
    side = _side(place)
    if not known and not unknown:
        return _Value(_NEVER, _NEVER, Message(f"{side.zh}一直没有开口", f"never a word{side.en}"))
    least = min(known + unknown) - stretch[0]
    most = min(known, default=_NEVER) - stretch[0]
    doubt = ROLES_UNKNOWN if least < most else None
    return _Value(least, most, Message(f"{side.zh}开口前等了 {{}}", f"first word{side.en} after {{}}"), doubt)


def _tail(place: Place, stretch: Span) -> _Value:
    known = [piece.end for piece in _pieces(place, place.turns)]
    unknown = [piece.end for piece in _pieces(place, place.doubtful)]
    if not known and not unknown:
        return _Value(0.0, _NEVER, NOBODY, NOBODY)
    least = stretch[1] - max(known + unknown)
    most = stretch[1] - max(known, default=stretch[0])
    doubt = ROLES_UNKNOWN if least < most else None
    if (unsure := _length_unknown(place)) is not None:
        most, doubt = _NEVER, unsure
    side = _side(place)
    told = Message(f"{side.zh}最后一句之后还有 {{}}", f"{{}} after the last word{side.en}")
    told = of_it_on_hold(told, place.conversation, (stretch[1] - least, stretch[1]))
    return _Value(least, most, told, doubt)


_MEASURES: Mapping[CallMeasure, Callable[[Place, Span], _Value]] = {
    CallMeasure.TALK_RATIO: _talk_ratio,
    CallMeasure.SILENCE_RATIO: _silence_ratio,
    CallMeasure.DURATION: _duration,
    CallMeasure.TURN_COUNT: _turn_count,
    CallMeasure.FIRST_WORD_AFTER: _first_word_after,
    CallMeasure.TAIL: _tail,
}


def _speech(place: Place, stretch: Span, roles: tuple[Role, ...]) -> Seconds:
    conversation = place.conversation
    turns = [index for index, turn in enumerate(conversation.turns) if turn.role in roles]
    return length(clipped(conversation.timeline.spoken(turns), *stretch))


def _pieces(place: Place, turns: Iterable[int]) -> list[Piece]:
    said = place.conversation.timeline.said
    return [piece for turn in turns for piece in said[turn] if place.covers(piece.start, piece.end)]


def _begun(place: Place, stretch: Span, turns: Iterable[int]) -> int:
    """How many of the turns say something that begins in a stretch."""
    said = place.conversation.timeline.said
    return sum(1 for turn in turns if said[turn] and said[turn][0].start >= stretch[0] - TOUCH)


def _length_unknown(place: Place) -> Message | None:
    """Whether a transcript ends with its last word because nobody said when the recording ends."""
    conversation = place.conversation
    ends_with_words = place.end >= conversation.duration and conversation.speech[1] >= conversation.duration
    return LENGTH_UNKNOWN if ends_with_words and not conversation.recognised else None


def _side(place: Place) -> Message:
    """Whose words a scope looks at: 坐席, of the agent; empty when it looks at both sides."""
    return Message(WHO[place.by].zh, f" of {WHO[place.by].en}") if place.by is not None else Message("", "")
