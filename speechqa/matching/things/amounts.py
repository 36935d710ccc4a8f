"""Amounts of money as they are said: 九块九, 一百二十九元九, 三毛钱, ¥30, 每月三十, 一万零一百.

块, 角 and 分 are also other words (这一块业务, 三角, 十分), so a small number of 块 counts only where what
stands around it speaks of money or of nothing else. Numbers without a unit are read by `bare_amounts`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from speechqa.checklist.operators.facts import EntityKind
from speechqa.matching.things.bare_amounts import PRICE, READERS
from speechqa.matching.things.found import Found
from speechqa.matching.things.numerals import NUMERAL, number

_FIGURE = "[0-9一二两三四五六七八九]"
_PERIOD = r"一个?[月年天次季]|每个?[月年天次]"
_COUNTED = (
    "个天月年日号次张条首款种项选大点折倍gm兆人分家位样下起些直会定档份级层类秒"  # 三天, not three tenths
)
_NOT_COUNTED = rf"(?=$|{_PERIOD}|[^.0-9零一二两三四五六七八九十百千万{_COUNTED}])"
_TENTHS = (
    rf"(?:零?(?P<tenths>{_FIGURE})[毛角](?:钱|(?P<fen>{_FIGURE})分?)?|"
    rf"(?P<bare>{_FIGURE})(?P<more>{_FIGURE})?{_NOT_COUNTED}|零(?P<cents>{_FIGURE})分)?"
)
_YUAN = re.compile(
    rf"(?P<n>{NUMERAL})(?P<about>[来多几]?)(?P<scale>[百千万]?)(?P<kind>块|元|圆)(?P<money>钱)?{_TENTHS}"
)
_SMALL = re.compile(
    rf"(?P<n>{NUMERAL})(?:(?P<mao>[毛角])(?:钱|(?![形度色落钱不一])(?:(?P<fen>{_FIGURE})分?)?)|分钱)"
)
_MARKED = re.compile(rf"(?:[¥$]|人民币|rmb)\s*(?P<n>{NUMERAL})(?!块|元|圆)")
_ABOUT_BEFORE = re.compile(r"(?:大概|大约|差不多|将近|接近|不到|近)(?:就?是|在|有|要)?$")
_ABOUT_BEHIND = re.compile(r"左右|上下|出头|多一?点|不到|来钱")
_OTHER_PIECE = re.compile(r"(?:[这那哪第分]|成)$")  # 这两块
_PIECES = re.compile(
    r"内容|业务|方面|部分|屏|电池|地|板|表|肉|糖|蛋糕|砖|石|儿|面积|区域|硬盘|工作|知识|市场|拼|玻璃|来说|呢|的话"
)
_OF_MONEY = re.compile(
    r"[钱二两三四五六七八九\d,，。；;！!？?、每起]|一?个?[月天年次]|一[个天年次]|$|多|的?(?:包|套餐|费|优惠)|就"
)
_NO_COINS = re.compile(r"[都也]?[不没]")  # 一分钱都不要
_OTHER_YUAN = re.compile(r"[旦素化件首老宵组]")
_MAY_HAVE_SOME = re.compile("[0-9零二两三四五六七八九十百千万亿幺]|一[块元圆毛角分来多几]")  # not 等一下
_LARGEST_PIECES = 10  # 三块 may be pieces, 十三块 is money


def amounts(text: str) -> Iterator[Found]:
    """Every amount in a view of `spoken`; of overlapping ones the first kind that reads it."""
    if not _MAY_HAVE_SOME.search(text):
        return
    taken: list[tuple[int, int]] = []
    for expression, read in _READERS:
        for match in expression.finditer(text):
            start, end = match.start("n") if expression is not _MARKED else match.start(), match.end()
            if any(start < last and first < end for first, last in taken):
                continue
            value = read(match)
            if value is None:
                continue
            taken.append((start, end))
            about = match.groupdict().get("about") or _ABOUT_BEFORE.search(text[:start])
            exact = not (about or _ABOUT_BEHIND.match(text, end))
            yield Found(EntityKind.AMOUNT, f"{value:.2f}", start, end, exact=exact)


def _yuan(match: "re.Match[str]") -> Decimal | None:
    value = number(match["n"])
    if value is None or (match["kind"] == "元" and _OTHER_YUAN.match(match.string, match.end())):
        return None
    bare = match["kind"] == "块" and match.end() == match.end("kind")
    if bare and _is_pieces(match, value):
        return None
    value *= {"百": 100, "千": 1000, "万": 10_000}.get(match["scale"], 1)
    tenths, hundredths = match["tenths"] or match["bare"], match["fen"] or match["more"] or match["cents"]
    return value + _figure(tenths) / 10 + _figure(hundredths) / 100


def _figure(written: str | None) -> Decimal:
    return (number(written) if written else None) or Decimal(0)


def _is_pieces(match: "re.Match[str]", value: Decimal) -> bool:
    """Whether 块 counts pieces of something, or 一块 means together."""
    before, text, end = match.string[: match.start()], match.string, match.end()
    if value >= _LARGEST_PIECES or "." in match["n"]:
        return False
    if _OTHER_PIECE.search(before):
        return True
    if value == 1:
        return _OF_MONEY.match(text, end) is None or (end == len(text) and not re.search(PRICE, before))
    return _PIECES.match(text, end) is not None


def _small(match: "re.Match[str]") -> Decimal | None:
    value = number(match["n"])
    if value is None or _NO_COINS.match(match.string, match.end()):
        return None
    if match["mao"] is None:
        return value / 100
    return value / 10 + _figure(match["fen"]) / 100


def _plain(match: "re.Match[str]") -> Decimal | None:
    return number(match["n"])


_READERS = ((_YUAN, _yuan), (_MARKED, _plain), (_SMALL, _small), *READERS)
