"""Finding phrases by how they sound: what a recogniser spells wrong.

All phrases go into one Aho-Corasick automaton over folded syllables (`speechqa.sound`), so that a call is
read once, however many phrases there are. A phrase of n syllables need not be heard whole: it is cut into
n // 2 seeds of two or three syllables; where a seed is heard, the surrounding syllables are compared with
the whole phrase by weighted edit distance (pigeonhole: a phrase with fewer errors than seeds keeps one seed
intact). A call has two thousand such places: they are compared as tables, not one by one.

Short phrases sound like too many things: under MIN_BY_SOUND syllables there is no match by sound,
and under MIN_SEEDED only syllables that are equal or swapped (机组吗 for 机主吗) count.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import ahocorasick_rs
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from speechqa.call import Witness
from speechqa.matching.conversation import SEAM, Conversation
from speechqa.sound import HALF_HEARD, LOST, differences, distance, folded, readings

MIN_BY_SOUND = 3  # syllables
MIN_SEEDED = 4  # syllables; of shorter ones all must be heard, if with swapped sounds
MIN_SHIFTED = 5  # syllables, of which one may be lost or put in
SURE = 0.1  # weighted errors a syllable up to which a phrase counts as heard
NEAR = 0.22  # ... and up to which it is worth telling
_PENALTY = 0.1  # of any match that is not by text

Integers: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.uint32]


class Heard(NamedTuple):
    """A phrase found in the joined views, half-open [start, end)."""

    start: int
    end: int
    by: Witness
    confidence: float

    @property
    def enough(self) -> bool:
        return self.confidence >= confidence_of(SURE)


def confidence_of(errors: float) -> float:
    """Confidence of a match by sound with so many weighted errors a syllable."""
    return round(max(0.0, 1.0 - _PENALTY - 2.0 * errors), 3)


class SoundIndex:
    """The readings of some pieces of phrases. Build once, use for every call."""

    def __init__(self, pieces: Sequence[str]) -> None:
        read = [
            (number, reading)
            for number, piece in enumerate(pieces)
            if len(piece) > 1
            for reading in readings(piece)
        ]
        self._wanted = [reading for _, reading in read]
        self._folded = [folded(reading) for reading in self._wanted]
        self._pieces = np.array([number for number, _ in read], dtype=np.int64)
        self._lengths = np.array(list(map(len, self._wanted)), dtype=np.int64)
        self._most_wrong = np.where(  # folded syllables that may differ
            self._lengths >= MIN_SEEDED, (NEAR * self._lengths / HALF_HEARD).astype(np.int64), 0
        )
        self._longest = int(self._lengths.max(initial=1))
        self._codes = _table(self._wanted, self._longest)
        self._folded_codes = _table(self._folded, self._longest)
        seeds: dict[str, list[tuple[int, int]]] = defaultdict(list)  # folded seed -> (reading, offset)
        for number, view in enumerate(self._folded):
            for offset, seed in _seeds(view):
                seeds[seed].append((number, offset))
        self._automaton = ahocorasick_rs.AhoCorasick(list(seeds))
        flat = [place for places in seeds.values() for place in places]
        self._seeds = np.array(flat, dtype=np.int64).reshape(-1, 2).T  # readings and offsets, by seed
        self._seeds_from = np.cumsum([0, *map(len, seeds.values())])  # where in them those of a seed begin

    def hear(
        self, conversation: Conversation, spelt: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, Heard]]:
        """Pieces heard or nearly heard, by their numbers, each place once.

        `spelt` are those found by text and where: they are not looked at again.
        """
        best: dict[tuple[int, int], Heard] = {}
        for reading, heard in self._heard(conversation, spelt):
            number = int(self._pieces[reading])
            key = (number, heard.start // len(self._wanted[reading]))
            if key not in best or best[key].confidence < heard.confidence:
                best[key] = heard
        for (number, _), heard in best.items():
            yield number, heard

    def _heard(
        self, conversation: Conversation, spelt: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, Heard]]:
        found = self._alike(conversation.folded, self._candidates(conversation.folded, spelt))
        errors = self._errors(conversation.syllables, found)
        lengths = self._lengths[found.readings]
        near = errors <= NEAR * lengths
        worth = near | (lengths >= MIN_SHIFTED)
        listed = (one[worth].tolist() for one in (found.readings, found.starts, errors, near))
        for reading, start, wrong, is_near in zip(*listed, strict=True):
            wanted = self._wanted[reading]
            if is_near:
                confidence = confidence_of(wrong / len(wanted))
                yield reading, Heard(start, start + len(wanted), Witness.SOUND, confidence)
            elif heard := _shifted(conversation, start, wanted, self._folded[reading]):
                yield reading, heard

    def _candidates(self, view: str, spelt: Sequence[tuple[int, int]]) -> "Candidates":
        """Where a seed of a reading was heard, but for those that are known."""
        heard = self._automaton.find_matches_as_indexes(view, overlapping=True)
        seeds, places, _ = np.array(heard, dtype=np.int64).reshape(-1, 3).T
        each = self._seeds_from[seeds + 1] - self._seeds_from[seeds]  # readings that have the seed
        behind = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        found, offsets = self._seeds[:, np.repeat(self._seeds_from[seeds], each) + behind]
        starts = np.repeat(places, each) - offsets
        new = (starts >= 0) & ~_among(
            self._pieces[found] * len(view) + starts,
            [number * len(view) + start for number, start in spelt],
        )
        return Candidates(found[new], starts[new])

    def _alike(self, view: str, among: "Candidates") -> "Candidates":
        """Those that are near enough by edit distance, each once.

        Syllables are compared place by place, which is the edit distance up to one edit; beyond, a syllable
        lost and another put in may be nearer, and the library decides.
        """
        found, starts = among.readings, among.starts
        differ = _windows(view, starts, self._longest) != self._folded_codes[found]
        wrong = (differ & self._inside(found)).sum(axis=1)
        most = self._most_wrong[found]
        near = wrong <= most
        doubtful = np.flatnonzero(~near & (most > 1))
        wanted = [self._folded[reading] for reading in found[doubtful].tolist()]
        there = [
            view[start : start + len(reading)]
            for start, reading in zip(starts[doubtful].tolist(), wanted, strict=True)
        ]
        edits = cpdist(there, wanted, scorer=Levenshtein.distance, dtype=np.int64)
        near[doubtful] = edits <= most[doubtful]
        return Candidates(*np.divmod(np.unique(found[near] * len(view) + starts[near]), max(len(view), 1)))

    def _errors(self, view: str, found: "Candidates") -> npt.NDArray[np.float64]:
        """Weighted errors of each candidate, syllable by syllable; infinite beyond the end of a turn."""
        heard = _windows(view, found.starts, self._longest)
        inside = self._inside(found.readings)
        errors = (differences(heard, self._codes[found.readings]) * inside).sum(axis=1).round(9)
        beyond = (((heard == _END) | (heard == ord(SEAM))) & inside).any(axis=1)
        return np.where(beyond, np.inf, errors)

    def _inside(self, found: Integers) -> npt.NDArray[np.bool_]:
        return np.arange(self._longest) < self._lengths[found, None]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Readings and where in the joined views each may begin."""

    readings: Integers
    starts: Integers


