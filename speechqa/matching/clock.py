"""When each character of a turn is spoken."""

from bisect import bisect_right

from speechqa.call import Seconds, Turn, Word


class TurnClock:
    """Times come from words where there are words in the text, else the text is spread evenly over the turn.

    Characters that no word covers lie between the words around them.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._firsts: list[int] = []  # of the words in the text, where each begins there
        self._words: list[Word] = []
        at, text = 0, turn.text
        for word in turn.words:
            said = word.text.strip()
            place = text.find(said, at) if said else -1
            if place >= 0:
                self._firsts.append(place)
                self._words.append(word)
                at = place + len(said)

    def times(self, first: int, last: int) -> tuple[Seconds, Seconds]:
        """From when to when the half-open, non-empty span of characters is spoken."""
        turn = self._turn
        if not self._words:
            step = (turn.end - turn.start) / len(turn.text)
            return turn.start + step * first, turn.start + step * last
        return self._begin(first), self._end(last - 1)

    def _begin(self, character: int) -> Seconds:
        at = bisect_right(self._firsts, character) - 1
        return self._within(at, character) if at >= 0 else self._turn.start

    def _end(self, character: int) -> Seconds:
        at = bisect_right(self._firsts, character) - 1
        if at < 0:
            return self._turn.start
        behind = character >= self._firsts[at] + len(self._words[at].text.strip())
        return self._turn.end if behind and at == len(self._words) - 1 else self._within(at, character + 1)

    def _within(self, at: int, character: int) -> Seconds:
        """When a character of a word begins, its characters spoken evenly; one behind it: when it ends."""
        word = self._words[at]
        length = len(word.text.strip())
        share = min(character - self._firsts[at], length)
        return word.start + (word.end - word.start) / length * share
