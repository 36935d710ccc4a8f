"""What else may have been said: the other hypotheses of the decoder for single passages of a recording.

The decoder gives one text; where it misheard, what was said is often among the next likely ones. They prove
nothing by themselves, but they tell what the audio does not exclude. A passage is decoded alone, in a window
of its own, with all hypotheses in one beam, and again a little slower and a little faster: a beam by itself
differs mostly in homophones. Samples drawn at random differ more, but not in the same way each time.

What was tried, on 21 recognised calls of synthetic voices (three qualities of the line): of 17 wrong
accusations of not having said something 11 had what was said in some hypothesis, of 25 right ones none. That
was with six hearings a passage: as it is, at 0.9 and 1.1 of the speed, after 0.6 s of silence, with the
treble raised, with it lowered. The three speeds, with ten hypotheses of every turn, found 12 of 19 on 42 such
calls and took back none of 59 right ones; fewer hypotheses, of unsure turns only, were not measured again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE, faster
from speechqa.call import Seconds
from speechqa.engines.windows import LONGEST, WINDOW, Piece, Window

if TYPE_CHECKING:
    from speechqa.audio import Samples
    from speechqa.engines import Passage

BEFORE: Seconds = 0.2  # more than the words' times say: the first and the last sound are often beyond them
AFTER: Seconds = 0.3
MOST: Seconds = 600.0  # of passages in one recording: what is beyond is not asked for
TOGETHER = 8  # passages decoded at once
SPEEDS = (1.0, 0.9, 1.1)


def at_speed(window: Window, speed: float) -> Window:
    """The one piece of a window, played so much faster."""
    (piece,) = window.pieces
    return Window((replace(piece, samples=faster(piece.samples, speed)[:WINDOW]),))


def in_turn(hearings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The likeliest of each hearing first, then the next ones; each text once."""
    ranks = zip_longest(*hearings)
    return tuple(dict.fromkeys(text for rank in ranks for text in rank if text))


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
