"""A pattern read by sound: RE2 expressions over views in which some characters are symbols of syllables.

A character of the expression stands for itself and for its folded syllable (`speechqa.sound`); signs,
repetitions, anchors and `.` mean what they mean over the text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from speechqa.matching.alphabet import CLASS_OF, PART, SIGNS
from speechqa.matching.searching import Expression, expression
from speechqa.sound import folded, syllables

NONE = "\uf8fe"  # in a view: a syllable that no expression asks for
FIRST, LAST = "\ue000", "\uf8fd"  # of the symbols that syllables have

_DIGITS = "0123456789"
_EDGE = r"(?:\\x\{[0-9a-fA-F]+\}|\\x[0-9a-fA-F]{2}|[^\\])"  # of a range
_IN_CLASS = re.compile(rf"(?P<range>{_EDGE}-{_EDGE})|{CLASS_OF}|.", re.DOTALL)
_SYLLABLES = f"{FIRST}-{LAST}"
_SPECIAL = {r"\d": _DIGITS + folded(syllables(_DIGITS)), r"\p{Han}": r"\p{Han}" + _SYLLABLES}


@lru_cache(maxsize=256)
def sounding(written: str) -> Expression | None:
    """The expression over views with symbols; None where it is too large so."""
    import re2

    try:
        return expression("".join(_read(written)))
    except re2.error:
        return None


@lru_cache(maxsize=256)
def asked_for(written: str) -> tuple[str, ...]:
    """The folded syllables that stand in an expression, each once."""
    return tuple(sorted({one for part in _read(written) for one in part if FIRST <= one < LAST}))


def _read(written: str) -> Iterator[str]:
    for part in PART.findall(written):
        if part[0] == "[" and len(part) > 1:
            yield _class(part[1:-1])
        elif len(part) == 1 and part not in SIGNS:
            yield f"[{_either(part)}]"
        else:
            yield f"[{_SPECIAL[part]}]" if part in _SPECIAL else part


def _class(inside: str) -> str:
    denies = inside.startswith("^")
    sounds = "".join(
        _range(part["range"]) if part["range"] else _either(part[0])
        for part in _IN_CLASS.finditer(inside[denies:])
    )
    return f"[^{sounds}]" if denies else f"[{sounds}]"


def _range(part: str) -> str:
    """Digits by their sounds; a range of any other characters but ASCII has all syllables."""
    if len(part) == 3 and part[0] in _DIGITS and part[2] in _DIGITS:
        return part + "".join(_sound(str(digit)) for digit in range(int(part[0]), int(part[2]) + 1))
    return part if part.isascii() and "\\" not in part else part + _SYLLABLES


def _either(part: str) -> str:
    """A character and its sound; a sequence with a backslash as it is, or with its syllables."""
    if len(part) > 1:
        return _SPECIAL.get(part, part)
    sound = _sound(part)
    return part if sound == part else part + sound


def _sound(character: str) -> str:
    return folded(syllables(character))
