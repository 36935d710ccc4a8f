"""Runs of characters as exact numbers, counted by line: no hashing, no dictionary of strings.

A run of up to four UTF-16 codes is one uint64, the first character in the highest place; a shorter run has
zeros in front, which no text has. A vocabulary is a sorted array of such numbers, so that a call's runs are
looked up by one `searchsorted`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Codes: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.intp]

LONGEST = 4  # characters in 64 bits
BEGIN, END = "\x02", "\x03"  # of a line; no view has control characters


@dataclass(frozen=True, slots=True)
class Kind:
    """Which runs are counted."""

    longest: int  # characters, up to LONGEST
    fewest: int  # lines of the material in which a run stands that is worth knowing


class Runs(NamedTuple):
    """Runs of characters in lines, an entry each."""

    codes: Codes
    line: Places
    start: Places  # in the line; -1 is its edge
    length: Places


def runs(lines: Sequence[str], longest: int) -> Runs:
    """Every run of 1 to `longest` characters in the lines; edges count as characters of longer runs."""
    text = "".join(f"{BEGIN}{line}{END}" for line in lines).encode("utf-16-le", "surrogatepass")
    characters = np.frombuffer(text, "<u2").astype(np.uint64)
    ends = np.flatnonzero(characters == ord(END))
    lengths = np.diff(ends, prepend=-1)
    line = np.repeat(np.arange(len(lines)), lengths)
    first = np.repeat(ends - lengths + 2, lengths)
    run, found = characters, [np.flatnonzero(characters > ord(END))]
    codes = [characters[found[0]]]
    for length in range(2, longest + 1):
        run = (run[:-1] << np.uint64(16)) | characters[length - 1 :]
        found.append(np.flatnonzero(line[: len(run)] == line[length - 1 :]))
        codes.append(run[found[-1]])
    at = np.concatenate(found)
    length_of = np.repeat(np.arange(1, longest + 1), [len(one) for one in found])
    return Runs(np.concatenate(codes), line[at], at - first[at], length_of)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The runs that are known, in order, with how telling each is."""

    longest: int
    codes: Codes
    rarity: npt.NDArray[np.float32]  # smoothed inverse share of lines, its logarithm plus 1

    @classmethod
    def of(cls, lines: Sequence[str], kind: Kind) -> Self:
        """Of the material's lines."""
        found = runs(lines, kind.longest)
        known, number = np.unique(found.codes, return_inverse=True)
        once = np.unique(number * len(lines) + found.line)
        count = np.bincount(once // len(lines), minlength=len(known))
        kept = count >= kind.fewest
        rarity = np.log((1 + len(lines)) / (1 + count[kept])) + 1
        return cls(kind.longest, known[kept], rarity.astype(np.float32))

    def places(self, codes: Codes) -> "tuple[Places, npt.NDArray[np.bool_]]":
        """Where each run is in the vocabulary, and whether it is."""
        if not len(self.codes):
            return np.zeros(len(codes), dtype=np.intp), np.zeros(len(codes), dtype=bool)
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return at, self.codes[at] == codes

    def weighed(self, lines: Sequence[str]) -> "csr_array":
        """By line and run: 1 + log(count), times rarity, each line of length 1. Shape (lines, runs)."""
        from scipy.sparse import csr_array

        found = runs(lines, self.longest)
        order = np.argsort(found.codes)  # a search for sorted numbers keeps to the cache
        at, known = self.places(found.codes[order])
        at, line = at[known], found.line[order][known]
        cells, counts = np.unique(line * len(self.codes) + at, return_counts=True)
        line, at = np.divmod(cells, max(len(self.codes), 1))
        weights = (1 + np.log(counts)) * self.rarity[at]
        sums = np.bincount(line, weights**2, len(lines))
        weights /= np.sqrt(sums[line])
        starts = np.searchsorted(line, np.arange(len(lines) + 1))
        return csr_array((weights.astype(np.float32), at, starts), shape=(len(lines), len(self.codes)))
