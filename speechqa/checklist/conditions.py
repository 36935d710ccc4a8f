"""Conditions as an author writes them, one operator a mapping:

    {by: agent, window: first 15 s, phrases: [您好, <company>]}
    {answered: owner-question, as: yes}
    all: [ ... ]   any: [ ... ]   not: { ... }   at_least: {count: 2, of: [ ... ]}

Read by hand and not by a schema library: a union of thirty shapes gives an author thirty errors
for one typing mistake; here the operator's key decides the shape, and one fault says what is wrong.
"""

from collections.abc import Callable, Iterable

from speechqa.checklist import events, facts, flows, replies, timing, voice, words
from speechqa.checklist.form import Form, shown
from speechqa.checklist.logic import NOTHING, All, Any, AtLeast, Not
from speechqa.checklist.operators import Condition
from speechqa.checklist.reading import Reader, Reading
from speechqa.checklist.scopes import SCOPE_KEYS
from speechqa.checklist.yaml_nodes import Mapping, Node, Sequence

_FAMILIES: Iterable[Iterable[Reader[Condition]]] = (
    words.READERS,
    replies.READERS,
    events.READERS,
    facts.READERS,
    timing.READERS,
    voice.READERS,
    flows.READERS,
)
OPERATORS: dict[str, Reader[Condition]] = {one.operator: one for family in _FAMILIES for one in family}


def condition(node: Node, reading: Reading) -> Condition:
    """The condition that a node describes; faults are noted in `reading.faults`."""
    faults = reading.faults
    if not isinstance(node, Mapping):
        faults.expected(node.place, "条件", ("“运算: 内容”", "a condition"), shown(node))
        return NOTHING
    known = OPERATORS.keys() | COMPOSITIONS.keys()
    operators = [key for key in node.entries if key in known]
    if not operators:
        typed = next((key for key in node.entries if key not in SCOPE_KEYS), "")
        faults.unknown(node.place, ("运算", "operator"), typed or "（空）", known)
        reading.scope(Form(node, faults, SCOPE_KEYS | set(node.entries)))  # its faults are told
        return NOTHING
    if len(operators) > 1:
        place = node.entries[operators[1]][0]
        named = " + ".join(operators)
        faults.add(
            place,
            f"一个条件只能有一个运算，这里有 {named}；要并用请写 all: [...]",
            f"one operator a condition, got {named}; combine them with all: [...]",
        )
    if operators[0] in COMPOSITIONS:
        return COMPOSITIONS[operators[0]](node, reading)
    reader = OPERATORS[operators[0]]
    return reader.read(Form(node, faults, reader.known), reading)


def _all(node: Mapping, reading: Reading) -> Condition:
    return All(_parts(node, "all", reading))


def _any(node: Mapping, reading: Reading) -> Condition:
    return Any(_parts(node, "any", reading))


def _not(node: Mapping, reading: Reading) -> Condition:
    Form(node, reading.faults, {"not"})
    return Not(condition(node.entries["not"][1], reading))


def _at_least(node: Mapping, reading: Reading) -> Condition:
    value = node.entries["at_least"][1]
    if not isinstance(value, Mapping):
        reading.faults.expected(
            value.place, "at_least", (" {count: 2, of: […]}", "{count: 2, of: [...]}"), shown(value)
        )
        return NOTHING
    form = Form(value, reading.faults, {"count", "of"})
    parts = tuple(condition(item, reading) for item in form.items("of"))
    count = form.count("count", 1)
    if count > len(parts):
        reading.faults.add(
            form.place("count"),
            f"count: {count} 大于条件数 {len(parts)}，永远不会成立",
            f"count: {count} of {len(parts)} conditions can never hold",
        )
    return AtLeast(count, parts)


def _parts(node: Mapping, key: str, reading: Reading) -> tuple[Condition, ...]:
    form = Form(node, reading.faults, {key})
    items = form.items(key)
    if not items and isinstance(form.node(key), Sequence):
        reading.faults.add(form.place(key), f"{key}: 列表是空的", f"{key}: the list is empty")
    return tuple(condition(item, reading) for item in items)


COMPOSITIONS: dict[str, Callable[[Mapping, Reading], Condition]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "at_least": _at_least,
}
