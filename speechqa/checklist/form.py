"""Reading one mapping like a form: each field asked for by name, every fault noted, none fatal.

A field that is missing or wrong yields its default and a fault with its place, so that one run of
the reader tells an author everything that is wrong with a file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from speechqa.call import Message
from speechqa.checklist.meant import meant
from speechqa.checklist.plain_amounts import plain_number
from speechqa.checklist.yaml.nodes import Mapping, Node, Place, Scalar, Sequence
from speechqa.checklist.yaml.slips import WIDE_BRACKET, full_width
from speechqa.errors import ChecklistError, Fault

Choice = TypeVar("Choice", bound=StrEnum)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
MOST_FAULTS = 200  # told of one file: one with more is no checklist, or means harm
LONGEST_SHOWN = 40  # characters of what an author wrote, in a message
MOST_NAMES = 20  # told of what could have been meant
ALIKE = 65  # of 100; names less alike mislead
UNKNOWN = {  # what is not known: code of the fault
    "key": "unknown-key",
    "operator": "unknown-operator",
    "moment": "unknown-moment",
    "phrase list": "unknown-phrase-list",
    "flow": "unknown-flow",
    "step": "unknown-step",
    "section": "unknown-section",
}
_FLAGS = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}


@dataclass(slots=True)
class Faults:
    """Collects what is wrong in one file."""

    path: Path
    found: list[Fault] = field(default_factory=list)

    def add(self, place: Place, zh: str, en: str, code: str = "bad-value") -> None:
        """Notes a fault. Raises ChecklistError when there are too many to go on."""
        self.found.append(Fault(self.path, place.line, place.column, Message(zh, en), code))
        if len(self.found) < MOST_FAULTS:
            return
        message = Message(
            "问题太多，检查到此为止；请先改正以上各处", "too many faults to go on; correct those above first"
        )
        last = max(self.found, key=lambda fault: (fault.line, fault.column))
        raise ChecklistError((*self.found, replace(last, message=message, code="too-many-faults")))

    def expected(self, place: Place, key: str, wanted: tuple[str, str], got: str) -> None:
        self.add(place, f"{key}: 应为{wanted[0]}，实际为 {got}", f"{key}: expected {wanted[1]}, got {got}")

    def rather(self, place: Place, key: str, ours: str, got: str) -> None:
        """Notes what was written in other words than ours, which are known."""
        self.add(place, f"{key}: {got} 请写成 {ours}", f"{key}: for {got} write {ours}")

    def unknown(self, place: Place, what: tuple[str, str], name: str, known: Iterable[str]) -> None:
        """An unknown name, with the nearest known one."""
        known = sorted(known)
        near = nearest(name, known)
        few = [one[:LONGEST_SHOWN] for one in known[:MOST_NAMES]]
        more = len(known) > MOST_NAMES
        zh_hint = f"，是不是 {near}？" if near else f"；可用：{'、'.join(few) or '无'}{' 等' * more}"
        en_hint = f"; did you mean {near}?" if near else f"; have: {', '.join(few) or 'none'}{' ...' * more}"
        if wide := WIDE_BRACKET.search(name):
            said = full_width(wide[0])
            zh_hint, en_hint = f"；{said.zh}", f"; {said.en}"
        elif "：" in name:
            zh_hint = "；冒号要用半角的，后面空一格"
            en_hint = "; write a plain colon with a space after it"
        code = UNKNOWN.get(what[1], "bad-value")
        name = name[:LONGEST_SHOWN]
        self.add(place, f"未知的{what[0]} {name}{zh_hint}", f"unknown {what[1]} {name}{en_hint}", code)


def nearest(name: str, known: list[str]) -> str | None:
    """The known name that was meant by this one, or mistyped as it; None when none is like it."""
    from rapidfuzz import fuzz, process

    if ours := meant(name, known):
        return ours
    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def shown(node: Node) -> str:
    """What the author wrote, short, for messages."""
    match node:
        case Scalar(text=text):
            return f'"{text[:LONGEST_SHOWN]}"' if text else '""'
        case Sequence(items=items):
            return f"[… {len(items)}]"
        case Mapping(entries=entries):
            return "{" + ", ".join(list(entries)[:3]) + "}"


class Form:
    """One mapping of the file being read."""

    def __init__(self, mapping: Mapping, faults: Faults, known: Iterable[str]) -> None:
        self.mapping = mapping
        self.faults = faults
        known = set(known)
        for key, (place, value) in mapping.entries.items():
            if key not in known and not _cut_off(key, place, value, known, faults):
                faults.unknown(place, ("键", "key"), key, known)

    def node(self, key: str) -> Node | None:
        entry = self.mapping.entries.get(key)
        return entry[1] if entry else None

    def place(self, key: str) -> Place:
        node = self.node(key)
        return node.place if node else self.mapping.place

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a field; a missing one without default is a fault."""
        node = self.node(key)
        if node is None and default is not None:
            return default
        if node is None:
            self.faults.add(self.mapping.place, f"缺少 {key}", f"missing {key}", "missing")
            return ""
        if not isinstance(node, Scalar) or not node.text.strip():
            self.faults.expected(node.place, key, ("文字", "text"), shown(node))
            return default or ""
        return node.text.strip()

    def number(self, key: str, default: float, low: float, high: float) -> float:
        node = self.node(key)
        if node is None:
            return default
        value = number(node)
        if value is None and (ours := _plain(node, low, high)):
            self.faults.rather(node.place, key, ours, shown(node))
            return default
        if value is None or not low <= value <= high:
            wanted = (f" {low:g}-{high:g} 的数字", f"a number {low:g}-{high:g}")
            self.faults.expected(node.place, key, wanted, shown(node))
            return default
        return value

    def count(self, key: str, default: int) -> int:
        """A whole number from 1 to 999."""
        node = self.node(key)
        if node is None:
            return default
        value = number(node)
        if value is None and (ours := _plain(node, 1, 999)):
            self.faults.rather(node.place, key, ours, shown(node))
            return default
        if value is None or not value.is_integer() or not 1 <= value <= 999:
            self.faults.expected(node.place, key, (" 1-999 的整数", "a whole number 1-999"), shown(node))
            return default
        return int(value)

    def flag(self, key: str, default: bool) -> bool:
        node = self.node(key)
        if node is None:
            return default
        value = _FLAGS.get(node.text.lower()) if isinstance(node, Scalar) else None
        if value is None:
            self.faults.expected(node.place, key, (" yes 或 no", "yes or no"), shown(node))
            return default
        return value

    def choice(self, key: str, kinds: type[Choice], default: Choice | None = None) -> Choice | None:
        """A member of an enumeration; `default` when missing (None: missing is a fault) or wrong."""
        node = self.node(key)
        if node is None:
            if default is None:
                self.faults.add(self.mapping.place, f"缺少 {key}", f"missing {key}", "missing")
            return default
        return one_of(node, key, kinds, self.faults) or default

    def entries(self, key: str) -> dict[str, tuple[Place, Node]]:
        """The entries of a field that is a mapping; empty when missing or wrong."""
        node = self.node(key)
        if node is None:
            return {}
        if isinstance(node, Mapping):
            return node.entries
        self.faults.expected(node.place, key, ("“名称: 内容”", "a mapping"), shown(node))
        return {}

    def items(self, key: str) -> list[Node]:
        """The items of a field that is a list; empty when missing or wrong."""
        node = self.node(key)
        if node is None:
            return []
        if isinstance(node, Sequence):
            return node.items
        self.faults.expected(node.place, key, ("列表（每项以 - 开头）", "a list (- item)"), shown(node))
        return []


