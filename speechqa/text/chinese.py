"""The normalised view of what was said in Chinese.

Simplified characters, folded width and case, no punctuation, no hesitation sounds, spoken digits
read (幺零零八六 = 10086). Every kept character maps to exactly one of the source, so a hit on the
view is shown in the words as they stand in the transcript.

OpenCC is owned here. Its phrase-level tables can change lengths; a table of single characters
cannot, and is built once from it.
"""

import re
import unicodedata
from functools import lru_cache

from speechqa.text.view import Normal

HESITATIONS = frozenset("呃嗯啊哦噢喔诶欸哎唉呀嘛额")
# 额 and 嘛 are also parts of words: 金额, 额度, 干嘛.
_BEFORE_E = "金余名总差全定限超数面税份保小大高巨低款期贷易费赔账单等足票提降调原增减缴应用业售供资支缺信"
_IN_A_WORD = re.compile(  # recognisers may put a blank between the characters of a word
    rf"(?:(?<=[{_BEFORE_E}])|(?<=[{_BEFORE_E}]\s))额|额(?=\s?(?:[度外头定]|满(?!意)))|(?:(?<=[干为])|(?<=[干为]\s))嘛"
)
_SPOKEN_DIGITS = str.maketrans("零〇洞幺一二两三四五六七八九拐勾", "0001122345678979")
# Three in a row are a number read out; two may be words (一一, 三五).
_DIGIT_RUN = re.compile("[零〇洞幺一二三四五六七八九拐勾0-9]{3,}")
# The digit 幺 as a recogniser writes it that writes no figures: 要零零八六, 要零零要零.
_HEARD_YAO = re.compile("要(?=零零[零一二三四五六七八九要]{2})|(?<=零零)要(?=零)")
_DROPPED = "\0"
_SPOKEN = re.compile(r"[一-鿿㐀-䶿]|[A-Za-z]+|[0-9]")


@lru_cache(maxsize=1 << 12)  # a turn is asked for by its tone, its rules and its replies
def normal(text: str) -> Normal:
    """The normalised view of `text`; empty when nothing but punctuation and hesitation was there."""
    folded = _with_words(text, text.translate(_fold_table()))
    if _DROPPED not in folded:
        return Normal(_read_digits(folded), tuple(range(len(folded))))
    offsets = tuple(place for place, character in enumerate(folded) if character != _DROPPED)
    return Normal(_read_digits(folded.replace(_DROPPED, "")), offsets)


def simplified(text: str) -> str:
    """`text` with every traditional character made simplified; same length."""
    return text.translate(_simple_table())


def spoken_length(text: str) -> int:
    """Characters that take time to say: Han characters, digits and Latin words; no punctuation."""
    return len(spoken_units(text))


def spoken_units(text: str) -> list[tuple[int, int]]:
    """Where in `text` those stand, half-open, in order."""
    return [unit.span() for unit in _SPOKEN.finditer(text)]


def _with_words(text: str, folded: str) -> str:
    """The folded text with the hesitations put back that are parts of words."""
    if "额" not in text and "嘛" not in text and "額" not in text:
        return folded
    characters = list(folded)
    for found in _IN_A_WORD.finditer(simplified(text)):
        characters[found.start()] = found[0]
    return "".join(characters)


def _read_digits(folded: str) -> str:
    def digits(match: re.Match[str]) -> str:
        return match[0].translate(_SPOKEN_DIGITS)

    return _DIGIT_RUN.sub(digits, _HEARD_YAO.sub("幺", folded))


@lru_cache(maxsize=1)
def _simple_table() -> dict[int, str]:
    from opencc import OpenCC

    blocks = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
    traditional = [chr(code) for block in blocks for code in block]
    simple = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    return {
        ord(old): new for old, new in zip(traditional, simple, strict=True) if old != new and len(new) == 1
    }


@lru_cache(maxsize=1)
def _fold_table() -> dict[int, str]:
    """Character to character; dropped ones to NUL so that lengths stay equal."""
    table = dict(_simple_table())
    for code in range(0x10000):
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).lower()
        if len(folded) != 1:
            folded = character
        if table.get(code, character) in HESITATIONS or not folded.isalnum():
            table[code] = _DROPPED
        elif folded != character:
            table[code] = table.get(ord(folded), folded)
    return table
