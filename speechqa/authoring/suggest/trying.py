"""Trying a phrase: added to a list, what does it do to past calls?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechqa.assessment import Verdict
from speechqa.authoring.anatomy import narrowed
from speechqa.authoring.backtest import Flip, same_rules
from speechqa.authoring.suggest.heard_calls import HeardCall
from speechqa.authoring.suggest.phrase_lists import PhraseList, Slot, slots, with_phrases
from speechqa.authoring.suggest.phrasings import Candidate, Origin
from speechqa.call import Call
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.values import Checklist, Rule
from speechqa.matching import Judge
from speechqa.matching.conversation import Conversation
from speechqa.matching.hearing import PhraseIndex

Truth = Mapping[tuple[str, str], Verdict]  # by call and rule


@dataclass(frozen=True, slots=True)
class Change:
    """What a phrase does to a call."""

    call: Call
    flip: Flip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase, the list to add it to, and what that does."""

    phrase: str
    origin: Origin
    to: PhraseList
    mended: tuple[Change, ...]  # calls that the rule would get right
    spoilt: tuple[Change, ...]  # reviewed calls that would come out wrong, though not as a fail
    alarms: int  # calls that nobody reviewed and that would newly fail, by this rule or another
    others: int  # other verdicts that would change in calls that nobody reviewed
    heard_failed: int  # calls that the rule fails now and in which it is heard, whoever says it
    heard_passed: int  # likewise, passes now


class Trials:
    """Tries candidates in every list that a rule's conditions take.

    A call is listened to once for all of them; a phrase that is not heard in a call changes nothing there.
    """

    def __init__(
        self,
        checklist: Checklist,
        rule: Rule,
        heard: Sequence[HeardCall],
        candidates: Sequence[Candidate],
        truth: Truth,
    ) -> None:
        self._rule, self._heard, self._truth = rule, heard, truth
        wanted = {_phrase(candidate): None for candidate in candidates}
        index = PhraseIndex(tuple(dict.fromkeys((*checklist.phrases(), *wanted)))) if candidates else None
        self._said = {
            id(one.transcript.turns): index.hear(Conversation(one.transcript)) if index else {}
            for one in heard
        }
        self._slots = [(slot, _affected(checklist, slot)) for slot in slots(checklist, rule)]

    def of(self, candidate: Candidate) -> Iterator[Suggestion]:
        """What the candidate does in each list; nothing where it mends nothing or makes a call wrong."""
        phrase = _phrase(candidate)
        having = [one for one in self._heard if phrase.text in self._said[id(one.transcript.turns)]]
        having.sort(key=lambda one: not self._is_missed(one))
        verdicts = Counter(one.verdict(self._rule) for one in having)
        for slot, checklist in self._slots:
            if candidate.role in slot.roles and phrase.text not in slot.to.texts:
                judge = Judge(
                    with_phrases(checklist, slot, (phrase,)), lambda talk: self._said[id(talk.turns)]
                )
                yield from self._suggested(candidate, slot, self._changes(judge, having), verdicts)

    def _is_missed(self, one: HeardCall) -> bool:
        return self._truth.get((one.call.call_id, self._rule.id), one.verdict(self._rule)) is not one.verdict(
            self._rule
        )

    def _changes(self, judge: Judge, having: Sequence[HeardCall]) -> Iterator[Change | None]:
        """What changes, in the missed calls first; None between them and the others."""
        missed = True
        for one in having:
            if missed and not self._is_missed(one):
                missed = False
                yield None
            for flip in _flips(judge, one):
                yield Change(one.call, flip)

    def _suggested(
        self,
        candidate: Candidate,
        slot: Slot,
        changes: Iterator[Change | None],
        verdicts: Counter[Verdict],
    ) -> Iterator[Suggestion]:
        """Nothing unless it does more good than harm. Most candidates mend none of the missed calls, and are
        not tried on the others.
        """
        mended: list[Change] = []
        spoilt: list[Change] = []
        alarms = others = 0
        for change in changes:
            if change is None:
                if not mended:
                    return
                continue
            new = change.flip.new
            truth = self._truth.get((change.call.call_id, new.rule))
            if truth is None:
                alarms += new.verdict is Verdict.FAIL
                others += new.verdict is not Verdict.FAIL
            elif new.verdict is truth:
                mended += [change] if new.rule == self._rule.id else []
            elif new.verdict is Verdict.FAIL:
                return
            elif new.verdict is not Verdict.UNKNOWN or change.flip.old.verdict is truth:
                spoilt.append(change)
        if len(mended) > alarms + len(spoilt):
            yield Suggestion(
                phrase=candidate.text,
                origin=candidate.origin,
                to=slot.to,
                mended=tuple(mended),
                spoilt=tuple(spoilt),
                alarms=alarms,
                others=others,
                heard_failed=verdicts[Verdict.FAIL],
                heard_passed=verdicts[Verdict.PASS],
            )


def _phrase(candidate: Candidate) -> Phrase:
    return Phrase(candidate.text, (candidate.text,))


def _affected(checklist: Checklist, slot: Slot) -> Checklist:
    """The checklist with those rules only that a phrase in the list could touch."""
    any_phrase = Phrase("\0", ("\0",))
    same = same_rules(checklist, with_phrases(checklist, slot, (any_phrase,)))
    return narrowed(checklist, [rule for rule in checklist.rules if rule.id not in same])


def _flips(judge: Judge, one: HeardCall) -> Iterator[Flip]:
    for finding in judge.findings(one.call, judge.listen([one.transcript])[0], one.tones):
        if finding.verdict is not one.findings[finding.rule].verdict:
            yield Flip(one.findings[finding.rule], finding)
