"""Traditional characters as simplified ones, word boundaries kept."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from speechqa.call import HeardWord

if TYPE_CHECKING:
    from opencc import OpenCC


def simplified(words: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
    """The same words in simplified characters.

    Converted together, because 乾 and 發 depend on their neighbours; OpenCC's t2s keeps the length, and
    where it should not, each word is converted alone.
    """
    text = "".join(word.text for word in words)
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        return tuple(replace(word, text=_converter().convert(word.text)) for word in words)
    pieces = []
    place = 0
    for word in words:
        pieces.append(replace(word, text=converted[place : place + len(word.text)]))
        place += len(word.text)
    return tuple(pieces)


def in_simplified(text: str) -> str:
    """The text in simplified characters."""
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")
