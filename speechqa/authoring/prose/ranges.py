"""Bounds and lists in words: 超过 7 秒, “您好”“你好”等 12 种说法."""

from collections.abc import Sequence

from speechqa.call import Message
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.ranges import Range

_OVER, _AT_LEAST = ("超过", "over"), ("至少", "at least")
_UNDER, _AT_MOST = ("不到", "under"), ("不超过", "at most")
_ABOVE = {True: _OVER, False: _AT_LEAST}  # by whether the bound itself is left out
_BELOW = {True: _UNDER, False: _AT_MOST}
_OUTSIDE = {_OVER: _AT_MOST, _AT_LEAST: _UNDER, _UNDER: _AT_LEAST, _AT_MOST: _OVER}
SHOWN = 4  # phrases of a list that are read out; the others are counted


def bounds(found: Range, zh_unit: str, en_unit: str, holds: bool = True) -> Message:
    """超过 7 秒, 3 到 7 秒之间; with `holds` false, what lies outside: 不超过 7 秒."""
    low, high = found.low, found.high
    if low is not None and high is not None:
        zh = f"{'在' if holds else '不在'} {low:g} 到 {high:g}{zh_unit}之间"
        en = f"between {low:g} and {high:g}" if holds else f"outside {low:g} to {high:g}"
        return Message(zh, f"{en}{en_unit}".rstrip())
    if low is None and high is None:
        return Message("", "")
    words = _ABOVE[found.open_low] if high is None else _BELOW[found.open_high]
    zh, en = words if holds else _OUTSIDE[words]
    bound = f"{low if high is None else high:g}"
    return Message(f"{zh} {bound}{zh_unit}", f"{en} {bound}{en_unit}".rstrip())


def listed(phrases: Sequence[Phrase]) -> Message:
    """The first of some phrases: “您好”“你好”等."""
    some = [f"“{phrase.text}”" for phrase in phrases[:SHOWN]]
    more = len(phrases) > SHOWN
    return Message("".join(some) + "等" * more, ", ".join(some) + " ..." * more)


def one_of(phrases: Sequence[Phrase]) -> Message:
    """One of some phrases: “您好”“你好”等 12 种说法之一."""
    some, n = listed(phrases), len(phrases)
    if n == 1:
        return some
    if n <= SHOWN:
        texts = [f"“{phrase.text}”" for phrase in phrases]
        return Message("或".join(texts), f"{', '.join(texts[:-1])} or {texts[-1]}")
    return Message(f"{some.zh} {n} 种说法之一", f"one of {n} wordings ({some.en})")


def counted(phrases: Sequence[Phrase]) -> Message:
    """Some phrases, and how many: “请稍等”等 5 种说法."""
    some, n = listed(phrases), len(phrases)
    return some if n <= SHOWN else Message(f"{some.zh} {n} 种说法", f"{some.en} ({n} wordings)")


def times(count: int) -> Message:
    """2 次以上 (2 included); nothing for once."""
    return Message(f" {count} 次以上", f" at least {count} times") if count > 1 else Message("", "")
