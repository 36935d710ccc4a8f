"""Warnings about conditions that look where nothing can be, and rules that no call meets."""

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from math import inf
from typing import TypeAlias

from speechqa.authoring.checking.source import Source, warning
from speechqa.checklist.operators import Condition, Leaf, moments_of
from speechqa.checklist.operators.events import Happened
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.values import Moment, Rule
from speechqa.checklist.where import Anchor, Scope, Unit, Which, Window
from speechqa.errors import Fault

Times: TypeAlias = Mapping[str, float]  # seconds, by moment


def never_applies(read: Source) -> Iterator[Fault]:
    """A rule whose `when` and `unless`, or parts of its `when`, exclude each other."""
    for rule, node in read.rules():
        if not _excluded(rule):
            continue
        key = "unless" if "unless" in node.entries else "when"
        yield warning(
            "never-applies",
            read.key_of(node, key),
            f"规则 {rule.id} 永远不适用：when 要求的正是 {key} 所排除的；请改其中一个",
            f"rule {rule.id} never applies: its when asks for what its {key} excludes; change one of them",
        )


def unreachable(read: Source) -> Iterator[Fault]:
    """A condition whose window, anchors and distances leave no place in any call."""
    earliest = _earliest(read.checklist.moments)
    for one in read.asked():
        found = _no_place(one.leaf.scope, earliest)
        if found is not None:
            key, zh, en = found
            yield warning("unreachable", read.value_of(one.node, key), f"{key}: {zh}", f"{key}: {en}")


def _excluded(rule: Rule) -> bool:
    wanted = set(_parts(rule.when)) if rule.when is not None else set()
    excluded = set(rule.unless.parts) if isinstance(rule.unless, Any) else set()
    excluded |= {rule.unless} if rule.unless is not None else set()
    excluded |= {part.part for part in wanted if isinstance(part, Not)}
    return bool(wanted & excluded)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    """What must hold for a condition to hold."""
    if isinstance(condition, All):
        return (condition, *(inner for part in condition.parts for inner in _parts(part)))
    return (condition,)


def _no_place(scope: Scope, earliest: Times) -> tuple[str, str, str] | None:
    """The key that leaves no place, and why in both languages."""
    for key, window in (("window", scope.window), ("within", scope.within)):
        if window is not None and window.start >= window.end:
            return key, "长度是 0，什么也找不到", "is empty, nothing can be found there"
    window = scope.window
    if window is not None and window.unit is Unit.PERCENT and window.start >= 100:
        return "window", "从 100% 以后开始，通话已经结束", "begins after 100 %, when the call is over"
    if scope.after is not None and scope.before is not None and _crossed(scope.after, scope.before):
        name = scope.after.moment
        return (
            "before",
            f"在 {name} 之后就不会再在它之前；请检查 after 和 before",
            f"nothing after {name} is before it; check after and before",
        )
    if scope.after is not None and window is not None and _in_seconds(window):
        first = earliest[scope.after.moment]
        if first >= window.end:
            return (
                "window",
                f"到 {window.end:g} 秒为止，而 {scope.after.moment} 最早在 {first:g} 秒才会出现",
                f"ends at {window.end:g} s, but {scope.after.moment} cannot happen before {first:g} s",
            )
    return None


def _crossed(after: Anchor, before: Anchor) -> bool:
    """Whether what is after the one anchor cannot be before the other."""
    if after.moment != before.moment:
        return False
    single = (Which.FIRST, Which.NTH, Which.LAST)
    if after.which not in single or before.which not in single:
        return False
    if after.which is Which.LAST:
        return True
    return before.which is not Which.LAST and after.nth >= before.nth


def _in_seconds(window: Window) -> bool:
    return window.unit is Unit.SECONDS and not window.from_end


def _earliest(moments: Mapping[str, Moment]) -> Times:
    """For each moment the seconds from the first word before which it cannot happen."""
    graph = {name: moments_of(moment.condition) for name, moment in moments.items()}
    found: dict[str, float] = {}
    for name in TopologicalSorter(graph).static_order():  # what it refers to comes before it
        found[name] = _earliest_of(moments[name].condition, found)
    return found


def _earliest_of(condition: Condition, earliest: Times) -> float:
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return min((_earliest_of(part, earliest) for part in parts), default=inf)
        case Not():
            return 0.0
        case leaf:
            return _earliest_of_leaf(leaf, earliest)


def _earliest_of_leaf(leaf: Leaf, earliest: Times) -> float:
    window = leaf.scope.window
    bounds = [window.start] if window is not None and _in_seconds(window) else [0.0]
    bounds += [earliest[leaf.scope.after.moment]] if leaf.scope.after is not None else []
    if isinstance(leaf, Happened | Answered):
        bounds += [earliest[name] for name in leaf.moments]
    return max(bounds)
