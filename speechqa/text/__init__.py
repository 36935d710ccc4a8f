"""The normalised view of what was said: what phrases are compared on, in the language of the call.

`normal` is the Chinese one; `normal_in` takes the language, one of LANGUAGES.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from speechqa.text import english
from speechqa.text.chinese import HESITATIONS, normal, simplified, spoken_length, spoken_units
from speechqa.text.spoken_in import ENGLISH, LANGUAGES, MANDARIN, language_of
from speechqa.text.view import Normal

__all__ = [
    "ENGLISH",
    "HESITATIONS",
    "LANGUAGES",
    "MANDARIN",
    "Normal",
    "language_of",
    "normal",
    "normal_in",
    "simplified",
    "spoken_length",
    "spoken_units",
]

_VIEWS: Mapping[str, Callable[[str], Normal]] = MappingProxyType({MANDARIN: normal, ENGLISH: english.normal})


def normal_in(language: str, text: str) -> Normal:
    """The normalised view of a text in a language; of one that is not among LANGUAGES, the Chinese one."""
    return _VIEWS.get(language, normal)(text)
