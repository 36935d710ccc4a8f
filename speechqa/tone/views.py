"""What turns are compared on: their characters as a recogniser may write them, and how they sound.

Turns are read together, as numbers side by side: a call costs little more than its longest turn would.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from speechqa.sound import folded, syllables
from speechqa.text import Normal, simplified
from speechqa.tone.lines import BEGIN, EDGES, END, CodeUnits, Lines

_EVERY = range(1 << 16)  # what one UTF-16 code can be; there are rare names beyond it, no words
_DROPPED = 0


def read(texts: Sequence[str]) -> Lines:
    """Simplified letters and digits in lower case. Signs are dropped: recognisers write few.

    Particles (啊 呢 嘛) stay, since they carry tone. A view that is read once more stays as it is.
    """
    numbers = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    written = _written().take(numbers, mode="clip")
    kept = np.flatnonzero(written)
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    line = np.arange(len(texts)).repeat(lengths)[kept]
    sizes = np.bincount(line, minlength=len(texts)) + EDGES
    ends = sizes.cumsum()
    starts = ends - sizes
    codes = np.full(len(kept) + EDGES * len(texts), ord(BEGIN), np.uint16)
    codes[ends - 1] = ord(END)
    at = np.arange(1, len(kept) + 1) + EDGES * line
    codes[at] = written[kept]
    sources = np.full(len(codes), -1)
    sources[at] = kept - (lengths.cumsum() - lengths)[line]
    return Lines(codes, np.arange(len(texts)).repeat(sizes), sources, starts)


def sounding(lines: Lines) -> Lines:
    """One symbol a character: its syllable without tone, confusable sounds made equal."""
    return replace(lines, codes=_sounds().take(lines.codes))


def view(text: str) -> Normal:
    """`read` of one text."""
    lines = read([text])
    return Normal(lines.texts()[0], tuple(lines.sources[1:-1].tolist()))


def written(text: str) -> str:
    """The text of `view`."""
    return view(text).text


@cache
def _written() -> CodeUnits:
    """By code: that of the character as it is compared; _DROPPED where it is not."""
    plain = simplified("".join(map(chr, _EVERY)))
    letters = [ord(one.lower()[0]) if one.isalnum() and ord(one) in _EVERY else _DROPPED for one in plain]
    return np.array(letters, np.uint16)


@cache
def _sounds() -> CodeUnits:
    """By code: that of its sound's symbol; its own where it has none."""
    symbols = folded(syllables("".join(map(chr, _EVERY))))
    return np.frombuffer(symbols.encode("utf-16-le", "surrogatepass"), "<u2").astype(np.uint16)
