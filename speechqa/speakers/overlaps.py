"""When both sides talk at once: by the words of two channels, or by the sound where both lie on one.

One meaning for both: a time of at least SHORTEST in which two people speak.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Message, Overlap, Role, Seconds, Turn
from speechqa.errors import ModelError
from speechqa.spans import Span, shared, spans, union
from speechqa.speakers.segmentation_model import FRAMES, HOP, MIDDLE, WINDOW, Shares, at_once

if TYPE_CHECKING:
    from speechqa.audio import Samples

SHORTEST: Seconds = 0.2
STEP = WINDOW // 4  # samples from a window to the next: each frame is heard in up to four
SURE, LIKELY = 0.65, 0.5  # share that an overlap reaches, and that it begins and ends with
BRIDGED: Seconds = 0.1  # between two that are one


def by_channels(turns: Sequence[Turn]) -> tuple[Overlap, ...]:
    """Where words of agent and customer, of a channel each, lie at the same time."""
    agent, customer = (
        union(span for turn in turns if turn.role is role for span in spans(turn))
        for role in (Role.AGENT, Role.CUSTOMER)
    )
    return _overlaps(shared(agent, customer))


class Overhearing:
    """Listens to a recording with one channel that passes by, float32 (1, n) at 16 kHz.

    Memory is bounded by a block, a window and 2.4 kB for every 2.5 s. Where the model cannot be had the
    sound passes all the same, and `fault` says why.
    """

    def __init__(self) -> None:
        self.fault: Message | None = None
        self._shares: list[Shares] = []  # by window
        self._heard = 0  # samples

    def heard(self, blocks: "Iterable[Samples]") -> "Iterator[Samples]":
        held = np.zeros(0, np.float32)  # from the start of the next window
        for block in blocks:
            held = np.concatenate([held, block[0]])
            self._heard += block.shape[1]
            while len(held) >= WINDOW:
                self._listen(held[:WINDOW])
                held = held[STEP:]
            yield block
        if not self._shares or len(held) > WINDOW - STEP:
            self._listen(held)

    def found(self, words: Sequence[Span]) -> tuple[Overlap, ...] | None:
        """Where two speak at once, somebody's words among it: what has none is music, or a crowd.

        None where the model cannot be had.
        """
        if self.fault is not None:
            return None
        spoken = union(words)
        return tuple(one for one in _overlaps(self._stretches()) if shared([(one.start, one.end)], spoken))

    def _listen(self, samples: npt.NDArray[np.float32]) -> None:
        if self.fault is None:
            try:
                self._shares.append(at_once(samples))
            except ModelError as error:
                self.fault = error.message

    def _stretches(self) -> list[Span]:
        """Where the share, averaged over windows, is LIKELY and somewhere SURE."""
        shares = _averaged(self._shares)
        likely = np.concatenate([[0], (shares > LIKELY).astype(np.int8), [0]])
        found = []
        for first, last in np.flatnonzero(np.diff(likely)).reshape(-1, 2).tolist():
            if shares[first:last].max() > SURE:
                start, end = ((MIDDLE + at * HOP) / SAMPLE_RATE for at in (first - 0.5, last - 0.5))
                found.append((start, min(end, self._heard / SAMPLE_RATE)))
        return union(found, BRIDGED)


def _averaged(windows: Sequence[Shares]) -> npt.NDArray[np.float64]:
    """By frame of the recording, the share in all windows that have it; their middles count most."""
    weights = np.hamming(FRAMES)
    sums, weight = np.zeros((2, round(len(windows) * STEP / HOP) + FRAMES))
    for number, shares in enumerate(windows):
        first = round(number * STEP / HOP)
        sums[first : first + FRAMES] += weights * shares
        weight[first : first + FRAMES] += weights
    averaged: npt.NDArray[np.float64] = sums / np.maximum(weight, weights.min())
    return averaged


def _overlaps(found: Iterable[Span]) -> tuple[Overlap, ...]:
    return tuple(Overlap(start, end) for start, end in found if end - start >= SHORTEST)
