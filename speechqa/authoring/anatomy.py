"""What lies inside a checklist, whatever its operators are: its values, and which of them a rule rests on.

Everything here walks over frozen values field by field, so that a new operator or a new section of the file
needs no line of this module.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar, cast

from speechqa.checklist.operators.facts import Metadata, Stated
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.values import Checklist, Rule

T = TypeVar("T")

NOT_MEANT = frozenset({"line", "column", "place", "path", "examples", "lines"})  # where it stands, not what
_OUTSIDE = frozenset({"ref", "title", "path", "marks", "sections", "rules"})  # no verdict rests on them
_NAMED = frozenset({"moments", "flows"})  # of a checklist: rules mention their entries by name


@dataclass(frozen=True, slots=True)
class Footing:
    """A rule and all that it refers to: calls that are judged by equal ones get equal findings."""

    rule: Rule
    named: Mapping[str, object]  # by section and name, e.g. "moments/pitch"
    rest: tuple[object, ...]  # of the checklist: what has no names and may matter to every rule


def inside(value: object) -> Iterator[object]:
    """The value and every value in it, from the outside in; lists of phrases are taken whole."""
    yield value
    for part in _parts(value):
        yield from inside(part)


def alike(one: object, other: object) -> bool:
    """Whether two values mean the same, wherever in their files they stand."""
    if type(one) is not type(other):
        return False
    if _is_of_phrases(one):
        return one == other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(part, other[key]) for key, part in one.items())
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if not is_dataclass(one):
        return one == other
    return all(alike(getattr(one, name), getattr(other, name)) for name in _meant(one))


def digest(value: object) -> str:
    """Hex; the same for values that are `alike`, and for no others."""
    return sha256("".join(_told(value)).encode("utf-8", "surrogatepass")).hexdigest()


def columns(values: Iterable[object]) -> Iterator[Metadata | Stated]:
    """What asks in the values for facts of the call, each for its `field`."""
    return (part for part in inside(tuple(values)) if isinstance(part, Metadata | Stated))


def rebuilt(value: T, change: Callable[[object], object]) -> T:
    """The value with `change` made to every value in it; what holds no change stays the same object.

    `change` gives back what it leaves as it is; what it changes is not searched further, nor are phrases.
    """
    return cast("T", _rebuilt(value, change))


def footing(checklist: Checklist, rule: Rule) -> Footing:
    """What the rule rests on: every named thing that it mentions, and that those mention in turn."""
    named: dict[str, list[tuple[str, object]]] = {}
    rest: list[object] = []
    for field in fields(checklist):
        content = getattr(checklist, field.name)
        if field.name in _NAMED:
            for name, thing in content.items():
                named.setdefault(name, []).append((f"{field.name}/{name}", thing))
        elif field.name not in _OUTSIDE:
            rest.append(content)
    found: dict[str, object] = {}
    todo: list[object] = [rule]
    while todo:
        for mentioned in inside(todo.pop()):
            for place, thing in named.get(mentioned, ()) if isinstance(mentioned, str) else ():
                if place not in found:
                    found[place] = thing
                    todo.append(thing)
    return Footing(rule, found, tuple(rest))


def narrowed(checklist: Checklist, rules: Iterable[Rule]) -> Checklist:
    """The checklist with some of its rules only, and the moments and flows that they rest on."""
    kept = tuple(rules)
    needed = {place for rule in kept for place in footing(checklist, rule).named}
    return replace(
        checklist,
        rules=kept,
        moments={name: one for name, one in checklist.moments.items() if f"moments/{name}" in needed},
        flows={name: one for name, one in checklist.flows.items() if f"flows/{name}" in needed},
    )


def _told(value: object) -> Iterator[str]:
    """The value in full, every part with its type and, where they vary, how many there are."""
    kind = type(value)
    if is_dataclass(value):
        yield f"{kind.__module__}.{kind.__qualname__}("
        for name in _meant(value):
            yield f"{name}="
            yield from _told(getattr(value, name))
        yield ")"
    elif isinstance(value, Mapping):
        yield f"{{{len(value)}:"
        for key in sorted(value, key=repr):
            yield repr(key)
            yield from _told(value[key])
        yield "}"
    elif isinstance(value, frozenset):
        yield f"<{len(value)}:{sorted(map(digest, value))}>"
    elif isinstance(value, tuple):
        yield f"[{len(value)}:"
        for part in value:
            yield from _told(part)
        yield "]"
    else:
        yield f"{kind.__qualname__} {value!r};"


def _rebuilt(value: object, change: Callable[[object], object]) -> object:
    changed = change(value)
    if changed is not value or _is_of_phrases(value):
        return changed
    if isinstance(value, tuple):
        parts = tuple(_rebuilt(part, change) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    if isinstance(value, Mapping):
        entries = {key: _rebuilt(part, change) for key, part in value.items()}
        return value if all(entries[key] is part for key, part in value.items()) else entries
    if not is_dataclass(value) or isinstance(value, type):
        return value
    known = {name: getattr(value, name) for name in _meant(value)}
    new = {name: _rebuilt(part, change) for name, part in known.items()}
    differing = {name: part for name, part in new.items() if part is not known[name]}
    return replace(value, **differing) if differing else value


def _parts(value: object) -> Iterable[object]:
    if _is_of_phrases(value):
        return ()
    if is_dataclass(value):
        return [getattr(value, name) for name in _meant(value)]
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, tuple) else ()


def _is_of_phrases(value: object) -> bool:
    """Phrases are thousands, and have nothing in them."""
    if isinstance(value, tuple) and value:
        value = value[0]
    return isinstance(value, Phrase)


def _meant(value: object) -> tuple[str, ...]:
    """Fields of a dataclass's value that say what it means."""
    kind: Any = type(value)
    return _meant_of(kind)


@cache
def _meant_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in NOT_MEANT)
