"""Turns that go on with what an earlier turn of their speaker began: a transcript cuts a sentence at a pause.

请问您是 | 机主本人吗 is one question, also where the other side hums in between (嗯). It is two sayings where
the other side says something, after a full stop, or after a pause of more than PAUSE. Who
speaks must be known for it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from itertools import accumulate

from speechqa.call import Role, Seconds, Turn
from speechqa.text import Normal

PAUSE: Seconds = 2.0  # longest within a sentence
SENTENCE_ENDS = ("。", "！", "？", "!", "?")  # behind one, another sentence begins


class Writing(Enum):
    """How sentences are put together: what stands between two parts, and what ends one."""

    HAN = ("", SENTENCE_ENDS)
    LATIN = (" ", (*SENTENCE_ENDS, "."))


class Runs:
    """The runs of two and more turns that are said in one go, in order."""

    def __init__(self, turns: Sequence[Turn], normals: Sequence[Normal], writing: Writing) -> None:
        self._turns = turns
        self._blank, ends = writing.value
        self._runs = _runs(turns, normals, ends)

    @cached_property
    def joined(self) -> tuple[Turn, ...]:
        """Each run as one turn."""
        return tuple(_joined([self._turns[at] for at in run], self._blank) for run in self._runs)

    def place(self, run: int, at: int) -> tuple[int, int]:
        """The turn in which a character of a run's text lies, and where there."""
        turns = self._runs[run]
        edges = [0, *accumulate(len(self._turns[turn].text + self._blank) for turn in turns)]
        part = bisect_right(edges, at) - 1
        return turns[part], at - edges[part]

    def flow(self, turn: int) -> tuple[str, int]:
        """The words that are said in one go with a turn, and where in them its own begin."""
        run = next((run for run in self._runs if turn in run), (turn,))
        before = sum(len(self._turns[at].text + self._blank) for at in run if at < turn)
        return self._blank.join(self._turns[at].text for at in run), before


def _runs(
    turns: Sequence[Turn], normals: Sequence[Normal], ends: tuple[str, ...]
) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    run: tuple[int, ...] = ()
    for at, turn in enumerate(turns):
        if not normals[at].text:
            continue
        if run and _goes_on(turns[run[-1]], turn, ends):
            run = (*run, at)
            continue
        found.append(run)
        run = (at,)
    return tuple(run for run in (*found, run) if len(run) > 1)


def _goes_on(before: Turn, turn: Turn, ends: tuple[str, ...]) -> bool:
    known = turn.role is before.role is not Role.UNKNOWN
    soon = before.start <= turn.start <= before.end + PAUSE
    return known and soon and not before.text.rstrip().endswith(ends)


def _joined(turns: Sequence[Turn], blank: str) -> Turn:
    first, last = turns[0], turns[-1]
    words = tuple(word for turn in turns for word in turn.words)
    text = blank.join(turn.text for turn in turns)
    return Turn(first.role, first.start, last.end, text, first.channel, words)
