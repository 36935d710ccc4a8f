"""Judging a call by a checklist: every condition's outcome, every rule's finding.

`Judge(checklist)` builds the phrase automata once; `listen(transcripts)` hears what its conditions ask for,
and `findings(call, ears, tones)` decides; both are pure.
Moments are evaluated when a rule first asks for one, and once a call.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from speechqa.call import Call, Finding, Hit, Role, ToneMark, Transcript, Witness
from speechqa.checklist.operators import (
    All,
    Answered,
    Any,
    AtLeast,
    Comparison,
    Condition,
    Happened,
    Leaf,
    Metadata,
    Not,
    Pattern,
    Phrases,
    Placed,
    Spoke,
    ToneHeard,
    leaves,
)
from speechqa.checklist.values import Checklist
from speechqa.checklist.where import Scope
from speechqa.matching.by_pattern import PatternIndex
from speechqa.matching.conversation import Conversation
from speechqa.matching.ears import Ears, Wanting
from speechqa.matching.outcome import Outcome, Truth, at_least, every, opposite, some
from speechqa.matching.places import Place, Places, places
from speechqa.matching.reasons import finding
from speechqa.matching.replies import answered
from speechqa.matching.wordings import pattern, phrases

if TYPE_CHECKING:
    from speechqa.matching.by_sound import Heard

Hear: TypeAlias = "Callable[[Conversation], Mapping[str, tuple[Heard, ...]]]"  # by the phrase's text


class Judge:
    """One checklist, ready for any number of calls.

    `hear` finds its phrases in a conversation; by text and by sound when not given.
    """

    def __init__(self, checklist: Checklist, hear: "Hear | None" = None) -> None:
        self.checklist = checklist
        self._given = hear

    @cached_property
    def _hear(self) -> Hear:
        """Built when the first call is judged: where other processes judge, this one needs none."""
        if self._given is not None:
            return self._given
        from speechqa.matching.hearing import PhraseIndex

        return PhraseIndex(self.checklist.phrases()).hear

    @cached_property
    def _wanting(self) -> Wanting:
        return Wanting(leaf for leaf in self._leaves() if isinstance(leaf, Phrases))

    @cached_property
    def _patterns(self) -> PatternIndex:
        return PatternIndex(leaf for leaf in self._leaves() if isinstance(leaf, Pattern))

    def _leaves(self) -> list[Leaf]:
        return [leaf for condition in self.checklist.conditions() for leaf in leaves(condition)]

    def listen(self, transcripts: Sequence[Transcript]) -> tuple[Ears, ...]:
        """What is heard in each of the transcripts; several at a time take less than one after the other."""
        conversations = [Conversation(transcript) for transcript in transcripts]
        heard = [self._hear(conversation) for conversation in conversations]
        matched = self._patterns.find(conversations)
        return tuple(
            Ears(conversation, self._wanting, phrases, patterns)
            for conversation, phrases, patterns in zip(conversations, heard, matched, strict=True)
        )

    def findings(self, call: Call, ears: Ears, tones: tuple[ToneMark, ...] = ()) -> tuple[Finding, ...]:
        """The verdict of every rule, in the order of the checklist."""
        hearing = _Hearing(self.checklist, ears, call.metadata, tones)
        return tuple(finding(rule, hearing, ears.conversation) for rule in self.checklist.rules)


class _Hearing:
    """All that is known of one call while its rules are judged. No question is answered twice.

    Answers are kept by the identity of conditions and scopes, which live as long as the checklist.
    """

    def __init__(
        self,
        checklist: Checklist,
        ears: Ears,
        metadata: Mapping[str, str],
        tones: tuple[ToneMark, ...],
    ) -> None:
        self._moments = checklist.moments
        self._conversation = ears.conversation
        self._ears = ears
        self._metadata = metadata
        self._tones = tones
        self._occurrences: dict[str, Outcome] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._places: dict[int, Places] = {}

    def occurrences(self, moment: str) -> Outcome:
        """When a moment happened; what was heard while it did not is no occurrence."""
        if moment not in self._occurrences:
            outcome = self.outcome(self._moments[moment].condition)
            happened = outcome.truth is Truth.TRUE
            self._occurrences[moment] = outcome if happened else replace(outcome, hits=())
        return self._occurrences[moment]

    def outcome(self, condition: Condition) -> Outcome:
        """What a condition of the checklist comes to in this call."""
        known = self._outcomes.get(id(condition))
        if known is None:
            known = self._outcomes[id(condition)] = self._outcome(condition)
        return known

    def _outcome(self, condition: Condition) -> Outcome:
        match condition:
            case All(parts):
                return every([self.outcome(part) for part in parts])
            case Any(parts):
                return some([self.outcome(part) for part in parts])
            case AtLeast(count, parts):
                return at_least(count, [self.outcome(part) for part in parts])
            case Not(part):
                return opposite(self.outcome(part))
            case Metadata():
                return _metadata(condition, self._metadata)
            case _:
                return self._where(condition.scope).judged(lambda place: self._leaf(condition, place))

    def _where(self, scope: Scope) -> Places:
        known = self._places.get(id(scope))
        if known is None:
            known = self._places[id(scope)] = places(scope, self._conversation, self.occurrences)
        return known

    def _leaf(self, condition: Placed, place: Place) -> Outcome:
        match condition:
            case Happened():
                return _within(self.occurrences(condition.moment), place)
            case Phrases():
                return phrases(condition, place, self._ears)
            case Pattern():
                return pattern(condition, place, self._ears)
            case Answered():
                return answered(condition, self.occurrences(condition.question), place)
            case Spoke():
                return self._spoke(place)
            case ToneHeard():
                return self._tone(condition, place)

    def _spoke(self, place: Place) -> Outcome:
        turns = [
            index
            for index in sorted(place.turns)
            if self._conversation.turns[index].start >= place.start - 0.05
            and self._conversation.normals[index].text
        ]
        if turns:
            return Outcome(Truth.TRUE, hits=(self._conversation.turn_hit(turns[0], "", 1.0),))
        return Outcome(Truth.UNKNOWN, 0.0, blind=place.blind) if place.blind else Outcome(Truth.FALSE)

    def _tone(self, condition: ToneHeard, place: Place) -> Outcome:
        marks = [
            mark
            for mark in self._tones
            if mark.turn in place.turns
            and mark.label in condition.labels
            and mark.confidence >= condition.min_confidence
        ]
        hits = tuple(
            self._conversation.turn_hit(mark.turn, "、".join(mark.cues) or mark.label, mark.confidence)
            for mark in marks
        )
        if len(hits) >= condition.turns:
            return Outcome(Truth.TRUE, min(hit.confidence for hit in hits), hits)
        if place.blind:
            return Outcome(Truth.UNKNOWN, 0.0, blind=place.blind)
        return Outcome(Truth.FALSE, near=hits)


def _within(moment: Outcome, place: Place) -> Outcome:
    """What a moment's outcome is in one place."""
    hits = tuple(hit for hit in moment.hits if place.holds(hit))
    doubts = tuple(hit for hit in moment.doubts if place.holds(hit) or place.may_hold(hit))
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), hits, doubts)
    near = tuple(hit for hit in moment.near if place.holds(hit))
    if moment.truth is Truth.SKIPPED:
        return Outcome(Truth.FALSE)
    if doubts or moment.blind is not None:
        return Outcome(Truth.UNKNOWN, moment.confidence, doubts=doubts, near=near, blind=moment.blind)
    return Outcome(Truth.FALSE, moment.confidence if moment.truth is Truth.FALSE else 1.0, near=near)


def _metadata(condition: Metadata, metadata: Mapping[str, str]) -> Outcome:
    value = metadata.get(condition.field, "")
    if condition.comparison is Comparison.EXISTS:
        return Outcome(Truth.TRUE if value else Truth.FALSE)
    if not value:
        return Outcome(Truth.UNKNOWN, 0.0)
    hit = Hit(
        Role.UNKNOWN,
        0.0,
        0.0,
        value,
        f"{condition.field} {condition.comparison} {condition.values[0]}",
        Witness.METADATA,
        1.0,
    )
    holds = _compares(condition, value)
    return Outcome(Truth.TRUE if holds else Truth.FALSE, hits=(hit,) if holds else ())


def _compares(condition: Metadata, value: str) -> bool:
    wanted = condition.values
    match condition.comparison:
        case Comparison.EQ | Comparison.IN:
            return value in wanted
        case Comparison.NE:
            return value not in wanted
        case Comparison.CONTAINS:
            return any(part in value for part in wanted)
        case _:
            try:
                number, bound = float(value), float(wanted[0])
            except ValueError:
                number, bound = (value > wanted[0]) - (value < wanted[0]), 0
            return number < bound if condition.comparison is Comparison.LT else number > bound
