"""Conditions as an author writes them, one operator a mapping:

    {by: agent, window: first 15 s, phrases: [您好, <company>]}
    {answered: owner-question, as: yes}
    all: [ ... ]   any: [ ... ]   not: { ... }   at_least: {count: 2, of: [ ... ]}

Read by hand and not by a schema library: a union of eleven shapes gives an author eleven errors
for one typing mistake; here the operator's key decides the shape, and one fault says what is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from speechqa.call import Role, ToneLabel
from speechqa.checklist.form import Faults, Form, one_of, shown
from speechqa.checklist.operators import (
    All,
    Answered,
    AnswerKind,
    Any,
    AskedFor,
    AtLeast,
    Comparison,
    Condition,
    Happened,
    Metadata,
    Not,
    Pattern,
    Phrase,
    Phrases,
    Spoke,
    ToneHeard,
)
from speechqa.checklist.phrases import PhraseLists, phrase_list
from speechqa.checklist.scopes import SCOPE_KEYS, scope
from speechqa.checklist.yaml_nodes import Mapping, Node, Scalar, Sequence

_PHRASES_KEYS = frozenset(
    {"any", "all", "of", "at_least", "min_hits", "not_inside", "unless_negated", "unless_quoted"}
)
LARGEST_PATTERN = 1 << 18  # bytes, compiled; some thousand characters
NOTHING = All(())  # stands for a condition that could not be read; the file is refused anyway


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a condition needs: the file's faults, its phrase lists and its moments."""

    faults: Faults
    lists: PhraseLists
    moments: frozenset[str] = frozenset()  # names that the file defines


def condition(node: Node, reading: Reading) -> Condition:
    """The condition that a node describes; faults are noted in `reading.faults`."""
    faults = reading.faults
    if not isinstance(node, Mapping):
        faults.expected(node.place, "条件", ("“运算: 内容”", "a condition"), shown(node))
        return NOTHING
    operators = [key for key in node.entries if key in _OPERATORS]
    if not operators:
        typed = next((key for key in node.entries if key not in SCOPE_KEYS), "")
        faults.unknown(node.place, ("运算", "operator"), typed or "（空）", _OPERATORS)
        scope(_form(node, reading, *node.entries))  # what is wrong beside it is told too
        return NOTHING
    if len(operators) > 1:
        place = node.entries[operators[1]][0]
        named = " + ".join(operators)
        faults.add(
            place,
            f"一个条件只能有一个运算，这里有 {named}；要并用请写 all: [...]",
            f"one operator a condition, got {named}; combine them with all: [...]",
        )
    _check_moments(node, reading)
    return _OPERATORS[operators[0]](node, reading)


def _check_moments(node: Mapping, reading: Reading) -> None:
    for key in ("happened", "answered", "before", "after", "until"):
        entry = node.entries.get(key)
        if entry is None or not isinstance(entry[1], Scalar) or not entry[1].text.strip():
            continue
        name = entry[1].text.split()[-1]
        if name not in reading.moments:
            reading.faults.unknown(entry[1].place, ("时刻", "moment"), name, reading.moments)


def _form(node: Mapping, reading: Reading, *keys: str) -> Form:
    return Form(node, reading.faults, SCOPE_KEYS | set(keys))


def _phrases(node: Mapping, reading: Reading) -> Condition:
    form = _form(node, reading, "phrases", "by_sound")
    value = node.entries["phrases"][1]
    read = Phrases(scope(form), (), by_sound=form.flag("by_sound", True))
    if not isinstance(value, Mapping):
        return replace(read, wanted=phrase_list(value, "phrases", reading.lists, reading.faults))
    inner = Form(value, reading.faults, _PHRASES_KEYS)
    key = next((key for key in ("any", "all", "of") if key in value.entries), None)
    if key is None:
        reading.faults.add(value.place, "phrases: 缺少 any、all 或 of", "phrases: missing any, all or of")
        return read
    wanted = _wordings(inner, key, reading)
    return replace(
        read,
        wanted=wanted,
        at_least=len(wanted) if key == "all" else inner.count("at_least", 1),
        min_hits=inner.count("min_hits", 1),
        not_inside=_wordings(inner, "not_inside", reading),
        unless_negated=inner.flag("unless_negated", False),
        unless_quoted=inner.flag("unless_quoted", False),
    )


