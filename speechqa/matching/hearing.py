"""Finding a checklist's phrases in a conversation, by text and by sound.

All phrases of a checklist go into two Aho-Corasick automata, one over characters and one over
folded syllables (`speechqa.sound`), so that a call is read twice, however many phrases there are.
A phrase of n syllables need not be heard whole: it is cut into n // 2 seeds of two or three
syllables; where a seed is heard, the surrounding syllables are compared with the whole phrase by
weighted edit distance (pigeonhole: a phrase with fewer errors than seeds keeps one seed intact).

Short phrases sound like too many things: under MIN_BY_SOUND syllables there is no match by sound,
and under MIN_SEEDED only syllables that are equal or swapped (机组吗 for 机主吗) count.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from speechqa.call import Witness
from speechqa.checklist.operators import Phrase
from speechqa.matching.conversation import SEAM, Conversation
from speechqa.sound import HALF_HEARD, LOST, difference, distance, folded, readings

GAP = 10  # characters that `…` may stand for
MIN_BY_SOUND = 3  # syllables
MIN_SEEDED = 4  # syllables; of shorter ones all must be heard, if with swapped sounds
MIN_SHIFTED = 5  # syllables, of which one may be lost or put in
SURE = 0.1  # weighted errors a syllable up to which a phrase counts as heard
NEAR = 0.22  # ... and up to which it is worth telling
_SOUND_PENALTY = 0.1


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
    return round(max(0.0, 1.0 - _SOUND_PENALTY - 2.0 * errors), 3)


class PhraseIndex:
    """The automata of one checklist's phrases. Build once, use for every call."""

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self._beginning: dict[str, list[Phrase]] = defaultdict(list)  # first piece -> phrases
        for phrase in phrases:
            self._beginning[phrase.pieces[0]].append(phrase)
        self._pieces = tuple(dict.fromkeys(piece for phrase in phrases for piece in phrase.pieces))
        self._by_text = ahocorasick_rs.AhoCorasick(list(self._pieces))
        self._wanted: list[
            tuple[int, str, str]
        ] = []  # (piece, a reading of it in syllables, the same folded)
        seeds: dict[str, list[tuple[int, int]]] = defaultdict(list)  # folded seed -> (reading, offset)
        for number, piece in enumerate(self._pieces):
            for reading in readings(piece) if len(piece) > 1 else ():
                view = folded(reading)
                for offset, seed in _seeds(view):
                    seeds[seed].append((len(self._wanted), offset))
                self._wanted.append((number, reading, view))
        self._by_sound = ahocorasick_rs.AhoCorasick(list(seeds))
        self._seeds = [np.array(places, dtype=np.int64).T for places in seeds.values()]
        self._views = Rows.of([view for _, _, view in self._wanted])

    def hear(self, conversation: Conversation) -> dict[str, tuple[Heard, ...]]:
        """Every place where a phrase was heard or nearly heard, by the phrase's text."""
        pieces: dict[str, list[Heard]] = defaultdict(list)
        for number, start, end in self._by_text.find_matches_as_indexes(conversation.text, overlapping=True):
            pieces[self._pieces[number]].append(Heard(start, end, Witness.TEXT, 1.0))
        for piece, heard in self._sounds(conversation):
            if not any(heard.start < exact.end and exact.start < heard.end for exact in pieces[piece]):
                pieces[piece].append(heard)
        begun = [phrase for piece in pieces for phrase in self._beginning.get(piece, ())]
        whole = [phrase for phrase in begun if all(piece in pieces for piece in phrase.pieces)]
        found = {phrase.text: tuple(_joined(phrase, pieces, conversation)) for phrase in whole}
        return {text: places for text, places in found.items() if places}

    def _sounds(self, conversation: Conversation) -> Iterator[tuple[str, Heard]]:
        """Pieces heard by sound, each place once."""
        best: dict[tuple[int, int], Heard] = {}
        for reading, start in self._candidates(conversation):
            number, wanted, view = self._wanted[reading]
            heard = _compare(conversation, start, wanted, view)
            if heard is None:
                continue
            key = (number, heard.start // max(len(wanted), 1))
            if key not in best or best[key].confidence < heard.confidence:
                best[key] = heard
        for (number, _), heard in best.items():
            yield self._pieces[number], heard

    def _candidates(self, conversation: Conversation) -> list[tuple[int, int]]:
        """Readings and where they may begin: a seed was heard, and folded they differ little enough."""
        seeds = self._by_sound.find_matches_as_indexes(conversation.folded, overlapping=True)
        if not seeds:
            return []
        places = [self._seeds[seed] for seed, _, _ in seeds]
        readings, offsets = np.concatenate(places, axis=1)
        starts = np.repeat([at for _, at, _ in seeds], [one.shape[1] for one in places]) - offsets
        return self._views.alike(conversation.folded, readings[starts >= 0], starts[starts >= 0])


@dataclass(frozen=True, slots=True)
class Rows:
    """Folded readings as a table of codes, so that thousands are compared with a call at once."""

    views: list[str]
    codes: npt.NDArray[np.uint32]  # shape (readings, longest), 0 behind the end
    lengths: npt.NDArray[np.int64]
    most_wrong: npt.NDArray[np.int64]  # syllables that may differ

    @classmethod
    def of(cls, views: list[str]) -> "Rows":
        longest = max(map(len, views), default=1)
        lengths = np.array([len(view) for view in views], dtype=np.int64)
        most_wrong = np.where(lengths >= MIN_SEEDED, (NEAR * lengths / HALF_HEARD).astype(np.int64), 0)
        return cls(
            views,
            _codes("".join(view.ljust(longest, "\0") for view in views)).reshape(-1, longest),
            lengths,
            most_wrong,
        )

    def alike(
        self, heard: str, readings: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]
    ) -> list[tuple[int, int]]:
        """Those pairs of reading and start, each once, that are near enough by edit distance.

        Syllables are compared place by place, which is the edit distance up to one edit; beyond, a syllable
        lost and another put in may be nearer, and the library decides.
        """
        readings, starts = np.divmod(np.unique(readings * len(heard) + starts), len(heard))
        longest = self.codes.shape[1]
        codes = np.concatenate([_codes(heard), np.zeros(longest, dtype=np.uint32)])
        windows = np.lib.stride_tricks.sliding_window_view(codes, longest)[starts]
        inside = np.arange(longest) < self.lengths[readings, None]
        wrong = ((windows != self.codes[readings]) & inside).sum(axis=1)
        most = self.most_wrong[readings]
        near = wrong <= most
        for at in np.flatnonzero(~near & (most > 1)).tolist():
            view, start = self.views[readings[at]], int(starts[at])
            distance = Levenshtein.distance(
                heard[start : start + len(view)], view, score_cutoff=int(most[at])
            )
            near[at] = distance <= most[at]
        return list(zip(readings[near].tolist(), starts[near].tolist(), strict=True))


