"""Where voices are looked at: short windows between the dips of the sound, with their voiceprints.

Words lie end to end in what a recogniser gives, over pauses too, so the sound itself says where somebody may
have begun to speak: a window never goes over a dip.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Seconds
from speechqa.speakers.voiceprint_model import WINDOW, Features, Voiceprints, features, voiceprints

if TYPE_CHECKING:
    from speechqa.audio import Samples

Levels: TypeAlias = npt.NDArray[np.float32]

PIECE = 60 * SAMPLE_RATE  # samples that are held at once
FRAMES = 100  # a second
TELEPHONE = slice(8, 60)  # bands of 300-3400 Hz
SMOOTH = 7  # frames over which levels are averaged
QUIET, LOUD = 5, 90  # percentiles of the levels: between them lie pauses and voices
HALF = 0.4  # of the way from quiet to loud: above, somebody speaks
DIP = 20  # frames = 0.2 s under it that part two spans
SHORTEST = 10  # frames = 0.1 s of a span
HOP = 50  # frames between windows of a long span


@dataclass(frozen=True, slots=True)
class SpeechWindows:
    """Windows in order of time, and their voiceprints."""

    spans: npt.NDArray[np.float64]  # (n, 2): start and end, s
    parts: npt.NDArray[np.int64]  # (n,): windows of one number have no dip between them
    prints: Voiceprints  # (n, 192)


def speech_windows(blocks: "Iterable[Samples]", spoken: Sequence[tuple[Seconds, Seconds]]) -> SpeechWindows:
    """The windows of a recording with one channel, blocks float32 (1, n) at 16 kHz, where words are spoken.

    Memory is bounded by a minute of sound and 800 bytes a window. Raises ModelError as `voiceprints`.
    """
    spans: list[tuple[Seconds, Seconds]] = []
    parts: list[int] = []
    prints: list[Voiceprints] = []
    words = np.array(spoken, np.float64).reshape(-1, 2)
    number = 0
    for at, samples in _pieces(blocks):
        heard = features(samples)
        if not len(heard):
            continue
        windows = []
        near = words[(words[:, 1] > at) & (words[:, 0] < at + len(heard) / FRAMES)]
        for first, last in _speech(_levels(heard), near, at):
            number += 1
            for begin, end in _laid(first, last):
                windows.append(heard[begin:end])
                spans.append((at + begin / FRAMES, at + end / FRAMES))
                parts.append(number)
        prints.append(voiceprints(windows))
    together = np.concatenate([*prints, np.zeros((0, 192), np.float32)])
    return SpeechWindows(np.array(spans, np.float64).reshape(-1, 2), np.array(parts, np.int64), together)


def _pieces(blocks: "Iterable[Samples]") -> Iterator[tuple[Seconds, npt.NDArray[np.float32]]]:
    """A minute of sound at a time, with its start."""
    held: list[npt.NDArray[np.float32]] = []
    start = length = 0
    for block in blocks:
        held.append(block[0])
        length += block.shape[1]
        if length >= PIECE:
            yield start / SAMPLE_RATE, np.concatenate(held)
            held, start, length = [], start + length, 0
    if held:
        yield start / SAMPLE_RATE, np.concatenate(held)


def _levels(heard: Features) -> Levels:
    levels = np.logaddexp.reduce(heard[:, TELEPHONE], axis=1)
    smooth: Levels = np.convolve(levels, np.ones(SMOOTH) / SMOOTH, "same").astype(np.float32)[: len(levels)]
    return smooth


def _speech(levels: Levels, spoken: npt.NDArray[np.float64], at: Seconds) -> list[tuple[int, int]]:
    """Frames [first, last) between dips, where words are."""
    words = np.zeros(len(levels), bool)
    for first, last in np.rint((spoken - at) * FRAMES).astype(int).clip(0, len(levels)).tolist():
        words[first:last] = True
    low, high = np.percentile(levels, [QUIET, LOUD])
    loud = words & (levels > low + HALF * (high - low))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], loud.astype(np.int8), [0]])))
    found: list[tuple[int, int]] = []
    for first, last in edges.reshape(-1, 2).tolist():
        if found and first - found[-1][1] < DIP:
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return [(first, last) for first, last in found if last - first >= SHORTEST]


def _laid(first: int, last: int) -> list[tuple[int, int]]:
    """Windows over a span: the whole of a short one, else some that overlap, HOP apart at most."""
    if last - first <= WINDOW:
        return [(first, last)]
    count = -(-(last - first - WINDOW) // HOP) + 1
    starts = np.linspace(first, last - WINDOW, count).round().astype(int)
    return [(start, start + WINDOW) for start in starts.tolist()]
