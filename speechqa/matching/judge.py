"""Judging a call by a checklist: every condition's outcome, every rule's finding.

`Judge(checklist)` builds the phrase automata once; `listen(transcripts)` hears what its conditions ask for,
and `findings(call, ears, tones)` decides, or `findings_of` for several calls; all are pure.
Moments are evaluated when a rule first asks for one, and once a call.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from speechqa.assessment import Finding, Verdict
from speechqa.call import NO_TONES, Call, Tones, Transcript
from speechqa.checklist.operators import Condition, Leaf, leaves, moments_of
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.operators.words import Pattern, Phrases
from speechqa.checklist.values import Checklist, Rule
from speechqa.checklist.where import Scope
from speechqa.matching.by_pattern import PatternIndex
from speechqa.matching.call_facts import CallFacts
from speechqa.matching.conversation import Conversation
from speechqa.matching.ears import Ears, Wanting
from speechqa.matching.foreign import listens, not_judged, noted
from speechqa.matching.leaves import judged
from speechqa.matching.occurrences import occurrences
from speechqa.matching.outcome import Outcome, Truth, at_least, every, opposite, some
from speechqa.matching.places import Place, Places, places
from speechqa.matching.reasons import accuses, finding
from speechqa.matching.versions import reconsidered, versions

if TYPE_CHECKING:
    from speechqa.matching.by_sound import Heard

Hear: TypeAlias = "Callable[[Conversation], Mapping[str, tuple[Heard, ...]]]"  # by the phrase's text
Listened: TypeAlias = tuple[Call, Ears, Tones]


class Judge:
    """One checklist, ready for any number of calls.

    `hear` finds its phrases in a conversation, and nothing else is heard; when not given, they are heard by
    text and by sound, and what a recogniser made is heard a second time before somebody is accused by it.
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
        return PatternIndex(leaf for leaf in _decisive(self.checklist) if isinstance(leaf, Pattern))

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

    def findings(self, call: Call, ears: Ears, tones: Tones = NO_TONES) -> tuple[Finding, ...]:
        """The verdict of every rule, in the order of the checklist."""
        (found,) = self.findings_of([(call, ears, tones)])
        return found

    def findings_of(self, calls: Sequence[Listened]) -> tuple[tuple[Finding, ...], ...]:
        """The same of several calls. One rule after the other: what it asks for is still at hand then, which
        takes less than one call after the other.
        """
        hearings = [self.hearing(*call) for call in calls]
        found: list[list[Finding]] = [[] for _ in hearings]
        for rule in self.checklist.rules:
            for findings, hearing in zip(found, hearings, strict=True):
                findings.append(hearing.finding(rule))
        return tuple(map(tuple, found))

    def noted(self, transcript: Transcript, ears: Ears) -> Transcript:
        """The transcript, with a note when it is in another language than the checklist."""
        return noted(transcript, ears.conversation.spoken or self.checklist.language, self.checklist.language)

    def hearing(self, call: Call, ears: Ears, tones: Tones = NO_TONES) -> "Hearing":
        """What every condition and moment of the checklist comes to in a call, for those who ask why."""
        facts = CallFacts(call.metadata, self.checklist.products)
        if self._given is not None:
            return Hearing(self.checklist, ears, facts, tones, versions=None)
        return Hearing(
            self.checklist,
            ears,
            facts,
            tones,
            versions=lambda: self._versions(ears.conversation, facts, tones),
        )

    def _versions(self, conversation: Conversation, facts: CallFacts, tones: Tones) -> "tuple[Hearing, ...]":
        """The call as it may have been said otherwise."""
        heard = self.listen(versions(conversation))
        return tuple(Hearing(self.checklist, ears, facts, tones, versions=None) for ears in heard)


