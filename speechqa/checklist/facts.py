"""Operators on facts: what the calls table says, what kinds of things were said, and said right.

{metadata: team, in: [一组, 二组]}
{metadata: hired_at, newer_than: 90 days}      {metadata: started_at, hours: '08:00..21:00'}
{by: agent, entity: amount, around: any fee, within: 2 turns}
{by: agent, stated: monthly_fee, as: amount, around: any fee, within: 1 turns}
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from speechqa.checklist.form import Form, shown
from speechqa.checklist.leaf import Operator
from speechqa.checklist.logic import Not
from speechqa.checklist.reading import Reader, Reading
from speechqa.checklist.where import ANYWHERE
from speechqa.checklist.yaml_nodes import Node, Scalar, Sequence


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
    """True when a column of the calls table compares so. Missing columns are unknown, but for EXISTS.

    `values` of NEWER_THAN and OLDER_THAN: a number of days; of HOURS: two times HH:MM.
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

    Said wrong is false with both values; a fact that nobody gives is unknown.
    """

    field: str
    kind: FactKind


Facts: TypeAlias = Metadata | Entity | Stated

_DAYS = re.compile(r"(\d+)\s*days?")
_HOURS = re.compile(r"([01]\d|2[0-4]):([0-5]\d)\s*\.\.\s*([01]\d|2[0-4]):([0-5]\d)")


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
    items = node.items if isinstance(node, Sequence) else [node]
    texts = tuple(item.text for item in items if isinstance(item, Scalar))
    match comparison:
        case Comparison.NEWER_THAN | Comparison.OLDER_THAN:
            return _matched(form, node, _DAYS, "90 days")
        case Comparison.HOURS:
            times = _matched(form, node, _HOURS, "08:00..21:00")
            return (":".join(times[:2]), ":".join(times[2:])) if times else ()
        case _:
            if not texts or len(texts) != len(items):
                form.faults.expected(node.place, comparison, ("文字或列表", "text or a list"), shown(node))
            return texts


def _matched(form: Form, node: Node, wanted: "re.Pattern[str]", example: str) -> tuple[str, ...]:
    match = wanted.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    if match is None:
        told = (f"（例如）{example}", f"something like {example}")
        form.faults.expected(node.place, "metadata", told, shown(node))
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
