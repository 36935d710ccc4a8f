"""Cross-talk that was recognised on both channels: the copy on the fainter one is nobody's words.

The engine leaves out what is much fainter than its source. What is left was loud enough to be heard as words:
the same syllables on both channels at the same time, which two people do not say.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from speechqa.audio import SAMPLE_RATE
from speechqa.call import HeardWord, Message, Note, NoteCode, Seconds
from speechqa.sound import named

if TYPE_CHECKING:
    from speechqa.audio import Samples

Pair: TypeAlias = tuple[int, int]  # indices of a word on channel 0 and of the same on channel 1

TOGETHER: Seconds = 0.4  # difference of two words' starts that is the recogniser's own
ENOUGH = 4  # words in a row that are the same by sound: 好的好的 at the same time happens, more does not


def without_echoes(
    words: Sequence[HeardWord], blocks: "Iterable[Samples]"
) -> tuple[tuple[HeardWord, ...], tuple[Note, ...]]:
    """The words without the fainter copies, and a note when there were any.

    `blocks` (2, n) are read only when copies were found, to hear which one is fainter.
    """
    runs = _runs(words)
    if not runs:
        return tuple(words), ()
    powers = _powers([(words[run[0][0]].start, words[run[-1][0]].end) for run in runs], blocks)
    dropped = {
        pair[int(one >= other)] for run, (one, other) in zip(runs, powers, strict=True) for pair in run
    }
    kept = tuple(word for place, word in enumerate(words) if place not in dropped)
    return kept, (_echoes(len(dropped)),)


def _runs(words: Sequence[HeardWord]) -> list[list[Pair]]:
    """Words that follow each other on both channels and are the same, at the same time."""
    sides = [[place for place, word in enumerate(words) if word.channel == channel] for channel in (0, 1)]
    starts = [words[place].start for place in sides[1]]
    sounds = [tuple(named(letter) for letter in word.text if letter.isalnum()) for word in words]
    growing: dict[Pair, list[Pair]] = {}  # by position of its last pair on either side
    runs: list[list[Pair]] = []
    for one, place in enumerate(sides[0]):
        begun: dict[Pair, list[Pair]] = {}
        other = bisect_left(starts, words[place].start - TOGETHER)
        while other < len(starts) and starts[other] <= words[place].start + TOGETHER:
            copy = sides[1][other]
            if sounds[place] and sounds[place] == sounds[copy]:
                begun[one, other] = [*growing.pop((one - 1, other - 1), []), (place, copy)]
            other += 1
        runs += [run for run in growing.values() if len(run) >= ENOUGH]
        growing = begun
    return [*runs, *(run for run in growing.values() if len(run) >= ENOUGH)]


def _powers(
    spans: Sequence[tuple[Seconds, Seconds]], blocks: "Iterable[Samples]"
) -> list[tuple[float, float]]:
    """The energy of both channels in each span."""
    sums = np.zeros((len(spans), 2))
    at = 0
    for block in blocks:
        for place, (start, end) in enumerate(spans):
            first, last = round(start * SAMPLE_RATE) - at, round(end * SAMPLE_RATE) - at
            part = block[:, max(0, first) : max(0, last)].astype(np.float64)
            sums[place] += np.square(part).sum(axis=1)
        at += block.shape[1]
    return [(float(one), float(other)) for one, other in sums]


def _echoes(count: int) -> Note:
    return Note(
        NoteCode.CROSS_TALK,
        Message(
            f"串音：两个声道同时出现相同的话，已去掉较弱声道上的 {count} 个字词。请检查录音设备。",
            f"cross-talk: the same words on both channels at once; {count} words on the fainter one were "
            "removed. Check the recorder.",
        ),
    )
