"""`entity` and `stated` in English calls: over the view, in which every number is in digits.

Fifteen and fifty sound alike, so an amount that differs from the fact by no more than that is a doubt. What
is not among the kinds here is recognised in Mandarin only.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from speechqa.assessment import Hit, Witness
from speechqa.call import Message
from speechqa.checklist.operators.facts import Entity, EntityKind, FactKind, Stated
from speechqa.matching.call_facts import CallFacts
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.evidence import apart, best, short_of, true
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place
from speechqa.text import ENGLISH, normal_in

MANDARIN_ONLY = Message(
    "这一项目前只能识别中文通话，需人工听", "this is recognised in Mandarin calls only; needs a listener"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_AMOUNT = re.compile(
    r"\b(?P<whole>\d+(?:\.\d+)?) (?:dollars?|pounds?|euros?|bucks?|quid)\b|"
    r"\b(?P<cents>\d+) (?:cents?|pence)\b"
    r"|\b(?P<bare>\d+\.\d\d)(?= (?:a|an|per|each|every) (?:month|year|week|day|quarter)\b)"
)
_PHONE = re.compile(r"\b\d{7,15}\b")
_HOTLINE = re.compile(
    r"\b(?:call|dial|ring|phone|text|numbers?|line|hotline|helpline)\b(?: \w+){0,4}? (?P<digits>\d{3,11})\b"
    r"(?! (?:dollars?|pounds?|days?|hours?|minutes?|percent|gb)\b)"
)
_DATE = re.compile(
    rf"\b(?:(?:{_MONTHS}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS}))\b"
)
_STAFF = re.compile(
    r"\b(?:employee|staff|agent|badge|operator|advisor|adviser) (?:number|id|code)"
    r"(?: is)? (?P<digits>[a-z]?\d+)\b"
)
_TAKEN_BACK = re.compile(r"\b(sorry|i mean|i meant|correction|rather|no wait|my mistake)\b")
_FREE = re.compile(r"\b(free|no (extra |additional )?(charge|cost|fee)s?)\b")
_CENTS = Decimal(100)

ENTITIES: dict[EntityKind, re.Pattern[str]] = {
    EntityKind.AMOUNT: _AMOUNT,
    EntityKind.PHONE: _PHONE,
    EntityKind.HOTLINE: _HOTLINE,
    EntityKind.DATE: _DATE,
    EntityKind.STAFF_NUMBER: _STAFF,
}


class _Said(NamedTuple):
    """A value that was said, and where; `doubtful` where it may have been the fact, misheard."""

    span: Span
    right: bool
    doubtful: bool = False


def entity(condition: Entity, place: Place) -> Outcome:
    """Whether enough things of the kind were said in the place; unknown of the kinds that are none here."""
    expression = ENTITIES.get(condition.kind)
    if expression is None:
        return Outcome(Truth.UNKNOWN, 0.0, blind=MANDARIN_ONLY)
    hits: list[Hit] = []
    unsure: list[Hit] = []
    for span, _ in _found(expression, place.conversation):
        hit = place.conversation.hit(span, condition.kind, Witness.TEXT, 1.0)
        if place.may_hold(hit):
            unsure.append(hit)
        elif place.holds(hit):
            hits.append(hit)
    if len(hits) >= condition.count:
        return true(hits, best(unsure))
    return short_of(place, hits, best(unsure))


def stated(condition: Stated, place: Place, known: CallFacts) -> Outcome:
    """Whether the fact was said right in the place; false with what was said instead."""
    value = known.get(condition.field, "").strip()
    if not value:
        return Outcome(Truth.UNKNOWN, 0.0, blind=known.missing(condition.field))
    reader = FACTS.get(condition.kind)
    said = reader(value, place.conversation) if reader is not None else None
    if said is None:
        return Outcome(Truth.UNKNOWN, 0.0, blind=MANDARIN_ONLY if reader is None else _unreadable(value))
    return _compared(tuple(said), value, place)


def _compared(said: tuple[_Said, ...], value: str, place: Place) -> Outcome:
    conversation = place.conversation
    right: dict[Hit, Span] = {}
    wrong: dict[Hit, Span] = {}
    unsure: list[Hit] = []
    for one in said:
        hit = conversation.hit(one.span, value, Witness.TEXT, 1.0)
        if place.may_hold(hit) or (one.doubtful and place.holds(hit)):
            unsure.append(hit)
        elif place.holds(hit):
            (right if one.right else wrong)[hit] = one.span
    kept = [
        hit
        for hit in apart(list(right))
        if not any(_takes_back(right[hit], span, conversation) for span in wrong.values())
    ]
    if kept:
        return true(kept, best(unsure))
    if not wrong or unsure or place.blind is not None:
        return place.without(best(unsure), tuple(apart(list(wrong))))
    sure = max(conversation.confidence(span) for span in wrong.values())
    return Outcome(Truth.FALSE, round(sure, 3), near=tuple(apart(list(wrong))))


def _takes_back(right: Span, wrong: Span, conversation: Conversation) -> bool:
    """Whether one value corrects the other: 30, sorry, 50."""
    between = conversation.normals[right.turn].text[right.end : wrong.start]
    return right.turn == wrong.turn and _TAKEN_BACK.search(between) is not None


def _found(expression: re.Pattern[str], conversation: Conversation) -> Iterator[tuple[Span, re.Match[str]]]:
    for turn, view in enumerate(conversation.normals):
        for match in expression.finditer(view.text):
            group = "digits" if "digits" in expression.groupindex else 0
            yield Span(turn, *match.span(group)), match


def _amounts(value: str, conversation: Conversation) -> Iterator[_Said] | None:
    wanted = _amount_of(value)
    if wanted is None:
        return None
    return _amounts_said(wanted, conversation)


def _amounts_said(wanted: Decimal, conversation: Conversation) -> Iterator[_Said]:
    for span, match in _found(_AMOUNT, conversation):
        said = (
            Decimal(match["cents"]) / _CENTS if match["cents"] else Decimal(match["whole"] or match["bare"])
        )
        yield _Said(span, said == wanted, said != wanted and _sound_alike(said, wanted))
    if wanted == 0:
        yield from (_Said(span, right=True) for span, _ in _found(_FREE, conversation))


def _amount_of(value: str) -> Decimal | None:
    """The amount that a cell gives: 30, $29.90, 19.99 a month, free."""
    view = normal_in(ENGLISH, value).text
    if _FREE.search(view):
        return Decimal(0)
    match = re.search(r"\d+(\.\d+)?", view)
    return Decimal(match[0]) if match else None


def _sound_alike(one: Decimal, other: Decimal) -> bool:
    """Fifteen and fifty."""
    small, large = sorted((one, other))
    teens = 13 <= small < 20
    return teens and int(large) == (int(small) - 10) * 10 and large % 1 == small % 1


def _numbers_dialled(value: str, conversation: Conversation) -> Iterator[_Said] | None:
    wanted = re.sub(r"\D", "", value)
    return _digits_said(wanted, conversation) if wanted else None


def _digits_said(wanted: str, conversation: Conversation) -> Iterator[_Said]:
    alone = re.compile(rf"\b{wanted}\b")
    yield from (_Said(span, right=True) for span, _ in _found(alone, conversation))
    for expression in (_PHONE, _HOTLINE):
        for span, match in _found(expression, conversation):
            said = match["digits"] if "digits" in expression.groupindex else match[0]
            if said != wanted:
                yield _Said(span, right=False)


def _words(value: str, conversation: Conversation) -> Iterator[_Said] | None:
    wanted = normal_in(ENGLISH, value).text
    if not wanted:
        return None
    expression = re.compile(rf"(?<!\S){re.escape(wanted)}(?!\S)")
    return (_Said(span, right=True) for span, _ in _found(expression, conversation))


def _unreadable(value: str) -> Message:
    return Message(
        f"通话表或产品表里的“{value}”读不出数字，无法核对；请更正",
        f'"{value}" in the table has no number to compare; correct the table',
    )


FACTS: dict[FactKind, Callable[[str, Conversation], Iterator[_Said] | None]] = {
    FactKind.AMOUNT: _amounts,
    FactKind.PHONE: _numbers_dialled,
    FactKind.HOTLINE: _numbers_dialled,
    FactKind.TEXT: _words,
}
