"""Things of a kind that were said in a call: amounts, dates, numbers. Read when first asked for."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from speechqa.checklist.operators.facts import EntityKind
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.things.amounts import amounts
from speechqa.matching.things.dates import dates
from speechqa.matching.things.digit_strings import digit_strings
from speechqa.matching.things.found import Found
from speechqa.matching.things.spoken import Spoken, spoken
from speechqa.matching.things.staff_numbers import staff_numbers

Reader: TypeAlias = Callable[[str], Iterator[Found]]

_READERS: dict[EntityKind, Reader] = {
    EntityKind.PHONE: digit_strings,
    EntityKind.ID_CARD: digit_strings,
    EntityKind.BANK_CARD: digit_strings,
    EntityKind.HOTLINE: digit_strings,
    EntityKind.AMOUNT: amounts,
    EntityKind.DATE: dates,
    EntityKind.STAFF_NUMBER: staff_numbers,
}
_read: "WeakKeyDictionary[Conversation, dict[Reader, tuple[Thing, ...]]]" = WeakKeyDictionary()


class Thing(NamedTuple):
    """What was found, and where."""

    found: Found
    span: Span


def things(kind: EntityKind, conversation: Conversation) -> tuple[Thing, ...]:
    """All of a kind in a call, in its order."""
    known = _read.setdefault(conversation, {})
    reader = _READERS[kind]
    if reader not in known:
        known[reader] = tuple(found_by(reader, conversation))
    return tuple(thing for thing in known[reader] if thing.found.kind is kind)


def found_by(reader: Reader, conversation: Conversation) -> Iterator[Thing]:
    """What a reader finds in each turn."""
    for index, turn in enumerate(conversation.turns):
        view = spoken(turn.text)
        for found in sorted(reader(view.text), key=lambda one: (one.start, one.end)):
            span = span_of(found.start, found.end, view, index, conversation)
            if span.start < span.end:
                yield Thing(found, span)


def span_of(start: int, end: int, view: Spoken, turn: int, conversation: Conversation) -> Span:
    """Where a stretch of a turn's spoken view lies in its normalised one."""
    first, last = view.source_span(start, end)
    offsets = conversation.normals[turn].offsets
    return Span(turn, bisect_left(offsets, first), bisect_left(offsets, last))
