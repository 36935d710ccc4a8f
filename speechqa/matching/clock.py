"""When each character of a turn is spoken, and how far off that may be."""

from bisect import bisect_right

from speechqa.call import Seconds, Turn, Word
from speechqa.text import spoken_length

FASTEST = 8.0  # characters a second; a fast reader of fine print gets there
COLLAR: Seconds = 0.2  # within which a recogniser's word times are commonly counted as right


class TurnClock:
    """Times come from words where there are words in the text, else the text is spread evenly over the turn.

    Characters that no word covers lie between the words around them.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._firsts: list[int] = []  # of the words in the text, where each begins there
        self._lengths: list[int] = []
        self._words: list[Word] = []
        at, find = 0, turn.text.find
        for word in turn.words:
            said = word.text.strip()
            place = find(said, at) if said else -1
            if place >= 0:
                at = place + len(said)
                self._firsts.append(place)
                self._lengths.append(at - place)
                self._words.append(word)

    def times(self, first: int, last: int) -> tuple[Seconds, Seconds]:
        """From when to when the half-open, non-empty span of characters is spoken."""
        turn, firsts = self._turn, self._firsts
        if not firsts:
            step = (turn.end - turn.start) / len(turn.text)
            return turn.start + step * first, turn.start + step * last
        begins_in = bisect_right(firsts, first) - 1
        ends_in = bisect_right(firsts, last - 1) - 1
        start = self._within(begins_in, first) if begins_in >= 0 else turn.start
        if ends_in < 0:
            return start, turn.start
        behind_all = ends_in == len(firsts) - 1 and last > firsts[-1] + self._lengths[-1]
        return start, turn.end if behind_all else self._within(ends_in, last)

    def unsure(self, below: float, otherwise: float) -> list[bool]:
        """Of which characters of the text the recogniser was less sure; `otherwise`: where no word says."""
        found = [otherwise < below] * len(self._turn.text)
        for first, length, word in zip(self._firsts, self._lengths, self._words, strict=True):
            if word.confidence is not None and (word.confidence < below) is not found[first]:
                found[first : first + length] = [word.confidence < below] * length
        return found

    def leeway(self, start: Seconds, end: Seconds) -> tuple[Seconds, Seconds] | None:
        """How much earlier and later what is placed between two times may have been said, where no word has
        a time: nobody speaks evenly, but nobody faster than FASTEST either. None: words have times.
        """
        turn = self._turn
        if self._firsts:
            return None
        slowest = spoken_length(turn.text) / FASTEST
        slack = max(0.0, 1 - slowest / (turn.end - turn.start)) if turn.end > turn.start else 0.0
        return (start - turn.start) * slack, (turn.end - end) * slack

    def _within(self, at: int, character: int) -> Seconds:
        """When a character of a word begins, its characters spoken evenly; one behind it: when it ends."""
        word, length = self._words[at], self._lengths[at]
        share = min(character - self._firsts[at], length)
        return word.start + (word.end - word.start) / length * share