def _wordings(form: Form, key: str, reading: Reading) -> tuple[Phrase, ...]:
    """The phrases of a field; none when it is missing."""
    node = form.node(key)
    return phrase_list(node, key, reading.lists, reading.faults) if node is not None else ()


def _pattern(node: Mapping, reading: Reading) -> Condition:
    form = _form(node, reading, "pattern", "but_not", "means")
    for key in ("pattern", "but_not"):
        written = form.node(key)
        if isinstance(written, Scalar):
            _check_expression(written, key, reading.faults)
    return Pattern(
        scope(form), form.text("pattern"), form.text("but_not", "") or None, form.text("means", "")
    )


def _check_expression(written: Scalar, key: str, faults: Faults) -> None:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = LARGEST_PATTERN
    try:
        re2.compile(written.text, options)
    except re2.error as error:
        reason = (
            error.args[0].decode(errors="replace")
            if error.args and isinstance(error.args[0], bytes)
            else str(error)
        )
        if "too large" in reason:
            faults.add(
                written.place,
                f"{key}: 正则表达式太大，请缩短或减少重复次数",
                f"{key}: the expression is too large; shorten it or repeat less",
            )
            return
        faults.add(
            written.place,
            f"{key}: 正则表达式无效（{reason}）；不支持前后断言 (?=…) (?<…) 和 \\1，请改用 but_not",
            f"{key}: invalid expression ({reason}); look-around and back-references are not allowed: "
            "use but_not",
        )


def _answered(node: Mapping, reading: Reading) -> Condition:
    form = _form(node, reading, "answered", "as", "asked_for", "within_turns", "yes", "no", "vague")
    return Answered(
        scope(form),
        form.text("answered"),
        form.choice("as", AnswerKind) or AnswerKind.YES,
        form.choice("asked_for", AskedFor, AskedFor.FACT) or AskedFor.FACT,
        within=form.count("within_turns", 2),
        yes=_wordings(form, "yes", reading),
        no=_wordings(form, "no", reading),
        vague=_wordings(form, "vague", reading),
    )


def _happened(node: Mapping, reading: Reading) -> Condition:
    form = _form(node, reading, "happened")
    return Happened(scope(form), form.text("happened"))


def _spoke(node: Mapping, reading: Reading) -> Condition:
    form = _form(node, reading, "spoke")
    return Spoke(replace(scope(form), by=one_of(node.entries["spoke"][1], "spoke", Role, reading.faults)))


def _tone(node: Mapping, reading: Reading) -> Condition:
    form = _form(node, reading, "tone", "count", "min_confidence")
    written = form.node("tone")
    nodes = written.items if isinstance(written, Sequence) else [written] if written else []
    labels = [one_of(item, "tone", ToneLabel, reading.faults) for item in nodes]
    return ToneHeard(
        scope(form),
        tuple(label for label in labels if label is not None),
        turns=form.count("count", 1),
        min_confidence=form.number("min_confidence", 0.5, 0, 1),
    )


def _metadata(node: Mapping, reading: Reading) -> Condition:
    form = Form(node, reading.faults, {"metadata", *Comparison})
    given = [comparison for comparison in Comparison if form.node(comparison) is not None]
    if len(given) != 1:
        names = ", ".join(Comparison)
        reading.faults.add(
            node.place,
            f"metadata: 需要且只能有一个比较：{names}",
            f"metadata: exactly one comparison of {names}",
        )
        return NOTHING
    field = form.text("metadata")
    if given[0] is Comparison.EXISTS:
        there = Metadata(field, Comparison.EXISTS)
        return there if form.flag("exists", True) else Not(there)
    value = form.node(given[0])
    items = value.items if isinstance(value, Sequence) else [value]
    return Metadata(field, given[0], tuple(item.text for item in items if isinstance(item, Scalar)))


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


_OPERATORS: dict[str, Callable[[Mapping, Reading], Condition]] = {
    "phrases": _phrases,
    "pattern": _pattern,
    "answered": _answered,
    "happened": _happened,
    "spoke": _spoke,
    "tone": _tone,
    "metadata": _metadata,
    "all": _all,
    "any": _any,
    "not": _not,
    "at_least": _at_least,
}
