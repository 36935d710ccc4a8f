"""A loaded checklist beside the text that it was read from: where in which file each of its parts stands.

Values do not carry places, because conditions are compared and looked up by what they mean. So the files
are read again as nodes, and the operators of a condition are matched with them in their order.
"""

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path

from speechqa.call import Message
from speechqa.checklist import Checklist
from speechqa.checklist.conditions import COMPOSITIONS
from speechqa.checklist.operators import Condition, Leaf
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.phrases import REFERENCE
from speechqa.checklist.scopes import SCOPE_KEYS
from speechqa.checklist.values import Rule
from speechqa.checklist.yaml.nodes import Mapping, Node, Place, Scalar, Sequence, read_nodes
from speechqa.errors import Fault, Level


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in one of the files."""

    path: Path
    place: Place


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase as it stands in a list."""

    text: str
    spot: Spot
    quoted: bool
    alone: bool  # the only one of its list


@dataclass(frozen=True, slots=True)
class Asked:
    """An operator that a rule, moment or flow uses, with its node."""

    leaf: Leaf
    node: Mapping
    negated: bool  # stands under an odd number of `not`
    key: str  # of the rule: `require` (`forbid` is a `require` that is negated), `when` ...; else empty
    rule: Rule | None = None  # None: of a moment or flow