def _decisive(checklist: Checklist) -> Iterator[Leaf]:
    """The operators that every call is judged by; the others are asked where one would be accused."""
    todo = [
        *(condition for flow in checklist.flows.values() for condition in flow.conditions),
        *(part for rule in checklist.rules for part in (rule.require, rule.when, rule.unless) if part),
    ]
    reached = {name for flow in checklist.flows.values() for name in flow.ends_at}
    todo += [checklist.moments[name].condition for name in reached]
    while todo:
        condition = todo.pop()
        yield from leaves(condition)
        new = set(moments_of(condition)) - reached
        reached |= new
        todo += [checklist.moments[name].condition for name in new]


class Hearing:
    """All that is known of one call while its rules are judged. No question is answered twice.

    Answers are kept by the identity of conditions and scopes, which live as long as the checklist.
    """

    def __init__(
        self,
        checklist: Checklist,
        ears: Ears,
        metadata: CallFacts,
        tones: Tones,
        *,
        versions: "Callable[[], tuple[Hearing, ...]] | None",
    ) -> None:
        self.checklist = checklist
        self._make_versions = versions  # None: what is heard first is what counts
        self._moments = checklist.moments
        self.flows = checklist.flows
        self.conversation = ears.conversation
        self.ears = ears
        self.metadata = metadata
        self.tones = tones
        self._occurrences: dict[str, Outcome] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._places: dict[int, Places] = {}
        self._judged: dict[tuple[int, Place], Outcome] = {}

    def finding(self, rule: Rule) -> Finding:
        """The verdict of a rule; words that a recogniser made are heard again before they count."""
        if self._foreign and listens(rule.conditions, self.checklist):
            return not_judged(rule, self.conversation.language, self.checklist.language)
        found = finding(rule, self, self.conversation)
        if found.verdict is Verdict.PASS or self._make_versions is None:
            return found
        if self.conversation.recognised:
            found = self._left_open(rule, found)
        return reconsidered(found, self.conversation, [other.finding(rule) for other in self._versions])

    def _left_open(self, rule: Rule, found: Finding) -> Finding:
        """What is left of a fail, or of a rule that did not seem to apply, where words may be misheard."""
        match found.verdict:
            case Verdict.FAIL if not accuses(rule, self._again):
                rule = replace(rule, unless=None, doubt_if=None)
            case Verdict.NOT_APPLICABLE:
                pass
            case _:
                return found
        again = finding(rule, self._again, self.conversation)
        return again if again.verdict is Verdict.UNKNOWN else found

    @property
    def _foreign(self) -> bool:
        return self.conversation.spoken not in (None, self.checklist.language)

    @cached_property
    def _versions(self) -> "tuple[Hearing, ...]":
        return self._make_versions() if self._make_versions is not None else ()

    @cached_property
    def _again(self) -> "Hearing":
        from speechqa.matching.second_hearing import SecondHearing

        return SecondHearing(self)

    def occurrences(self, moment: str) -> Outcome:
        """When a moment happened; what was heard while it did not is no occurrence."""
        if moment not in self._occurrences:
            condition = self._moments[moment].condition
            found, hits = self.outcome(condition), occurrences(condition, self.outcome)
            self._occurrences[moment] = found if hits == found.hits else replace(found, hits=hits)
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
            case leaf:
                return self.where(leaf.scope).judged(lambda place: self.judged(leaf, place))

    def judged(self, leaf: Leaf, place: Place) -> Outcome:
        """What an operator comes to in one place of the call."""
        key = (id(leaf), place)
        known = self._judged.get(key)
        if known is None:
            known = self._judged[key] = judged(leaf, place, self)
        return known

    def failing(self, leaf: Leaf, truth: Truth) -> int | None:
        """Which of the places of a leaf, from 0, first comes out so; None when none does."""
        found = (self.judged(leaf, place).truth for place in self.where(leaf.scope).found)
        return next((at for at, one in enumerate(found) if one is truth), None)

    def where(self, scope: Scope) -> Places:
        """The places of the call that a scope of the checklist looks at."""
        known = self._places.get(id(scope))
        if known is None:
            known = self._places[id(scope)] = places(scope, self.conversation, self.occurrences)
        return known
