"""What was heard of a checklist's phrases and patterns in one conversation, ready for its conditions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechqa.checklist.operators.words import Pattern, Phrases
from speechqa.checklist.phrases import Phrase
from speechqa.matching.by_pattern import matches_in
from speechqa.matching.conversation import Conversation, Span

if TYPE_CHECKING:
    from speechqa.matching.by_sound import Heard


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that a condition wants, and where it was heard or nearly heard."""

    order: int  # of the phrase among those of the condition
    phrase: Phrase
    places: "tuple[tuple[Span, Heard], ...]"


class Ears:
    """Where the phrases and patterns of a checklist were heard in one conversation."""

    def __init__(
        self,
        conversation: Conversation,
        wanting: "Wanting",
        heard: "Mapping[str, tuple[Heard, ...]]",
        matched: Mapping[int, Sequence[Span]],
    ) -> None:
        self.conversation = conversation
        self.heard = heard  # by the phrase's text; nothing of those that were not heard
        self._matched = matched  # by the id of the condition; none where a few turns are to be searched
        self._said: dict[int, list[Said]] = defaultdict(list)  # by the id of the condition
        for text, places in heard.items():
            spans = tuple([(conversation.span(one.start, one.end), one) for one in places])
            for condition, order, phrase in wanting.of(text):
                self._said[condition].append(Said(order, phrase, spans))

    def said(self, condition: Phrases) -> list[Said]:
        """What was heard of the phrases that a condition of the checklist wants, in its order."""
        return sorted(self._said.get(id(condition), ()), key=lambda said: said.order)

    def matches(self, condition: Pattern, turns: Set[int]) -> Iterable[Span]:
        """Where the expression of a condition of the checklist was found in some turns."""
        if (known := self._matched.get(id(condition))) is None:
            return matches_in(condition, turns, self.conversation)
        return [span for span in known if span.turn in turns]


class Wanting:
    """Which conditions want a phrase: calls have few of a checklist's phrases, and many conditions ask."""

    def __init__(self, conditions: Iterable[Phrases]) -> None:
        self._kept = tuple(conditions)  # so that no other object gets their ids
        self._of: dict[str, list[tuple[int, int, Phrase]]] = defaultdict(list)
        for condition in self._kept:
            for order, phrase in enumerate(condition.wanted):
                self._of[phrase.text].append((id(condition), order, phrase))

    def of(self, text: str) -> Sequence[tuple[int, int, Phrase]]:
        """Id of the condition, place of the phrase among its phrases, the phrase."""
        return self._of.get(text, ())
