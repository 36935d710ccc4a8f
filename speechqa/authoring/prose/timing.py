"""The operators on time in words."""

from collections.abc import Iterator

from speechqa.authoring.prose.deeds import Deed, brackets, joined
from speechqa.authoring.prose.ranges import bounds, counted, times
from speechqa.authoring.prose.where import NOTHING, SIDES, where
from speechqa.call import Message
from speechqa.checklist.operators.timing import (
    Between,
    CallMeasure,
    Interruption,
    Measured,
    Per,
    ResponseTime,
    Silence,
    SpeakingRate,
)

_MEASURES = {
    CallMeasure.TALK_RATIO: (Message("说话时间占双方说话时间的比例", "the share of all speech"), "%", " %"),
    CallMeasure.SILENCE_RATIO: (Message("没有人说话的时间占比", "the share of silence"), "%", " %"),
    CallMeasure.DURATION: (Message("录音时长", "the length of the recording"), " 秒", " s"),
    CallMeasure.TURN_COUNT: (Message("句数", "the number of turns"), " 句", ""),
    CallMeasure.FIRST_WORD_AFTER: (
        Message("从录音开始到说第一句话的时间", "the time up to the first word"),
        " 秒",
        " s",
    ),
    CallMeasure.TAIL: (Message("最后一句话到录音结束的时间", "the time after the last word"), " 秒", " s"),
}
_BETWEEN = {
    Between.ANY: NOTHING,
    Between.SAME: Message("、前后是同一方说话", " within one side's speech"),
    Between.OTHER: Message("、前后不是同一方说话", " between the two sides"),
}


def silence(leaf: Silence, holds: bool) -> Message:
    """出现超过 7 秒的静默."""
    place, length, between = where(leaf.scope), bounds(leaf.length, " 秒", " s"), _BETWEEN[leaf.between]
    by = SIDES[leaf.scope.by] if leaf.scope.by else NOTHING
    waited = Message(f"、由{by.zh}打破", f", broken by {by.en},") if by.zh else NOTHING
    aside = brackets(*_forgiven(leaf))
    many = f" {leaf.count} 次以上" if leaf.count > 1 else ""
    return Message(
        f"{place.zh}{'' if holds else '没有'}出现{many}{length.zh}{between.zh}{waited.zh}的静默{aside.zh}",
        f"there is {'' if holds else 'no '}silence of {length.en}{between.en}{waited.en}{place.en}"
        f"{times(leaf.count).en}{aside.en}",
    )


def response(leaf: ResponseTime) -> Deed:
    """超过 5 秒才接话."""
    length, more = bounds(leaf.length, " 秒", " s"), times(leaf.count)
    return Deed(f"{length.zh}才接话", f"takes {length.en} to reply", f"take {length.en} to reply", more)


def rate(leaf: SpeakingRate, holds: bool) -> Message:
    """坐席的语速每分钟在 180 到 300 字之间."""
    place = where(leaf.scope)
    who = SIDES[leaf.scope.by] if leaf.scope.by else Message("双方", "both sides")
    if leaf.per is Per.CALL:
        found = bounds(leaf.rate, " 字", " characters", holds)
        return Message(
            f"{who.zh}{place.zh}的语速每分钟{found.zh}", f"{who.en}{place.en} speaks {found.en} a minute"
        )
    found = bounds(leaf.rate, " 字", " characters")
    aside = brackets(
        Message(
            f"不足 {leaf.min_characters} 个字的句子不看",
            f"of turns of {leaf.min_characters} characters or more",
        )
    )
    many = f" {leaf.count} 句以上" if leaf.count > 1 else ""
    verb = "speaks" if holds else "does not speak"
    return Message(
        f"{who.zh}{place.zh}{'有' if holds else '没有'}{many}每分钟{found.zh}的话{aside.zh}",
        f"{who.en} {verb} {found.en} a minute in {leaf.count} or more turns{place.en}{aside.en}",
    )


def interruption(leaf: Interruption) -> Deed:
    """抢话超过 0.5 秒."""
    length, spoken = bounds(leaf.overlap, " 秒", " s"), f"{leaf.spoken:g}"
    aside = brackets(
        Message(f"不足 {leaf.min_characters} 个字的应声不算", f"of {leaf.min_characters} characters or more"),
        Message(f"对方说了 {spoken} 秒以后才算", f"after the other side had spoken for {spoken} s"),
    )
    what = f"over the other side for {length.en}"
    return Deed(f"抢话{length.zh}", f"talks {what}", f"talk {what}", joined(times(leaf.count), aside))


def measured(leaf: Measured, holds: bool) -> Message:
    """录音时长不到 30 秒."""
    what, zh_unit, en_unit = _MEASURES[leaf.measure]
    found, place = bounds(leaf.range, zh_unit, en_unit, holds), where(leaf.scope)
    who = SIDES[leaf.scope.by] if leaf.scope.by else NOTHING
    whose = Message(f"{who.zh}的", f" of {who.en}") if who.zh else NOTHING
    return Message(f"{place.zh}{whose.zh}{what.zh}{found.zh}", f"{what.en}{whose.en}{place.en} is {found.en}")


def _forgiven(leaf: Silence) -> Iterator[Message]:
    if leaf.total is not None:
        total = bounds(leaf.total, " 秒", " s")
        yield Message(f"合计{total.zh}", f"{total.en} in all")
    if leaf.excused_by:
        some = counted(leaf.excused_by)
        yield Message(f"前一句或后一句说了{some.zh}的不算", f"not beside {some.en}")
