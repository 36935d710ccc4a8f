"""The small phrases that say where a condition looks: `first 15 s`, `last pitch`, `3 turns`."""

import re
from collections.abc import Callable
from functools import lru_cache

from speechqa.call import Role
from speechqa.checklist.form import Faults, Form, shown
from speechqa.checklist.plain_amounts import plain_distance, plain_turns, plain_window
from speechqa.checklist.where import Anchor, IfNever, Scope, Slice, Unit, Which, Window
from speechqa.checklist.yaml.nodes import Node, Scalar

SCOPE_KEYS = frozenset({"by", "window", "before", "after", "around", "until", "within", "turns", "if_never"})

_UNIT = r"(?P<unit>s|turns?|%)"
_FIRST_LAST = re.compile(rf"(?P<side>first|last)\s+(?P<n>\d+(?:\.\d+)?)\s*{_UNIT}")
_FROM_TO = re.compile(rf"(?P<from>\d+(?:\.\d+)?)\s*\.\.\s*(?P<to>\d+(?:\.\d+)?)\s*{_UNIT}")
_DISTANCE = re.compile(rf"(?P<n>\d+(?:\.\d+)?)\s*{_UNIT}")
_SLICE = re.compile(r"(first|last)\s+(\d+)")
_ANCHOR = re.compile(r"(?:(first|last|each|any)\s+|(\d+)(?:st|nd|rd|th)\s+)?([\w-]+)")


_OPPOSITE = {IfNever.PASS: IfNever.FAIL, IfNever.FAIL: IfNever.PASS}


def scope(form: Form, negated: bool = False) -> Scope:
    """The scope that a condition's form gives; what is said of the rule is turned round under `not`.

    What must not be said after `each` pitch must not be said after any of them.
    """
    by = form.choice("by", Role, Role.UNKNOWN)
    if_never = form.choice("if_never", IfNever, IfNever.NOT_APPLICABLE) or IfNever.NOT_APPLICABLE
    return _one(
        Scope(
            by=None if by is Role.UNKNOWN else by,
            window=_window(form),
            before=_anchor(form, "before", negated),
            after=_anchor(form, "after", negated),
            around=_around(form, negated),
            until=form.text("until", "") or None,
            within=_within(form),
            turns=_slice(form),
            if_never=_OPPOSITE.get(if_never, if_never) if negated else if_never,
        )
    )


@lru_cache(maxsize=1 << 12)
def _one(scope: Scope) -> Scope:
    """One object for equal scopes: what is found out for one holds for all, and is looked up by identity."""
    return scope


def _window(form: Form) -> Window | None:
    node = form.node("window")
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    if match := _FIRST_LAST.fullmatch(text):
        return Window(0.0, float(match["n"]), _unit(match["unit"]), from_end=match["side"] == "last")
    match = _FROM_TO.fullmatch(text)
    if match and float(match["from"]) < float(match["to"]):
        return Window(float(match["from"]), float(match["to"]), _unit(match["unit"]))
    _expected(form.faults, node, "window", "first 15 s | last 3 turns | 10..30 s | 0..50 %", plain_window)
    return None


def _within(form: Form) -> Window | None:
    node = form.node("within")
    if node is not None and all(form.node(key) is None for key in ("before", "after", "around")):
        form.faults.add(
            node.place,
            "within: 要和 before、after 或 around 一起用",
            "within: needs before, after or around beside it",
        )
    return within(form)


def within(form: Form) -> Window | None:
    """The distance in the field `within`: `10 s`, `3 turns`; None when there is none."""
    node = form.node("within")
    if node is None:
        return None
    match = _DISTANCE.fullmatch(node.text) if isinstance(node, Scalar) else None
    if match is None or match["unit"] == "%":
        _expected(form.faults, node, "within", "10 s | 3 turns", plain_distance)
        return None
    return Window(0.0, float(match["n"]), _unit(match["unit"]))


def _slice(form: Form) -> Slice | None:
    node = form.node("turns")
    if node is None:
        return None
    match = _SLICE.fullmatch(node.text) if isinstance(node, Scalar) else None
    if match is None or int(match[2]) == 0:
        _expected(form.faults, node, "turns", "first 3 | last 2", plain_turns)
        return None
    return Slice(int(match[2]), from_end=match[1] == "last")


def _anchor(form: Form, key: str, negated: bool) -> Anchor | None:
    node = form.node(key)
    if node is None:
        return None
    match = _ANCHOR.fullmatch(node.text) if isinstance(node, Scalar) else None
    if match is None or match[2] == "0":
        _expected(form.faults, node, key, "pitch | last pitch | each pitch | 2nd pitch")
        return None
    if match[2]:
        return Anchor(match[3], Which.NTH, int(match[2]))
    which = Which(match[1]) if match[1] else Which.FIRST
    return Anchor(match[3], Which.ANY if negated and which is Which.EACH else which)


def _around(form: Form, negated: bool) -> Anchor | None:
    anchor = _anchor(form, "around", negated)
    if anchor is not None and form.node("within") is None:
        form.faults.add(
            form.place("around"),
            "around: 要写明多近，例如 within: 2 turns",
            "around: say how near beside it, e.g. within: 2 turns",
        )
    return anchor


def _unit(text: str) -> Unit:
    return Unit.TURNS if text.startswith("turn") else Unit(text)


def _expected(
    faults: Faults,
    node: Node,
    key: str,
    examples: str,
    plain: Callable[[str], str | None] = lambda _: None,
) -> None:
    """Notes what is expected; where `plain` reads what is written, how to put it."""
    if isinstance(node, Scalar) and (ours := plain(node.text)):
        faults.rather(node.place, key, ours, shown(node))
        return
    faults.expected(node.place, key, (f"（例如）{examples}", f"something like {examples}"), shown(node))
