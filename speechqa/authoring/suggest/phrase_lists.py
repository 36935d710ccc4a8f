"""Where in its files a checklist's phrases stand, and the checklist with one more of them.

A named list is one place, however many conditions take it: a phrase added there reaches all of them. A list
written in a condition itself is a place of its own. Values do not carry their places, so the files are read
once more, as plain nodes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from speechqa.authoring.anatomy import footing, inside, rebuilt
from speechqa.call import Role
from speechqa.checklist.operators.words import Phrases
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.values import Checklist, Rule
from speechqa.checklist.yaml import nodes
from speechqa.checklist.yaml.nodes import Node, Place, Scalar, Sequence, read_nodes

_REFERENCE = re.compile(r"<([\w-]+)>")
_OF_CONDITION = ("phrases", "any", "of")  # keys under which a condition's own list stands


@dataclass(frozen=True, slots=True)
class PhraseList:
    """A list of phrases in a file. `name` is empty when it stands in a condition."""

    path: Path
    place: Place
    name: str
    texts: tuple[str, ...]  # references written out
    refers_to: tuple[str, ...]  # names of lists that it takes whole


@dataclass(frozen=True, slots=True)
class Slot:
    """A list to which a phrase could be added for a rule; `roles` are those that its conditions listen to."""

    to: PhraseList
    roles: frozenset[Role]


def slots(checklist: Checklist, rule: Rule) -> tuple[Slot, ...]:
    """The lists that a rule's conditions want any of, with all that it refers to."""
    named, own = _written(checklist.path)
    found: dict[PhraseList, frozenset[Role]] = {}
    for condition in _wanting(checklist, rule):
        for one in _lists_of(condition, named, own):
            roles = {condition.scope.by} if condition.scope.by else {Role.AGENT, Role.CUSTOMER}
            found[one] = found.get(one, frozenset()) | roles
    return tuple(Slot(one, roles) for one, roles in found.items())


def with_phrases(checklist: Checklist, slot: Slot, added: tuple[Phrase, ...]) -> Checklist:
    """The checklist as it is with some more phrases in a list.

    A condition that wants all of the list wants one more of it, as it would of a single new phrase.
    """
    texts = frozenset(slot.to.texts)

    def grown(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        return (*phrases, *(one for one in added if one not in phrases))

    def change(value: object) -> object:
        if isinstance(value, Phrases) and _has(value.wanted, texts):
            several = len(value.wanted) > 1 and value.at_least == len(value.wanted)
            value = replace(value, wanted=grown(value.wanted), at_least=value.at_least + several)
            return rebuilt_exceptions(value)
        if isinstance(value, tuple) and _has(value, texts):
            return grown(value)
        return value

    def rebuilt_exceptions(value: Phrases) -> Phrases:
        if not _has(value.not_inside, texts):
            return value
        return replace(value, not_inside=grown(value.not_inside))

    return replace(
        checklist,
        moments=rebuilt(checklist.moments, change),
        flows=rebuilt(checklist.flows, change),
        rules=rebuilt(checklist.rules, change),
    )


def _has(value: tuple[object, ...], texts: frozenset[str]) -> bool:
    """Whether a tuple of phrases has all of a list."""
    return bool(value) and texts <= {one.text for one in value if isinstance(one, Phrase)}


def _wanting(checklist: Checklist, rule: Rule) -> Iterator[Phrases]:
    stands_on = footing(checklist, rule)
    for part in inside((rule, stands_on.named)):
        if isinstance(part, Phrases) and (part.at_least < len(part.wanted) or len(part.wanted) == 1):
            yield part


def _lists_of(
    condition: Phrases, named: Mapping[str, PhraseList], own: Mapping[tuple[str, ...], PhraseList]
) -> Iterator[PhraseList]:
    """The lists that a condition takes by name; without any, the one that stands in it."""
    written = own.get(tuple(phrase.text for phrase in condition.wanted))
    if written is None:
        return
    taken = [named[name] for name in written.refers_to if name in named]
    yield from taken or [written]


def _written(path: Path) -> tuple[Mapping[str, PhraseList], Mapping[tuple[str, ...], PhraseList]]:
    """The named lists of a checklist and of the terms that it shares; and those in conditions, by texts."""
    top, _ = read_nodes(path, path.read_bytes())
    named: dict[str, PhraseList] = {}
    for file in _terms(top, path):
        shared, _ = read_nodes(file, file.read_bytes())
        _add_named(shared, file, named)
    _add_named(top, path, named)
    own: dict[tuple[str, ...], PhraseList] = {}
    for section in ("moments", "flows", "rules"):
        if section in top.entries:
            for node in _in_conditions(top.entries[section][1]):
                one = _list(node, path, "", named)
                own.setdefault(one.texts, one)
    return named, own


def _terms(top: nodes.Mapping, path: Path) -> list[Path]:
    node = top.entries["terms"][1] if "terms" in top.entries else None
    return [path.parent / text for text in _texts(node)] if node is not None else []


def _add_named(top: nodes.Mapping, path: Path, named: dict[str, PhraseList]) -> None:
    lists = top.entries["phrases"][1] if "phrases" in top.entries else None
    for name, (_, node) in lists.entries.items() if isinstance(lists, nodes.Mapping) else ():
        named[name] = _list(node, path, name, named)


def _in_conditions(node: Node) -> Iterator[Node]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _in_conditions(item)
    elif isinstance(node, nodes.Mapping):
        for key, (_, value) in node.entries.items():
            if key in _OF_CONDITION and _texts(value):
                yield value
            yield from _in_conditions(value)


def _list(node: Node, path: Path, name: str, named: Mapping[str, PhraseList]) -> PhraseList:
    texts: dict[str, None] = {}
    refers_to = []
    for text in _texts(node):
        if (match := _REFERENCE.fullmatch(text)) and match[1] in named:
            texts.update(dict.fromkeys(named[match[1]].texts))
            refers_to.append(match[1])
        else:
            texts[text] = None
    return PhraseList(path, node.place, name, tuple(texts), tuple(refers_to))


def _texts(node: Node) -> list[str]:
    """The texts of one scalar or a list of them; none of anything else."""
    items = node.items if isinstance(node, Sequence) else [node]
    return [item.text.strip() for item in items if isinstance(item, Scalar)]