def _codes(view: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(view.encode("utf-32-le"), dtype=np.uint32)


def _seeds(view: str) -> Iterator[tuple[int, str]]:
    """Cut a folded reading into parts of two or three syllables; a short one is its own seed."""
    count = max(len(view) // 2, 1) if len(view) >= MIN_SEEDED else 1
    edges = [round(part * len(view) / count) for part in range(count + 1)]
    for start, end in pairwise(edges):
        yield start, view[start:end]


def _compare(conversation: Conversation, start: int, wanted: str, view: str) -> Heard | None:
    """The best match of a reading (`view`: the same, folded) near `start`, if it is near enough to tell."""
    sounds, length = conversation.syllables, len(wanted)
    end = min(start + length, len(sounds))
    exact = sounds[start:end]
    if exact == wanted:
        return Heard(start, end, Witness.SOUND, confidence_of(0.0))
    if len(exact) == length and SEAM not in exact:
        errors = sum(map(difference, exact, wanted))
        if errors <= NEAR * length:
            return Heard(start, end, Witness.SOUND, confidence_of(errors / length))
    return _shifted(conversation, (start, end), wanted, view) if length >= MIN_SHIFTED else None


def _shifted(conversation: Conversation, span: tuple[int, int], wanted: str, view: str) -> Heard | None:
    """The best of a span and those one syllable shorter or longer: a syllable was lost or put in."""
    start, end = span
    sounds, limit = conversation.syllables, NEAR * len(wanted)
    cutoff = 1 + max(0, int((limit - LOST) / HALF_HEARD))
    rated = [
        (distance(sounds[first:last], wanted), first, last)
        for first, last in (span, (start, end - 1), (start, end + 1), (start + 1, end), (start - 1, end))
        if 0 <= first < last <= len(sounds)
        and SEAM not in sounds[first:last]
        and Levenshtein.distance(conversation.folded[first:last], view, score_cutoff=cutoff) <= cutoff
    ]
    errors, first, last = min(rated, default=(float("inf"), 0, 0))
    if errors > limit:
        return None
    return Heard(first, last, Witness.SOUND, confidence_of(errors / len(wanted)))


def _joined(phrase: Phrase, pieces: dict[str, list[Heard]], conversation: Conversation) -> Iterator[Heard]:
    """Places where all pieces follow one another in one turn with small gaps."""
    if len(phrase.pieces) == 1:
        length = len(phrase.pieces[0])
        for heard in pieces.get(phrase.pieces[0], ()):
            if heard.by is Witness.TEXT or length >= MIN_BY_SOUND:
                yield heard
        return
    syllables_in_all = sum(len(piece) for piece in phrase.pieces)
    for first in pieces.get(phrase.pieces[0], ()):
        chain = _chain(first, phrase.pieces[1:], pieces, conversation)
        if chain is None:
            continue
        by = Witness.TEXT if all(heard.by is Witness.TEXT for heard in chain) else Witness.SOUND
        if by is Witness.TEXT or syllables_in_all >= MIN_SEEDED:
            yield Heard(chain[0].start, chain[-1].end, by, min(heard.confidence for heard in chain))


def _chain(
    first: Heard, rest: tuple[str, ...], pieces: dict[str, list[Heard]], conversation: Conversation
) -> list[Heard] | None:
    """`first` and, for each further piece, its next place; None when one is missing or too far."""
    chain, turn = [first], conversation.turn_of(first.start)
    for piece in rest:
        here = chain[-1].end
        following = [
            heard
            for heard in pieces.get(piece, ())
            if here <= heard.start <= here + GAP and conversation.turn_of(heard.start) == turn
        ]
        if not following:
            return None
        chain.append(min(following, key=lambda heard: (heard.start, -heard.confidence)))
    return chain
