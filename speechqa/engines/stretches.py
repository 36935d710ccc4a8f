"""A stream of blocks as stretches of a few minutes, so that a long recording needs bounded memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Seconds

if TYPE_CHECKING:
    from speechqa.audio import Samples

STRETCH = 300 * SAMPLE_RATE  # 5 min; two channels of it are 38 MB
SEARCH = 60 * SAMPLE_RATE  # the cut lies in the last minute
QUIET = SAMPLE_RATE // 2  # 0.5 s: the cut is in the middle of the quietest half second


@dataclass(frozen=True, slots=True)
class Stretch:
    start: Seconds  # from the start of the recording
    samples: "Samples"  # shape (channels, n)

    @property
    def end(self) -> Seconds:
        return self.start + len(self.samples[0]) / SAMPLE_RATE


def stretches(blocks: "Iterable[Samples]") -> "Iterator[Stretch]":
    """All audio of the blocks, in order, cut where every channel is quiet."""
    held: list[Samples] = []
    start = 0  # sample at which what is held begins
    length = 0
    for block in blocks:
        held.append(block)
        length += block.shape[1]
        if length >= STRETCH:
            whole = np.concatenate(held, axis=1)
            cut = quietest_cut(whole)
            yield Stretch(start / SAMPLE_RATE, whole[:, :cut])
            held, start, length = [whole[:, cut:].copy()], start + cut, length - cut
    if length:
        yield Stretch(start / SAMPLE_RATE, np.concatenate(held, axis=1))


def quietest_cut(samples: "Samples") -> int:
    """Sample in the middle of the quietest half second of the last minute, all channels together."""
    n = len(samples[0])
    first = max(0, n - SEARCH)
    power = np.square(samples[:, first:], dtype=np.float64).sum(axis=0)
    if len(power) <= QUIET:
        return n
    summed = np.cumsum(np.concatenate([[0.0], power]))
    return first + int(np.argmin(summed[QUIET:] - summed[:-QUIET])) + QUIET // 2