_END = 0  # code behind the end of a text


def _codes(view: str) -> Codes:
    return np.frombuffer(view.encode("utf-32-le"), dtype=np.uint32)


def _table(views: Sequence[str], width: int) -> Codes:
    """Shape (views, width)."""
    return _codes("".join(view.ljust(width, chr(_END)) for view in views)).reshape(-1, width)


def _windows(view: str, starts: Integers, width: int) -> Codes:
    """Shape (starts, width)."""
    codes = np.concatenate([_codes(view), np.full(width, _END, dtype=np.uint32)])
    return np.lib.stride_tricks.sliding_window_view(codes, width)[starts]


def _among(numbers: Integers, some: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Which of the numbers are among some. (The library's `isin` takes five times as long for this few.)"""
    if not some:
        return np.zeros(len(numbers), dtype=np.bool_)
    ordered = np.sort(np.array(some, dtype=np.int64))
    at = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    return ordered[at] == numbers  # type: ignore[no-any-return]


def _seeds(view: str) -> Iterator[tuple[int, str]]:
    """Cut a folded reading into parts of two or three syllables; a short one is its own seed."""
    count = max(len(view) // 2, 1) if len(view) >= MIN_SEEDED else 1
    edges = [round(part * len(view) / count) for part in range(count + 1)]
    for start, end in pairwise(edges):
        yield start, view[start:end]


def _shifted(conversation: Conversation, start: int, wanted: str, view: str) -> Heard | None:
    """The best of a span and those one syllable shorter or longer: a syllable was lost or put in."""
    sounds, limit = conversation.syllables, NEAR * len(wanted)
    end = min(start + len(wanted), len(sounds))
    cutoff = 1 + max(0, int((limit - LOST) / HALF_HEARD))
    spans = ((start, end), (start, end - 1), (start, end + 1), (start + 1, end), (start - 1, end))
    rated = [
        (distance(sounds[first:last], wanted), first, last)
        for first, last in spans
        if 0 <= first < last <= len(sounds)
        and SEAM not in sounds[first:last]
        and Levenshtein.distance(conversation.folded[first:last], view, score_cutoff=cutoff) <= cutoff
    ]
    errors, first, last = min(rated, default=(float("inf"), 0, 0))
    if errors > limit:
        return None
    return Heard(first, last, Witness.SOUND, confidence_of(errors / len(wanted)))
