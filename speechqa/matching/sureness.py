"""How sure the recogniser was of the words of a turn, for any stretch of it.

Asked hundreds of times a call, so sums are kept: two bisections answer for a stretch of any length.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from speechqa.call import Seconds, Word

MUDDLED = 0.45  # confidence under which a word says little of what was said
LEAST_MUDDLE = 8  # characters in a row, some two seconds; the recognised samples have six at most

Weighed: TypeAlias = tuple[float, int]  # confidences, each times its word's characters; the characters


def mean(weighed: Iterable[Weighed]) -> float | None:
    """The mean by characters; None when no word has a confidence: a person wrote them."""
    total, weight = 0.0, 0
    for part, characters in weighed:
        total += part
        weight += characters
    return total / weight if weight else None


class Sureness:
    """The confidences of one turn's words, which are in order of start."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._starts = [word.start for word in words]
        self._ends = [word.end for word in words]
        self._in_order = self._ends == sorted(self._ends)
        weights = [0 if word.confidence is None else len(word.text) for word in words]
        totals = [weight * (word.confidence or 0.0) for weight, word in zip(weights, words, strict=True)]
        self._totals = [0.0, *accumulate(totals)]
        self._weights = [0, *accumulate(weights)]

    @property
    def all(self) -> Weighed:
        return self._totals[-1], self._weights[-1]

    def touching(self, start: Seconds, end: Seconds) -> Weighed:
        """Of the words that are spoken between two times, in part or whole."""
        if self._in_order:
            return self._of(bisect_right(self._ends, start), bisect_left(self._starts, end))
        return _sum(word for word in self._words if word.start < end and start < word.end)

    def inside(self, start: Seconds, end: Seconds) -> Weighed:
        """Of the words that lie between two times whole."""
        if self._in_order:
            return self._of(bisect_left(self._starts, start), bisect_right(self._ends, end))
        return _sum(word for word in self._words if start <= word.start and word.end <= end)

    def muddles(self, start: Seconds, end: Seconds) -> list[Weighed]:
        """Words in a row between two times that could be anything, where they are many enough."""
        return [
            (total, characters)
            for begins, ends, total, characters in self._muddles
            if start <= begins and ends <= end
        ]

    @cached_property
    def _muddles(self) -> list[tuple[Seconds, Seconds, float, int]]:
        found: list[tuple[Seconds, Seconds, float, int]] = []
        first, total, characters = 0, 0.0, 0
        for at, word in enumerate(self._words):
            if word.confidence is not None and word.confidence < MUDDLED:
                first = first if characters else at
                total += word.confidence * len(word.text)
                characters += len(word.text)
            elif characters:
                if characters >= LEAST_MUDDLE:
                    found.append((self._words[first].start, self._words[at - 1].end, total, characters))
                total, characters = 0.0, 0
        if characters >= LEAST_MUDDLE:
            found.append((self._words[first].start, self._words[-1].end, total, characters))
        return found

    def _of(self, first: int, last: int) -> Weighed:
        if last <= first:
            return 0.0, 0
        return self._totals[last] - self._totals[first], self._weights[last] - self._weights[first]


def _weighed(word: Word) -> Weighed:
    if word.confidence is None:
        return 0.0, 0
    return word.confidence * len(word.text), len(word.text)


def _sum(words: Iterable[Word]) -> Weighed:
    weighed = [_weighed(word) for word in words]
    return sum(total for total, _ in weighed), sum(weight for _, weight in weighed)
