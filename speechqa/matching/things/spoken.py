"""What a turn says, as numbers, dates and amounts are read from it.

Unlike the normalised view it keeps punctuation: 19.8 元 is not 198 元, and a comma divides two numbers.
Simplified, half width, lower case, without hesitation sounds (三十呃五块) and without the blanks that
recognisers put between Chinese words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from speechqa.text import HESITATIONS, simplified

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("〇"): "零", ord("￥"): "¥"}
_HALF_WIDTH |= str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")  # as on a cheque
_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_HUM = re.compile(f"[{''.join(sorted(HESITATIONS - {'额'}))}]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """`offsets[i]` is the place in the turn's text of character i of `text`."""

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span in the source of the non-empty half-open span [start, end) of the view."""
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=1 << 10)  # a turn is asked for its amounts, then for its dates
def spoken(text: str) -> Spoken:
    """The view of a turn's text."""
    folded = simplified(text).translate(_HALF_WIDTH).lower()
    if len(folded) != len(text):  # a letter whose small form is longer
        folded = simplified(text).translate(_HALF_WIDTH)
    dropped = {place for found in _BLANK.finditer(folded) for place in range(*found.span())}
    dropped |= {found.start() for found in _HUM.finditer(folded)}
    if not dropped:
        return Spoken(folded, tuple(range(len(folded))))
    kept = tuple(place for place in range(len(folded)) if place not in dropped)
    return Spoken("".join(folded[place] for place in kept), kept)
