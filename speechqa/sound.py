"""The phonetic view: how the words sound to a recogniser that cannot spell them.

Toneless pinyin, one symbol a syllable, so that a text of n characters has a view of n symbols and
the offsets of the normalised view hold for both. Symbols are private-use characters: ordinary
string tools (slicing, Aho-Corasick, edit distance) then work on syllables.

Two views exist. `syllables` keeps what pinyin keeps; `folded` also merges the sounds that Chinese
speakers and recognisers swap: z/zh, c/ch, s/sh, n/l, f/h, an/ang, en/eng, in/ing.

A character has one reading wherever it stands (the first of pypinyin's table): text and phrase are
read by the same rule, so equal characters always sound equal, and a text is read by one
`str.translate`. `readings` adds the reading in context to the phrase's side, once per phrase:
银行 also sounds like 银航.
"""

import json
import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from math import log2
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]

_FIRST_SYMBOL = 0xE000
_RARE = 1e-5  # share of syllables
_RAREST = -log2(_RARE)  # bits
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_INITIAL = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]")
_SAME_INITIAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "f": "h"}
_SAME_FINAL = {"ang": "an", "eng": "en", "ing": "in", "iang": "ian", "uang": "uan"}

# Fitted by tests/bench/fit_sound.py, against another syllable's distance of 1.
SWAPPED = 0.05  # distance of two sounds of one confusion class (n/l, in/ing)
HALF_HEARD = 0.4  # same initial or same final, the other part differs
LOST = 1.5  # a syllable missing or too many


def syllables(normal_text: str) -> str:
    """One symbol a character of a normalised view: its toneless syllable."""
    return normal_text.translate(_tables()[0])


def folded(syllable_view: str) -> str:
    """`syllables(...)` with confusable sounds made equal."""
    return syllable_view.translate(_tables()[1])


def readings(normal_phrase: str) -> tuple[str, ...]:
    """Syllable views of a phrase: by character, and in context where that differs."""
    from pypinyin import Style, lazy_pinyin

    plain = syllables(normal_phrase)
    names = lazy_pinyin(_spelled(normal_phrase), style=Style.NORMAL)
    if len(names) != len(plain):  # Latin letters are read as one
        return (plain,)
    in_context = "".join(_symbol_of().get(name, name) for name in names)
    return (plain,) if in_context == plain else (plain, in_context)


def named(character: str) -> str:
    """The toneless syllable of a character; the character itself where it has none."""
    return _readings_by_character().get(ord(character), character)


def parts(name: str) -> tuple[str, str]:
    """Initial and final of a syllable by name; the initial may be empty."""
    match = _INITIAL.match(name)
    initial = match[0] if match else ""
    return initial, name[len(initial) :]


def commonness(name: str) -> float:
    """The share of all syllables that this one is, in written Chinese; a rare one's where it is unknown.

    Counted by tests/bench/fit_confusions.py in the word list of jieba 0.42.1 (MIT), each character with the
    reading it has here.
    """
    return _shares().get(name, _RARE)


def information(syllable_view: str) -> float:
    """Bits that it takes to tell these syllables from others: of rare ones more."""
    return sum(_bits().get(symbol, _RAREST) for symbol in syllable_view)


def share(folded_symbol: str) -> float:
    """The share of all syllables that sound like this one, confusions included."""
    return _folded_shares().get(folded_symbol, _RARE)


def distance(heard: str, wanted: str) -> float:
    """Weighted edit distance of two syllable views, in syllables.

    0 for equal sounds, SWAPPED for one confusion class, HALF_HEARD for half a syllable, 1 for
    another one, LOST for one missing or too many.
    """
    row = [LOST * place for place in range(len(wanted) + 1)]
    for heard_symbol in heard:  # asked thousands of times a second: comparisons cost half of what min() does
        diagonal = row[0]
        left = row[0] = diagonal + LOST
        for place, wanted_symbol in enumerate(wanted, start=1):
            above = row[place]
            changed = diagonal + difference(heard_symbol, wanted_symbol)
            moved = (above if above < left else left) + LOST
            left = row[place] = changed if changed < moved else moved
            diagonal = above
    return row[-1]


