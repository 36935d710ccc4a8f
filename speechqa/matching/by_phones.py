"""Finding English phrases by how they sound: as `by_sound` does it for Chinese, over other symbols.

All phrases go into one automaton, cut into seeds of three symbols or more, and where a seed is heard the
words around it are compared with the whole phrase. What is heard begins and ends with a word. The confidence
is that of `by_sound`, by the bits of the symbols; it was fitted to Chinese, not to English (not calibrated).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import ahocorasick_rs
from rapidfuzz.distance import Levenshtein

from speechqa.assessment import Witness
from speechqa.matching.by_sound import Heard, confidence_of, most_errors, sureness
from speechqa.matching.conversation import SEAM, Conversation
from speechqa.matching.phones import BITS, Sounding, distance, folded, phones_of, sounding
from speechqa.sound import HALF_HEARD

MIN_PHONES = 5  # symbols of a piece of a phrase; shorter ones sound like too many things
_SEED = 3  # symbols
_SLACK = 2  # symbols by which what is heard may be longer or shorter


class PhoneIndex:
    """How some pieces of phrases sound, heard from a confidence on. Build once, use for every call."""

    def __init__(self, pieces: Sequence[str], near: float) -> None:
        self._near = near
        read = ((number, phones_of(piece)) for number, piece in enumerate(pieces) if piece.isascii())
        self._wanted = {number: sounds for number, sounds in read if len(sounds) >= MIN_PHONES}
        seeds: dict[str, list[tuple[int, int]]] = defaultdict(list)  # folded seed -> (piece, offset)
        for number, sounds in self._wanted.items():
            for offset, seed in _seeds(folded(sounds)):
                seeds[seed].append((number, offset))
        self._seeds = tuple(seeds.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(seeds))

    def hear(
        self, conversation: Conversation, spelt: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, Heard]]:
        """Pieces heard or nearly heard, by their numbers, each place once.

        `spelt` are those found by text and where: they are not looked at again.
        """
        view, known = sounding(conversation.text, SEAM), set(spelt)
        alike = folded(view.sounds)
        for number, start in sorted(self._candidates(view, alike)):
            if (number, view.starts[start]) in known:
                continue
            found = self._nearest(number, start, view, alike)
            if found is None:
                continue
            errors, end = found
            first, last = view.starts[start], view.ends[end]
            wanted = self._wanted[number]
            sure = sureness(conversation, first, last)
            confidence = confidence_of(errors / len(wanted), BITS * len(wanted), sure)
            if confidence >= self._near:
                yield number, Heard(first, last, Witness.SOUND, confidence, errors)

    def _candidates(self, view: Sounding, alike: str) -> set[tuple[int, int]]:
        """Pieces of which a seed was heard, and the words with which they may begin."""
        found: set[tuple[int, int]] = set()
        for seed, place, _ in self._automaton.find_matches_as_indexes(alike, overlapping=True):
            for number, offset in self._seeds[seed]:
                begins = place - offset
                if begins in view.starts:
                    found.add((number, begins))
                elif offset:  # a symbol was lost or put in before the seed
                    found |= {(number, at) for at in (begins - 1, begins + 1) if at in view.starts}
        return found

    def _nearest(self, number: int, start: int, view: Sounding, alike: str) -> tuple[float, int] | None:
        """The fewest errors with which words from a place on sound like a piece, and where they end."""
        wanted = self._wanted[number]
        limit = len(wanted) * most_errors(self._near, BITS * len(wanted))
        most = int(limit / HALF_HEARD) if limit >= 0 else 0
        ends = range(start + len(wanted) - _SLACK, start + len(wanted) + _SLACK + 1)
        rated = [
            (distance(view.sounds[start:end], wanted), end)
            for end in ends
            if end in view.ends
            and SEAM not in alike[start:end]
            and Levenshtein.distance(alike[start:end], folded(wanted), score_cutoff=most) <= most
        ]
        errors, end = min(rated, default=(float("inf"), 0))
        return (errors, end) if errors <= limit else None


def _seeds(sounds: str) -> Iterator[tuple[int, str]]:
    """Parts of three symbols or more, one after the other."""
    count = max(len(sounds) // _SEED, 1)
    for start, end in pairwise(round(part * len(sounds) / count) for part in range(count + 1)):
        yield start, sounds[start:end]
