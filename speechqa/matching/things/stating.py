"""The operator `stated`: a fact of the call's table or product was said, and said right.

Said right is enough, whatever else was said: 原价五十，现在三十 states 30, as does 首月十元，次月起三十元.
Only what takes it back in the same turn (三十，不对，五十) makes it wrong. A vague amount (三十来块) is
neither right nor wrong: a doubt.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from speechqa.assessment import Hit, Witness
from speechqa.call import Message
from speechqa.checklist.operators.facts import EntityKind, FactKind, Stated
from speechqa.matching.call_facts import CallFacts
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.evidence import apart, best, true
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place
from speechqa.matching.things.numerals import NUMERAL, number
from speechqa.matching.things.said import Thing, span_of, things
from speechqa.matching.things.spoken import spoken
from speechqa.matching.things.stated_text import text_said

_TAKEN_BACK = re.compile(r"不对|说错|讲错|口误|更正|纠正|应该是|准确[地的来]?[说讲]?")
_FREE = re.compile(
    r"免费|不收您?任?何?(?:费|钱)|不要您?钱|不花您?一?分?钱|不用您?[花掏交给]?钱|零费用|零月租|白送|免[年月]费|[年月]费(?:全)?免"
)
_UNITS = str.maketrans({"b": None, "兆": "m"})


class Says(Enum):
    """How something that was said compares with the fact."""

    RIGHT = "right"
    WRONG = "wrong"
    VAGUE = "vague"
    NOTHING = "nothing"  # it speaks of something else


@dataclass(frozen=True, slots=True)
class _Said:
    span: Span
    says: Says


def stated(condition: Stated, place: Place, known: CallFacts) -> Outcome:
    """Whether the fact was said right in the place; false with what was said instead."""
    value = known.get(condition.field, "").strip()
    if not value:
        return Outcome(Truth.UNKNOWN, 0.0, blind=known.missing(condition.field))
    if condition.kind is FactKind.TEXT:
        return text_said(value, place)
    said = _SAID[condition.kind](value, place.conversation)
    if said is None:
        return Outcome(Truth.UNKNOWN, 0.0, blind=_unreadable(condition, value))
    return _compared(tuple(said), value, place)


def _compared(said: tuple[_Said, ...], value: str, place: Place) -> Outcome:
    conversation = place.conversation
    hits: dict[Says, list[Hit]] = {says: [] for says in Says}
    spans: dict[Hit, Span] = {}
    unsure: list[Hit] = []
    for one in said:
        hit = conversation.hit(one.span, value, Witness.TEXT, 1.0)
        if place.may_hold(hit):
            unsure.append(hit)
        elif place.holds(hit):
            hits[one.says].append(hit)
            spans[hit] = one.span
    wrong = apart(hits[Says.WRONG])
    right = [
        hit for hit in apart(hits[Says.RIGHT]) if not any(_takes_back(hit, other, place) for other in wrong)
    ]
    if right:
        return true(right, best(unsure))
    unsure += hits[Says.VAGUE]
    if not wrong or unsure or place.blind is not None:
        return place.without(best(unsure), tuple(wrong))
    sure = max(conversation.confidence(spans[hit]) for hit in wrong)
    return Outcome(Truth.FALSE, round(sure, 3), near=tuple(wrong))


def _takes_back(right: Hit, wrong: Hit, place: Place) -> bool:
    if right.turn is None or right.turn != wrong.turn or right.span is None or wrong.span is None:
        return False
    between = place.conversation.turns[right.turn].text[right.span[1] : wrong.span[0]]
    return _TAKEN_BACK.search(between) is not None


def _amounts(value: str, conversation: Conversation) -> Iterator[_Said] | None:
    wanted = _yuan(value)
    if wanted is None:
        return None
    said = _compared_things(EntityKind.AMOUNT, conversation, lambda other: Decimal(other) == wanted)
    return _and_free(said, conversation) if wanted == 0 else said


def _yuan(value: str) -> Decimal | None:
    """The amount that a cell gives: 30, 29.9元/月, 三十元, 免费."""
    view = spoken(value).text
    if _FREE.search(view):
        return Decimal(0)
    match = re.match(rf"\D{{0,4}}?({NUMERAL})", view.replace("¥", ""))
    return number(match[1]) if match else None


def _and_free(said: Iterator[_Said], conversation: Conversation) -> Iterator[_Said]:
    yield from said
    for index, turn in enumerate(conversation.turns):
        view = spoken(turn.text)
        for match in _FREE.finditer(view.text):
            yield _Said(span_of(*match.span(), view, index, conversation), Says.RIGHT)


def _telephones(kind: EntityKind) -> Callable[[str, Conversation], Iterator[_Said] | None]:
    def said(value: str, conversation: Conversation) -> Iterator[_Said] | None:
        wanted = re.sub(r"\D", "", value)
        return _numbers_dialled(wanted, kind, conversation) if wanted else None

    return said


def _numbers_dialled(wanted: str, kind: EntityKind, conversation: Conversation) -> Iterator[_Said]:
    """Also those of no known shape, where the digits stand in the words by themselves."""
    yield from _compared_things(kind, conversation, lambda other: other == wanted)
    alone = re.compile(rf"(?<!\d){wanted}(?!\d)")
    for index, view in enumerate(conversation.normals):
        for match in alone.finditer(view.text):
            yield _Said(Span(index, *match.span()), Says.RIGHT)
    other = EntityKind.PHONE if kind is EntityKind.HOTLINE else EntityKind.HOTLINE
    for thing in things(other, conversation):
        if thing.found.value == wanted:
            yield _Said(thing.span, Says.RIGHT)


def _dates(value: str, conversation: Conversation) -> Iterator[_Said] | None:
    from speechqa.matching.things.dates import dates

    read = next(dates(spoken(value).text), None)
    wanted = read.value.split()[0] if read else ""
    if not re.fullmatch(r"[\d-]+", wanted):
        return None
    return (_Said(thing.span, _same_day(thing, wanted)) for thing in things(EntityKind.DATE, conversation))


def _same_day(thing: Thing, wanted: str) -> Says:
    """A year or a day of the month alone says too little; 下周三 may be the day."""
    said = thing.found.value.split()[0]
    if not re.fullmatch(r"[\d-]+", said):
        return Says.VAGUE
    parts, others = said.split("-")[::-1], wanted.split("-")[::-1]
    if len(parts) == 1 and len(others) > 1:
        return Says.VAGUE if said in others else Says.NOTHING
    if len(said) == len("2026-03") and len(wanted) == len("2026-03-05"):
        return Says.VAGUE if wanted.startswith(said) else Says.WRONG
    same = all(part == other for part, other in zip(parts, others, strict=False))
    return Says.RIGHT if same else Says.WRONG


def _numbers(value: str, conversation: Conversation) -> Iterator[_Said] | None:
    match = re.fullmatch(rf"({NUMERAL})\s*(?:个(?=[a-z兆]))?(\D*)", spoken(value).text.strip())
    wanted = number(match[1]) if match else None
    if match is None or wanted is None:
        return None
    return _with_unit(wanted, match[2].strip().translate(_UNITS), conversation)


def _with_unit(wanted: Decimal, unit: str, conversation: Conversation) -> Iterator[_Said]:
    """Numbers with the fact's unit; without one, only the same number counts, and no other is wrong."""
    expression = re.compile(rf"({NUMERAL})个?(?={re.escape(unit)})" if unit else rf"({NUMERAL})")
    for index, turn in enumerate(conversation.turns):
        view = spoken(turn.text)
        plain = view.text.replace("兆", "m")
        for match in expression.finditer(plain):
            said = number(match[1])
            says = Says.RIGHT if said == wanted else Says.WRONG if unit and said is not None else Says.NOTHING
            yield _Said(span_of(*match.span(), view, index, conversation), says)


