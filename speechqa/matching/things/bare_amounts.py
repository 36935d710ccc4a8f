"""Amounts that are said without their unit, told by the words for a price beside them: 套餐是五十九的,
一个月五十九, 三十九那个, 五十九的套餐.

A bare number is many things (五十九岁, 三十九度, 尾号五九, 十号窗口), so what follows it must leave it no
other unit, and what stands before it must not name a number of another kind.
"""

import re
from decimal import Decimal

from speechqa.matching.things.numerals import NUMERAL, number

_PERIOD = r"(?:每个?[月年季天次]|一个?[月年天]|一年|包月|包年)"
PRICE = (
    r"(?:[资月年保话]费|[收欠]费|套餐费|最低消费|费用|价[格钱位]?|月租|租金|金额|月供|月付|首付|首期|每期|"
    r"每个?月|一个?月|每年|一年|每[次天]|一共|总共|合计|原价|现价|优惠价|定价|标价|一口价|保底|低消|包月|"
    r"扣|只要|只需|仅需|才|额度|保额|赔付?|报销|贷款?|借款|退)"
)
_LINK = r"(?:就?是|就|为|也就|只要|只需要?|仅需?|才|也|都|[要收扣交付您的呢话了有到，,]|最高|可以){0,3}"
_OR_SO = rf"左右|上下|以内|{_PERIOD}"
_ENDS = rf"$|[,，。；;！!？?、]|{_OR_SO}"
_BARE = re.compile(
    rf"{PRICE}{_LINK}(?P<n>{NUMERAL})(?P<about>[来多几]?)(?={_ENDS}|吧|哦|的话|起|现|降|优惠|打|"
    r"的?[这那](?:[个款档种样]|一[个款档])|的(?:$|[,，。；;！!？?、吧呢嘛吗]|套餐|那|档)|就[行够可是能]|对[吧吗不]|"
    r"而已|[送含]|另外|包(?=[\d一二两三四五六七八九十含])|不[贵多])"
)
_SUM = re.compile(rf"(?<!第)(?P<n>{NUMERAL})(?=$|[,，。；;！!？?、]|左右|上下|吧|{_PERIOD})")
_SUM_OF_TWO = re.compile(r".*[万千百].*[零一二两三四五六七八九十百千\d]")
_RATE = re.compile(r"(?<![\d.])(?P<n>\d{1,4}\.\d{1,2}|\d{2,4})(?=(?:一|每)个?[月年])")  # 39一个月
_ONE_MONTH = re.compile(  # 十九一个月; 二十一个月 are months
    r"(?<![\d.零一二两三四五六七八九十百千万点])(?P<n>[二三四五六七八九]?十[一二三四五六七八九])(?=一个?月)"
)
_EACH = re.compile(rf"(?P<n>{NUMERAL})(?=每个?[月年]|包月)")
_PLAN = r"(?:[的那这]{0,2}个?(?:一?[款个档])?套餐|的?[那这]?一?档(?![案期])|的?(?:月租|资费|包月))"
_OF_PLAN = re.compile(rf"(?P<n>{NUMERAL})(?={_PLAN})")
_PLAN_OF = re.compile(
    rf"(?:套餐|档位?|业务|包)(?:就是|是|有|选|办|用的?是?|呢|就|才|的|，|,){{0,3}}(?P<n>{NUMERAL})"
    r"(?=的?(?:$|[,，。；;！!？?、吧呢嘛吗和跟]|[那这][个款档种])|对[吧吗不])"
)
_CHOSEN = re.compile(
    rf"(?P<n>{NUMERAL})(?=的?[那这](?:个|款|一个|一款)(?:$|[,，。；;！!？?、吧呢嘛吗就是不有含划便贵多怎合可和跟比])|"
    r"的(?:$|[,，。；;！!？?、吧呢嘛吗和跟比就也]|还有|或))"
)
_CHOICE = re.compile(
    r"套餐|月租|[资月话]费|费用|每个?月|一个?月|档|包月|便宜|划算|[太更最还]贵|不贵|价|优惠|流量包|流量的|会员|"
    r"(?:我要|就要|想要|办|选|换成?|改成?|[升降]到|开)(?:了|个|那个|一个)?$"
)
_REACH = 20  # characters to either side in which the word for a price stands
_OTHER_NUMBER = re.compile(
    r"(?:第|[尾工编单账卡房桌座型代]号?[是为]?|号码?[是为]?|[今满]年?|年龄|岁数|才满|体温|[温气]温|烧到|零下|"
    r"[年月日点分:：]|门牌|电话|[住楼栋室]|单元|[上下]午|[晚早]上)$"
)
_SENTENCE_END = re.compile("[。！!？?；;]")
_LEAST_NAMED = 5  # of a plan without a unit; 两套餐 and 三档 count plans
_LEAST_CHOSEN = 10  # of 十六那个; smaller ones count things
_MOST_NAMED = 9999


def _plain(match: "re.Match[str]") -> Decimal | None:
    return number(match["n"])


def _sum(match: "re.Match[str]") -> Decimal | None:
    if not _SUM_OF_TWO.fullmatch(match["n"]) or match["n"] == "二百五":
        return None
    return number(match["n"])


def _named(match: "re.Match[str]") -> Decimal | None:
    return _above(_LEAST_NAMED, match)


def _chosen(match: "re.Match[str]") -> Decimal | None:
    """A number of a choice (三十九那个, 五十九的) where the words around speak of prices or of choosing."""
    start, end = match.span("n")
    before = _SENTENCE_END.split(match.string[max(0, start - _REACH) : start])[-1]
    behind = _SENTENCE_END.split(match.string[end : end + _REACH])[0]
    of_price = _CHOICE.search(before) or _CHOICE.search(behind)
    return _above(_LEAST_CHOSEN, match) if of_price else None


def _above(least: int, match: "re.Match[str]") -> Decimal | None:
    """A number that can be a plan's price: no year, no end of a telephone number."""
    written = match["n"]
    if _OTHER_NUMBER.search(match.string[: match.start("n")]):
        return None
    if re.fullmatch(r"20\d\d|二[零0].{2}", written):
        return None
    value = number(written)
    return value if value is not None and least <= value <= _MOST_NAMED else None


READERS = (
    (_BARE, _plain),
    (_SUM, _sum),
    (_RATE, _plain),
    (_ONE_MONTH, _plain),
    (_EACH, _named),
    (_OF_PLAN, _named),
    (_PLAN_OF, _named),
    (_CHOSEN, _chosen),
)
