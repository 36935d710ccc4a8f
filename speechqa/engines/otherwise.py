"""Single passages of a recording, to be heard once more: each alone, and played a little slower.

The decoder gives one text; where it misheard, what was said is often among its next likely ones. A passage is
decoded alone, in a window of its own, with all hypotheses in one beam. Slower, because at the speed at which
it was heard first a beam differs mostly in homophones; samples drawn at random differ more, but not in the
same way each time. What comes of the hypotheses is in `engines.readings`.

What was tried, on 44 recognised calls of synthetic voices (three qualities of the line), 572 verdicts against
the same rules on what was said, 87 fails due, 6 hypotheses of turns with two unsure words:

    not asked                           fails raised 89, right 70   left open 60
    as it was heard first                            81, right 70             56
    at 0.9 of the speed                              80, right 70             57   built here
    at 1.1                                           80, right 70             58
    at 0.9 and 1.1                                   78, right 70             58
    all three                                        77, right 70             57

Every hearing costs half of the first recognition where all unsure turns are asked for. Before, with more
hypotheses: 0.6 s of silence before the passage, the treble raised or lowered, gave what the speeds give.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE, at_speed
from speechqa.call import Seconds
from speechqa.engines.windows import WHOLE, Piece, Window

if TYPE_CHECKING:
    from speechqa.audio import Samples
    from speechqa.engines import Passage

BEFORE: Seconds = 0.2  # more than the words' times say: the first and the last sound are often beyond them
AFTER: Seconds = 0.3
LONGEST = 27 * SAMPLE_RATE  # a passage; played slower it is a whole window
MOST: Seconds = 600.0  # of passages in one recording: what is beyond is not asked for
TOGETHER = 8  # passages decoded at once
SPEED = 0.9  # of the first hearing


def slower(window: Window) -> Window:
    """The one piece of a window, played at SPEED."""
    (piece,) = window.pieces
    return Window((replace(piece, samples=at_speed(piece.samples, SPEED)[:WHOLE]),))


def alone(blocks: "Iterable[Samples]", passages: "Sequence[Passage]") -> Iterator[tuple[int, Window]]:
    """Each passage that is short enough as a window of its own, by its place among them.

    Only the passages' own samples are kept in memory.
    """
    kept: dict[int, npt.NDArray[np.float32]] = {}
    spare = MOST
    for number, passage in enumerate(passages):
        length = round((passage.end + AFTER - passage.start + BEFORE) * SAMPLE_RATE)
        if length <= LONGEST and length / SAMPLE_RATE <= spare:
            kept[number] = np.zeros(length, dtype=np.float32)
            spare -= length / SAMPLE_RATE
    starts = {number: round((passages[number].start - BEFORE) * SAMPLE_RATE) for number in kept}
    at = 0
    for block in blocks:
        for number, samples in kept.items():
            begin, channel = starts[number], min(passages[number].channel, len(block) - 1)
            first, last = max(begin, at), min(begin + len(samples), at + block.shape[1])
            if first < last:
                samples[first - begin : last - begin] = block[channel, first - at : last - at]
        at += block.shape[1]
    for number, samples in kept.items():
        piece = Piece(0.0, passages[number].channel, passages[number].start, samples)
        yield number, Window((piece,))
