"""A word of a view, and the letters of the source that it came from."""

from typing import NamedTuple


class Piece(NamedTuple):
    """Half-open [start, end) in the source, never empty."""

    text: str
    start: int
    end: int

    @property
    def offsets(self) -> tuple[int, ...]:
        """The place of each letter; the last one's is the last of the source's letters."""
        last = self.end - 1
        return (*(min(self.start + at, last) for at in range(len(self.text) - 1)), last)
