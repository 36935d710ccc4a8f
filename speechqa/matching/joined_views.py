"""What is said in some turns as one text: their normalised views, joined.

A place is an offset in the joined views. What is looked for there is found in a turn, in its sentences and
clauses, and in the words that are said in one go over several turns.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from speechqa.call import Role, Turn
from speechqa.matching.lines import SEAM, Lines, lines
from speechqa.matching.running_on import SENTENCE_ENDS, Runs, Writing
from speechqa.matching.span import Span
from speechqa.sound import folded, syllables
from speechqa.text import ENGLISH, MANDARIN, Normal, normal_in

_ENDS = {  # of sentences; a full stop in Chinese text stands in a number or a name
    MANDARIN: re.compile(f"[{''.join(SENTENCE_ENDS)}]"),
    ENGLISH: re.compile(r"[!?]|\.(?!\w)"),
}
_STOPS = re.compile(r"[，。！？；,.!?;]")


class JoinedViews:
    """Read-only, computed when first asked for."""

    def __init__(self, turns: Sequence[Turn], language: str) -> None:
        self.turns = tuple(turns)
        self.language = language  # of the view; other languages have the Chinese one
        self.normals: tuple[Normal, ...] = tuple(normal_in(language, turn.text) for turn in turns)
        self._starts: list[int] = []
        self._lines: dict[Role | None, Lines] = {}
        at = 0
        for view in self.normals:
            self._starts.append(at)
            at += len(view.text) + len(SEAM)

    @cached_property
    def text(self) -> str:
        """All turns' normalised views, joined by SEAM."""
        return SEAM.join(view.text for view in self.normals)

    @cached_property
    def syllables(self) -> str:
        return syllables(self.text)

    @cached_property
    def folded(self) -> str:
        return folded(self.syllables)

    def span(self, start: int, end: int) -> Span:
        """The span that a half-open stretch of the joined views is."""
        turn = bisect_right(self._starts, start) - 1
        begins, length = self._starts[turn], len(self.normals[turn].text)
        if end - begins <= length:
            return Span(turn, start - begins, end - begins)
        into = self.turn_of(end - 1)
        return Span(turn, start - begins, length, into, end - self._starts[into])

    @cached_property
    def runs(self) -> Runs:
        """The turns that go on with one another."""
        return Runs(self.turns, self.normals, Writing.LATIN if self.language == ENGLISH else Writing.HAN)

    def over_turns(self, run: int, first: int, last: int) -> tuple[int, int] | None:
        """The stretch of the joined views from one character of a run's text to another, both included; None
        where one turn has it all.
        """
        (begins, start), (ends, stop) = self.runs.place(run, first), self.runs.place(run, last)
        if begins == ends:
            return None
        return self._view_place(begins, start), self._view_place(ends, stop) + 1

    def _view_place(self, turn: int, at: int) -> int:
        """Where in the joined views a character of a turn's text is."""
        view = self.normals[turn]
        return self._starts[turn] + min(bisect_left(view.offsets, at), len(view.text) - 1)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        """Offsets in the joined views at which sentences end, turns' ends included."""
        ends, ends_at = set(), _ENDS.get(self.language, _ENDS[MANDARIN])
        for view, turn, start in zip(self.normals, self.turns, self._starts, strict=True):
            ends |= {start + bisect_left(view.offsets, mark.start()) for mark in ends_at.finditer(turn.text)}
            ends.add(start + len(view.text))
        return sorted(ends)

    def sentence_end(self, place: int) -> int:
        """Where the sentence ends in which a place of the joined views lies."""
        return self._sentence_ends[bisect_right(self._sentence_ends, place)]

    def clause(self, span: Span) -> str:
        """The normalised words of a turn between the marks of punctuation around a span."""
        edges, at = self._clause_edges, self._starts[span.turn]
        begin = edges[bisect_right(edges, at + span.start) - 1]
        return self.text[begin : edges[bisect_left(edges, at + span.end)]].strip()

    @cached_property
    def _clause_edges(self) -> list[int]:
        """Offsets in the joined views at which clauses begin or end."""
        edges = {*self._starts}
        for view, turn, start in zip(self.normals, self.turns, self._starts, strict=True):
            edges |= {start + bisect_left(view.offsets, mark.start()) for mark in _STOPS.finditer(turn.text)}
            edges.add(start + len(view.text))
        return sorted(edges)

    def stretch(self, turn: int) -> tuple[int, int]:
        """Where a turn lies in the joined views, half-open."""
        return self._starts[turn], self._starts[turn] + len(self.normals[turn].text)

    def lines(self, by: Role | None) -> Lines:
        """The turns of a role, and those that may be its, for the expressions."""
        if by not in self._lines:
            theirs = [by is None or turn.role in (by, Role.UNKNOWN) for turn in self.turns]
            views = [view.text for view in self.normals]
            self._lines[by] = lines(views, self._starts, self._sentence_ends, theirs)
        return self._lines[by]

    def turn_of(self, place: int) -> int:
        """Index of the turn in which a place of the joined views lies."""
        return bisect_right(self._starts, place) - 1