@lru_cache(maxsize=1 << 18)
def difference(one: str, other: str) -> float:
    """Distance of two syllables in [0, 1]."""
    if one == other:
        return 0.0
    if folded(one) == folded(other):
        return SWAPPED
    names = _names()
    if one not in names or other not in names:
        return 1.0
    (initial, final), (other_initial, other_final) = names[folded(one)], names[folded(other)]
    return HALF_HEARD if initial == other_initial or final == other_final else 1.0


def differences(heard: "npt.NDArray[np.uint32]", wanted: "npt.NDArray[np.uint32]") -> "Floats":
    """`difference` of two arrays of symbols' codes of one shape, place by place."""
    import numpy as np

    initials, finals, classes = _features()
    one, other = np.minimum(heard, _LAST_CODE), np.minimum(wanted, _LAST_CODE)
    half = (initials[one] == initials[other]) | (finals[one] == finals[other])
    near = np.where(classes[one] == classes[other], SWAPPED, np.where(half, HALF_HEARD, 1.0))
    known = (classes[one] > 0) & (classes[other] > 0)
    return np.where(heard == wanted, 0.0, np.where(known, near, 1.0))


_LAST_CODE = 0xF8FF  # of the private-use characters


@lru_cache(maxsize=1)
def _features() -> "tuple[npt.NDArray[np.int16], npt.NDArray[np.int16], npt.NDArray[np.int16]]":
    """By code: numbers of the folded initial, the folded final, and both; 0 where it is no syllable."""
    import numpy as np

    names = _names()
    table = np.zeros((3, _LAST_CODE + 1), dtype=np.int16)
    numbers: dict[object, int] = {}
    for symbol in names:
        initial, final = names[folded(symbol)]
        for row, part in enumerate((("i", initial), ("f", final), (initial, final))):
            table[row, ord(symbol)] = numbers.setdefault(part, len(numbers) + 1)
    return table[0], table[1], table[2]


def _spelled(text: str) -> str:
    return "".join(_DIGITS.get(character, character) for character in text)


@lru_cache(maxsize=1)
def _bits() -> dict[str, float]:
    return {symbol: -log2(commonness(name)) for name, symbol in _symbol_of().items()}


@lru_cache(maxsize=1)
def _folded_shares() -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for name, symbol in _symbol_of().items():
        shares[folded(symbol)] += commonness(name) if name in _shares() else 0.0
    return {symbol: max(all_of_them, _RARE) for symbol, all_of_them in shares.items()}


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    counted: dict[str, int] = json.loads((files(__package__) / "syllables.json").read_text("utf-8"))["counts"]
    total = sum(counted.values())
    return {name: max(count / total, _RARE) for name, count in counted.items()}


def _folded_name(syllable: str) -> str:
    initial, final = parts(syllable)
    return _SAME_INITIAL.get(initial, initial) + _SAME_FINAL.get(final, final)


@lru_cache(maxsize=1)
def _readings_by_character() -> dict[int, str]:
    from pypinyin import Style
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.style import convert

    first = {code: marked.split(",")[0] for code, marked in PINYIN_DICT.items()}
    plain = {marked: convert(marked, Style.NORMAL, strict=False) for marked in set(first.values())}
    by_code = {code: plain[marked] for code, marked in first.items() if plain[marked].isascii()}
    by_code.update({ord(digit): by_code[ord(han)] for digit, han in _DIGITS.items()})
    return by_code


@lru_cache(maxsize=1)
def _symbol_of() -> dict[str, str]:
    names = set(_readings_by_character().values())
    names |= {_folded_name(name) for name in names}
    return {name: chr(_FIRST_SYMBOL + place) for place, name in enumerate(sorted(names))}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    return {symbol: parts(name) for name, symbol in _symbol_of().items()}


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    """Character to syllable symbol, and syllable symbol to folded symbol."""
    symbol_of = _symbol_of()
    read = {code: symbol_of[name] for code, name in _readings_by_character().items()}
    fold = {ord(symbol): symbol_of[_folded_name(name)] for name, symbol in symbol_of.items()}
    return read, fold
