"""What an author edited that has a name (lists, moments, flows), and which rules change with it untouched.

Loaded conditions hold the phrases of the lists that they take, so the files are read again as nodes, in
which a list stands by its name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from speechqa.authoring.anatomy import footing
from speechqa.authoring.checking.source import scalars, source
from speechqa.checklist import Checklist
from speechqa.checklist.phrases import REFERENCE
from speechqa.checklist.yaml.nodes import Node, Scalar, Sequence
from speechqa.errors import ChecklistError


class Kind(StrEnum):
    LIST = "phrases"
    MOMENT = "moments"
    FLOW = "flows"


Name: TypeAlias = tuple[Kind, str]
Plain: TypeAlias = "str | tuple[Plain, ...]"  # a node without its places


@dataclass(frozen=True, slots=True)
class Edit:
    """A named thing that is written in another way than before."""

    kind: Kind
    name: str
    added: tuple[str, ...]  # phrases, of a list
    removed: tuple[str, ...]
    rules: tuple[str, ...]  # ids of those that rest on it and are written as before


@dataclass(frozen=True, slots=True)
class Written:
    """A checklist as it stands in its files."""

    named: Mapping[Name, Plain]
    texts: Mapping[str, tuple[str, ...]]  # of each list, references as they stand
    rules: Mapping[str, Plain]
    rests_on: Mapping[str, frozenset[Name]]  # by rule


def written(checklist: Checklist) -> Written:
    """The files of a checklist, read again; nothing where that cannot be done, as with a pipe."""
    try:
        return _written(checklist)
    except (OSError, ChecklistError, LookupError, ValueError):  # the last two: saved again in between
        return Written({}, {}, {}, {})


def edits(old: Written, new: Written) -> tuple[Edit, ...]:
    """What both have and is not the same, in the order of the files."""
    return tuple(
        _edit(name, old, new)
        for name, plain in new.named.items()
        if name in old.named and old.named[name] != plain
    )


def _written(checklist: Checklist) -> Written:
    files = source(checklist)
    lists = {(Kind.LIST, name): node for name, (_, node) in files.lists.items()}
    things = {(kind, name): node for kind in Kind for name, (_, node) in files.section(kind).items()}
    nodes: dict[Name, Node] = {**things, **lists}
    rules = list(files.rules())
    return Written(
        {name: _plain(node) for name, node in nodes.items()},
        {name: _texts(node) for (_, name), node in lists.items()},
        {rule.id: _plain(node) for rule, node in rules},
        {rule.id: frozenset(_reached(node, nodes, footing(checklist, rule).named)) for rule, node in rules},
    )


def _edit(name: Name, old: Written, new: Written) -> Edit:
    before, after = (one.texts.get(name[1], ()) if name[0] is Kind.LIST else () for one in (old, new))
    return Edit(
        *name,
        added=tuple(text for text in after if text not in before),
        removed=tuple(text for text in before if text not in after),
        rules=tuple(
            rule
            for rule, plain in new.rules.items()
            if old.rules.get(rule) == plain and name in new.rests_on[rule]
        ),
    )


def _reached(node: Node, nodes: Mapping[Name, Node], named: Mapping[str, object]) -> Iterator[Name]:
    """The moments and flows that a rule rests on, and the lists that they and the rule take."""
    todo = [node]
    for place in named:
        section, _, name = place.partition("/")
        yield (Kind(section), name)
        todo.append(nodes[Kind(section), name])
    seen: set[Name] = set()
    while todo:
        for text in map(_text, scalars(todo.pop())):
            match = REFERENCE.fullmatch(text)
            taken = (Kind.LIST, match[1]) if match else None
            if taken and taken in nodes and taken not in seen:
                seen.add(taken)
                todo.append(nodes[taken])
    yield from seen


def _plain(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return _text(node)
    if isinstance(node, Sequence):
        return tuple(map(_plain, node.items))
    return tuple((key, _plain(value)) for key, (_, value) in sorted(node.entries.items()))


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(map(_text, scalars(node)))


def _text(node: Scalar) -> str:
    return node.text.strip()
