"""When who speaks in a conversation, by the times of its words.

A turn without words counts as spoken from its start to its end: what pauses it has nobody knows.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from speechqa.call import Role, Seconds, Turn
from speechqa.spans import Span, union
from speechqa.text import spoken_length

_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z,.;!?'])\0(?=[A-Za-z])")  # of a language that has blanks there

PAUSE: Seconds = 0.25  # what is shorter belongs to speaking: closures of consonants (Goldman-Eisler 1968)
BREAK: Seconds = 0.8  # a longer pause ends what somebody is saying
PAUSES = 0.1  # share of a turn that its pauses take: 5 % in the median, 13 % in the upper quartile (n = 509)
PLAIN_RATE = 4.0  # characters a second; words explain so much of a turn that says no more


class Piece(NamedTuple):
    """A word and its time, or a turn that has no words."""

    start: Seconds
    end: Seconds
    turn: int
    text: str
    exact: bool  # False: a whole turn, its pauses unknown


class Gap(NamedTuple):
    """A time in which nobody speaks, and the turns of the last word before it and the first one after it."""

    start: Seconds
    end: Seconds
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Run:
    """What one side says without a pause longer than BREAK."""

    role: Role
    pieces: tuple[Piece, ...]
    speech: tuple[Span, ...]  # without the pauses in it

    @property
    def start(self) -> Seconds:
        return self.speech[0][0]

    @property
    def end(self) -> Seconds:
        return self.speech[-1][1]

    @property
    def text(self) -> str:
        text = "\0".join(piece.text.strip() for piece in self.pieces)
        return _BETWEEN_WORDS.sub(" ", text).replace("\0", "")

    @property
    def exact(self) -> bool:
        return all(piece.exact for piece in self.pieces)


class Timeline:
    """Views of the turns of one conversation by time, computed when first asked for."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = turns

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All that is spoken, in order of start."""
        return tuple(sorted(piece for index in range(len(self._turns)) for piece in self.said[index]))

    @cached_property
    def said(self) -> tuple[tuple[Piece, ...], ...]:
        """The pieces of each turn."""
        return tuple(tuple(_pieces(index, turn)) for index, turn in enumerate(self._turns))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Times longer than PAUSE between two words in which nobody speaks, in order."""
        gaps = []
        last: Piece | None = None  # of those so far the one that ends last
        for piece in self.pieces:
            if last is not None and piece.start > last.end + PAUSE:
                gaps.append(Gap(last.end, piece.start, last.turn, piece.turn))
            if last is None or piece.end >= last.end:
                last = piece
        return tuple(gaps)

    @cached_property
    def runs(self) -> Mapping[Role, tuple[Run, ...]]:
        """What each role says between its pauses, in order."""
        parts: dict[Role, list[list[Piece]]] = defaultdict(list)
        until: dict[Role, Seconds] = {}
        for piece in self.pieces:
            role = self._turns[piece.turn].role
            if role not in until or piece.start > until[role] + BREAK:
                parts[role].append([])
            parts[role][-1].append(piece)
            until[role] = max(until.get(role, 0.0), piece.end)
        return {role: tuple(_run(role, part) for part in found) for role, found in parts.items()}

    def spoken(self, turns: Iterable[int]) -> list[Span]:
        """When those turns are spoken, gaps up to PAUSE closed."""
        return union(((piece.start, piece.end) for turn in turns for piece in self.said[turn]), PAUSE)

    def running(self, role: Role, at: Seconds) -> Run | None:
        """What the role has begun to say before a moment and goes on saying after it."""
        runs = self.runs.get(role, ())
        number = bisect_right(runs, at, key=lambda run: run.start) - 1
        if number < 0 or not runs[number].start < at < runs[number].end:
            return None
        return runs[number]

    def hidden(self, turn: int) -> Seconds:
        """The longest pause that a turn without word times may have; 0 where the times of words are known."""
        return sum(
            max(0.0, piece.end - piece.start - spoken_length(piece.text) / PLAIN_RATE)
            for piece in self.said[turn]
            if not piece.exact
        )


def _pieces(index: int, turn: Turn) -> Iterable[Piece]:
    """Of a turn; marks of punctuation that have times of their own are nothing spoken."""
    if turn.words:
        for word in turn.words:
            if any(map(str.isalnum, word.text)):
                yield Piece(word.start, word.end, index, word.text, True)
    elif any(map(str.isalnum, turn.text)):
        yield Piece(turn.start, turn.end, index, turn.text, False)


def _run(role: Role, pieces: Sequence[Piece]) -> Run:
    speech = union(((piece.start, piece.end) for piece in pieces), PAUSE)
    return Run(role, tuple(pieces), tuple(speech))
