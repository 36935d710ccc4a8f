"""The operators on how somebody talks: speaking_rate and interruption."""

import re
from collections.abc import Iterable, Sequence

from speechqa.assessment import Measure
from speechqa.call import Layout, Message, Role, Seconds
from speechqa.checklist.operators.timing import Interruption, Per, SpeakingRate
from speechqa.checklist.ranges import Range
from speechqa.matching.bounds import RATE, SECONDS, figure, limits, spread
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import Outcome
from speechqa.matching.places import Place
from speechqa.matching.replies.english_words import BACK_CHANNEL as ENGLISH_BACK_CHANNEL
from speechqa.matching.timing.measurements import (
    MONO,
    NO_WORD_TIMES,
    SIDES,
    Measurement,
    at_turn,
    missing_side,
    of_part,
    settled,
    shortened,
    unknown,
)
from speechqa.matching.timing.timeline import PAUSE, PAUSES, Piece, Run
from speechqa.spans import clipped, length, shared, union
from speechqa.text import ENGLISH, normal, normal_in, spoken_length

_SHORTEST: Seconds = 0.05  # speech that words without length are taken to last

# Said while the other goes on, to show that one listens, agrees or takes leave. Hums are no words anyway. No
# word is two others, so that there is one way to read a text.
_BACK_CHANNEL = re.compile(
    r"(?:好的?吧?|对的?|是的?吧?|行吧?|成|中|可以|没错|没事|没问题|明白了?|知道了?|了解了?|清楚了?|懂了?"
    r"|我(?:明白|知道|了解|清楚|懂)了?|这样|原来如此|当然|谢谢您?|感谢您?|不客气|再见|拜拜|喂|您好|你好|ok(?:ay)?)*"
)


def speaking_rate(condition: SpeakingRate, place: Place) -> Outcome:
    """Whether the role's characters a minute of speaking lie in the range: in all, or in enough turns."""
    wanted = condition.rate
    said = {turn: _inside(place, turn) for turn in sorted(place.turns)}
    if condition.per is Per.TURN:
        turns = [(turn, part) for turn, part in said.items() if _characters(part) >= condition.min_characters]
        found = [_turn_rate(place.conversation, turn, part, wanted) for turn, part in turns]
        return settled(found, wanted, place, condition.count, place.blind)
    whole = [piece for part in said.values() for piece in part]
    if (characters := _characters(whole)) < condition.min_characters:
        return settled([], wanted, place, blind=place.blind or _too_little(characters))
    least, most = _rate(whole)
    hit = of_part(place, wanted, _spoken((least, most), wanted, place.by))
    if place.blind is not None:
        return unknown(hit, place.blind)
    return settled([Measurement(least, most, hit)], wanted, place)


def interruption(condition: Interruption, place: Place) -> Outcome:
    """Whether the role began to talk while the other side was talking, and both went on, often enough."""
    conversation, wanted, deaf = place.conversation, condition.overlap, _deaf(place)
    found = []
    for role in (Role.AGENT, Role.CUSTOMER) if place.by is None else (place.by,):
        for run in conversation.timeline.runs.get(role, ()):
            other = conversation.timeline.running(SIDES[role], run.start)
            if run.pieces[0].turn not in place.turns or other is None or not _cuts_in(condition, run, other):
                continue
            both = shared(other.speech, run.speech)
            span = both[0][0], both[-1][1]
            if place.covers(*span):
                measure = _cut_in(length(both), wanted, run)
                hit = at_turn(conversation, (run.pieces[0].turn,), span, wanted, measure)
                doubt = deaf or (None if run.exact and other.exact else NO_WORD_TIMES)
                found.append(Measurement(length(both), length(both), hit, doubt))
    return settled(found, wanted, place, condition.count, deaf)


def _cuts_in(condition: Interruption, run: Run, other: Run) -> bool:
    """Whether somebody says enough, in the middle of what the other has been saying for long enough."""
    if run.start - other.start < condition.spoken:
        return False
    if not any(start < run.start < end for start, end in other.speech):
        return False  # begun in a pause of the other: nobody knows who cut in
    plain = normal(run.text).text
    words = normal_in(ENGLISH, run.text).text if run.text.isascii() else plain
    hums = _BACK_CHANNEL.fullmatch(plain) or ENGLISH_BACK_CHANNEL.fullmatch(words)
    return spoken_length(words) >= condition.min_characters and not hums


def _deaf(place: Place) -> Message | None:
    """Why interruptions cannot be heard in a place; None when they can."""
    conversation = place.conversation
    if _mixed(conversation) or Role.UNKNOWN in conversation.speakers:
        return MONO
    missing = missing_side(conversation)
    return place.blind or (place.blind_to(missing) if missing is not None else None)


def _mixed(conversation: Conversation) -> bool:
    """Whether both sides lie on one channel: whoever knows the roles, what overlaps there was not heard."""
    if conversation.layout is not None:
        return conversation.layout is Layout.MONO
    channels = {role: {turn.channel for turn in conversation.turns if turn.role is role} for role in SIDES}
    shared_channels = channels[Role.AGENT] & channels[Role.CUSTOMER]
    return bool(shared_channels - {None})


def _inside(place: Place, turn: int) -> list[Piece]:
    """What of a turn is spoken in a place: the words of which it has the middle; part of a wordless turn."""
    said = []
    for piece in place.conversation.timeline.said[turn]:
        if piece.exact:
            if place.start <= (piece.start + piece.end) / 2 <= place.end:
                said.append(piece)
            continue
        whole = piece.end - piece.start
        for start, end in clipped([(piece.start, piece.end)] if whole > 0 else [], place.start, place.end):
            first, last = (round(len(piece.text) * (at - piece.start) / whole) for at in (start, end))
            said.append(piece._replace(start=start, end=end, text=piece.text[first:last]))
    return said


def _characters(said: Iterable[Piece]) -> int:
    return sum(spoken_length(piece.text) for piece in said)


def _rate(said: Sequence[Piece]) -> tuple[float, float]:
    """Characters a minute of speaking: the least, and the most that pauses nobody knows of may make it."""
    seconds = length(union(((piece.start, piece.end) for piece in said), PAUSE))
    inexact = length((piece.start, piece.end) for piece in said if not piece.exact)
    least = 60 * _characters(said) / max(seconds, _SHORTEST)
    return least, 60 * _characters(said) / max(seconds - PAUSES * inexact, _SHORTEST)


def _turn_rate(conversation: Conversation, turn: int, said: Sequence[Piece], wanted: Range) -> Measurement:
    least, most = _rate(said)
    span = said[0].start, max(piece.end for piece in said)
    measure = _spoken((least, most), wanted, conversation.turns[turn].role)
    return Measurement(least, most, at_turn(conversation, (turn,), span, wanted, measure))


def _spoken(rate: tuple[float, float], wanted: Range, whose: Role | None) -> Measure:
    told = spread(*rate, wanted, RATE, 0)
    return Measure(Message(f"语速 {told.zh}", told.en), limits(wanted, RATE), whose)


def _cut_in(overlap: Seconds, wanted: Range, run: Run) -> Measure:
    seconds, words = figure(overlap, wanted), shortened(run.text)
    told = Message(f"抢话 {seconds} 秒：{words}", f"talked over the other for {seconds} s: {words}")
    return Measure(told, limits(wanted, SECONDS), run.role)


def _too_little(characters: int) -> Message:
    return Message(
        f"这一段只说了 {characters} 个字，算不出语速",
        f"only {characters} characters were said here: too few for a speed",
    )
