"""The turns of one role in UTF-8, each on a line of its own: what expressions are looked for in.

A turn that is surely another role's is an empty line: ^ and $ mean what they mean in the joined views.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_WIDER = (0x80, 0x800, 0x10000)  # code points from which a character takes a byte more
SEAM = "\n"  # between turns in the joined views, and between lines: no phrase contains it


@dataclass(frozen=True, slots=True)
class Lines:
    """`places[byte]` is the place in the joined views of the character to which a byte of `text` belongs."""

    text: bytes
    places: Sequence[int]  # one more than there are bytes
    starts: Sequence[int]  # by turn: the byte with which its line begins; one more than there are turns
    ends: Sequence[int]  # bytes at which sentences end, lines' ends included

    def line(self, turn: int) -> tuple[int, int]:
        """The bytes of a turn, half-open."""
        return self.starts[turn], self.starts[turn + 1] - len(SEAM)


def lines(
    views: Sequence[str], starts: Sequence[int], sentence_ends: Sequence[int], theirs: Sequence[bool]
) -> Lines:
    """Of turns with these views, which begin at these places of the joined ones; sentences end at those."""
    import numpy as np

    said = [view if mine else "" for view, mine in zip(views, theirs, strict=True)]
    ends = [start + len(view) for start, view in zip(starts, views, strict=True)]
    places = [
        place for end, line in zip(ends, said, strict=True) for place in range(end - len(line), end + 1)
    ]
    codes = np.frombuffer(SEAM.join(said).encode("utf-32-le"), dtype=np.uint32)
    widths = np.ones(len(codes) + 1, dtype=np.int64)  # of each character; the last is the end
    for first in _WIDER:
        widths[:-1] += codes >= first
    encoded = [line.encode() for line in said]
    by_byte = np.repeat(np.array(places or [0], dtype=np.intc), widths)
    return Lines(
        SEAM.encode().join(encoded),
        array("i", by_byte.tobytes()),
        [0, *accumulate(len(line) + len(SEAM) for line in encoded)],
        np.searchsorted(by_byte, sentence_ends).tolist(),
    )
