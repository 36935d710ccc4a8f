"""Runs of characters that are known, counted and weighed by line: no hashed features, no dictionaries."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.tone.index import Index, Positions
from speechqa.tone.lines import Lines, Numbers

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Amounts: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Kind:
    """Which runs are counted."""

    longest: int  # characters, up to LONGEST
    fewest: int  # lines of the material in which a run stands that is worth knowing


class Weighed(NamedTuple):
    """What lines have of a vocabulary, by length of the run less one and the place where it begins."""

    known: Positions  # in the vocabulary, from 1; 0 where there is none of its runs
    counts: Amounts  # of the run in its line; 1 where it is not known
    amounts: Amounts  # a run's, shared out among its repetitions in the line; 0 where it is not known

    def rows(self, lines: Lines, size: int) -> "csr_array":
        """By line and run of a vocabulary of this size."""
        from scipy.sparse import csr_array

        length, place = self.known.nonzero()
        cells = (lines.line[place], self.known[length, place] - 1)
        return csr_array((self.amounts[length, place], cells), shape=(len(lines.starts), size))


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The runs that are known, in order, with how telling each is."""

    longest: int
    codes: Numbers
    rarity: npt.NDArray[np.float32]  # smoothed inverse share of lines, its logarithm plus 1

    @classmethod
    def of(cls, lines: Lines, kind: Kind) -> Self:
        """Of the material's lines."""
        many = len(lines.starts)
        found = lines.runs[: kind.longest]
        length, place = found.nonzero()
        known, number = np.unique(found[length, place], return_inverse=True)
        once = np.unique(number * many + lines.line[place])
        count = np.bincount(once // max(many, 1), minlength=len(known))
        kept = count >= kind.fewest
        rarity = np.log((1 + many) / (1 + count[kept])) + 1
        return cls(kind.longest, known[kept], rarity.astype(np.float32))

    def weighed(self, lines: Lines) -> Weighed:
        """By run of a line: 1 + log(count), times rarity, so that each line has length 1."""
        known = self.index.positions(lines.runs[: self.longest])
        at = known.ravel().nonzero()[0]
        cells = lines.line[at % len(lines.line)] * len(self._rarity) + known.ravel()[at]
        counts = np.ones(known.shape, np.float32)
        counts.ravel()[at] = _counts(cells)
        return self._weighed(known, counts, lines)

    def weighed_by(self, whole: Weighed, positions: Positions, lines: Lines) -> Weighed:
        """The same from what was weighed by a vocabulary with all of these runs.

        `positions` are here, by position there.
        """
        known = positions.take(whole.known[: self.longest])
        return self._weighed(known, whole.counts[: self.longest], lines)

    def _weighed(self, known: Positions, counts: Amounts, lines: Lines) -> Weighed:
        weights = (1 + np.log(counts)) * self._rarity.take(known)
        squares = np.add.reduceat((weights * weights / counts).sum(axis=0), lines.starts)
        lengths = np.sqrt(np.where(squares, squares, 1))
        return Weighed(known, counts, weights / (counts * lengths[lines.line]))

    @cached_property
    def index(self) -> Index:
        return Index(self.codes)

    @cached_property
    def _rarity(self) -> npt.NDArray[np.float32]:
        """By position from 1."""
        return np.concatenate([np.zeros(1, np.float32), self.rarity])


def _counts(values: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Of each value, how often it is there."""
    order = values.argsort()
    ordered = values[order]
    first = np.ones(len(values), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    starts = first.nonzero()[0]
    counts = np.empty(len(values), np.float32)
    counts[order] = np.diff(starts, append=len(values))[first.cumsum() - 1]
    return counts
