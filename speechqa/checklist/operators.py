"""Conditions as frozen values: one operator and, for those that look at the conversation, a scope."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from speechqa.call import ToneLabel
from speechqa.checklist.where import Scope


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording. `pieces` are its normalised parts: `请问…机主` has two, with a gap between."""

    text: str
    pieces: tuple[str, ...]

    def __hash__(self) -> int:  # asked for whole lists of them; a text has its own at hand
        return hash(self.text)


@dataclass(frozen=True, slots=True)
class Phrases:
    """True when at least `at_least` different phrases of `wanted`, and `min_hits` places, were heard."""

    scope: Scope
    wanted: tuple[Phrase, ...]
    at_least: int = 1
    min_hits: int = 1
    not_inside: tuple[Phrase, ...] = ()  # longer wordings in which a wanted one does not count
    by_sound: bool = True
    unless_negated: bool = False
    unless_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """True when the RE2 expression is found in a turn's normalised view, and `but_not` not in that clause."""

    scope: Scope
    expression: str
    but_not: str | None = None
    means: str = ""  # what a match is called in evidence; empty: the expression itself


class AnswerKind(StrEnum):
    YES = "yes"
    NO = "no"
    VAGUE = "vague"


class AskedFor(StrEnum):
    """What a question asks for: a fact (是机主吗 — 嗯 will do) or consent (办理吗 — 嗯 will not)."""

    FACT = "fact"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Answered:
    """True when a question got an answer of a kind from the other side within `within` of its turns."""

    scope: Scope
    question: str  # moment
    kind: AnswerKind
    asked_for: AskedFor
    within: int = 2
    yes: tuple[Phrase, ...] = ()  # wordings that are a yes to this question, beside the common ones
    no: tuple[Phrase, ...] = ()
    vague: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """True when a moment happened inside the scope."""

    scope: Scope
    moment: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """True when the scope's role said anything at all inside the scope."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class ToneHeard:
    """True when at least `turns` turns in the scope carry one of the labels."""

    scope: Scope
    labels: tuple[ToneLabel, ...]
    turns: int = 1
    min_confidence: float = 0.5


class Comparison(StrEnum):
    EQ = "eq"
    NE = "ne"
    LT = "lt"
    GT = "gt"
    IN = "in"
    CONTAINS = "contains"
    EXISTS = "exists"


@dataclass(frozen=True, slots=True)
class Metadata:
    """True when a column of the calls table compares so. Missing columns are unknown, but for EXISTS."""

    field: str
    comparison: Comparison
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    count: int
    parts: tuple["Condition", ...]


Placed: TypeAlias = Phrases | Pattern | Answered | Happened | Spoke | ToneHeard  # have a scope
Leaf: TypeAlias = Placed | Metadata
Condition: TypeAlias = Leaf | All | Any | Not | AtLeast


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """The operators of a condition that look at the call, left to right."""
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case leaf:
            return (leaf,)


def moments_of(condition: Condition) -> tuple[str, ...]:
    """Names of the moments that a condition refers to, each once."""
    names: list[str] = []
    for leaf in leaves(condition):
        if isinstance(leaf, Metadata):
            continue
        if isinstance(leaf, Answered):
            names.append(leaf.question)
        if isinstance(leaf, Happened):
            names.append(leaf.moment)
        names += [anchor.moment for anchor in (leaf.scope.before, leaf.scope.after) if anchor is not None]
        names += [leaf.scope.until] if leaf.scope.until is not None else []
    return tuple(dict.fromkeys(names))


def phrases_of(leaf: Leaf) -> tuple[Phrase, ...]:
    """The phrases that an operator compares."""
    match leaf:
        case Phrases():
            return leaf.wanted + leaf.not_inside
        case Answered():
            return leaf.yes + leaf.no + leaf.vague
        case _:
            return ()
