"""Character error rate of Chinese text."""

from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from opencc import OpenCC


def bare(text: str) -> str:
    """The text in simplified characters and small letters, punctuation and spaces removed."""
    return "".join(letter for letter in _converter().convert(text).lower() if letter.isalnum())


def errors(reference: str, heard: str) -> tuple[int, int]:
    """(edits, characters of the reference), to be summed over many texts before dividing."""
    wanted = bare(reference)
    return Levenshtein.distance(wanted, bare(heard)), len(wanted)


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")
