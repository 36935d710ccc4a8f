"""Operators on facts: what the calls table says, what kinds of things were said, and said right.

{metadata: team, in: [一组, 二组]}
{metadata: hired_at, newer_than: 90 days}      {metadata: started_at, hours: '08:00..21:00'}
{by: agent, entity: amount, around: any fee, within: 2 turns}
{by: agent, stated: monthly_fee, as: amount, around: any fee, within: 1 turns}
{by: agent, stated: traffic, as: number}       of a cell "20G": other numbers of G are wrong
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from speechqa.checklist.form import Form, shown
from speechqa.checklist.operators.leaf import Operator
from speechqa.checklist.operators.logic import Not
from speechqa.checklist.reading import Reader, Reading
from speechqa.checklist.where import ANYWHERE
from speechqa.checklist.yaml.nodes import Node, Scalar, Sequence


class Comparison(StrEnum):
    EQ = "eq"
    NE = "ne"
    LT = "lt"
    GT = "gt"
    IN = "in"
    CONTAINS = "contains"
    EXISTS = "exists"
    NEWER_THAN = "newer_than"  # days before the call began
    OLDER_THAN = "older_than"
    HOURS = "hours"  # of the day, from..to; "22:00..06:00" goes over midnight


@dataclass(frozen=True, slots=True)
class Metadata(Operator):
    """True when a column of the calls table, or of the product sheet, compares so.

    A column that is missing or of another form is unknown, but for EXISTS. `values` of NEWER_THAN and
    OLDER_THAN: a number of days on the calendar before `started_at`; of HOURS: two times HH:MM, the
    second left out.
    """

    field: str
    comparison: Comparison
    values: tuple[str, ...] = ()


class EntityKind(StrEnum):
    """What can be said of which there are too many to list."""

    PHONE = "phone"
    ID_CARD = "id_card"
    BANK_CARD = "bank_card"
    AMOUNT = "amount"
    DATE = "date"
    HOTLINE = "hotline"
    STAFF_NUMBER = "staff_number"


@dataclass(frozen=True, slots=True)
class Entity(Operator):
    """True when a thing of the kind was said, at least `count` times."""

    kind: EntityKind
    count: int = 1


class FactKind(StrEnum):
    """How a fact is compared with what was said."""

    AMOUNT = "amount"
    PHONE = "phone"
    HOTLINE = "hotline"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Stated(Operator):
    """True when a fact of the calls table or the product sheet was said, and said right.

    Said wrong is false with both values; a fact that nobody gives is unknown. A right value is enough
    where others were said too (原价五十，现在三十).
    """

    field: str
    kind: FactKind


Facts: TypeAlias = Metadata | Entity | Stated

_DAYS = re.compile(r"(\d+)\s*days?")
_CLOCK = r"((?:[01]?\d|2[0-3]):[0-5]\d|24:00)"
_HOURS = re.compile(rf"{_CLOCK}\s*\.\.\s*{_CLOCK}")
_ORDERED = (Comparison.LT, Comparison.GT)


def _metadata(form: Form, reading: Reading) -> Metadata | Not:
    field = form.text("metadata")
    given = [comparison for comparison in Comparison if form.node(comparison) is not None]
    if len(given) != 1:
        names = ", ".join(Comparison)
        reading.faults.add(
            form.mapping.place,
            f"metadata: 需要且只能有一个比较：{names}",
            f"metadata: exactly one comparison of {names}",
        )
        return Metadata(ANYWHERE, field, Comparison.EXISTS)
    if given[0] is Comparison.EXISTS:
        there = Metadata(ANYWHERE, field, Comparison.EXISTS)
        return there if form.flag("exists", True) else Not(there)
    return Metadata(ANYWHERE, field, given[0], _compared(form, given[0]))


def _compared(form: Form, comparison: Comparison) -> tuple[str, ...]:
    node = form.node(comparison)
    if node is None:
        return ()
    match comparison:
        case Comparison.NEWER_THAN | Comparison.OLDER_THAN:
            return _matched(form, comparison, _DAYS, "90 days")
        case Comparison.HOURS:
            times = _matched(form, comparison, _HOURS, "08:00..21:00")
            if times and times[0] == times[1]:
                form.faults.add(
                    node.place,
                    f"hours: 从 {times[0]} 到 {times[1]} 没有时间；全天请写 00:00..24:00",
                    f"hours: from {times[0]} to {times[1]} is no time at all; the whole day is 00:00..24:00",
                    "never",
                )
            return times
        case _:
            return _texts(form, comparison, node)


def _texts(form: Form, comparison: Comparison, node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else [node]
    texts = tuple(item.text.strip() for item in items if isinstance(item, Scalar))
    one_only = comparison in _ORDERED and len(items) != 1
    if not all(texts) or not texts or len(texts) != len(items) or one_only:
        wanted = (
            ("一个数字、日期或文字", "one number, date or text")
            if one_only
            else ("文字或列表", "text or a list")
        )
        form.faults.expected(node.place, comparison, wanted, shown(node))
    return texts


def _matched(form: Form, key: str, wanted: "re.Pattern[str]", example: str) -> tuple[str, ...]:
    node = form.node(key)
    match = wanted.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    if match is None:
        told = (f"（例如）{example}", f"something like {example}")
        form.faults.expected(form.place(key), key, told, shown(node) if node is not None else "")
        return ()
    return match.groups()


def _entity(form: Form, reading: Reading) -> Entity:
    kind = form.choice("entity", EntityKind) or EntityKind.AMOUNT
    return Entity(reading.scope(form), kind, form.count("count", 1))


def _stated(form: Form, reading: Reading) -> Stated:
    kind = form.choice("as", FactKind) or FactKind.TEXT
    return Stated(reading.scope(form), form.text("stated"), kind)


READERS = (
    Reader("metadata", _metadata, tuple(Comparison), scoped=False),
    Reader("entity", _entity, ("count",)),
    Reader("stated", _stated, ("as",)),
)
