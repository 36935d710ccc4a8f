"""Views of texts side by side as numbers: their characters, and the runs of them.

A run of up to four UTF-16 codes is one uint64, the first character in the highest place; a shorter run has
zeros in front, which no text has. So it is exact, and a text of a call is searched as a whole.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

CodeUnits: TypeAlias = npt.NDArray[np.uint16]
Numbers: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.intp]

BEGIN, END = "\x02", "\x03"  # of a line; no view has control characters
EDGES = 2  # of a line
LONGEST = 4  # characters in 64 bits


@dataclass(frozen=True, eq=False)
class Lines:
    """Views side by side, an edge before and after each."""

    codes: CodeUnits
    line: Places  # by place, as below
    sources: Places  # where it stands in its text; -1 of an edge
    starts: Places  # of the lines: where their first edge is

    @cached_property
    def runs(self) -> Numbers:
        """By length less one and place: the run of characters that begins there; 0 where its line is shorter.

        Edges count as characters of longer runs. Shape (LONGEST, places).
        """
        codes = self.codes.astype(np.uint64)
        found = np.zeros((LONGEST, len(codes)), np.uint64)
        found[0] = codes * (codes > ord(END))
        run = codes
        for more in range(1, LONGEST):
            run = (run[:-1] << np.uint64(16)) | codes[more:]
            found[more, : len(run)] = run * (self.line[: len(run)] == self.line[more:])
        return found

    @cached_property
    def whole(self) -> str:
        """With the edges: a character a place."""
        return self.codes.tobytes().decode("utf-16-le")

    def sizes(self) -> Places:
        """Characters of each view."""
        return np.diff(self.starts, append=len(self.codes)) - EDGES

    def texts(self) -> list[str]:
        """The views as strings."""
        return self.whole[1:-1].split(f"{END}{BEGIN}") if len(self.starts) else []


def run(text: str) -> int:
    """The number of a run of up to LONGEST characters."""
    return int.from_bytes(text.encode("utf-16-be"), "big")
