"""Numbers of an English text in digits, however they were said or written.

one oh oh eight six = 10086; thirty five = 35; one hundred and twenty = 120; 1-800-555-0199 = 18005550199;
nineteen ninety nine a month = 19.99 a month, and 1999 where no price is meant. A lone `one` stays a word,
unless something is counted.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType

from speechqa.text.english_amounts import amounts
from speechqa.text.piece import Piece

_UNIT_WORDS = "zero one two three four five six seven eight nine"
_TEEN_WORDS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = MappingProxyType(
    {word: at for at, word in enumerate(_UNIT_WORDS.split())} | {"oh": 0, "o": 0, "nought": 0}
)
_TEENS = MappingProxyType({word: at for at, word in enumerate(_TEEN_WORDS.split(), 10)})
_TENS = MappingProxyType({word: 10 * at for at, word in enumerate(_TENS_WORDS.split(), 2)})
_TIMES = MappingProxyType({"double": 2, "triple": 3})
_LARGE = MappingProxyType({"hundred": 100, "thousand": 1000, "million": 1_000_000})
_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth"
_ORDINALS = MappingProxyType({word: at for at, word in enumerate(_ORDINAL_WORDS.split(), 1)})
_SUFFIXES = MappingProxyType({1: "st", 2: "nd", 3: "rd"})
_MONTH_WORDS = "january february march april may june july august september october november december"
_MONTHS = frozenset(_MONTH_WORDS.split())
_BEGIN = frozenset((*_UNITS, *_TEENS, *_TENS, *_TIMES, *_LARGE))
_COUNTED = re.compile(
    r"(dollar|pound|euro|cent|buck|percent|month|year|week|day|hour|minute|gig|gigabyte|point|hundred|thousand"
    r"|million)s?"
)
_PRICED = frozenset(
    ("a", "an", "per", "each", "every", "dollars", "pounds", "bucks", "monthly", "plus", "flat", "all")
)
_PERIOD = re.compile(r"(month|year|week|day|hour|line|call|user|quarter|tax|in|card|box)s?")
_APART = re.compile(r"[.!?;:,]")  # between words: two numbers, not one
_DIALLED = re.compile(r"[\s,.()-]*")  # between the parts of a telephone number
LEAST_DIALLED = 7  # digits
LEAST_READ_OUT = 3  # words of a number that begins with `oh`


def in_digits(words: Sequence[Piece], source: str) -> Iterator[Piece]:
    """The words with numbers as digits; those of a telephone number as one word."""
    read = tuple(_read(_percent(words), source))
    yield from _dialled(tuple(amounts(tuple(_dates(read)))), source)


def _dates(words: Sequence[Piece]) -> Iterator[Piece]:
    """Days in digits: twenty first, the third of june, june third."""
    for at, word in enumerate(words):
        day = _ORDINALS.get(word.text)
        before, behind = words[max(at - 1, 0)].text, [one.text for one in words[at + 1 : at + 3]]
        dated = behind[:1] == ["of"] and bool(_MONTHS.intersection(behind[1:]))
        if day and at and before in ("20", "30"):
            continue
        following = _ORDINALS.get(behind[0]) if behind else None
        if word.text in ("20", "30") and following:
            yield Piece(f"{int(word.text) + following}{_suffix(following)}", word.start, words[at + 1].end)
        elif day and (dated or (at and before in _MONTHS - {"may"})):
            yield Piece(f"{day}{_suffix(day)}", word.start, word.end)
        else:
            yield word


def _suffix(day: int) -> str:
    return _SUFFIXES.get(day, "th")


def _percent(words: Sequence[Piece]) -> Sequence[Piece]:
    """`per cent` as one word."""
    found: list[Piece] = []
    for word in words:
        if word.text == "cent" and found and found[-1].text == "per":
            word = Piece("percent", found.pop().start, word.end)
        found.append(word)
    return found


def _read(words: Sequence[Piece], source: str) -> Iterator[Piece]:
    at = 0
    while at < len(words):
        run = _run(words, at, source)
        if run == at:
            yield words[at]
            at += 1
            continue
        groups = _groups([word.text for word in words[at:run]])
        yield Piece(_number(groups, words[run : run + 2]), words[at].start, words[run - 1].end)
        at = run


def _run(words: Sequence[Piece], at: int, source: str) -> int:
    """Where the number words end that begin at a place; that place when none do."""
    first = words[at].text
    large = at + 1 < len(words) and words[at + 1].text in _LARGE
    if first not in _BEGIN and not (first == "a" and large):
        return at
    end = at + 1
    while end < len(words) and not _APART.search(source, words[end - 1].end, words[end].start):
        word = words[end].text
        behind = words[end + 1].text if end + 1 < len(words) else ""
        joined = word == "and" and words[end - 1].text in _LARGE and behind in _BEGIN
        joined = joined or (word == "point" and behind in _UNITS)
        if word not in _BEGIN and not joined:
            break
        end += 1
    while end > at and _only_leads(words[at:end]):
        end -= 1
    following = words[end].text if end < len(words) else ""
    lone = end - at == 1 and first == "one" and not _COUNTED.fullmatch(following)
    exclaims = end - at < LEAST_READ_OUT and first in ("oh", "o")
    return at if lone or exclaims else end


def _only_leads(run: Sequence[Piece]) -> bool:
    """Whether the last word of a run only leads to digits that do not come: two, oh wait; not four two oh."""
    *before, last = (word.text for word in run)
    read_out = len(before) > 1 and all(word in _UNITS for word in before)
    return last in _TIMES or (last in ("oh", "o") and not read_out)


def _groups(words: list[str]) -> list[str]:
    """The numbers that a run of words says one after the other."""
    groups: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in _TIMES and at + 1 < len(words) and words[at + 1] in _UNITS:
            groups.append(str(_UNITS[words[at + 1]]) * _TIMES[word])
            at += 2
        elif word == "point" and groups:
            digits = _digits(words[at + 1 :])
            groups[-1] += "." + digits
            at += 1 + len(digits)
        else:
            value, at = _value(words, at)
            groups.append(str(value))
    return groups


def _digits(words: Sequence[str]) -> str:
    found = ""
    for word in words:
        if word not in _UNITS:
            break
        found += str(_UNITS[word])
    return found


def _value(words: list[str], at: int) -> tuple[int, int]:
    """One number, and where the words behind it begin: [[n] thousand] [[n] hundred] [and] n."""
    value, at = _below_hundred(words, at)
    for name in _LARGE:
        if at < len(words) and words[at] == name:
            value, at = (value or 1) * _LARGE[name], at + 1
            if _goes_on(words[at:]):
                at += words[at] == "and"
                rest, behind = _below_hundred(words, at) if name == "hundred" else _value(words, at)
                value, at = value + rest, behind
    return value, at


def _goes_on(words: Sequence[str]) -> bool:
    """Whether what follows a hundred is added to it: not the digits of `one eight hundred five five five`."""
    if words[:1] == ["and"]:
        return len(words) > 1
    of_digits = len(words) > 1 and words[0] in _UNITS and words[1] in _UNITS
    return bool(words) and words[0] not in (*_LARGE, *_TIMES, "oh", "o", "point") and not of_digits


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    word = words[at]
    if word in _TENS:
        unit = _UNITS.get(words[at + 1], 0) if at + 1 < len(words) else 0
        return _TENS[word] + unit, at + (2 if unit else 1)
    if word in _TEENS:
        return _TEENS[word], at + 1
    if word in _UNITS:
        return _UNITS[word], at + 1
    return 0, at + (word not in _LARGE)  # `a hundred`


def _number(groups: list[str], behind: Sequence[Piece]) -> str:
    """The groups as one number: two are a price where words of prices follow."""
    following = [word.text for word in behind]
    priced = bool(following) and following[0] in _PRICED
    if priced and following[0] in ("a", "per", "all", "plus", "flat", "every"):
        priced = len(following) > 1 and bool(_PERIOD.fullmatch(following[1]))
    if priced and len(groups) == 3 and groups[1] == "0":
        groups = [groups[0], "0" + groups[2]]
    if priced and len(groups) == 2 and len(groups[1]) == 2 and "." not in "".join(groups):
        return ".".join(groups)
    return "".join(groups)


def _dialled(words: Sequence[Piece], source: str) -> Iterator[Piece]:
    """Digits that follow one another, as one word where they are as many as a telephone number has."""
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and all(
            one.text.isdecimal() and two.text.isdecimal() and _DIALLED.fullmatch(source, one.end, two.start)
            for one, two in pairwise(words[end - 1 : end + 1])
        ):
            end += 1
        whole = "".join(word.text for word in words[at:end])
        if end - at > 1 and len(whole) >= LEAST_DIALLED:
            yield Piece(whole, words[at].start, words[end - 1].end)
        else:
            yield from words[at:end]
        at = end
