"""Conditions as an author writes them, one operator a mapping:

    {by: agent, window: first 15 s, phrases: [您好, <company>]}
    {answered: owner-question, as: yes}
    all: [ ... ]   any: [ ... ]   not: { ... }   at_least: {count: 2, of: [ ... ]}

Read by hand and not by a schema library: a union of thirty shapes gives an author thirty errors
for one typing mistake; here the operator's key decides the shape, and one fault says what is wrong.
"""

from collections.abc import Callable, Iterable

from speechqa.checklist.form import Form, nearest, shown
from speechqa.checklist.operators import Condition, events, facts, flows, replies, timing, voice, words
from speechqa.checklist.operators.logic import NOTHING, All, Any, AtLeast, Not
from speechqa.checklist.reading import Reader, Reading
from speechqa.checklist.scopes import SCOPE_KEYS
from speechqa.checklist.yaml.nodes import Mapping, Node, Scalar, Sequence

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
        _no_condition(node, reading)
        return NOTHING
    known = OPERATORS.keys() | COMPOSITIONS.keys()
    operators = [key for key in node.entries if key in known]
    if not operators:
        typed = _mistyped(node, known)
        if typed:
            faults.unknown(node.entries[typed][0], ("运算", "operator"), typed, known)
        else:
            faults.add(
                node.place,
                "条件里没有运算：请写明听什么，例如 phrases: [您好]",
                "a condition without an operator: say what to look for, e.g. phrases: [您好]",
                "missing",
            )
        beside = {key for reader in OPERATORS.values() for key in reader.known}
        reading.scope(Form(node, faults, beside | {typed}))  # what is wrong beside it is told too
        return NOTHING
    if len(operators) > 1:
        place = node.entries[operators[1]][0]
        named = " + ".join(operators)
        faults.add(
            place,
            f"一个条件只能有一个运算，这里有 {named}；要并用请写 all: [...]",
            f"one operator a condition, got {named}; combine them with all: [...]",
            "conflict",
        )
    if operators[0] in COMPOSITIONS:
        return COMPOSITIONS[operators[0]](node, reading)
    reader = OPERATORS[operators[0]]
    return reader.read(Form(node, faults, reader.known.union(operators)), reading)


def _mistyped(node: Mapping, known: Iterable[str]) -> str:
    """The key that was meant as the operator: one that is like an operator, else the first; or empty."""
    keys = [key for key in node.entries if key not in SCOPE_KEYS]
    names = sorted(known)
    return next((key for key in keys if nearest(key, names)), keys[0] if keys else "")


def _no_condition(node: Node, reading: Reading) -> None:
    """Notes what an author should have written for a text or a list where a condition is wanted."""
    if isinstance(node, Scalar) and node.text.strip() in reading.moments:
        meant = f"{{happened: {node.text.strip()}}}"
        wanted = (f"条件；时刻要写成 {meant}", f"a condition; write a moment as {meant}")
    elif isinstance(node, Sequence):
        wanted = (
            "一个条件；几个条件请写成 all: [...] 或 any: [...]",
            "one condition; write several as all: [...] or any: [...]",
        )
    else:
        wanted = ("“运算: 内容”，例如 phrases: [您好]", "a condition, such as phrases: [您好]")
    reading.faults.expected(node.place, "condition", wanted, shown(node))


def _all(node: Mapping, reading: Reading) -> Condition:
    return All(_parts(node, "all", reading))


def _any(node: Mapping, reading: Reading) -> Condition:
    return Any(_parts(node, "any", reading))


def _not(node: Mapping, reading: Reading) -> Condition:
    Form(node, reading.faults, {"not"})
    return Not(condition(node.entries["not"][1], reading.opposite()))


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
            f"count: {count} 大于条件数 {len(parts)}，永远不会成立；请改小 count",
            f"count: {count} of {len(parts)} conditions can never hold; lower count",
            "never",
        )
    return AtLeast(count, parts)


def _parts(node: Mapping, key: str, reading: Reading) -> tuple[Condition, ...]:
    for other in SCOPE_KEYS & node.entries.keys():
        reading.faults.add(
            node.entries[other][0],
            f"{other}: 不能写在 {key} 旁边；请写进里面的每一个条件",
            f"{other}: cannot stand beside {key}; give it to each condition inside",
            "conflict",
        )
    form = Form(node, reading.faults, SCOPE_KEYS | {key})
    items = form.items(key)
    if not items and isinstance(form.node(key), Sequence):
        reading.faults.add(
            form.place(key),
            f"{key}: 列表是空的；请至少写一个条件",
            f"{key}: the list is empty; write a condition",
            "empty",
        )
    return tuple(condition(item, reading) for item in items)


COMPOSITIONS: dict[str, Callable[[Mapping, Reading], Condition]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "at_least": _at_least,
}
