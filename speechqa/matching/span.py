"""Where words stand in a transcript."""

from typing import NamedTuple


class Span(NamedTuple):
    """Part of one turn: half-open offsets in the turn's normalised view.

    What is said in one go (`running_on`) may end in a later turn of its speaker.
    """

    turn: int
    start: int
    end: int  # of what lies in `turn`
    into: int = 0  # the turn in which it ends; 0: the same
    upto: int = 0  # ... and where there

    @property
    def stop(self) -> tuple[int, int]:
        """The turn in which it ends, and where there."""
        return (self.into, self.upto) if self.into else (self.turn, self.end)

    @property
    def edges(self) -> "tuple[Span, ...]":
        """Its parts in the turn in which it begins and in that in which it ends; itself if that is one."""
        if not self.into:
            return (self,)
        return Span(self.turn, self.start, self.end), Span(self.into, 0, self.upto)
