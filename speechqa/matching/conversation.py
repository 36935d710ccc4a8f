"""A transcript made ready for questions: its views, its clauses, and the time of every character.

What a rule set asks again and again is kept: a checklist looks at a call through a hundred scopes. A window
never cuts by turn starts: a long turn that begins inside it may end far outside.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from speechqa.assessment import Hit, Witness
from speechqa.call import Role, Seconds, Transcript
from speechqa.matching.clock import TurnClock
from speechqa.matching.running_on import SENTENCE_ENDS, Runs, Writing
from speechqa.matching.span import Span as Span
from speechqa.matching.sureness import Sureness, mean
from speechqa.matching.timing.timeline import Timeline
from speechqa.sound import folded, syllables
from speechqa.text import ENGLISH, MANDARIN, Normal, language_of, normal_in

_ENDS = {  # of sentences; a full stop in Chinese text stands in a number or a name
    MANDARIN: re.compile(f"[{''.join(SENTENCE_ENDS)}]"),
    ENGLISH: re.compile(r"[!?]|\.(?!\w)"),
}
_STOPS = re.compile(r"[，。！？；,.!?;]")
SEAM = "\n"  # between turns in the joined views: no phrase contains it


class Conversation:
    """Read-only views of one transcript, computed when first asked for."""

    def __init__(self, transcript: Transcript) -> None:
        self.turns = transcript.turns
        self.duration = transcript.duration
        self.layout = transcript.layout
        self.language = language_of(  # of the view; other languages have the Chinese one
            (turn.text for turn in transcript.turns), transcript.language, transcript.language or MANDARIN
        )
        self.normals: tuple[Normal, ...] = tuple(
            normal_in(self.language, turn.text) for turn in transcript.turns
        )
        self._starts: list[int] = []
        self._clocks: dict[int, TurnClock] = {}
        self._stops: dict[int, list[int]] = {}  # by turn: where punctuation divides its text
        self._encoded: dict[Role | None, bytes] = {}
        self._hits: dict[tuple[object, ...], Hit] = {}
        at = 0
        for view in self.normals:
            self._starts.append(at)
            at += len(view.text) + 1

    @property
    def spoken(self) -> str | None:
        """The language of what was said; None where nothing was."""
        return self.language if self.speakers else None

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

    @cached_property
    def recognised(self) -> bool:
        """Whether a recogniser made the words and says how sure it was."""
        return any(word.confidence is not None for turn in self.turns for word in turn.words)

    @cached_property
    def speech(self) -> tuple[Seconds, Seconds]:
        """From the first word of the call to its last; (0, 0) when nobody spoke."""
        spoken = [turn for turn in self.turns if turn.text.strip()]
        if not spoken:
            return (0.0, 0.0)
        starts = (turn.words[0].start if turn.words else turn.start for turn in spoken)
        return min(starts), max(turn.end for turn in spoken)

    @cached_property
    def timeline(self) -> Timeline:
        """When who speaks, and when nobody does."""
        return Timeline(self.turns)

    @cached_property
    def _sureness(self) -> tuple[Sureness, ...]:
        return tuple(Sureness(turn.words) for turn in self.turns)

    def span(self, start: int, end: int) -> Span:
        """The span that a half-open stretch of the joined views is."""
        turn = self.turn_of(start)
        begins, length = start - self._starts[turn], len(self.normals[turn].text)
        if end - self._starts[turn] <= length:
            return Span(turn, begins, end - self._starts[turn])
        into = self.turn_of(end - 1)
        return Span(turn, begins, length, into, end - self._starts[into])

    @cached_property
    def runs(self) -> Runs:
        """The turns that go on with one another."""
        return Runs(self.turns, self.normals, Writing.LATIN if self.language == ENGLISH else Writing.HAN)

    @cached_property
    def in_one_go(self) -> "Conversation | None":
        """The runs, each as one turn; None when there is none."""
        turns = self.runs.joined
        if not turns:
            return None
        return Conversation(Transcript(self.duration, self.language, "", turns, self.layout))

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
        view = self.normals[span.turn]
        if span.turn not in self._stops:
            self._stops[span.turn] = [mark.start() for mark in _STOPS.finditer(self.turns[span.turn].text)]
        stops, (first, last) = self._stops[span.turn], view.source_span(span.start, span.end)
        before, behind = bisect_left(stops, first), bisect_left(stops, last)
        begin = bisect_left(view.offsets, stops[before - 1]) if before else 0
        end = bisect_left(view.offsets, stops[behind]) if behind < len(stops) else len(view.text)
        return view.text[begin:end].strip()

    def stretch(self, turn: int) -> tuple[int, int]:
        """Where a turn lies in the joined views, half-open."""
        return self._starts[turn], self._starts[turn] + len(self.normals[turn].text)

    def encoded(self, by: Role | None) -> bytes:
        """The joined views in UTF-8, for the expressions; turns that are surely another role's are blank."""
        if by not in self._encoded:
            said = (turn.role in (by, Role.UNKNOWN) or by is None for turn in self.turns)
            views = zip((view.text.encode() for view in self.normals), said, strict=True)
            seam = SEAM.encode()
            self._encoded[by] = seam.join(view if mine else seam * len(view) for view, mine in views)
        return self._encoded[by]

    @cached_property
    def _bytes_before(self) -> list[int]:
        import numpy as np

        codes = np.frombuffer(self.text.encode("utf-32-le"), dtype=np.uint32)
        widths = 1 + sum((codes >= first).astype(np.int64) for first in (0x80, 0x800, 0x10000))
        return [0, *np.cumsum(widths).tolist()]

    def byte_of(self, place: int) -> int:
        """The offset in `encoded` of a place of the joined views."""
        return self._bytes_before[place]

    def place_of(self, byte: int) -> int:
        """The place of the joined views at an offset in `encoded`."""
        return bisect_left(self._bytes_before, byte)

    def turn_of(self, place: int) -> int:
        """Index of the turn in which a place of the joined views lies."""
        return bisect_right(self._starts, place) - 1

    @cached_property
    def speakers(self) -> set[Role]:
        """Who said anything, were it only a hum."""
        return {turn.role for turn in self.turns if turn.text.strip()}

    def confidence(self, span: Span) -> float:
        """How sure the recogniser was of the words of a non-empty span; 1 where a person wrote them."""
        if span.into:
            return sum(map(self.confidence, span.edges)) / len(span.edges)
        return self._sure_between(span.turn, *self.times(span))

    def sures(self, turn: int) -> list[float]:
        """How sure the recogniser was of each character of a turn."""
        total, weight = self._sureness[turn].all
        by_character = self._clock(turn).sures(total / weight if weight else 1.0)
        return [by_character[place] for place in self.normals[turn].offsets]

    def times(self, span: Span) -> tuple[Seconds, Seconds]:
        """From when to when a non-empty span is spoken."""
        if span.into:
            first, last = (self.times(part) for part in span.edges)
            return first[0], last[1]
        return self._source_times(span.turn, *self.normals[span.turn].source_span(span.start, span.end))

    def _source_times(self, turn: int, first: int, last: int) -> tuple[Seconds, Seconds]:
        """The same for offsets in the turn's text."""
        return self._clock(turn).times(first, last)

    def _clock(self, turn: int) -> TurnClock:
        clock = self._clocks.get(turn)
        if clock is None:
            clock = self._clocks[turn] = TurnClock(self.turns[turn])
        return clock

    def leeway(self, turn: int, start: Seconds, end: Seconds) -> tuple[Seconds, Seconds] | None:
        """How much earlier and later words of a turn may have been said; None where they have times."""
        return self._clock(turn).leeway(start, end)

    def _sure_between(self, turn: int, start: Seconds, end: Seconds) -> float:
        """Words that cannot be placed weigh as their turn does."""
        sureness = self._sureness[turn]
        total, weight = sureness.touching(start, end)
        if not weight:
            total, weight = sureness.all
        return total / weight if weight else 1.0

    def sureness(self, turns: frozenset[int], start: Seconds, end: Seconds) -> float | None:
        """How sure the recogniser was of the words of some turns between two times; None: it made none."""
        return mean(
            self._sureness[turn].all
            if start <= self.turns[turn].start and self.turns[turn].end <= end
            else self._sureness[turn].inside(start, end)
            for turn in turns
        )

    def unsurest(self, turns: frozenset[int], start: Seconds, end: Seconds, length: int) -> float:
        """How sure the recogniser was of words in a row that could hide so many characters; 1: none could."""
        found = (self._sureness[turn].muddles(start, end) for turn in self.muddled & turns)
        return min((total / count for one in found for total, count in one if count >= length), default=1.0)

    @cached_property
    def muddled(self) -> frozenset[int]:
        """Turns with words in a row that could be anything."""
        every = enumerate(self._sureness)
        return frozenset(turn for turn, sure in every if sure.muddles(float("-inf"), float("inf")))

    def speaking(
        self, by: Role | None, after: Seconds, before: Seconds, among: range
    ) -> tuple[tuple[int, ...], frozenset[int]]:
        """Turns among some that touch a stretch of time: those of a role, in order, and those that nobody
        knows the role of, when one is asked for.
        """
        turns = [
            at
            for at in among
            if self.turns[at].end > after and self.turns[at].start < before and self.turns[at].text
        ]
        return (
            tuple(at for at in turns if by in (None, self.turns[at].role)),
            frozenset(at for at in turns if by and self.turns[at].role is Role.UNKNOWN),
        )

    def hit(self, span: Span, wanted: str, by: Witness, confidence: float) -> Hit:
        """Evidence that `wanted` was heard at a non-empty span; it names the turn in which that begins.

        `confidence` is the match's own; unsure words take up to half of it, no more: that a wanted
        phrase came out of the recogniser by chance is rarer than a wrong word (not calibrated yet).
        """
        key = (span, wanted, by, confidence)
        hit = self._hits.get(key)
        if hit is None:
            hit = self._hits[key] = self._hit(span, wanted, by, confidence)
        return hit

    def _hit(self, span: Span, wanted: str, by: Witness, confidence: float) -> Hit:
        turn = self.turns[span.turn]
        first, last = self.normals[span.turn].source_span(span.start, span.end)
        start, end = self.times(span)
        sure = self._sure_between(span.turn, start, end) if not span.into else self.confidence(span)
        return Hit(
            role=turn.role,
            start=start,
            end=end,
            heard=turn.text[first:last] if not span.into else self._over_turns_said(span),
            wanted=wanted,
            by=by,
            confidence=round(confidence * (1 + sure) / 2, 3),
            turn=span.turn,
            span=(first, last),
        )

    def _over_turns_said(self, span: Span) -> str:
        """The words of a span of several turns, which are its speaker's, as they stand in the transcript."""
        begin, _ = self.normals[span.turn].source_span(span.start, span.end)
        _, end = self.normals[span.into].source_span(0, span.upto)
        text, at = self.runs.flow(span.turn)
        return text[at + begin : self.runs.flow(span.into)[1] + end]

    def turn_hit(self, index: int, wanted: str, confidence: float) -> Hit:
        """Evidence that is a whole turn."""
        turn = self.turns[index]
        return Hit(
            turn.role,
            turn.start,
            turn.end,
            turn.text,
            wanted,
            Witness.TEXT,
            round(confidence, 3),
            index,
            (0, len(turn.text)),
        )
