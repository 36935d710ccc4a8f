"""Finding English phrases by how they sound: as `by_sound` does it for Chinese, over other symbols.

All phrases go into one automaton, cut into seeds of three symbols or more, and where a seed is heard the
words around it are compared with the whole phrase. What is heard begins and ends with a word. A number, a
person and a word that turns the meaning must be heard as they are: not the owner is no owner, and I am the
owner does not ask you.

The confidence is the probability that the phrase was said, as counted under simulated recognition errors
(tests/bench/fit_phones.py prints the numbers): symbols leave the vowels out, so how the words are spelt tells
more than the symbols do, and what the recogniser is sure of is rather what it says.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp, log, sqrt

import ahocorasick_rs
from rapidfuzz.distance import Levenshtein

from speechqa.assessment import Witness
from speechqa.matching.by_sound import USUAL, Heard, sureness
from speechqa.matching.conversation import SEAM, Conversation
from speechqa.matching.phones import Sounding, distance, folded, phones_of, sounding
from speechqa.sound import HALF_HEARD

MIN_PHONES = 5  # symbols of a piece of a phrase; shorter ones sound like too many things
_SEED = 3  # symbols
_SLACK = 2  # symbols by which what is heard may be longer or shorter
_MOST_ERRORS = 0.45  # weighted, a symbol; nothing with more of them was said
# Log odds of a match, fitted: to begin with, by the logarithm of the phrase's letters, against the root of
# its errors a symbol, by how much less sure than USUAL the recogniser is, and by the share of letters that
# agree.
_START, _BY_LENGTH, _BY_ERRORS, _BY_DOUBT, _BY_SPELLING = -13.32, 2.32, 4.68, 2.45, 9.48
_LEAST = 0.3  # sureness under which words speak no more for a match
# Persons by who they are to the speaker: I and we speak for one side.
_PERSONS = {"i": "1", "we": "1", "me": "1", "us": "1", "my": "1", "our": "1"}
_PERSONS |= {"you": "2", "your": "2", "he": "3", "she": "3", "his": "3", "her": "3", "him": "3"}
_AS_SAID = re.compile(
    rf"(?<!\S)(?:not|no|never|nobody|nothing|none|without|{'|'.join(_PERSONS)}|\S*\d\S*)(?!\S)"
)


def confidence_of(wanted: str, heard: str, errors: float, sure: float = USUAL) -> float:
    """Probability that a phrase was said where these words were heard, with so many weighted errors a symbol.

    0 where a number, a person or a word that turns the meaning differs.
    """
    if _as_said(wanted) != _as_said(heard):
        return 0.0
    odds = _START + _BY_LENGTH * log(len(wanted)) - _BY_ERRORS * sqrt(errors)
    odds += _BY_DOUBT * (USUAL - max(sure, _LEAST)) + _BY_SPELLING * Levenshtein.normalized_similarity(
        wanted, heard
    )
    return round(1 / (1 + exp(-odds)), 3)


@lru_cache(maxsize=1 << 12)
def _as_said(words: str) -> tuple[str, ...]:
    """The words of a text that must be heard as they are, I and we as one; in order of the alphabet."""
    return tuple(sorted(_PERSONS.get(word, word) for word in _AS_SAID.findall(words)))


class PhoneIndex:
    """How some pieces of phrases sound, heard from a confidence on. Build once, use for every call."""

    def __init__(self, pieces: Sequence[str], near: float) -> None:
        self._near, self._pieces = near, pieces
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
            heard = self._nearest(number, start, view, alike, conversation)
            if heard is not None and heard.confidence >= self._near:
                yield number, heard

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

    def _nearest(
        self, number: int, start: int, view: Sounding, alike: str, conversation: Conversation
    ) -> Heard | None:
        """The words from a place on that are likeliest to be a piece; None where none sound like it."""
        wanted = self._wanted[number]
        most = int(len(wanted) * _MOST_ERRORS / HALF_HEARD)
        ends = range(start + len(wanted) - _SLACK, start + len(wanted) + _SLACK + 1)
        rated = [
            self._rated(number, start, end, view, conversation)
            for end in ends
            if end in view.ends
            and SEAM not in alike[start:end]
            and Levenshtein.distance(alike[start:end], folded(wanted), score_cutoff=most) <= most
        ]
        heard = (one for one in rated if one is not None)
        return max(heard, key=lambda one: (one.confidence, -one.errors), default=None)

    def _rated(
        self, number: int, start: int, end: int, view: Sounding, conversation: Conversation
    ) -> Heard | None:
        """The words between two places as a piece; None where they are spelt too differently to be one."""
        wanted, first, last = self._wanted[number], view.starts[start], view.ends[end]
        words = conversation.text[first:last]
        if confidence_of(self._pieces[number], words, 0.0, _LEAST) < self._near:
            return None
        errors = distance(view.sounds[start:end], wanted)
        sure = sureness(conversation, first, last)
        confidence = confidence_of(self._pieces[number], words, errors / len(wanted), sure)
        return Heard(first, last, Witness.SOUND, confidence, errors)


def _seeds(sounds: str) -> Iterator[tuple[int, str]]:
    """Parts of three symbols or more, one after the other."""
    count = max(len(sounds) // _SEED, 1)
    for start, end in pairwise(round(part * len(sounds) / count) for part in range(count + 1)):
        yield start, sounds[start:end]
