"""Cross-talk that was recognised as words: what leaks onto the other channel is nobody's words there.

The engine leaves out utterances that are nothing but a faint copy. What is left lies among a side's own
speech, or is louder: word by word it is heard whether the sound is the other channel's, late and fainter. An
echo that comes later is found by its words, the same syllables on both channels at the same time.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.call import HeardWord, Message, Note, NoteCode, Seconds
from speechqa.sound import named
from speechqa.speakers.excerpts import Excerpt, excerpts

if TYPE_CHECKING:
    from speechqa.audio import Samples

Pair: TypeAlias = tuple[int, int]  # indices of a word on channel 0 and of the same on channel 1

LAG = 800  # samples = 50 ms by which cross-talk is late, or early
SHORTEST: Seconds = 0.4  # of sound that is compared
AROUND: Seconds = 0.1  # a word, that is compared with it
FAINTER = 2.0  # = 3 dB, of power: what is louder is no copy
SURE, LIKELY = 0.5, 0.3  # correlation of a copy, and of one beside another
BESIDE: Seconds = 0.6  # from one word to the next
TOGETHER: Seconds = 0.4  # difference of two words' starts that is the recogniser's own
NEIGHBOURS = 3  # words by which the louder channel is told; fewer than ENOUGH
FAINTEST = 1e-9  # power of nothing at all
ENOUGH = 4  # words in a row that are the same by sound: 好的好的 at the same time happens, more does not


def without_echoes(
    words: Sequence[HeardWord], blocks: "Iterable[Samples]"
) -> tuple[tuple[HeardWord, ...], tuple[Note, ...]]:
    """The words without the fainter copies, and a note when there were any; `blocks` are (2, n).

    Memory is bounded by a block and a word.
    """
    spans = [_compared(word) for word in words]
    alike, louder = np.zeros(len(words)), np.zeros((len(words), 2))
    for heard in excerpts(spans, blocks):
        channel = words[heard.place].channel
        louder[heard.place] = np.square(heard.samples, dtype=np.float64).sum(axis=1)
        alike[heard.place] = _likeness(heard, channel) if _is_fainter(louder[heard.place], channel) else 0.0
    copies = _copies(words, alike)
    left = [place for place in range(len(words)) if place not in copies]
    for run in _runs([words[place] for place in left]):
        pairs = [(left[one], left[other]) for one, other in run]
        first_is_louder = _first_is_louder(louder[[one for one, _ in pairs]])
        copies |= {pair[int(first)] for pair, first in zip(pairs, first_is_louder, strict=True)}
    if not copies:
        return tuple(words), ()
    kept = tuple(word for place, word in enumerate(words) if place not in copies)
    return kept, (_echoes(len(copies)),)


def _compared(word: HeardWord) -> tuple[Seconds, Seconds]:
    """The time around a word in which the channels are compared."""
    middle = (word.start + word.end) / 2
    half = max(SHORTEST / 2, (word.end - word.start) / 2 + AROUND)
    return max(0.0, middle - half), middle + half


def _is_fainter(powers: npt.NDArray[np.float64], channel: int) -> bool:
    return bool(powers[1 - channel] > FAINTER * powers[channel] > 0)


def _likeness(heard: Excerpt, channel: int) -> float:
    """Highest normalised correlation of a channel with the other one, delayed by up to LAG either way."""
    own, other = (heard.samples[at].astype(np.float64) for at in (channel, 1 - channel))
    size = 1 << (2 * len(own) - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(own, size) * np.conj(np.fft.rfft(other, size)), size)
    near = np.concatenate([product[: LAG + 1], product[-LAG:]])
    return float(np.abs(near).max() / np.sqrt(np.square(own).sum() * np.square(other).sum()))


def _copies(words: Sequence[HeardWord], alike: npt.NDArray[np.float64]) -> set[int]:
    """Words that are surely copies, and those beside them that are likely to be."""
    copies = set(np.flatnonzero(alike >= SURE).tolist())
    for channel in (0, 1):
        places = [place for place, word in enumerate(words) if word.channel == channel]
        for order in (places, places[::-1]):
            for before, place in pairwise(order):
                gap = abs(words[place].start - words[before].start)
                if before in copies and alike[place] >= LIKELY and gap <= BESIDE:
                    copies.add(place)
    return copies


def _first_is_louder(powers: npt.NDArray[np.float64]) -> list[bool]:
    """Which channel has the voice at each word of a run, (n, 2), by the words around it: sides may change."""
    decibels = np.log10(powers + FAINTEST)
    over = np.convolve(decibels[:, 0] - decibels[:, 1], np.ones(NEIGHBOURS), "same")
    return [bool(louder) for louder in over >= 0]


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


def _echoes(count: int) -> Note:
    return Note(
        NoteCode.CROSS_TALK,
        Message(
            f"串音：一方的声音漏到了另一个声道，已去掉较弱声道上的 {count} 个字词。请检查录音设备。",
            f"cross-talk: one side is heard on the other's channel too; {count} words on the fainter one "
            "were removed. Check the recorder.",
        ),
    )
