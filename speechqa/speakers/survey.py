"""Levels and likeness of the channels, in one pass over the audio."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import log10, sqrt
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Seconds

if TYPE_CHECKING:
    from speechqa.audio import Samples

Power: TypeAlias = npt.NDArray[np.float64]

FRAME = SAMPLE_RATE // 20  # 50 ms
SILENT_DB = -55.0  # dBFS: a channel whose loudest frame is below carries no voice
ALIKE = 0.98  # correlation from which two channels are the same sound: a copy with noise 14 dB below
MOST_GAIN_DB = 20.0  # two copies differ by less; cross-talk of a silent side by more
FLOOR = 1e-12  # power of digital silence, -120 dBFS


@dataclass(frozen=True, slots=True)
class Survey:
    """What the channels are like."""

    seconds: Seconds
    levels: tuple[float, ...]  # by channel: root mean square, dBFS
    loudest: tuple[float, ...]  # by channel: the loudest 50 ms, dBFS
    identical: bool  # every channel is the same sound, apart from gain and a little noise

    @property
    def channels(self) -> int:
        return len(self.levels)

    @property
    def silent(self) -> tuple[int, ...]:
        """Channels that carry no voice."""
        return tuple(channel for channel, peak in enumerate(self.loudest) if peak < SILENT_DB)


def survey(blocks: "Iterable[Samples]") -> Survey:
    """The survey of float32 blocks (channels, n) at 16 kHz; no channels when there are no blocks."""
    n = 0
    products = np.zeros((0, 0))  # of each channel with each, summed over time
    loudest = np.zeros(0)
    for block in blocks:
        if n == 0:
            products, loudest = np.zeros((len(block), len(block))), np.zeros(len(block))
        wide = block.astype(np.float64)
        products += wide @ wide.T
        loudest = np.maximum(loudest, _loudest_frame(wide))
        n += block.shape[1]
    powers = [float(products[channel, channel]) / max(1, n) for channel in range(len(products))]
    return Survey(
        seconds=n / SAMPLE_RATE,
        levels=tuple(_decibels(power) for power in powers),
        loudest=tuple(_decibels(float(power)) for power in loudest),
        identical=_identical(products),
    )


def _loudest_frame(block: Power) -> Power:
    """Highest mean power of a frame, by channel; 0 for a block shorter than a frame."""
    frames = block.shape[1] // FRAME
    if frames == 0:
        return np.zeros(len(block))
    power: Power = np.square(block[:, : frames * FRAME]).reshape(len(block), frames, FRAME)
    highest: Power = power.mean(axis=2).max(axis=1)
    return highest


def _identical(products: Power) -> bool:
    pairs = list(combinations(range(len(products)), 2))
    return bool(pairs) and all(_alike(products, one, other) for one, other in pairs)


def _alike(products: Power, one: int, other: int) -> bool:
    first, second = float(products[one, one]), float(products[other, other])
    if min(first, second) <= FLOOR:
        return False
    alike = abs(float(products[one, other])) / sqrt(first * second)
    return alike > ALIKE and abs(10 * log10(first / second)) < MOST_GAIN_DB


def _decibels(power: float) -> float:
    return 10 * log10(max(power, FLOOR))
