"""Dates as they are said: 三月五号, 二零二六年, 下周三, 明天上午十点, 12月31日前.

The value is what was said of it, no more: 2026-03-05, 03-05, 2026-03, 2026, 下月-05, 下周三, 明天 10:00.
今天 is a date only with a time or a limit (今天下班前): most calls begin with 今天给您来电.
"""

import re
from collections.abc import Iterator

from speechqa.checklist.operators.facts import EntityKind
from speechqa.matching.things.found import Found
from speechqa.matching.things.numerals import number

_DIGITS = "零一二三四五六七八九"
_N = rf"(?<![0-9{_DIGITS}两幺十百千万])(?:\d{{1,2}}|[{_DIGITS}十]{{1,3}})"
_LONG_YEAR = rf"(?:(?:19|20)\d\d|[一二][零九][{_DIGITS}]{{2}}|两千零?[{_DIGITS}十]{{1,3}})"
_Y = rf"(?<!\d)(?:{_LONG_YEAR}|\d{{2}}|[二三][{_DIGITS}])"
_HALF = "凌晨|早上|上午|中午|下午|傍晚|晚上"
_HOUR = rf"(?:\d{{1,2}}|[{_DIGITS}两十]{{1,3}})(?:点钟?|:)(?!\w*[建意])"
_MINUTE = rf"半|一刻|三刻|\d{{1,2}}|[{_DIGITS}十]{{1,3}}(?=分)"
_BOUND = "之前|以前|前|左右|开始|起|上午|下午|晚上|早上|到|至|那天"
_LIMIT = f"之?内|{_HALF}|晚|之前|以前|前|下班|就|天黑"
_NO_HOUSE = "(?![楼线店门窗院库桌])"  # 三号楼

_FULL = re.compile(
    rf"(?:(?P<y>{_Y})年)?(?P<m>{_N})月份?的?(?P<d>{_N})(?:[号日]|(?=$|[,，。；;！!？?之以前到至起]))"
)
_NUMERIC = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_MONTH = re.compile(rf"(?P<y>{_Y})年(?P<m>{_N})月")
_YEAR = re.compile(rf"(?<!\d)(?P<y>{_LONG_YEAR})年")
_OF_MONTH = re.compile(
    rf"(?P<which>这个月|本月|当月|下个?月|次月|上个?月|每个?月)的?(?P<d>{_N})[号日]{_NO_HOUSE}"
)
_DAY = re.compile(
    rf"(?<![工型座楼路栋单第周])(?:(?<=[到至])|(?={_N}[号日](?:{_BOUND})))(?P<d>{_N})[号日]{_NO_HOUSE}"
)
_DUE = "扣|还|交|缴|出|到|结|发|生|划|入|自动|之?前|以前|左右|开始|起"
_BARE_OF_MONTH = re.compile(  # 本月十五
    rf"(?P<which>这个月|本月|当月|下个?月|次月|上个?月)的?(?P<d>(?=[\d{_DIGITS}]?[\d十]){_N})"
    rf"(?=$|[,，。；;！!？?、吧吗呢就给我您再才能要会打回]|{_DUE})"
)
_BARE_OF_EACH = re.compile(rf"(?P<which>每个?月)的?(?P<d>{_N})(?={_DUE})")  # 每月十五 alone may be its price
_NO_DAY = (  # 三号楼 and 十六号客服 go on otherwise; 尾号十六号 and 我是十六号 begin otherwise
    "(?<![工型座楼路栋单第周月尾编排卡房账机代货])(?<![工尾编排账][号是])(?<!号[是为])(?<!我是)(?<!这[边里]是)"
)
_NEXT = "吧吗呢嘛了就给我您你他她再才能要会可也都又还行来去那这打回晚早上下中凌"
_BARE_DAY = re.compile(
    rf"{_NO_DAY}(?P<d>(?![零0]){_N})号(?![给为][您你]服务)(?=$|[,，。；;！!？?、{_NEXT}]|{_DUE}|以?后|"
    rf"的(?:时候|账单|话费|钱|话|$|[,，。；;！!？?])|{_N}[号点])"
)
_WEEKDAY = re.compile(
    r"(?<![一两二三四五六七八九十几\d])(?P<which>这个?|本|下+个?|上+个?|每个?)?(?:周|星期|礼拜)"
    r"(?P<w>[一二三四五六日天末])(?![次个天回节样般定起直些年期])"
)
_RELATIVE = re.compile(
    r"(?P<day>大后天|(?<![今以然之先])后天(?!天)|明[天日早晚]|昨[天日晚]|大前天|(?<![以之先提目])前天(?!天)|今[早晚]|"
    rf"今[天日](?={_LIMIT}|{_HOUR}))"
)
_END = re.compile(r"(?P<which>这个|本|下个?|上个?|今|明|去)?(?P<end>月底|月末|月初|年底|年末)")
_AFTER = re.compile(
    rf"的?(?P<half>{_HALF})?(?P<hour>\d{{1,2}}|[{_DIGITS}两十]{{1,3}})(?:点钟?|:)(?!\w*[建意])(?P<minute>{_MINUTE})?分?"
)
_EXPRESSIONS = (
    _NUMERIC,
    _FULL,
    _MONTH,
    _OF_MONTH,
    _BARE_OF_MONTH,
    _BARE_OF_EACH,
    _DAY,
    _BARE_DAY,
    _WEEKDAY,
    _RELATIVE,
    _YEAR,
    _END,
)
_MONTHS = {
    "这个月": "本月",
    "当月": "本月",
    "下个月": "下月",
    "次月": "下月",
    "上个月": "上月",
    "每个月": "每月",
}
_MONTH_ENDS = {"这个": "本", "下个": "下", "上个": "上"}
_LATER = frozenset({"下午", "傍晚", "晚上"})


