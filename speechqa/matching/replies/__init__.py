"""The operator `answered`: which turns reply to a question, and what they say."""

from collections.abc import Iterator

from speechqa.call import Hit, Message, Role, Seconds
from speechqa.checklist.replies import Answered
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place
from speechqa.matching.replies.answers import KIND_OF, Reply, Wordings, meaning

LEAD = 0.3  # s: a reply may begin this much before the question's last word ends

UNHEARD = Message("没有听到答复，需人工听", "no reply was heard; needs a listener")


def answered(condition: Answered, question: Outcome, place: Place) -> Outcome:
    """Whether one of the question's occurrences got an answer of the wanted kind inside the place.

    A reply that was not understood is a doubt; so is one that a recogniser may have misheard, and a
    reply that it did not hear at all leaves the outcome unknown, for short answers get lost.
    """
    if question.truth is not Truth.TRUE:
        return Outcome(
            question.truth, question.confidence, (), question.doubts, question.near, question.blind
        )
    hits: list[Hit] = []
    doubts: list[Hit] = []
    other: list[Hit] = []
    unheard = False
    wordings, conversation = Wordings.of(condition), place.conversation
    for asked, until in _asked(question.hits):
        replies = _replies(asked, until, conversation)[: condition.within]
        kind, reply = _decided(
            [
                (meaning(conversation.turns[index].text, condition.asked_for, wordings), index)
                for index in replies
            ],
            conversation.recognised,
        )
        if reply is None:
            unheard = unheard or conversation.recognised
            continue
        hit = conversation.turn_hit(reply, condition.question, asked.confidence)
        if place.holds(hit):
            unsure = kind is Reply.OTHER or (kind is Reply.UNCLEAR and conversation.recognised)
            (hits if kind is KIND_OF[condition.kind] else doubts if unsure else other).append(hit)
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits), tuple(doubts))
    blind = place.blind_to(condition.scope.by or Role.CUSTOMER)
    blind = blind or (UNHEARD if unheard and not doubts and not other else None)
    truth = Truth.UNKNOWN if blind or doubts else Truth.FALSE
    return Outcome(truth, question.confidence, doubts=tuple(doubts), near=tuple(other), blind=blind)


def _asked(hits: tuple[Hit, ...]) -> Iterator[tuple[Hit, Seconds]]:
    """The last words of each turn that asks, and when the next turn asks again."""
    last = {hit.turn: hit for hit in sorted(hits, key=lambda hit: hit.end)}
    ordered = list(last.values())
    starts = [hit.start for hit in ordered[1:]]
    return zip(ordered, [*starts, float("inf")], strict=True)


def _replies(asked: Hit, until: Seconds, conversation: Conversation) -> list[int]:
    return [
        index
        for index, turn in enumerate(conversation.turns)
        if asked.end - LEAD <= turn.start < until and turn.role not in (asked.role, Role.UNKNOWN)
    ]


def _decided(replies: list[tuple[Reply, int]], recognised: bool) -> tuple[Reply, int | None]:
    """The first reply that says something; else the first that may have; (UNCLEAR, None) when none came."""
    for kind, index in replies:
        if kind not in (Reply.UNCLEAR, Reply.OTHER):
            return kind, index
    misheard = [reply for reply in replies if recognised or reply[0] is Reply.OTHER]
    return next(iter(misheard or replies), (Reply.UNCLEAR, None))
