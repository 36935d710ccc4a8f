"""How sure the recogniser was of the words of a turn, for any stretch of it.

Asked hundreds of times a call, so sums are kept: two bisections answer for a stretch of any length.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeAlias

from speechqa.call import Seconds, Word

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
        weights = [len(word.text) if word.confidence is not None else 0 for word in words]
        sums = [(word.confidence or 0.0) * weight for word, weight in zip(words, weights, strict=True)]
        self._starts = [word.start for word in words]
        self._ends = list(accumulate((word.end for word in words), max))  # in order, so that they bisect
        self._totals = [0.0, *accumulate(sums)]
        self._weights = [0, *accumulate(weights)]

    def touching(self, start: Seconds, end: Seconds) -> Weighed:
        """Of the words that are spoken between two times, in part or whole."""
        return self._of(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def inside(self, start: Seconds, end: Seconds) -> Weighed:
        """Of the words that lie between two times whole."""
        return self._of(bisect_left(self._starts, start), bisect_right(self._ends, end))

    def _of(self, first: int, last: int) -> Weighed:
        if last <= first:
            return 0.0, 0
        return self._totals[last] - self._totals[first], self._weights[last] - self._weights[first]