@dataclass(frozen=True, slots=True)
class Source:
    """The nodes of a checklist and of the term files that it names."""

    checklist: Checklist
    top: Mapping
    lists: MappingOf[str, tuple[Path, Node]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.checklist.path

    def section(self, key: str) -> MappingOf[str, tuple[Place, Node]]:
        """The entries of a section of the checklist; none when it has no such section."""
        node = self.top.entries[key][1] if key in self.top.entries else None
        return node.entries if isinstance(node, Mapping) else {}

    def rules(self) -> Iterator[tuple[Rule, Mapping]]:
        node = self.top.entries["rules"][1]
        nodes = node.items if isinstance(node, Sequence) else []
        for rule, written in zip(self.checklist.rules, nodes, strict=True):
            if isinstance(written, Mapping):
                yield rule, written

    def asked(self) -> Iterator[Asked]:
        """Every operator of the checklist, in the order of the file."""
        for name, (_, node) in self.section("moments").items():
            yield from _paired(self.checklist.moments[name].condition, node)
        for name, (_, node) in self.section("flows").items():
            for condition, written in zip(
                self.checklist.flows[name].conditions, _flow_nodes(node), strict=True
            ):
                yield from _paired(condition, written)
        for rule, node in self.rules():
            for key, one in _conditions(rule):
                if key in node.entries and one is not None:
                    yield from _paired(one, node.entries[key][1], key, rule)
            counts = node.entries["counts"][1] if "counts" in node.entries else None
            if rule.stakes.counts is not None and isinstance(counts, Mapping):
                yield from _paired(rule.stakes.counts.when, counts.entries["when"][1], "counts", rule)

    def at(self, place: Place) -> Spot:
        return Spot(self.path, place)

    def key_of(self, node: Mapping, key: str) -> Spot:
        """Where a key stands; the whole mapping when it is not given."""
        return Spot(self.path, node.entries[key][0] if key in node.entries else node.place)

    def value_of(self, node: Mapping, key: str) -> Spot:
        """Where a key's value stands; the whole mapping when it is not given."""
        return Spot(self.path, node.entries[key][1].place if key in node.entries else node.place)

    def terms(self, one: Asked) -> Iterator[Wording]:
        """Every phrase that an operator names, whatever for."""
        phrases = {phrase.text for phrase in one.leaf.phrases}
        lists = _phrase_fields(one.node) if phrases else ()
        yield from (wording for node in lists for wording in self.wordings(node) if wording.text in phrases)

    def wanted(self, one: Asked) -> Iterator[Wording]:
        """The phrases that `phrases:` wants to hear."""
        yield from self.wordings(_wanted_node(one.node))

    def wordings(self, node: Node, path: Path | None = None) -> Iterator[Wording]:
        """The phrases of a field, those of the lists that it names included."""
        path = path or self.path
        items = node.items if isinstance(node, Sequence) else [node]
        for item in items:
            if not isinstance(item, Scalar):
                continue
            name = REFERENCE.fullmatch(item.text.strip())
            if name is None:
                alone = isinstance(node, Sequence) and len(items) == 1
                yield Wording(item.text.strip(), Spot(path, item.place), item.quoted, alone)
            elif name[1] in self.lists:
                other, listed = self.lists[name[1]]
                yield from self.wordings(listed, other)


def source(checklist: Checklist) -> Source:
    """The files of a loaded checklist, read again. Raises OSError when one is gone."""
    top = _nodes(checklist.path)
    lists: dict[str, tuple[Path, Node]] = {}
    terms = top.entries["terms"][1] if "terms" in top.entries else Sequence(top.place)
    paths = [checklist.path.parent / item.text for item in _scalars(terms)]
    for path in (*paths, checklist.path):
        node = _nodes(path).entries.get("phrases")
        if node is not None and isinstance(node[1], Mapping):
            lists |= {name: (path, listed) for name, (_, listed) in node[1].entries.items()}
    return Source(checklist, top, lists)


def scalars(node: Node) -> Iterator[Scalar]:
    """Every text in a node, keys left out."""
    if isinstance(node, Scalar):
        yield node
        return
    parts = node.items if isinstance(node, Sequence) else [part for _, part in node.entries.values()]
    for part in parts:
        yield from scalars(part)


def warning(code: str, spot: Spot, zh: str, en: str) -> Fault:
    return Fault(spot.path, spot.place.line, spot.place.column, Message(zh, en), code, Level.WARNING)


def _wanted_node(node: Mapping) -> Node:
    """The list that an operator wants any, all or some of."""
    inner = node.entries["phrases"][1]
    if not isinstance(inner, Mapping):
        return inner
    return next(inner.entries[key][1] for key in ("any", "all", "of", "none") if key in inner.entries)


def _phrase_fields(node: Mapping) -> Iterator[Node]:
    """The fields below an operator that could be phrases: texts, and lists of them."""
    for key, (_, field_node) in node.entries.items():
        if isinstance(field_node, Mapping):
            yield from _phrase_fields(field_node)
        elif key not in SCOPE_KEYS:
            yield field_node


def _scalars(node: Node) -> list[Scalar]:
    return [item for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []


def _nodes(path: Path) -> Mapping:
    return read_nodes(path, path.read_bytes())[0]


def _conditions(rule: Rule) -> tuple[tuple[str, Condition | None], ...]:
    """A rule's conditions by the keys that they may be written under."""
    required = (("require", rule.require), ("forbid", rule.require))
    return (*required, ("when", rule.when), ("unless", rule.unless), ("doubt_if", rule.doubt_if))


def _paired(condition: Condition, node: Node, key: str = "", rule: Rule | None = None) -> Iterator[Asked]:
    for (leaf, negated), written in zip(_signed(condition), _operators(node), strict=True):
        yield Asked(leaf, written, negated, "require" if key == "forbid" else key, rule)


def _signed(condition: Condition, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """The operators of a condition, as `leaves` has them, with whether a `not` turns them round."""
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _signed(part, negated)
        case Not(part):
            yield from _signed(part, not negated)
        case leaf:
            yield leaf, negated


def _operators(node: Node) -> Iterator[Mapping]:
    """The nodes of a condition's operators, in the order of `leaves`."""
    if not isinstance(node, Mapping):
        return
    composition = next((key for key in node.entries if key in COMPOSITIONS), None)
    if composition is None:
        yield node
        return
    inner = node.entries[composition][1]
    if composition == "at_least" and isinstance(inner, Mapping):
        inner = inner.entries["of"][1]
    for part in inner.items if isinstance(inner, Sequence) else [inner]:
        yield from _operators(part)


def _flow_nodes(node: Node) -> Iterator[Node]:
    """The nodes of a flow's conditions, in the order of `Flow.conditions`."""
    if not isinstance(node, Mapping):
        return
    for key in ("when", "said"):
        if key in node.entries:
            yield node.entries[key][1]
    for key in ("choose", "steps"):
        below = node.entries[key][1] if key in node.entries else None
        for part in below.items if isinstance(below, Sequence) else []:
            yield from _flow_nodes(part)
