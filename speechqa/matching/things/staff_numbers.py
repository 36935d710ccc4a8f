"""Staff numbers as they are said: 工号零二三, 我是8012号, 3021号客服为您服务.

The value is the digits (or letters and digits) as they are shown on a badge: 023, A1023.
"""

import re
from collections.abc import Iterator

from speechqa.checklist.operators.facts import EntityKind
from speechqa.matching.things.found import Found
from speechqa.matching.things.numerals import number

_FIGURES = "0-9零洞幺一二两三四五六七八九拐勾"
_NUMBER = rf"(?P<n>[a-z]{{0,3}}[-]?[{_FIGURES}十百千](?:[ ,，-]?[{_FIGURES}十百千]){{0,9}})"
_BADGE = re.compile(
    rf"(?:工号|员工编号|员工号|[坐座]席号|客服编号|我的编号)"
    rf"(?:[是为叫呢:：,，、 ]|就是|的话|给您){{0,4}}{_NUMBER}"
)
_STAFF = (
    "(?:客服|[坐座]席|话务员|接线员|客户代表|(?:客户|理财)经理|业务员|(?:服务)?专员|员工|为您服务|很高兴为您)"
)
_BEFORE = re.compile(rf"(?<![0-9零幺一二三四五六七八九]){_NUMBER}号的?(?=[,，]?{_STAFF})")
_I_AM = re.compile(
    rf"(?:我|这里|这边)就?是(?:客服|坐席|话务员)?{_NUMBER}号(?=$|[,，。！!？? ]|请问|您好|很高兴)"
)
_AS_DIGITS = str.maketrans("零洞幺一二两三四五六七八九拐勾", "001122345678979")
_SHORTEST = 2  # digits of 我是…号; with 工号 or 客服 beside it one will do


def staff_numbers(text: str) -> Iterator[Found]:
    """Every staff number in a view of `spoken`, each place once."""
    taken: list[tuple[int, int]] = []
    for expression in (_BADGE, _BEFORE, _I_AM):
        for match in expression.finditer(text):
            start, end = match.span("n")
            value = _value(match["n"])
            if expression is _I_AM and len(value) < _SHORTEST:
                continue
            if value and not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield Found(EntityKind.STAFF_NUMBER, value, start, end)


def _value(said: str) -> str:
    plain = re.sub(r"[ ,，-]", "", said)
    if re.search("[十百千]", plain):
        value = number(plain)
        return "" if value is None else str(int(value))
    return plain.translate(_AS_DIGITS).upper()