def _compared_things(
    kind: EntityKind, conversation: Conversation, same: Callable[[str], bool]
) -> Iterator[_Said]:
    for thing in things(kind, conversation):
        if not thing.found.exact:
            yield _Said(thing.span, Says.VAGUE)
        else:
            yield _Said(thing.span, Says.RIGHT if same(thing.found.value) else Says.WRONG)


_SAID: dict[FactKind, Callable[[str, Conversation], Iterator[_Said] | None]] = {
    FactKind.AMOUNT: _amounts,
    FactKind.PHONE: _telephones(EntityKind.PHONE),
    FactKind.HOTLINE: _telephones(EntityKind.HOTLINE),
    FactKind.DATE: _dates,
    FactKind.NUMBER: _numbers,
}

_WANTED = {
    FactKind.AMOUNT: Message("金额（如 30 或 29.9元）", "an amount such as 30 or 29.9元"),
    FactKind.PHONE: Message("电话号码", "a telephone number"),
    FactKind.HOTLINE: Message("热线号码（如 10086）", "a hotline such as 10086"),
    FactKind.DATE: Message("日期（如 2026-03-05）", "a date such as 2026-03-05"),
    FactKind.NUMBER: Message("数字，可带单位（如 20G）", "a number, with its unit if it has one (20G)"),
}


def _unreadable(condition: Stated, value: str) -> Message:
    wanted = _WANTED[condition.kind]
    return Message(
        f"“{condition.field}”给的是“{value}”，应为{wanted.zh}，无法核对；请更正通话表或产品表",
        f'"{condition.field}" is given as "{value}", expected {wanted.en}; correct the table',
    )
