"""Operators on time: pauses, replies, speed, interruptions, and measures of the whole call.

{silence: over 7 s, between: any, count: 1, excused_by: [请稍等]}
{silence: over 10 s, count: 2, total: over 30 s}
{by: agent, response_time: over 5 s}
{by: agent, speaking_rate: 180..300}           characters a minute
{by: agent, speaking_rate: over 320, per: turn, min_characters: 20, count: 2}
{by: agent, interruption: over 0.5 s, min_characters: 4, spoken: 1}
{by: agent, talk_ratio: over 80 %}             {duration: under 30 s}
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from speechqa.call import Seconds
from speechqa.checklist.form import Form
from speechqa.checklist.operators.leaf import Operator
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.ranges import Measure, Range, range_of
from speechqa.checklist.reading import Reader, Reading


class Between(StrEnum):
    """Whose speech a silence lies between."""

    ANY = "any"
    SAME = "same"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Silence(Operator):
    """True when at least `count` silences as long as `length` were heard, and `total` in all.

    One is `by` the side that speaks after it. It is forgiven when the turn before it or after it has one
    of `excused_by`; brief words between (好的谢谢) are passed over.
    """

    length: Range  # s
    between: Between = Between.ANY
    count: int = 1
    total: Range | None = None  # s, of those that count
    excused_by: tuple[Phrase, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.excused_by


@dataclass(frozen=True, slots=True)
class ResponseTime(Operator):
    """True when the role took so long to speak after the other side had, `count` times; 0 s if it cut in."""

    length: Range  # s
    count: int = 1


class Per(StrEnum):
    CALL = "call"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class SpeakingRate(Operator):
    """True when the role speaks so many characters a minute, in all or in `count` turns."""

    rate: Range  # characters / minute
    per: Per = Per.CALL
    min_characters: int = 20  # shorter turns have no rate
    count: int = 1  # turns; for Per.TURN


@dataclass(frozen=True, slots=True)
class Interruption(Operator):
    """True when the role talks over the other side for so long, `count` times.

    Only with at least `min_characters` (嗯 and 好的 are no interruption), and when the other had spoken
    for `spoken`. A mono recording cannot show it: unknown.
    """

    overlap: Range  # s
    min_characters: int = 4
    spoken: Seconds = 1.0
    count: int = 1


class CallMeasure(StrEnum):
    """Measures of the whole call, or of the part that the scope leaves."""

    TALK_RATIO = "talk_ratio"  # %, of all speech that is the role's
    SILENCE_RATIO = "silence_ratio"  # %, of the time in which nobody speaks
    DURATION = "duration"  # s, of the recording
    TURN_COUNT = "turn_count"  # of the role, or of both
    FIRST_WORD_AFTER = "first_word_after"  # s, from the start of the recording to the role's first word
    TAIL = "tail"  # s, from the role's or anybody's last word to the end of the recording


UNIT_OF = {
    CallMeasure.TALK_RATIO: Measure.PERCENT,
    CallMeasure.SILENCE_RATIO: Measure.PERCENT,
    CallMeasure.DURATION: Measure.SECONDS,
    CallMeasure.TURN_COUNT: Measure.COUNT,
    CallMeasure.FIRST_WORD_AFTER: Measure.SECONDS,
    CallMeasure.TAIL: Measure.SECONDS,
}
NOBODYS = frozenset({CallMeasure.SILENCE_RATIO, CallMeasure.DURATION})  # no role makes a difference


@dataclass(frozen=True, slots=True)
class Measured(Operator):
    """True when a measure of the call lies in a range."""

    measure: CallMeasure
    range: Range


Timing: TypeAlias = Silence | ResponseTime | SpeakingRate | Interruption | Measured


def _silence(form: Form, reading: Reading) -> Silence:
    total = range_of(form, "total", Measure.SECONDS) if form.node("total") is not None else None
    return Silence(
        reading.scope(form),
        range_of(form, "silence", Measure.SECONDS),
        form.choice("between", Between, Between.ANY) or Between.ANY,
        form.count("count", 1),
        total,
        reading.phrases(form, "excused_by"),
    )


def _response_time(form: Form, reading: Reading) -> ResponseTime:
    length = range_of(form, "response_time", Measure.SECONDS)
    return ResponseTime(reading.scope(form), length, form.count("count", 1))


def _speaking_rate(form: Form, reading: Reading) -> SpeakingRate:
    return SpeakingRate(
        reading.scope(form),
        range_of(form, "speaking_rate", Measure.COUNT),
        form.choice("per", Per, Per.CALL) or Per.CALL,
        form.count("min_characters", 20),
        form.count("count", 1),
    )


def _interruption(form: Form, reading: Reading) -> Interruption:
    return Interruption(
        reading.scope(form),
        range_of(form, "interruption", Measure.SECONDS),
        form.count("min_characters", 4),
        form.number("spoken", 1.0, 0, 60),
        form.count("count", 1),
    )


def _measured(measure: CallMeasure) -> Reader[Timing]:
    def read(form: Form, reading: Reading) -> Measured:
        scope = reading.scope(form)
        if measure is CallMeasure.TALK_RATIO and scope.by is None:
            form.faults.add(
                form.mapping.place,
                "talk_ratio: 要写明是谁的，by: agent（坐席）或 by: customer（客户）",
                "talk_ratio: say whose it is, by: agent or by: customer",
            )
        if measure in NOBODYS and scope.by is not None:
            form.faults.add(
                form.place("by"),
                f"{measure}: 不分坐席和客户，请去掉 by",
                f"{measure}: is nobody's share; leave out by",
            )
        return Measured(scope, measure, range_of(form, measure, UNIT_OF[measure]))

    return Reader(measure, read)


READERS: tuple[Reader[Timing], ...] = (
    Reader("silence", _silence, ("between", "count", "total", "excused_by")),
    Reader("response_time", _response_time, ("count",)),
    Reader("speaking_rate", _speaking_rate, ("per", "min_characters", "count")),
    Reader("interruption", _interruption, ("min_characters", "spoken", "count")),
    *(_measured(measure) for measure in CallMeasure),
)
