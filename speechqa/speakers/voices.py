"""Whose voice is heard when: the windows' voiceprints as voices, the words by voice.

Average linkage finds where voices gather: its largest groups, for what stands alone is a cough and nobody's
voice. k-means on the sphere makes them whole, a walk through time puts out single windows among others', and
each word goes to the voice that is heard under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.call import HeardWord
from speechqa.speakers.speech_windows import SpeechWindows
from speechqa.speakers.voiceprint_model import WINDOW, Voiceprints

Floats: TypeAlias = npt.NDArray[np.float64]
Labels: TypeAlias = npt.NDArray[np.int64]

MOST = 3  # voices that are told apart
CLUSTERED = 1500  # windows that are grouped; of more, some at equal distances
GROUPS = 12  # into which linkage is cut at most
ENOUGH = 0.04  # share of the speech that a voice has at least
MORE = 0.07  # and a third one: what noise sets apart is less
SECONDS = 0.25 * WINDOW / 100  # length of a window from which it helps to find voices
ANOTHER = 0.82  # likeness to every other voice under which a third one is believed
ROUNDS = 10  # of k-means
SAME = 0.93  # likeness of two groups from which they are one voice
BESIDE = 0.5  # weight of a window's neighbours in its voiceprint, which noise changes less then
SCALE = 10.0  # of likeness, as the logarithm of a probability
WITHIN, BETWEEN = 1.0, 0.2  # what a change of voice costs without, and with a dip of the sound
DOUBT = 0.01  # difference of likeness to two voices under which it may be either, or both


@dataclass(frozen=True, slots=True)
class Voices:
    """How many speak, and who speaks each word: 0, 1, …; None where it may be either, or both at once."""

    count: int
    of_words: tuple[int | None, ...]
    alike: float = 0.0  # likeness of the two voices that are most alike; 0 where there are no two


def voices(windows: SpeechWindows, words: Sequence[HeardWord]) -> Voices:
    """The voices of words in order of start. One voice, or none when there are no windows."""
    if not len(windows.parts):
        return Voices(0, (None,) * len(words))
    lengths, prints = windows.spans[:, 1] - windows.spans[:, 0], _with_neighbours(windows)
    centres = _centres(prints, lengths)
    if len(centres) == 1:
        return Voices(1, (0,) * len(words))
    likeness = (prints @ centres.T).astype(np.float64)
    labels = _walked(likeness * SCALE * np.sqrt(lengths * 100 / WINDOW)[:, None], windows.parts)
    ordered = np.sort(likeness, axis=1)
    clear = ordered[:, -1] - ordered[:, -2] >= DOUBT
    return Voices(len(centres), _of_words(words, windows, labels, clear), _nearest(centres))


def _with_neighbours(windows: SpeechWindows) -> Voiceprints:
    """The voiceprints, each with something of those beside it that no dip of the sound parts from it."""
    together = BESIDE * (windows.parts[1:] == windows.parts[:-1])[:, None]
    sums = windows.prints.astype(np.float64)
    sums[1:] += together * windows.prints[:-1]
    sums[:-1] += together * windows.prints[1:]
    return _units(sums)


def _centres(prints: Voiceprints, lengths: Floats) -> Voiceprints:
    """A voiceprint of each voice, (voices, 192)."""
    telling = np.flatnonzero(lengths >= SECONDS)
    if len(telling) < MOST:
        return prints[:1]
    prints, lengths = prints[telling], lengths[telling]
    best = _gathered(prints, lengths, 2)
    if best is None or float(best[0] @ best[1]) > SAME:
        return prints[:1]
    for count in range(3, MOST + 1):
        more = _gathered(prints, lengths, count)
        if more is None or _nearest(more) > ANOTHER:
            break
        best = more
    return best


def _nearest(centres: Voiceprints) -> float:
    """The likeness of the two that are most alike."""
    alike = centres @ centres.T
    return float(alike[~np.eye(len(centres), dtype=bool)].max())


def _gathered(prints: Voiceprints, lengths: Floats, count: int) -> Voiceprints | None:
    """The centres of so many voices that lie nearest to all; None when there are not so many."""
    from scipy.cluster.hierarchy import fcluster, linkage

    some = np.linspace(0, len(prints) - 1, min(CLUSTERED, len(prints))).round().astype(int)
    if len(some) <= count:
        return None
    tree = linkage(prints[some], "average", metric="cosine")
    least = ENOUGH if count < MOST else MORE
    best, nearest = None, -np.inf
    for groups in range(count, min(GROUPS, len(some)) + 1):
        labels = fcluster(tree, groups, "maxclust")
        weights = np.bincount(labels, lengths[some])
        largest = np.argsort(-weights)[:count]
        if weights[largest[-1]] < least * weights.sum():
            continue
        centres, within = _refined(prints, lengths, _means(prints[some], lengths[some], labels, largest))
        if within > nearest:
            best, nearest = centres, within
    return best


def _refined(prints: Voiceprints, lengths: Floats, centres: Voiceprints) -> tuple[Voiceprints, float]:
    """k-means on the sphere: the centres, and how near all is to them."""
    count = len(centres)
    for _ in range(ROUNDS):
        labels = (prints @ centres.T).argmax(axis=1)
        if len(set(labels.tolist())) < count:
            break
        centres = _means(prints, lengths, labels, np.arange(count))
    return centres, float(((prints @ centres.T).max(axis=1) * lengths).sum())


def _means(prints: Voiceprints, lengths: Floats, labels: Labels, of: Labels) -> Voiceprints:
    sums = np.stack([(prints * lengths[:, None])[labels == label].sum(axis=0) for label in of.tolist()])
    return _units(sums)


def _units(sums: Floats) -> Voiceprints:
    """Each row with length 1."""
    units: Voiceprints = (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return units


def _walked(scores: Floats, parts: Labels) -> Labels:
    """The likeliest voices by window in order of time (Viterbi), where a change of voice costs something."""
    best, came_from = scores[0], []
    for at in range(1, len(scores)):
        changed = best.max() - (WITHIN if parts[at] == parts[at - 1] else BETWEEN)
        came_from.append(np.where(best >= changed, np.arange(len(best)), best.argmax()))
        best = np.maximum(best, changed) + scores[at]
    path = [int(best.argmax())]
    for before in reversed(came_from):
        path.append(int(before[path[-1]]))
    return np.array(path[::-1], np.int64)


def _of_words(
    words: Sequence[HeardWord], windows: SpeechWindows, labels: Labels, clear: npt.NDArray[np.bool_]
) -> tuple[int | None, ...]:
    """By word the voice that is heard longest under it; that of the nearest window where none is."""
    starts, ends = _owned(windows)
    found: list[int | None] = []
    for word in words:
        first = int(np.searchsorted(ends, word.start, "right"))
        last = int(np.searchsorted(starts, word.end, "left"))
        if first < last:
            under = np.minimum(ends[first:last], word.end) - np.maximum(starts[first:last], word.start)
            heard = np.bincount(labels[first:last], under)
            at = first + int(np.where(labels[first:last] == heard.argmax(), under, -1).argmax())
        else:
            before, after = max(0, first - 1), min(first, len(labels) - 1)
            at = before if word.start - ends[before] <= starts[after] - word.end else after
        found.append(int(labels[at]) if clear[at] else None)
    return tuple(found)


def _owned(windows: SpeechWindows) -> tuple[Floats, Floats]:
    """Start and end of the time that is each window's own: windows that overlap meet halfway."""
    starts, ends = windows.spans[:, 0].copy(), windows.spans[:, 1].copy()
    middles = (starts + ends) / 2
    together = windows.parts[1:] == windows.parts[:-1]
    halfway = (middles[1:] + middles[:-1]) / 2
    starts[1:] = np.where(together, halfway, starts[1:])
    ends[:-1] = np.where(together, halfway, ends[:-1])
    return starts, ends
