"""Numbers as they are said: 一百二十九, 两千一, 一万零一百, 三万五, 1.5万, 九点九, 一二九, 1,280.

Strict: what is no number by itself has no value. 二三十 and 三五块 name a range, 一两个 too.
"""

import re
from decimal import Decimal

DIGITS = "0-9零一二两三四五六七八九幺"
NUMERAL = (  # the whole of one; it may have no value
    rf"(?<![几数{DIGITS}十百千万亿])(?:\d{{1,3}}(?:,\d{{3}})+(?![\d,])|[{DIGITS}十百千万亿]+)"
    rf"(?:[.点][{DIGITS}]+[百千万亿]?)?"
)
_AS_DIGITS = str.maketrans("零一二两三四五六七八九幺", "012234567891")
_SECTION = re.compile(r"(?:([1-9])千)?(0?)(?:([1-9])百)?(0?)(?:([1-9]?)十)?(0?)([1-9])?")
_SHORT = re.compile(r".*([万千百])([1-9])")  # 两千一 is 2100
_RANGES = frozenset({"12", "13", "23", "34", "35", "45", "56", "67", "78", "89"})  # 一两块, 三五块
_RANGE = re.compile("[一二两三四五六七八九]{2}[十百千万亿]")  # 二三十, 七八百
_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4)}
_UNITS = {"百": Decimal(100), "千": Decimal(1000), **_SCALES}


def number(text: str) -> Decimal | None:
    """The value of a whole numeral; None when the text is not exactly one number."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    if _RANGE.search(text):
        return None
    plain = text.translate(_AS_DIGITS)
    if decimal := re.fullmatch(r"(.+?)[.点](\d+)([百千万亿]?)", plain):
        whole = _whole(decimal[1])
        if whole is None:
            return None
        return (whole + Decimal(f"0.{decimal[2]}")) * _UNITS.get(decimal[3], Decimal(1))
    if plain.isdigit():
        is_range = not text.isascii() and plain in _RANGES and "幺" not in text
        return None if is_range or not plain else Decimal(plain)
    return _whole(plain)


def _whole(plain: str) -> Decimal | None:
    """The value of a numeral with 十 百 千 万 亿, its digits Arabic."""
    if plain.isdigit():
        return Decimal(plain)
    for scale, worth in _SCALES.items():
        head, found, tail = plain.rpartition(scale) if scale == "万" else plain.partition(scale)
        if not found:
            continue
        many = _whole(head)
        rest = _rest(tail, worth)
        return None if many is None or rest is None else many * worth + rest
    return _section(plain)


def _rest(tail: str, worth: Decimal) -> Decimal | None:
    if not tail:
        return Decimal(0)
    if re.fullmatch("[1-9]", tail):  # 三万五
        return int(tail) * worth / 10
    value = _whole(tail.removeprefix("0"))
    return value if value is not None and value < worth else None


def _section(plain: str) -> Decimal | None:
    """Below 10 000."""
    found = _SECTION.fullmatch(plain)
    if not plain or found is None:
        return None
    thousands, _, hundreds, _, tens, _, ones = found.groups()
    value = 1000 * int(thousands or 0) + 100 * int(hundreds or 0)
    value += 10 * (1 if tens == "" else int(tens or 0))
    if (short := _SHORT.fullmatch(plain)) and short[1] != "万":
        return value + int(short[2]) * _UNITS[short[1]] / 10
    return Decimal(value + int(ones or 0))