def _cut_off(key: str, place: Place, value: Node, known: set[str], faults: Faults) -> bool:
    """Notes a key between braces that has no colon: a text that a comma cut off, as a rule."""
    if value.place != Place(place.line, place.column + len(key)):
        return False
    first = next(iter(key.split()), "")
    if wide := WIDE_BRACKET.search(key):
        zh, en = full_width(wide[0]).zh, full_width(wide[0]).en
    elif first in known:
        zh = f"{first} 后面少了冒号：请写成“{first}: …”，冒号后面空一格"
        en = f"{first} has no colon: write {first}: ..."
    else:
        zh = f"“{key[:LONGEST_SHOWN]}”被前面的逗号断开了：几个短语请写在 [ ] 里；是一整段文字就加引号"
        en = f'a comma cuts off "{key[:LONGEST_SHOWN]}": put several phrases in [ ], or quotes around a text'
    faults.add(place, zh, en, "unknown-key")
    return True


def number(node: Node) -> float | None:
    if isinstance(node, Scalar) and _NUMBER.fullmatch(node.text.strip()):
        return float(node.text)
    return None


def _plain(node: Node, low: float, high: float) -> str | None:
    """The number within bounds that stands in a text such as `10分`."""
    ours = plain_number(node.text) if isinstance(node, Scalar) else None
    return ours if ours is not None and low <= float(ours) <= high else None


def one_of(node: Node, key: str, kinds: type[Choice], faults: Faults) -> Choice | None:
    if isinstance(node, Scalar) and node.text in kinds.__members__.values():
        return kinds(node.text)
    names = [str(kind) for kind in kinds]
    if isinstance(node, Scalar) and nearest(node.text, names):
        faults.unknown(node.place, (f" {key} 取值", f"{key}"), node.text, names)
        return None
    wanted = " | ".join(names)
    faults.expected(node.place, key, (f" {wanted}", wanted), shown(node))
    return None
