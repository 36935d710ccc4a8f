"""The operators on words: `phrases` and `pattern`.

A phrase is true by text or by sound. What is not quite there is a *doubt* when a recogniser made
the words (it may have misheard), and only a near miss when the words are a person's.
"""

from collections.abc import Mapping

from speechqa.assessment import Hit, Witness
from speechqa.checklist.operators.words import Pattern, Phrases
from speechqa.checklist.phrases import Phrase
from speechqa.matching.by_pattern import excepted
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.ears import Ears
from speechqa.matching.evidence import apart, best, short_of, true
from speechqa.matching.negation import shown, taken_back
from speechqa.matching.outcome import Outcome
from speechqa.matching.places import Place
from speechqa.matching.together import Placed, is_chain, placed, together

SURE_WORDS = 0.8  # mean confidence of words that are taken as they are spelt: what they resemble is no doubt


def phrases(condition: Phrases, place: Place, ears: Ears) -> Outcome:
    """Whether enough of the wanted phrases were said in the place, and together where that is asked."""
    conversation, reach = place.conversation, place.reach
    sure: dict[Hit, Placed] = {}
    unsure: dict[Hit, Placed] = {}
    near: list[Hit] = []
    excepted: list[Span] | None = None
    for said in ears.said(condition):
        for span, heard in said.places:
            if span.turn not in reach:
                continue
            if excepted is None:
                excepted = _spans(condition.not_inside, conversation, ears)
            if _inside(span, excepted):
                continue
            hit = conversation.hit(span, said.phrase.text, heard.by, heard.confidence)
            if stretch := taken_back(condition, span, conversation):
                if place.holds(hit):
                    near.append(shown(hit, stretch, conversation))
                continue
            if place.may_hold(hit):
                unsure[hit] = placed(span, said.order, conversation)
            elif place.holds(hit):
                accepted = heard.enough and (heard.by is Witness.TEXT or condition.by_sound)
                if accepted:
                    sure[hit] = placed(span, said.order, conversation)
                elif conversation.confidence(span) < SURE_WORDS:
                    unsure[hit] = placed(span, said.order, conversation)
                else:
                    near.append(hit)
    if is_chain(condition):
        return _chained(condition, place, sure, unsure, near)
    hits = apart(list(sure))
    different = {one.order for one in sure.values()}
    if len(different) >= condition.at_least and len(hits) >= condition.min_hits:
        return true(hits, best(list(unsure)))
    said_elsewhere = () if hits or near or unsure else _elsewhere(condition, place, ears)
    missing = short_of(place, (*hits, *said_elsewhere), best(list(unsure)), best(near))
    return place.unheard(missing, condition.wanted)


def _elsewhere(condition: Phrases, place: Place, ears: Ears) -> tuple[Hit, ...]:
    """Where the role said one of the phrases outside the place, which is as near as one can get."""
    conversation = place.conversation
    for said in ears.said(condition):
        for span, heard in said.places:
            theirs = place.by in (None, conversation.turns[span.turn].role)
            if theirs and heard.by is Witness.TEXT and not taken_back(condition, span, conversation):
                return (conversation.hit(span, said.phrase.text, heard.by, heard.confidence),)
    return ()


def _chained(
    condition: Phrases,
    place: Place,
    sure: Mapping[Hit, Placed],
    unsure: Mapping[Hit, Placed],
    near: list[Hit],
) -> Outcome:
    """What was said counts only together; what is unsure is a doubt only where it would make it whole."""
    if hits := together(condition, sure):
        return true(hits)
    ordered = sorted(sure, key=lambda hit: (hit.start, hit.end))
    possible = together(condition, {**sure, **unsure}) if unsure else []
    doubts = [hit for hit in possible if hit not in sure]
    elsewhere = best([hit for hit in unsure if hit not in doubts])
    return short_of(place, (*ordered, *elsewhere), best(doubts), best(near))


def pattern(condition: Pattern, place: Place, ears: Ears) -> Outcome:
    """Whether the expression is found in a turn of the place, and `but_not` not in that clause."""
    wanted = condition.means or condition.expression
    hits: list[Hit] = []
    unsure: list[Hit] = []
    for span in ears.matches(condition, place.reach):
        if excepted(condition, span, place.conversation):
            continue
        hit = place.conversation.hit(span, wanted, Witness.TEXT, 1.0)
        if place.may_hold(hit):
            unsure.append(hit)
        elif place.holds(hit):
            hits.append(hit)
    return true(hits) if hits else place.without(tuple(unsure))


def _spans(excepted: tuple[Phrase, ...], conversation: Conversation, ears: Ears) -> list[Span]:
    return [
        conversation.span(heard.start, heard.end)
        for phrase in excepted
        for heard in ears.heard.get(phrase.text, ())
        if heard.by is Witness.TEXT
    ]


def _inside(span: Span, excepted: list[Span]) -> bool:
    return any(
        other.turn == span.turn and other.start <= span.start and span.end <= other.end for other in excepted
    )
