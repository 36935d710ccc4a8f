"""The bounds that operators set to what they measure, in words: 超过 7 秒, 在 180 到 300 字/分之间."""

import re

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
from speechqa.checklist.ranges import Range

_SECONDS = Message(" 秒", " s")
_UNITS = {"s": _SECONDS, "%": Message("%", " %"), "": Message(" 句", " turns")}
_ZH_HOW = {"over": "超过", "under": "少于", "at least": "不少于", "at most": "不超过"}
_ZH_UNITS = {"s": " 秒", "%": "%", "dB": " 分贝", "": ""}
_NUMBER = r"\d+(?:\.\d+)?"
_WRITTEN = re.compile(
    rf"(?:(?P<how>over|under|at least|at most)\s+|(?P<low>{_NUMBER})\s*\.\.\s*)(?P<n>{_NUMBER})"
    r"\s*(?P<unit>s|%|dB)?"
)
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
            length, total = _told(leaf.length, _SECONDS), _told(leaf.total, _SECONDS)
            return _times(
                Message(f"{length.zh}、共{total.zh}", f"{length.en}, {total.en} in all"), leaf.count
            )
        case Silence() | ResponseTime():
            return _times(_told(leaf.length, _SECONDS), leaf.count)
        case SpeakingRate():
            return _times(_told(leaf.rate, Message(" 字/分", " characters/min")), leaf.count)
        case Interruption():
            return _times(_told(leaf.overlap, _SECONDS), leaf.count)
        case Measured():
            return _told(leaf.range, _UNITS[UNIT_OF[leaf.measure]])
        case Loudness():
            return _times(_told(leaf.above, Message(" 分贝", " dB")), leaf.count)
        case Pitch():
            return _times(_told(leaf.above, _UNITS["%"]), leaf.count)
        case _:
            return None


def in_words(written: str) -> Message:
    """Bounds as an author wrote them, in words: over 7 s, 超过 7 秒."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return Message(written, written)
    unit = _ZH_UNITS[match["unit"] or ""]
    if match["how"] is None:
        return Message(f"{match['low']} 到 {match['n']}{unit}", written)
    return Message(f"{_ZH_HOW[match['how']]} {match['n']}{unit}", written)


def _times(told: Message, count: int) -> Message:
    if count == 1:
        return told
    return Message(f"{told.zh}，且不少于 {count} 次", f"{told.en}, at least {count} times")


def _told(wanted: Range, unit: Message) -> Message:
    low, high = wanted.low, wanted.high
    if low is not None and high is not None:
        return Message(f"在 {low:g} 到 {high:g}{unit.zh}之间", f"between {low:g} and {high:g}{unit.en}")
    if low is not None:
        zh, en = ("超过", "over") if wanted.open_low else ("不少于", "at least")
        return Message(f"{zh} {low:g}{unit.zh}", f"{en} {low:g}{unit.en}")
    zh, en = ("少于", "under") if wanted.open_high else ("不超过", "at most")
    return Message(f"{zh} {high or 0:g}{unit.zh}", f"{en} {high or 0:g}{unit.en}")
