"""The operator `answered`: which turns reply to a question, and what they say."""

from collections.abc import Iterator

from speechqa.assessment import Hit
from speechqa.call import Message, Role
from speechqa.checklist.operators.replies import Answered
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place
from speechqa.matching.replies.answers import KIND_OF, How, Reply
from speechqa.matching.replies.standing import Question
from speechqa.matching.replies.wordings import Wordings

UNHEARD = Message("没有听到答复，需人工听", "no reply was heard; needs a listener")


def answered(condition: Answered, question: Outcome, place: Place) -> Outcome:
    """Whether one of the question's occurrences got an answer of the wanted kind inside the place.

    A reply that was not understood is a doubt; so is one that a recogniser may have misheard, and one by
    a speaker of unknown role. A reply that was not heard at all leaves the outcome unknown where a
    recogniser made the words, for short answers get lost.
    """
    if question.truth is not Truth.TRUE:
        return Outcome(
            question.truth, question.confidence, (), question.doubts, question.near, question.blind
        )
    hits: list[Hit] = []
    doubts: list[Hit] = []
    other: list[Hit] = []
    unheard, recognised = False, place.conversation.recognised
    for asked in _asked(condition, question.hits, place):
        stand = asked.replies()
        unheard = unheard or (recognised and not stand)
        for given in stand:
            hit = asked.hit(given)
            if place.holds(hit):
                unsure = given.kind is Reply.OTHER or (given.kind is Reply.UNCLEAR and recognised)
                wanted = given.kind is KIND_OF[condition.kind]
                (hits if wanted else doubts if unsure else other).append(hit)
        for given in asked.doubtful(stand):
            hit = asked.hit(given)
            if given.kind in (KIND_OF[condition.kind], Reply.OTHER) and (
                place.holds(hit) or place.may_hold(hit)
            ):
                doubts.append(hit)
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits), tuple(doubts))
    blind = place.blind_to(condition.scope.by or Role.CUSTOMER)
    blind = blind or (UNHEARD if unheard and not doubts and not other else None)
    truth = Truth.UNKNOWN if blind or doubts else Truth.FALSE
    return Outcome(truth, question.confidence, doubts=tuple(doubts), near=tuple(other), blind=blind)


def perhaps_answered(condition: Answered, questions: tuple[Hit, ...], place: Place) -> tuple[Hit, ...]:
    """Clear replies of the wanted kind to what may have been the question."""
    hits = (
        asked.hit(given)
        for asked in _asked(condition, questions, place)
        for given in asked.replies()
        if given.kind is KIND_OF[condition.kind] and given.how not in (How.HUM, How.BARE)
    )
    return tuple(hit for hit in hits if place.holds(hit))


def _asked(condition: Answered, hits: tuple[Hit, ...], place: Place) -> Iterator[Question]:
    """The question as each turn asks it, by its last words there."""
    last = {hit.turn: hit for hit in sorted(hits, key=lambda hit: hit.end)}
    ordered, wordings = tuple(last.values()), Wordings.of(condition)
    for at, asked in enumerate(ordered):
        yield Question(asked, ordered[at + 1 :], condition, place, wordings)