def dates(text: str) -> Iterator[Found]:
    """Every date in a view of `spoken`; of overlapping ones the fullest."""
    taken: list[tuple[int, int]] = []
    for expression in _EXPRESSIONS:
        for match in expression.finditer(text):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            value = _value(match)
            if value is None:
                continue
            hour = _AFTER.match(text, end) if expression is not _YEAR else None
            if hour is not None and (clock := _clock(hour, value.endswith("晚"))):
                value, end = f"{value} {clock}", hour.end()
            taken.append((start, end))
            yield Found(EntityKind.DATE, value, start, end)


def _value(match: "re.Match[str]") -> str | None:
    parts = match.groupdict()
    if parts.get("w"):
        which = (parts["which"] or "").replace("个", "")
        return f"{which}周{'日' if parts['w'] == '天' else parts['w']}"
    if parts.get("day"):
        return str(parts["day"]).replace("日", "天")
    if parts.get("end"):
        which = parts["which"] or ""
        return _MONTH_ENDS.get(which, which) + str(parts["end"]).replace("末", "底")
    year = _year(parts["y"]) if parts.get("y") else ""
    month, day = _part(parts.get("m"), 12), _part(parts.get("d"), 31)
    if year is None or month is None or day is None:
        return None
    if which := parts.get("which"):
        return f"{_MONTHS.get(which, which)}-{day}"
    return "-".join(part for part in (year, month, day) if part)


def _part(written: str | None, most: int) -> str | None:
    """Two digits; empty when nothing was said, None when it cannot be."""
    if written is None:
        return ""
    value = number(written)
    return f"{int(value):02}" if value is not None and 1 <= value <= most else None


def _year(written: str) -> str | None:
    value = number(written)
    if value is None:
        return None
    return f"{int(value) + (2000 if value < 100 else 0)}"


def _clock(match: "re.Match[str]", in_the_evening: bool) -> str:
    hour = number(match["hour"])
    if hour is None or hour > 24:
        return ""
    later = 12 if (in_the_evening or match["half"] in _LATER) and 0 < hour < 12 else 0
    minutes = {"半": 30, "一刻": 15, "三刻": 45, None: 0}
    written = match["minute"]
    minute = minutes[written] if written in minutes else int(number(written) or 0)
    return f"{int(hour) + later:02}:{minute:02}"
