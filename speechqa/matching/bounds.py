"""What operators measure, and the bounds they set to it, in words: 7.04 秒, 超过 7 秒.

A value is rounded for the reader, but never so far that it seems to lie on the other side of a bound.
"""

from math import isinf

from speechqa.call import Message
from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.timing import (
    UNIT_OF,
    CallMeasure,
    Interruption,
    Measured,
    ResponseTime,
    Silence,
    SpeakingRate,
)
from speechqa.checklist.operators.voice import Loudness, Pitch
from speechqa.checklist.ranges import Measure, Range

EXACT = 3  # decimals to which values are measured: times to the millisecond
SECONDS = Message(" 秒", " s")
PERCENT = Message("%", " %")
TURNS = Message(" 句", " turns")
RATE = Message(" 字/分", " characters/min")
DECIBELS = Message(" 分贝", " dB")
UNITS = {Measure.SECONDS: SECONDS, Measure.PERCENT: PERCENT, Measure.COUNT: TURNS}
MEASURES = {
    CallMeasure.TALK_RATIO: Message("说话占比", "share of talking"),
    CallMeasure.SILENCE_RATIO: Message("静默占比", "share of silence"),
    CallMeasure.DURATION: Message("时长", "length"),
    CallMeasure.TURN_COUNT: Message("句数", "number of turns"),
    CallMeasure.FIRST_WORD_AFTER: Message("开口前的等待", "wait for the first word"),
    CallMeasure.TAIL: Message("最后一句之后的时间", "time after the last word"),
}


def bounds(leaf: Leaf) -> Message | None:
    """What an operator that measures asks for; None for one that listens to words."""
    match leaf:
        case Silence() if leaf.total is not None:
            each, total = _times(limits(leaf.length, SECONDS), leaf.count), limits(leaf.total, SECONDS)
            return Message(f"{each.zh}，共{total.zh}", f"{each.en}, {total.en} in all")
        case Silence() | ResponseTime():
            return _times(limits(leaf.length, SECONDS), leaf.count)
        case SpeakingRate():
            return _times(limits(leaf.rate, RATE), leaf.count)
        case Interruption():
            return _times(limits(leaf.overlap, SECONDS), leaf.count)
        case Measured():
            return limits(leaf.range, UNITS[UNIT_OF[leaf.measure]])
        case Loudness():
            return _times(limits(leaf.above, DECIBELS), leaf.count)
        case Pitch():
            return _times(limits(leaf.above, PERCENT), leaf.count)
        case _:
            return None


def limits(wanted: Range, unit: Message) -> Message:
    """A range with its unit: 超过 7 秒, between 180 and 300 characters/min."""
    low, high = (f"{bound:.12g}" if bound is not None else "" for bound in (wanted.low, wanted.high))
    if low and high:
        return Message(f"在 {low} 到 {high}{unit.zh}之间", f"between {low} and {high}{unit.en}")
    if low:
        zh, en = ("超过", "over") if wanted.open_low else ("不少于", "at least")
        return Message(f"{zh} {low}{unit.zh}", f"{en} {low}{unit.en}")
    zh, en = ("少于", "under") if wanted.open_high else ("不超过", "at most")
    return Message(f"{zh} {high or 0}{unit.zh}", f"{en} {high or 0}{unit.en}")


def figure(value: float, wanted: Range, decimals: int = 1) -> str:
    """A value with so many decimals, and with more where these would move it over a bound, or to nothing."""
    exact = round(value, EXACT)
    for places in range(decimals, EXACT):
        rounded = round(exact, places)
        if wanted.holds(rounded) is wanted.holds(exact) and (rounded or not exact):
            return f"{rounded:.{places}f}"
    return f"{exact:.{EXACT}f}"


def spread(least: float, most: float, wanted: Range, unit: Message, decimals: int = 1) -> Message:
    """A value that lies between two others, with its unit: 76–81%; at least 3 s."""
    low = figure(least, wanted, decimals)
    if isinf(most):
        return Message(f"至少 {low}{unit.zh}", f"at least {low}{unit.en}")
    high = figure(most, wanted, decimals)
    told = low if low == high else f"{low}–{high}"
    return Message(f"{told}{unit.zh}", f"{told}{unit.en}")


def _times(told: Message, count: int) -> Message:
    if count == 1:
        return told
    return Message(f"{told.zh}，且不少于 {count} 次", f"{told.en}, at least {count} times")
