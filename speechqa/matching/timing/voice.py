"""The operators on how it was said: tone, loudness and pitch."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from statistics import median

from speechqa.assessment import Measure
from speechqa.call import Message, Role, Turn
from speechqa.checklist.operators.voice import Loudness, Pitch, ToneHeard
from speechqa.checklist.ranges import Range
from speechqa.matching.bounds import DECIBELS, PERCENT, figure, limits
from speechqa.matching.known import Known
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import ROLES_UNKNOWN, Place
from speechqa.matching.timing.measurements import Measurement, at_turn, settled, shortened
from speechqa.tone_words import TONES

FEWEST = 5  # turns of a speaker with a level and a pitch, to say what is usual
NO_VOICE = Message(
    "这份转写稿没有音量和音高（识别录音时才会量），需人工听",
    "the transcript has no loudness and pitch (measured when a recording is recognised); needs a listener",
)
TOO_FEW = Message(
    f"说话不到 {FEWEST} 句，不知道平时的声音，需人工听",
    f"fewer than {FEWEST} turns: the usual voice is not known; needs a listener",
)


def tone(condition: ToneHeard, place: Place, known: Known) -> Outcome:
    """Whether enough turns of the place carry one of the labels."""
    if known.tones.unknown is not None:
        return Outcome(Truth.UNKNOWN, 0.0, blind=known.tones.unknown)
    marks = [
        mark
        for mark in known.tones.marks
        if mark.turn in place.turns
        and mark.label in condition.labels
        and mark.confidence >= condition.min_confidence
        and (mark.in_words or not condition.in_words)
    ]
    hits = tuple(
        place.conversation.turn_hit(mark.turn, "、".join(mark.cues) or TONES[mark.label].zh, mark.confidence)
        for mark in marks
    )
    if len(hits) >= condition.turns:
        return Outcome(Truth.TRUE, min(hit.confidence for hit in hits), hits)
    if place.blind:
        return Outcome(Truth.UNKNOWN, 0.0, blind=place.blind)
    return Outcome(Truth.FALSE, near=hits)


def loudness(condition: Loudness, place: Place) -> Outcome:
    """Whether enough turns of the place are so much louder than the median of their speaker's."""
    found = [
        _measured(turn, level - usual, _louder, condition.above, place)
        for turn, level, usual in _against_usual(place, lambda turn: turn.loudness)
    ]
    return settled(found, condition.above, place, condition.count, _unmeasured(place))


def pitch(condition: Pitch, place: Place) -> Outcome:
    """Whether enough turns of the place are so much higher than the median of their speaker's."""
    found = [
        _measured(turn, 100 * (height / usual - 1), _higher, condition.above, place)
        for turn, height, usual in _against_usual(place, lambda turn: turn.pitch)
    ]
    return settled(found, condition.above, place, condition.count, _unmeasured(place))


def _against_usual(
    place: Place, measure: Callable[[Turn], float | None]
) -> Iterator[tuple[int, float, float]]:
    """Turns of a place with a measure, each with its value and the median of its speaker's turns."""
    turns = place.conversation.turns
    by_role: dict[Role, list[float]] = defaultdict(list)
    for turn in turns:
        if (value := measure(turn)) is not None:
            by_role[turn.role].append(value)
    usual = {role: median(values) for role, values in by_role.items() if len(values) >= FEWEST}
    for index in sorted(place.turns):
        value, turn = measure(turns[index]), turns[index]
        if value is not None and turn.role in usual and place.covers(turn.start, turn.end):
            yield index, value, usual[turn.role]


def _measured(
    turn: int, above: float, told: Callable[[float, Range, Turn], Measure], wanted: Range, place: Place
) -> Measurement:
    conversation = place.conversation
    said = conversation.turns[turn]
    hit = at_turn(conversation, (turn,), (said.start, said.end), wanted, told(above, wanted, said))
    return Measurement(above, above, hit, ROLES_UNKNOWN if said.role is Role.UNKNOWN else None)


def _unmeasured(place: Place) -> Message | None:
    """Why turns that stand out may be missing; None when all could be compared."""
    turns = place.conversation.turns
    measured = Counter(turn.role for turn in turns if turn.loudness is not None)
    if not measured:
        return NO_VOICE
    if place.blind is not None:
        return place.blind
    if Role.UNKNOWN in place.conversation.speakers:
        return ROLES_UNKNOWN
    here = {turns[index].role for index in place.turns}
    return TOO_FEW if any(measured[role] < FEWEST for role in here) else None


def _louder(above: float, wanted: Range, said: Turn) -> Measure:
    zh, en = ("响", "louder") if above >= 0 else ("轻", "softer")
    decibels, words = figure(above, wanted).removeprefix("-"), shortened(said.text)
    told = Message(f"比平时{zh} {decibels} 分贝：{words}", f"{decibels} dB {en} than usual: {words}")
    return Measure(told, limits(wanted, DECIBELS), said.role)


def _higher(above: float, wanted: Range, said: Turn) -> Measure:
    zh, en = ("高", "higher") if above >= 0 else ("低", "lower")
    percent, words = figure(above, wanted, 0).removeprefix("-"), shortened(said.text)
    told = Message(f"音调比平时{zh} {percent}%：{words}", f"pitch {percent} % {en} than usual: {words}")
    return Measure(told, limits(wanted, PERCENT), said.role)
