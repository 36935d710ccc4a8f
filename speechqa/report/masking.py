"""Personal numbers hidden in words that leave the machine.

Masked are runs of seven and more digits: telephone numbers, identity cards (with X), bank cards, written as
figures or spoken (幺三八…), with pauses, fillers and short replies in between. Kept are what a listener needs
to judge a call: hotlines (10086, 95588, 400…), amounts with their unit, dates. Not masked: names and
addresses. The last two digits stay, so that two people can tell which number they talk about. Masks are as
long as what they hide, so offsets into the text stay right.
"""

import re
from collections.abc import Sequence

MASK = "*"
SHORTEST = 7  # digits; a local telephone number
SHOWN = 2  # last digits that stay readable

_SPOKEN = str.maketrans("零〇○一二三四五六七八九幺０１２３４５６７８９", "00012345678910123456789")
_DIGIT = "[0-9０-９零〇○一二三四五六七八九幺]"
_PAUSE = r"(?:[\s,，.。、…·—–\-－]|[嗯呃额啊哦]|\n(?:对|是的?|好的?)[，,。.！!？?]*(?=\n)){0,8}"
_RUN = re.compile(f"{_DIGIT}(?:{_PAUSE}{_DIGIT}){{{SHORTEST - 1},}}(?:{_PAUSE}[Xx叉])?")
_GROUP = re.compile(f"{_DIGIT}+")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_HOTLINE = re.compile(r"1(?:00(?:0|1|8)\d|01[05]\d|2345)(?:\d\d)?|9[56]\d{3,6}|[48]00\d{7}")
_UNIT = re.compile(r"\s*(?:元|块|万|亿|千|百|十|[GgMm兆]|毛|角|%|积分|分(?!机))")
_LONGEST_AMOUNT = 10  # digits


def masked(text: str) -> str:
    """The text with the digits of personal numbers replaced by `*`, character for character."""
    if _RUN.search(text) is None:
        return text
    dates = [match.span() for match in _DATE.finditer(text)]
    characters = list(text)
    for run in _runs(text, dates):
        for at in _hidden(text, run):
            characters[at] = MASK
    return "".join(characters)


def masked_turns(texts: Sequence[str]) -> tuple[str, ...]:
    """Like `masked` for the turns of a call in their order; finds numbers that run over several turns."""
    whole = masked("\n".join(texts))
    shown, start = [], 0
    for text in texts:
        shown.append(whole[start : start + len(text)])
        start += len(text) + 1
    return tuple(shown)


def _runs(text: str, dates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of digits with pauses in between, outside dates."""
    edges = [0, *(edge for span in dates for edge in span), len(text)]
    spans = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        spans += [match.span() for match in _RUN.finditer(text, start, end)]
    return spans


def _hidden(text: str, run: tuple[int, int]) -> list[int]:
    """Offsets of the digits to hide in a run; empty for a hotline, an amount or too few digits."""
    groups = [match.span() for match in _GROUP.finditer(text, *run)]
    if _is_hotline(text, (groups[0][0], groups[-1][1])):
        return []
    while groups and _is_hotline(text, groups[0]):
        groups.pop(0)
    while groups and _is_hotline(text, groups[-1]):
        groups.pop()
    digits = [at for start, end in groups for at in range(start, end)]
    if len(digits) < SHORTEST:
        return []
    if len(digits) <= _LONGEST_AMOUNT and _UNIT.match(text, digits[-1] + 1):
        return []
    last = run[1] - 1
    if text[last] in "Xx叉" and last > digits[-1]:
        digits.append(last)
    return digits[:-SHOWN]


def _is_hotline(text: str, span: tuple[int, int]) -> bool:
    figures = "".join(_GROUP.findall(text[span[0] : span[1]])).translate(_SPOKEN)
    return _HOTLINE.fullmatch(figures) is not None
