"""How steadily a line sounds: what tells music and tones from speech, measured while an engine listens.

A note keeps its pitch for longer than a syllable does. Peaks of the spectrum that are still where they were
128 ms before are music or a tone; those of a voice have moved, and noise has none that stay.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.audio.stream import SAMPLE_RATE
from speechqa.call import Seconds

if TYPE_CHECKING:
    from speechqa.audio.decode import Samples

Floats: TypeAlias = npt.NDArray[np.float32]

WINDOW = 2048  # samples = 128 ms
HOP = WINDOW // 2  # samples = 64 ms between frames
STEP: Seconds = HOP / SAMPLE_RATE
LAG = 2  # frames: windows that are compared have no sample in common
BAND = slice(300 * WINDOW // SAMPLE_RATE, 3400 * WINDOW // SAMPLE_RATE)  # bins of a telephone line
AROUND = 33  # bins = 258 Hz whose mean a peak is held against
BESIDE = 2  # bins on either side that belong to a single tone
PURE = 0.9  # share of the power in two single tones, from which there is nothing else
FAINTEST = 1e-12  # power of digital silence, -120 dBFS


@dataclass(frozen=True, slots=True)
class Steadiness:
    """One channel in frames of STEP: how loud, how alike to what was before, and whether only tones."""

    levels: Floats  # dBFS, of the band
    likeness: Floats  # -1 to 1, of the peaks to those two frames before
    pure: npt.NDArray[np.bool_]  # one or two tones and nothing else, the same as in the frame before


class Tonality:
    """The steadiness of one recording's channels; 9 bytes a frame and channel are kept."""

    def __init__(self) -> None:
        self._waiting: list[Floats] = []  # by channel: samples that no frame is measured of yet
        self._peaks: list[Floats] = []  # by channel: of the last LAG frames
        self._tops: list[int] = []  # by channel: the loudest bin of the last frame
        self._found: list[list[Steadiness]] = []

    def heard(self, blocks: "Iterable[Samples]") -> "Iterator[Samples]":
        """The same blocks, float32 (channels, n) at 16 kHz, measured while they pass."""
        for block in blocks:
            if not self._waiting:
                nothing = np.zeros((LAG, BAND.stop - BAND.start), np.float32)
                self._waiting = [np.zeros(0, np.float32) for _ in block]
                self._peaks, self._tops = [nothing for _ in block], [-1 for _ in block]
                self._found = [[] for _ in block]
            for channel, samples in enumerate(block):
                self._measure(channel, samples)
            yield block

    @property
    def channels(self) -> tuple[Steadiness, ...]:
        """Of each channel, all that was heard so far."""
        return tuple(map(_joined, self._found))

    def _measure(self, channel: int, samples: Floats) -> None:
        """Frames that are at hand whole; the rest waits for the next block."""
        whole = np.concatenate([self._waiting[channel], samples])
        count = max(0, (len(whole) - WINDOW) // HOP + 1)
        self._waiting[channel] = whole[count * HOP :]
        if not count:
            return
        frames = np.lib.stride_tricks.sliding_window_view(whole, WINDOW)[::HOP][:count]
        power = np.square(np.abs(np.fft.rfft(frames * np.hanning(WINDOW))))[:, BAND]
        peaks = np.concatenate([self._peaks[channel], _peaks(power)])
        tops, shares = _tones(power)
        before = np.concatenate([[self._tops[channel]], tops[:-1]])
        self._peaks[channel], self._tops[channel] = peaks[-LAG:], int(tops[-1])
        self._found[channel].append(
            Steadiness(
                (10 * np.log10(power.sum(axis=1) * _SCALE + FAINTEST)).astype(np.float32),
                _alike(peaks[:-LAG], peaks[LAG:]),
                (shares > PURE) & (np.abs(tops - before) <= 1),
            )
        )


_SCALE = 2 / (WINDOW * float(np.square(np.hanning(WINDOW)).sum()))  # from a spectrum to a mean square


def _peaks(power: npt.NDArray[np.float64]) -> Floats:
    """How far each bin is above those around it, as a logarithm; 0 where it is below; mean 0."""
    heights = np.log(power + FAINTEST)
    padded = np.pad(heights, ((0, 0), (AROUND // 2, AROUND // 2)), "edge")
    sums = np.cumsum(np.pad(padded, ((0, 0), (1, 0))), axis=1)
    above = np.maximum(heights - (sums[:, AROUND:] - sums[:, :-AROUND]) / AROUND, 0.0)
    centred: Floats = (above - above.mean(axis=1, keepdims=True)).astype(np.float32)
    return centred


def _alike(some: Floats, others: Floats) -> Floats:
    lengths = np.sqrt(np.square(some).sum(axis=1) * np.square(others).sum(axis=1))
    likeness: Floats = ((some * others).sum(axis=1) / np.maximum(lengths, 1e-6)).astype(np.float32)
    return likeness


def _tones(power: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The loudest bin of each frame, and the share of the power in the two loudest tones."""
    left = power.copy()
    tops = power.argmax(axis=1)
    rows = np.arange(len(power))[:, None]
    for top in (tops, None):
        here = left.argmax(axis=1) if top is None else top
        beside = np.clip(here[:, None] + np.arange(-BESIDE, BESIDE + 1), 0, power.shape[1] - 1)
        left[rows, beside] = 0.0
    whole = power.sum(axis=1)
    return tops, (whole - left.sum(axis=1)) / (whole + FAINTEST)


def _joined(parts: list[Steadiness]) -> Steadiness:
    if not parts:
        return Steadiness(np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0, bool))
    return Steadiness(
        np.concatenate([part.levels for part in parts]),
        np.concatenate([part.likeness for part in parts]),
        np.concatenate([part.pure for part in parts]),
    )
