"""How English words sound to a recogniser that cannot spell them: `sound`, for the other language.

One symbol a consonant, by Metaphone (jellyfish), a vowel only where a word begins with it: cancel and
council are KNSL. Words are read one after the other without a seam, for a recogniser sets its blanks wrong
too: account holder and a count holder sound alike. Digits stand for themselves.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from speechqa.sound import HALF_HEARD, LOST, SWAPPED

_WORD = re.compile(r"[^ \n]+")
_DOUBLED = re.compile(r"(\D)\1+")
_CONFUSED = str.maketrans("BMΘJEIOU", "PNFXAAAA")  # sounds that a telephone line makes equal
_KINDS = MappingProxyType(
    {sound: kind for kind, sounds in enumerate(("PTK", "FSXH", "LRN", "WYA")) for sound in sounds}
)


def phones(word: str) -> str:
    """The symbols of a word of the normalised view; never none."""
    if word.isdecimal():
        return word
    return _sounds(word) or word[:1].upper()


def phones_of(text: str) -> str:
    """Those of all words of a normalised view, one after the other."""
    return "".join(phones(word) for word in _WORD.findall(text))


def folded(sounds: str) -> str:
    """The symbols with confusable ones made equal."""
    return sounds.translate(_CONFUSED)


def distance(heard: str, wanted: str) -> float:
    """Weighted edit distance, in symbols: as `sound.distance` counts syllables."""
    row = [LOST * place for place in range(len(wanted) + 1)]
    for one in heard:
        diagonal, row[0] = row[0], row[0] + LOST
        for place, other in enumerate(wanted, start=1):
            best = min(diagonal + _difference(one, other), row[place] + LOST, row[place - 1] + LOST)
            diagonal, row[place] = row[place], best
    return row[-1]


class Sounding(NamedTuple):
    """The symbols of joined views, and between which places of them each word of the view lies."""

    sounds: str
    starts: dict[int, int]  # where in `sounds` a word begins: where in the view
    ends: dict[int, int]


def sounding(text: str, seam: str) -> Sounding:
    """How joined views sound. `seam` keeps their parts apart."""
    parts: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for word, start, end in _words(text, seam):
        if word == seam:
            parts.append(seam)
            at += 1
            continue
        parts.append(phones(word))
        starts[at] = start
        at += len(parts[-1])
        ends[at] = end
    return Sounding("".join(parts), starts, ends)


def _words(text: str, seam: str) -> Iterator[tuple[str, int, int]]:
    for found in re.finditer(f"{seam}|{_WORD.pattern}", text):
        yield found[0], found.start(), found.end()


@lru_cache(maxsize=1 << 14)
def _sounds(word: str) -> str:
    from jellyfish import metaphone

    return _DOUBLED.sub(r"\1", metaphone(word).replace("0", "Θ").replace(" ", ""))


@lru_cache(maxsize=1 << 12)
def _difference(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if folded(one) == folded(other):
        return SWAPPED
    kind = _KINDS.get(folded(one))
    return HALF_HEARD if kind is not None and kind == _KINDS.get(folded(other)) else 1.0
