"""A transcript made ready for questions: what was said, by whom, when, and how surely.

What a rule set asks again and again is kept: a checklist looks at a call through a hundred scopes. A window
never cuts by turn starts: a long turn that begins inside it may end far outside.
"""

from collections.abc import Sequence
from functools import cached_property

from speechqa.assessment import Hit, Witness
from speechqa.call import Role, Seconds, Transcript
from speechqa.matching.clock import TurnClock
from speechqa.matching.joined_views import JoinedViews
from speechqa.matching.lines import SEAM as SEAM
from speechqa.matching.span import Span as Span
from speechqa.matching.sureness import Sureness, mean
from speechqa.matching.timing.timeline import Timeline
from speechqa.text import MANDARIN, language_of


class Conversation(JoinedViews):
    """What is known of one transcript: read-only, computed when first asked for."""

    def __init__(self, transcript: Transcript) -> None:
        language = transcript.language
        said = (turn.text for turn in transcript.turns)
        super().__init__(transcript.turns, language_of(said, language, language or MANDARIN))
        self.duration = transcript.duration
        self.layout = transcript.layout
        self.holds = transcript.holds
        self._clocks: dict[int, TurnClock] = {}
        self._spoken: dict[Role | None, Sequence[tuple[int, Seconds, Seconds]]] = {}
        self._hits: dict[tuple[object, ...], Hit] = {}

    @property
    def spoken(self) -> str | None:
        """The language of what was said; None where nothing was."""
        return self.language if self.speakers else None

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

    @cached_property
    def in_one_go(self) -> "Conversation | None":
        """The runs, each as one turn; None when there is none."""
        turns = self.runs.joined
        if not turns:
            return None
        return Conversation(Transcript(self.duration, self.language, "", turns, self.layout))

    @cached_property
    def speakers(self) -> set[Role]:
        """Who said anything, were it only a hum."""
        return {turn.role for turn in self.turns if turn.text.strip()}

    def confidence(self, span: Span) -> float:
        """How sure the recogniser was of the words of a non-empty span; 1 where a person wrote them."""
        if span.into:
            return sum(map(self.confidence, span.edges)) / len(span.edges)
        return self._sure_between(span.turn, *self.times(span))

    def unsure(self, turn: int, below: float) -> list[bool]:
        """Of which characters of a turn's view the recogniser was less sure."""
        total, weight = self._sureness[turn].all
        unsure = self._clock(turn).unsure(below, total / weight if weight else 1.0)
        return [unsure[place] for place in self.normals[turn].offsets]

    def times(self, span: Span) -> tuple[Seconds, Seconds]:
        """From when to when a non-empty span is spoken."""
        if span.into:
            first, last = (self.times(part) for part in span.edges)
            return first[0], last[1]
        return self._clock(span.turn).times(*self.normals[span.turn].source_span(span.start, span.end))

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
        theirs, unknown = self._turns_of(by), self._turns_of(Role.UNKNOWN) if by else ()
        return (
            tuple([at for at, start, end in theirs if start < before and end > after and at in among]),
            frozenset([at for at, start, end in unknown if start < before and end > after and at in among]),
        )

    def _turns_of(self, role: Role | None) -> Sequence[tuple[int, Seconds, Seconds]]:
        """Those in which a role said something, with their times; all of them where it is none."""
        if role not in self._spoken:
            self._spoken[role] = [
                (at, turn.start, turn.end)
                for at, turn in enumerate(self.turns)
                if turn.text and role in (None, turn.role)
            ]
        return self._spoken[role]

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
        if span.into:
            start, end = self.times(span)
            sure, heard = self.confidence(span), self._over_turns_said(span)
        else:
            start, end = self._clock(span.turn).times(first, last)
            sure, heard = self._sure_between(span.turn, start, end), turn.text[first:last]
        sure = round(confidence * (1 + sure) / 2, 3)
        return Hit(turn.role, start, end, heard, wanted, by, sure, span.turn, (first, last))

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
