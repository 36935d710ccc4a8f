"""When each character of a turn is spoken."""

from bisect import bisect_right
from typing import NamedTuple

from speechqa.call import Seconds, Turn


class _Piece(NamedTuple):
    """Characters spoken evenly from start to end."""

    first: int  # in the turn's text
    length: int
    start: Seconds
    end: Seconds

    def time(self, character: int) -> Seconds:
        """When the character begins; one behind the last: when that ends."""
        step = (self.end - self.start) / self.length
        return self.start + step * min(character - self.first, self.length)


class TurnClock:
    """Times come from words where there are words in the text, else the text is spread evenly over the turn.

    Characters that no word covers lie between the words around them.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._pieces = _words(turn) or [_Piece(0, max(len(turn.text), 1), turn.start, turn.end)]
        self._firsts = [piece.first for piece in self._pieces]

    def times(self, first: int, last: int) -> tuple[Seconds, Seconds]:
        """From when to when the half-open, non-empty span of characters is spoken."""
        return self._begin(first), self._end(last - 1)

    def _begin(self, character: int) -> Seconds:
        at = bisect_right(self._firsts, character) - 1
        return self._pieces[at].time(character) if at >= 0 else self._turn.start

    def _end(self, character: int) -> Seconds:
        at = bisect_right(self._firsts, character) - 1
        if at < 0:
            return self._turn.start
        piece = self._pieces[at]
        behind = character >= piece.first + piece.length
        return self._turn.end if behind and at == len(self._pieces) - 1 else piece.time(character + 1)


def _words(turn: Turn) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    for word in turn.words:
        text = word.text.strip()
        place = turn.text.find(text, at) if text else -1
        if place >= 0:
            pieces.append(_Piece(place, len(text), word.start, word.end))
            at = place + len(text)
    return pieces
