"""Finding phrases by how they sound: what a recogniser spells wrong.

All phrases go into one Aho-Corasick automaton over folded syllables (`speechqa.sound`), so that a call is
read once, however many phrases there are. A phrase of n syllables need not be heard whole: it is cut into
n // 2 seeds of two or three syllables; where a seed is heard, the surrounding syllables are compared with
the whole phrase by weighted edit distance (pigeonhole: a phrase with fewer errors than seeds keeps one seed
intact). A call has two thousand such places: they are compared as tables, not one by one.

The confidence of a match is the probability that the phrase was said, as counted under simulated
recognition errors (tests/bench/fit_sound.py prints the numbers): it falls with the errors a syllable and
rises with what the syllables tell, so that common ones need more evidence; and what the recogniser is sure
of is rather what it says than what it resembles. Short phrases sound like too many things: under MIN_BY_SOUND
syllables there is no match by sound, or only where the recogniser doubts its words, and under MIN_SEEDED only
syllables that are equal or swapped (机组吗 for 机主吗) count.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import exp, log, sqrt
from typing import NamedTuple, TypeAlias

import ahocorasick_rs
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from speechqa.assessment import Witness
from speechqa.matching.conversation import SEAM, Conversation
from speechqa.sound import HALF_HEARD, LOST, differences, distance, folded, information, readings

MIN_BY_SOUND = 3  # syllables of a phrase
MIN_UNSURE = 2  # ... where the recogniser's doubt of its words is a second witness
MIN_SEEDED = 4  # syllables; of shorter ones all must be heard, if with swapped sounds
SURE = 0.45  # confidence from which a phrase counts as heard: one that is missed accuses somebody sooner
NEAR = 0.3  # ... and from which it is worth a listener's time
# Log odds of a match, fitted: to begin with, by the logarithm of its bits, against the root of its errors
# a syllable, and by how much less sure than USUAL the recogniser is of the words there.
_START, _BY_BITS, _BY_ERRORS, _BY_DOUBT = -9.3, 3.24, 12.31, 3.52
USUAL = 0.75  # confidence of words; that of words whose confidence is not known
_LEAST = 0.3  # ... under which words speak no more for a match

Integers: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.uint32]


class Heard(NamedTuple):
    """A phrase found in the joined views, half-open [start, end)."""

    start: int
    end: int
    by: Witness
    confidence: float

    errors: float = 0.0  # weighted, in syllables

    @property
    def enough(self) -> bool:
        return self.confidence >= SURE


def confidence_of(errors: float, bits: float, sure: float = USUAL) -> float:
    """Probability that a phrase was said where it was heard with so many weighted errors a syllable.

    `bits` is the information of all its syllables, `sure` how sure the recogniser is of the words there: a
    word that it is sure of is rather what it says than what it resembles.
    """
    odds = log_odds(bits, sure) - _BY_ERRORS * sqrt(errors)
    return round(1 / (1 + exp(-odds)), 3)


def log_odds(bits: float, sure: float) -> float:
    """... where it was heard without an error."""
    return _START + _BY_BITS * log(bits) + _BY_DOUBT * (USUAL - max(sure, _LEAST))


def most_errors(confidence: float, bits: float) -> float:
    """The errors a syllable at which `confidence_of` falls to a value in unsure words; -1: it never is so."""
    spare = log_odds(bits, _LEAST) - log(confidence / (1 - confidence))
    return (spare / _BY_ERRORS) ** 2 if spare >= 0 else -1.0


def sureness(conversation: Conversation, start: int, end: int) -> float:
    """How sure the recogniser is of the words of a stretch of the joined views; USUAL if it does not say."""
    if not conversation.recognised:
        return USUAL
    return conversation.confidence(conversation.span(start, end))


class SoundIndex:
    """The readings of some pieces of phrases, heard from a confidence on. Build once, use for every call."""

    def __init__(self, pieces: Sequence[str], near: float = NEAR) -> None:
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
        bits = [information(reading) for reading in self._wanted]
        self._bits, self._near = bits, near
        self._limits = self._lengths * np.array([most_errors(near, one) for one in bits], dtype=np.float64)
        most = np.minimum(self._limits / HALF_HEARD, self._lengths // 2 - 1)  # fewer than seeds
        self._most_wrong = np.where(self._lengths >= MIN_SEEDED, np.maximum(most, 0), 0).astype(np.int64)
        self._longest = int(self._lengths.max(initial=1))
        self._codes = _table(self._wanted, self._longest)
        self._folded_codes = _table(self._folded, self._longest)
        self._inside = np.arange(self._longest) < self._lengths[:, None]  # shape of the codes: no filling
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
        candidates = self._candidates(conversation.folded, spelt)
        if not len(candidates.starts):  # most calls, where few phrases are looked for
            return
        found = self._alike(conversation.folded, candidates)
        errors = self._errors(_windows(conversation.syllables, self._longest), found)
        limits = self._limits[found.readings]
        near = errors <= limits
        worth = near | (limits >= LOST)
        listed = (one[worth].tolist() for one in (found.readings, found.starts, errors, near))
        sure: dict[tuple[int, int], float] = {}  # many phrases resemble the same words
        for reading, start, wrong, is_near in zip(*listed, strict=True):
            length = len(self._wanted[reading])
            span = (wrong, start, start + length) if is_near else self._shifted(conversation, reading, start)
            if span is None:
                continue
            wrong, first, last = span
            if (first, last) not in sure:
                sure[first, last] = sureness(conversation, first, last)
            confidence = confidence_of(wrong / length, self._bits[reading], sure[first, last])
            if confidence >= self._near:
                yield reading, Heard(first, last, Witness.SOUND, confidence, wrong)

    def _shifted(self, conversation: Conversation, reading: int, start: int) -> tuple[float, int, int] | None:
        """The best of a span and those one syllable shorter or longer: a syllable was lost or put in."""
        wanted, limit, sounds = self._wanted[reading], float(self._limits[reading]), conversation.syllables
        end = min(start + len(wanted), len(sounds))
        cutoff = 1 + max(0, int((limit - LOST) / HALF_HEARD))
        spans = ((start, end), (start, end - 1), (start, end + 1), (start + 1, end), (start - 1, end))
        rated = [
            (distance(sounds[first:last], wanted), first, last)
            for first, last in spans
            if 0 <= first < last <= len(sounds)
            and SEAM not in sounds[first:last]
            and Levenshtein.distance(
                conversation.folded[first:last], self._folded[reading], score_cutoff=cutoff
            )
            <= cutoff
        ]
        errors, first, last = min(rated, default=(float("inf"), 0, 0))
        return (errors, first, last) if errors <= limit else None

    def _candidates(self, view: str, spelt: Sequence[tuple[int, int]]) -> "Candidates":
        """Where a seed of a reading was heard, but for those that are known."""
        heard = self._automaton.find_matches_as_indexes(view, overlapping=True)
        seeds, places, _ = np.fromiter(chain.from_iterable(heard), dtype=np.int64).reshape(-1, 3).T
        each = self._seeds_from[seeds + 1] - self._seeds_from[seeds]  # readings that have the seed
        behind = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        found, offsets = self._seeds.take(np.repeat(self._seeds_from[seeds], each) + behind, axis=1)
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
        windows = _windows(view, self._longest)
        differ = _at(windows, starts) != self._folded_codes.take(found, axis=0)
        wrong = _counted(differ & self._inside.take(found, axis=0))
        most = self._most_wrong[found]
        near = wrong <= most
        doubtful = np.flatnonzero(~near & (most > 1))
        doubtful = doubtful[self._may_be_near(windows, found[doubtful], starts[doubtful])]
        wanted = [self._folded[reading] for reading in found[doubtful].tolist()]
        there = [
            view[start : start + len(reading)]
            for start, reading in zip(starts[doubtful].tolist(), wanted, strict=True)
        ]
        edits = cpdist(there, wanted, scorer=Levenshtein.distance, dtype=np.int64)
        near[doubtful] = edits <= most[doubtful]
        return Candidates(*np.divmod(np.unique(found[near] * len(view) + starts[near]), max(len(view), 1)))

    def _may_be_near(self, windows: Codes, found: Integers, starts: Integers) -> npt.NDArray[np.bool_]:
        """Which have all but `most` of their syllables, each at most half as many places off, for as many
        must have been lost as were put in: the others are farther by edit distance too. At the end of the
        view any may be near: fewer can have been put in there.
        """
        most, wanted = self._most_wrong[found], self._folded_codes.take(found, axis=0)
        farthest = int(most.max(initial=0)) // 2
        there = np.zeros(wanted.shape, dtype=np.bool_)
        for off in range(-farthest, farthest + 1):
            there |= _at(windows, starts + off) == wanted
        lost = _counted(~there & self._inside.take(found, axis=0))
        end = len(windows) - 2 * self._longest - 1
        return (lost <= most) | (starts + self._lengths[found] > end)

    def _errors(self, windows: Codes, found: "Candidates") -> npt.NDArray[np.float64]:
        """Weighted errors of each candidate, syllable by syllable; infinite beyond the end of a turn."""
        heard = _at(windows, found.starts)
        inside = self._inside.take(found.readings, axis=0)
        errors = (differences(heard, self._codes[found.readings]) * inside).sum(axis=1).round(9)
        beyond = (((heard == _END) | (heard == ord(SEAM))) & inside).any(axis=1)
        return np.where(beyond, np.inf, errors)


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


def _windows(view: str, width: int) -> Codes:
    """What begins at each place, from `width` before the view to as far behind it; codes of nothing there.

    Shape (places, width). A table of all of them is made sooner than a few hundred are cut out.
    """
    beyond = np.full(width, _END, dtype=np.uint32)
    codes = np.concatenate([beyond, _codes(view), beyond, beyond])
    return np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(codes, width))


def _at(windows: Codes, starts: Integers) -> Codes:
    """Those of some places of the view."""
    return windows.take(starts + windows.shape[1], axis=0)  # type: ignore[no-any-return]


def _counted(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint16]:
    """How many are marked in each row. (The library's `sum` takes five times as long for rows this short.)"""
    return np.einsum("ij->i", marked.view(np.uint8), dtype=np.uint16)  # type: ignore[no-any-return]


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
