"""Amounts that English says in parts, as one number: 29 dollars and 99 cents, two and a half million.

What stands for several words ends where the last of them does, so that a hit shows them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from speechqa.text.piece import Piece

_MONEY: Mapping[str, tuple[str, ...]] = MappingProxyType(  # and its hundredths
    {
        **dict.fromkeys(("dollar", "dollars", "euro", "euros", "buck", "bucks"), ("cent", "cents")),
        **dict.fromkeys(("pound", "pounds", "quid"), ("pence", "penny", "p")),
    }
)
_LARGE = MappingProxyType({"100": 100, "1000": 1000, "1000000": 1_000_000})  # hundred, thousand, million
_COUNTED_WORDS = (
    "percent dollars pounds euros bucks cents months years weeks days hours minutes gigs gigabytes gb"
)
_COUNTED = frozenset(_COUNTED_WORDS.split())
_NOT_CENTS = frozenset(("times", *_COUNTED))
_HALF = ["and", "a", "half"]


def amounts(words: Sequence[Piece]) -> Iterator[Piece]:
    """The words, numbers among them in digits, with amounts in parts as one."""
    at = 0
    while at < len(words):
        for read in (_with_half, _below_one, _with_cents):
            pieces, taken = read(words[at : at + 7])
            if taken:
                break
        else:
            pieces, taken = (words[at],), 1
        yield from pieces
        at += taken


def _with_half(words: Sequence[Piece]) -> tuple[tuple[Piece, ...], int]:
    """2 and a half percent, 2 and a half 1000000; else nothing of no words."""
    texts = [word.text for word in words[:5]]
    if len(texts) < 5 or texts[1:4] != _HALF:
        return (), 0
    whole = "1" if texts[0] == "one" else texts[0]
    if not whole.isdecimal():
        return (), 0
    if (times := _LARGE.get(texts[4])) is not None:
        return (Piece(str(int((int(whole) + 0.5) * times)), words[0].start, words[4].end),), 5
    if texts[4] not in _COUNTED:
        return (), 0
    return (Piece(f"{whole}.5", words[0].start, words[3].end),), 4


def _below_one(words: Sequence[Piece]) -> tuple[tuple[Piece, ...], int]:
    """Point 5 percent."""
    texts = [word.text for word in words[:3]]
    if len(texts) == 3 and texts[0] == "point" and texts[1].isdecimal() and texts[2] == "percent":
        return (Piece(f"0.{texts[1]}", words[0].start, words[1].end),), 2
    return (), 0


def _with_cents(words: Sequence[Piece]) -> tuple[tuple[Piece, ...], int]:
    """29 dollars and 99 cents, 29 dollars 99."""
    texts = [word.text for word in words]
    if len(texts) < 3 or not texts[0].isdecimal() or texts[1] not in _MONEY:
        return (), 0
    at = 3 if texts[2] == "and" else 2
    cents, behind = texts[at : at + 1], texts[at + 1 : at + 2]
    if not cents or not cents[0].isdecimal() or len(cents[0]) > 2:
        return (), 0
    named = bool(behind) and behind[0] in _MONEY[texts[1]]
    short = at == 2 and len(cents[0]) == 2 and not (behind and behind[0] in (*_NOT_CENTS, *_MONEY))
    if not (named or short):
        return (), 0
    last = words[at + named]
    return (
        Piece(f"{texts[0]}.{cents[0]:0>2}", words[0].start, words[0].end),
        Piece(texts[1], words[1].start, last.end),
    ), at + 1 + named
