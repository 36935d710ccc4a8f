"""One rule of a checklist, as its author writes it."""

import re

from speechqa.call import Message
from speechqa.checklist.conditions import condition
from speechqa.checklist.examples import example
from speechqa.checklist.form import Form, shown
from speechqa.checklist.operators import Condition
from speechqa.checklist.operators.logic import NOTHING, Not
from speechqa.checklist.points import stakes
from speechqa.checklist.reading import Reading
from speechqa.checklist.values import Rule, Severity
from speechqa.checklist.yaml.nodes import Mapping, Node

_RULE_KEYS = frozenset(
    {
        "id",
        "title",
        "section",
        "deduct",
        "add",
        "set_score",
        "counts",
        "severity",
        "veto",
        "when",
        "unless",
        "require",
        "forbid",
        "doubt_if",
        "because",
        "examples",
    }
)


def rule(node: Node, reading: Reading) -> Rule | None:
    """The rule that a node describes; None when it is no mapping at all."""
    if not isinstance(node, Mapping):
        reading.faults.expected(node.place, "rules", ("一条规则（id: …）", "a rule (id: ...)"), shown(node))
        return None
    form = Form(node, reading.faults, _RULE_KEYS)
    because = form.text("because")
    require = _required(form, reading)
    return Rule(
        id=identifier(form, "id"),
        title=form.text("title"),
        stakes=stakes(form, require, reading),
        require=require,
        because=Message(because, because),
        when=_optional(form, "when", reading),
        unless=_optional(form, "unless", reading),
        doubt_if=_optional(form, "doubt_if", reading),
        severity=form.choice("severity", Severity, Severity.NORMAL) or Severity.NORMAL,
        examples=tuple(filter(None, (example(item, reading) for item in form.items("examples")))),
        line=node.place.line,
    )


def identifier(form: Form, key: str) -> str:
    text = form.text(key)
    if text and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
        wanted = ("小写字母、数字和连字符，如 fee-disclosure", "lower-case letters, digits and hyphens")
        form.faults.expected(form.place(key), key, wanted, f'"{text}"')
    return text


def _required(form: Form, reading: Reading) -> Condition:
    require, forbid = form.node("require"), form.node("forbid")
    if require is None and forbid is None:
        form.faults.add(
            form.mapping.place,
            "缺少 require（必须做到什么）或 forbid（不得出现什么）",
            "a rule needs exactly one of require and forbid: say what must be, or what must not",
            "missing",
        )
    if require is not None and forbid is not None:
        form.faults.add(
            form.place("forbid"),
            "一条规则不能既有 require 又有 forbid：请拆成两条规则",
            "a rule needs exactly one of require and forbid: make two rules of it",
            "conflict",
        )
    if require is not None:
        return condition(require, reading)
    return Not(condition(forbid, reading.opposite())) if forbid is not None else NOTHING


def _optional(form: Form, key: str, reading: Reading) -> Condition | None:
    node = form.node(key)
    return condition(node, reading) if node is not None else None
