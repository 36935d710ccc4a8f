"""Checklists: YAML files of rules, read whole or refused with every fault at once.

`load(path)` is the door; the values are in `checklist.values`.
"""

import hashlib
from collections.abc import Mapping as MappingOf
from pathlib import Path

from speechqa.call import ChecklistRef, Message
from speechqa.checklist.conditions import Reading, condition
from speechqa.checklist.form import Faults, Form
from speechqa.checklist.phrases import named_lists
from speechqa.checklist.rules import identifier, rule
from speechqa.checklist.values import Checklist, Marks, Moment, Rule, moments_of
from speechqa.checklist.yaml_nodes import Mapping, Place, read_nodes
from speechqa.errors import ChecklistError, Fault

LANGUAGE_VERSION = "1"
_KEYS = frozenset(
    {
        "speechqa",
        "id",
        "version",
        "title",
        "start_from",
        "pass_mark",
        "coverage_below",
        "phrases",
        "moments",
        "rules",
    }
)

__all__ = ["Checklist", "load"]


def load(path: Path) -> Checklist:
    """The checklist in a file.

    Raises ChecklistError with every fault of the file, each with line and column; also when it
    cannot be read at all.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Message(
            f"无法读取质检表：{reason}；请检查路径", f"cannot read the checklist: {reason}; check the path"
        )
        raise ChecklistError((Fault(path, 1, 1, message),)) from error
    top, duplicates = read_nodes(path, content)
    faults = Faults(path, list(duplicates))
    checklist = _checklist(top, hashlib.sha256(content).hexdigest(), faults)
    if faults.found:
        raise ChecklistError(tuple(faults.found))
    return checklist


def _checklist(top: Mapping, digest: str, faults: Faults) -> Checklist:
    form = Form(top, faults, _KEYS)
    if form.text("speechqa") not in {LANGUAGE_VERSION, ""}:
        faults.expected(
            form.place("speechqa"),
            "speechqa",
            (f" {LANGUAGE_VERSION}", LANGUAGE_VERSION),
            form.text("speechqa"),
        )
    lists = named_lists(form.entries("phrases"), faults)
    reading = Reading(faults, lists, frozenset(form.entries("moments")))
    moments = {
        name: Moment(name, condition(node, reading)) for name, (_, node) in form.entries("moments").items()
    }
    nodes = form.items("rules")
    rules = tuple(filter(None, (rule(node, reading) for node in nodes)))
    if not nodes:
        faults.add(form.place("rules"), "rules: 至少要有一条规则", "rules: at least one rule is needed")
    _check_ids(rules, faults)
    _check_circles(form, moments, faults)
    marks = Marks(
        form.number("start_from", 100, 1, 100),
        form.number("pass_mark", 80, 0, 100),
        form.number("coverage_below", 0.6, 0, 1),
    )
    ref = ChecklistRef(identifier(form, "id"), form.text("version"), digest)
    return Checklist(ref, form.text("title"), faults.path, marks, moments, rules)


def _check_ids(rules: tuple[Rule, ...], faults: Faults) -> None:
    first: dict[str, int] = {}
    for one in rules:
        if one.id in first:
            faults.add(
                Place(one.line, 1),
                f"id: {one.id} 重复，第 {first[one.id]} 行已经用过",
                f"id: {one.id} is used already in line {first[one.id]}",
            )
        first.setdefault(one.id, one.line)


def _check_circles(form: Form, moments: MappingOf[str, Moment], faults: Faults) -> None:
    for name, (place, _) in form.entries("moments").items():
        if name in _reachable(name, moments):
            faults.add(
                place,
                f"moments: {name} 绕了一圈又用到自己",
                f"moments: {name} refers to itself in a circle",
            )


def _reachable(start: str, moments: MappingOf[str, Moment]) -> set[str]:
    seen: set[str] = set()
    waiting = list(moments_of(moments[start].condition))
    while waiting:
        name = waiting.pop()
        if name in moments and name not in seen:
            seen.add(name)
            waiting += moments_of(moments[name].condition)
    return seen
