"""A call heard once more, before somebody is accused by it, or a rule left aside.

What a recogniser may have misheard is a doubt then: a pattern that is heard by its sound alone, a reply to a
question that was, or to words that nobody can tell. The first hearing leaves all of them aside, for they
prove nothing; but that something was *not* said is proved no better where it may have been. What the first
hearing heard stays as it was, moments that bound a place too: a second one can only leave open what the first
settled. (Of 113 rules that rightly did not apply to recognised calls it opened none, of 46 others four.)
"""

from dataclasses import replace
from weakref import proxy

from speechqa.assessment import Hit, Witness
from speechqa.call import Role
from speechqa.checklist.operators import Condition, Leaf
from speechqa.checklist.operators.events import Happened
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.words import Pattern
from speechqa.checklist.where import Scope
from speechqa.matching.judge import Hearing
from speechqa.matching.misheard import Misheard
from speechqa.matching.outcome import Outcome, Truth, each_once
from speechqa.matching.places import Place, Places
from speechqa.matching.replies import perhaps_answered


class SecondHearing(Hearing):
    """All that may be of one call beside what is known of it."""

    def __init__(self, first: Hearing) -> None:
        super().__init__(first.checklist, first.ears, first.metadata, first.tones, versions=None)
        self._first: Hearing = proxy(first)  # which holds this one: what refers to itself is freed late
        self._misheard = Misheard(first.conversation)

    def occurrences(self, moment: str) -> Outcome:
        """When a moment happened, as known from the first hearing; when it may have, as doubts."""
        if moment not in self._occurrences:
            self._occurrences[moment] = self._perhaps(moment)
        return self._occurrences[moment]

    def _perhaps(self, moment: str) -> Outcome:
        known, condition = self._first.occurrences(moment), self._moments[moment].condition
        again = self.outcome(condition)
        if again is self._first.outcome(condition):
            return known
        doubts = each_once((*known.doubts, *again.doubts))
        if again.truth not in (Truth.UNKNOWN, Truth.TRUE) or len(doubts) == len(known.doubts):
            return known
        return replace(known, doubts=doubts)

    def _outcome(self, condition: Condition) -> Outcome:
        """As first heard, where nothing may have been misheard."""
        match condition:
            case Happened() as leaf if not self._same(leaf.moment, *leaf.scope.moments):
                return super()._outcome(leaf)
            case Pattern() | Answered() as leaf if self._first.outcome(leaf).truth is not Truth.TRUE:
                return super()._outcome(leaf)
            case All(parts) | Any(parts) | AtLeast(_, parts):
                same = [self.outcome(part) is self._first.outcome(part) for part in parts]
                return self._first.outcome(condition) if all(same) else super()._outcome(condition)
            case Not() | FlowFollowed():
                return super()._outcome(condition)
            case leaf if self._same(*leaf.scope.moments):
                return self._first.outcome(leaf)
            case leaf:
                return super()._outcome(leaf)

    def where(self, scope: Scope) -> Places:
        """As first heard, unless a moment that bounds them may have happened elsewhere too."""
        return self._first.where(scope) if self._same(*scope.moments) else super().where(scope)

    def _same(self, *moments: str) -> bool:
        """Whether moments happened as first heard, and nowhere else perhaps."""
        return all(self.occurrences(moment) is self._first.occurrences(moment) for moment in moments)

    def judged(self, leaf: Leaf, place: Place) -> Outcome:
        """What an operator comes to in one place, or may come to."""
        match leaf:
            case Pattern():
                outcome = self._first.judged(leaf, place)
                doubts = self._sounding(leaf, place) if outcome.truth is Truth.FALSE else ()
            case Answered():
                same = self._same(leaf.question)
                outcome = self._first.judged(leaf, place) if same else super().judged(leaf, place)
                doubts = self._answering(leaf, place) if outcome.truth is Truth.FALSE else ()
            case _:
                return super().judged(leaf, place)
        return place.without(doubts, outcome.near) if doubts else outcome

    def _sounding(self, leaf: Pattern, place: Place) -> tuple[Hit, ...]:
        """Where a pattern may have been said."""
        wanted = leaf.means or leaf.expression
        hits = (
            self.conversation.hit(alike.span, wanted, Witness.SOUND, alike.confidence)
            for alike in self._misheard.places(leaf, place.turns)
        )
        return tuple(hit for hit in hits if place.covers(hit.start, hit.end))

    def _answering(self, leaf: Answered, place: Place) -> tuple[Hit, ...]:
        """Replies to what may have been the question: it sounds so, or nobody can tell what was said."""
        heard = self.occurrences(leaf.question).doubts
        asking = Role.CUSTOMER if leaf.scope.by is Role.AGENT else Role.AGENT
        known = {hit.turn for hit in heard}
        unclear = tuple(
            self.conversation.turn_hit(at, leaf.question, 0.0)
            for at, turn in enumerate(self.conversation.turns)
            if turn.role is asking and at not in known and self._misheard.unclear(at)
        )
        at_once = perhaps_answered(replace(leaf, within=1), unclear, place)
        return (*perhaps_answered(leaf, heard, place), *at_once)
