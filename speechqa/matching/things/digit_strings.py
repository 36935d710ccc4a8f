"""Numbers that are read out digit by digit: telephones, identity cards, bank cards, hotlines.

幺三八，零零一三，八零零零 and 138 0013 8000 are one number; 三个八 is 888. Groups of digits between pauses
are put together from the longest kind to the shortest, so that no hotline is found inside a card.

Check digits: ISO 7064 MOD 11-2 (GB 11643-1999, identity cards), Luhn (ISO/IEC 7812, bank cards). A number of
the right shape whose check digit is wrong was misheard or made up: found, but not surely.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from speechqa.checklist.operators.facts import EntityKind
from speechqa.matching.things.found import Found

_SPOKEN = "零洞幺一二两三四五六七八九拐勾"
_AS_DIGITS = str.maketrans(_SPOKEN, "001122345678979")
_NO_DIGIT = r"(?![下个样起直些次会定般点块元万百千十月年天岁])"  # 一下, 两块: a word begins
_PAUSE = r"[ ,，、。.…—–-]{1,3}"
_GROUP = rf"(?:(?:[两三四]个[零幺一二三四五六七八九])|[0-9]+|(?:[{_SPOKEN}]{_NO_DIGIT})+)"
_RUN = re.compile(rf"{_GROUP}(?:(?:{_PAUSE})?{_GROUP})*(?:(?:{_PAUSE})?(?:x|叉|[艾埃爱]克斯))?")
_PIECE = re.compile(rf"{_GROUP}|x|叉|[艾埃爱]克斯")
_TIMES = {"两": 2, "三": 3, "四": 4}
_COUNTED = re.compile(
    r"\s*(?:个|块|元|万|亿|千|百|十|毛|角|兆|[gmk%]|折|倍|分(?!机)|积分|首|条|天|月|年|岁|人|步|米|平)"
)
_CALLED = re.compile(
    r"(?:拨打?|打|致电|咨询|联系|热线|电话|客服|号码)(?:我们|咱们|咱|的|客服|热线|电话|是|号码|一下|就是|这个)*$"
)

_PHONE = re.compile(r"(?:86)?1[3-9]\d{9}|0[1-9]\d{1,2}[2-8]\d{6,7}")
_ID_CARD = re.compile(r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]")
_BANK_CARD = re.compile(r"[3-6]\d{15,18}")
_HOTLINE = re.compile(
    r"1008[0-9]|10086\d{1,3}|1001[0-9]|10099|10000|9[56]\d{3,4}|12(?!000)\d{3}|[48]00[1-9]\d{6}|11[68]114|114"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LONGEST = 19  # digits of a bank card


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits without a pause in between."""

    digits: str
    start: int
    end: int


def digit_strings(text: str) -> Iterator[Found]:
    """Every telephone, card and hotline in a view of `spoken`, from left to right."""
    for run in _RUN.finditer(text):
        groups = [_Group(_read(piece[0]), *piece.span()) for piece in _PIECE.finditer(text, *run.span())]
        yield from _in(groups, text)
    for named in re.finditer(r"(?<![零一二三四五六七八九十百千])一万号|(?<!\d)1万号", text):
        yield Found(EntityKind.HOTLINE, "10000", *named.span())


def is_id_card(number: str) -> bool:
    """Whether the check character of 18 is right: ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10x98765432"[total % 11] == number[17].lower()


def is_bank_card(number: str) -> bool:
    """Whether the last digit fits the others (Luhn)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _read(piece: str) -> str:
    if piece[0] in _TIMES and "个" in piece:
        return piece[2].translate(_AS_DIGITS) * _TIMES[piece[0]]
    if piece[0].isdigit() or piece[0] in _SPOKEN:
        return piece.translate(_AS_DIGITS)
    return "x"


def _in(groups: Sequence[_Group], text: str) -> Iterator[Found]:
    """The numbers that whole groups make, each group used once."""
    at = 0
    while at < len(groups):
        found, used = _first(groups[at:], text)
        if found is not None:
            yield found
        at += used


def _first(groups: Sequence[_Group], text: str) -> tuple[Found | None, int]:
    """What the first groups make, and how many of them."""
    joined = [""]
    for group in groups:
        joined.append(joined[-1] + group.digits)
        if len(joined[-1]) > _LONGEST:
            break
    unsure: tuple[Found | None, int] = None, 1
    for used in range(len(joined) - 1, 0, -1):
        start, end = groups[0].start, groups[used - 1].end
        found = _named(joined[used], start, end, text)
        if found is None or (found.kind is EntityKind.HOTLINE and not _one_breath(groups[:used], text)):
            continue
        if found.sure:
            return found, used
        unsure = unsure if unsure[0] is not None else (found, used)
    return unsure


def _one_breath(groups: Sequence[_Group], text: str) -> bool:
    """Whether at most blanks and hyphens divide the groups, but for the parts of a long number."""
    pauses = [text[one.end : other.start] for one, other in pairwise(groups)]
    return all(not pause.strip(" -–—") for pause in pauses) or sum(len(one.digits) for one in groups) > 6


def _named(digits: str, start: int, end: int, text: str) -> Found | None:
    if _COUNTED.match(text, end):
        return None
    if _ID_CARD.fullmatch(digits):
        return Found(EntityKind.ID_CARD, digits.upper(), start, end, sure=is_id_card(digits))
    if _PHONE.fullmatch(digits):
        return Found(EntityKind.PHONE, digits.removeprefix("86") if len(digits) > 12 else digits, start, end)
    if _BANK_CARD.fullmatch(digits):
        return Found(EntityKind.BANK_CARD, digits, start, end, sure=is_bank_card(digits))
    if _HOTLINE.fullmatch(digits):
        plain = digits != "10000" or text.startswith("号", end) or _CALLED.search(text[:start])
        return Found(EntityKind.HOTLINE, digits, start, end) if plain else None
    return None
