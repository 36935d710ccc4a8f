"""Facts that are words (a product's name): said when they were heard by text, by sound or nearly."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from speechqa.assessment import Hit, Witness
from speechqa.checklist.phrases import Phrase
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.evidence import apart, best, true
from speechqa.matching.likeness.nearest import NEAR, nearest
from speechqa.matching.outcome import Outcome
from speechqa.matching.places import Place
from speechqa.sound import folded, syllables
from speechqa.text import normal

SIMILAR = 0.85  # to the fact, by characters and sounds
MIN_BY_SOUND = 3  # syllables; shorter words sound like too many others
MIN_SIMILAR = 5  # characters; of shorter ones, one that differs makes another word
_BY_SOUND = 0.9  # confidence, as of any phrase that is heard by sound


def text_said(value: str, place: Place) -> Outcome:
    """Whether the words were said in the place: by the surest witness that there is."""
    near: list[Hit] = []
    for found in _said(value, place):
        hits: list[Hit] = []
        unsure: list[Hit] = []
        for span, by, confidence in found:
            hit = place.conversation.hit(span, value, by, round(confidence, 3))
            if place.holds(hit):
                (hits if confidence >= SIMILAR else near).append(hit)
            elif confidence >= SIMILAR and place.may_hold(hit):
                unsure.append(hit)
        if hits:
            return true(apart(hits), best(unsure))
        if unsure:
            return place.without(best(unsure))
    return place.without(near=best(near)[:1])


_Found: TypeAlias = Iterable[tuple[Span, Witness, float]]


def _said(value: str, place: Place) -> Iterator[_Found]:
    """Where the words were heard, a witness after the other."""
    conversation, wanted = place.conversation, normal(value).text
    if not wanted:
        return
    yield ((span, Witness.TEXT, 1.0) for span in _places(wanted, conversation.text, conversation))
    if len(wanted) >= MIN_BY_SOUND:
        sounds = folded(syllables(wanted))
        yield (
            (span, Witness.SOUND, _BY_SOUND) for span in _places(sounds, conversation.folded, conversation)
        )
    if len(wanted) >= MIN_SIMILAR:
        example, turns = (Phrase(value, (wanted,)),), sorted(place.turns | place.doubtful)
        alike = nearest(example, SIMILAR - NEAR, turns, conversation)
        yield ((one.span, Witness.SIMILARITY, one.similarity) for one in alike)


def _places(wanted: str, view: str, conversation: Conversation) -> Iterator[Span]:
    at = view.find(wanted)
    while at >= 0:
        yield conversation.span(at, at + len(wanted))
        at = view.find(wanted, at + 1)
