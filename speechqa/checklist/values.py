"""What a checklist says, as frozen values: rules, moments, conditions and where they look.

A condition is one operator and, for those that look at the conversation, a scope. Scopes are
applied in one order: time window, anchors (before / after / until a moment), role, slice of turns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from speechqa.call import ChecklistRef, Message, Role, ToneLabel, Verdict


class Unit(StrEnum):
    SECONDS = "s"
    TURNS = "turns"
    PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the conversation, counted from its first word (or, `from_end`, back from its last)."""

    start: float
    end: float
    unit: Unit
    from_end: bool = False


class Which(StrEnum):
    """Which of a moment's occurrences an anchor means."""

    FIRST = "first"
    LAST = "last"
    NTH = "nth"
    EACH = "each"
    ANY = "any"


class IfNever(StrEnum):
    """What a condition is when the moment it is anchored to never happened."""

    NOT_APPLICABLE = "not_applicable"
    FAIL = "fail"
    PASS = "pass"  # noqa: S105  (a verdict)


@dataclass(frozen=True, slots=True)
class Anchor:
    moment: str
    which: Which = Which.FIRST
    nth: int = 1  # counts from 1; only for Which.NTH


@dataclass(frozen=True, slots=True)
class Slice:
    """The first (or, `from_end`, last) `count` turns of those that are left."""

    count: int
    from_end: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition looks; everything None means the whole call, both sides."""

    by: Role | None = None
    window: Window | None = None
    before: Anchor | None = None
    after: Anchor | None = None
    until: str | None = None  # moment: up to its next occurrence, or to the end if there is none
    within: Window | None = None  # how far from `after` (or back from `before`)
    turns: Slice | None = None
    if_never: IfNever = IfNever.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording. `pieces` are its normalised parts: `请问…机主` has two, with a gap between."""

    text: str
    pieces: tuple[str, ...]


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


class Severity(StrEnum):
    NORMAL = "normal"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an example dialogue."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A small dialogue and the verdict that its rule must reach on it."""

    verdict: Verdict
    dialogue: tuple[Line, ...]
    line: int  # in the checklist file, from 1
    metadata: Mapping[str, str]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    title: str
    points: float  # deducted on fail
    require: Condition  # fails when false; `forbid: X` is read as `require: {not: X}`
    because: Message  # why points are lost, in the author's words
    when: Condition | None = None  # not applicable when false
    unless: Condition | None = None  # not applicable when true
    severity: Severity = Severity.NORMAL
    veto: bool = False
    examples: tuple[Example, ...] = ()
    line: int = 1

    @property
    def listens_to_tone(self) -> bool:
        return any(isinstance(leaf, ToneHeard) for leaf in leaves(self.require))


@dataclass(frozen=True, slots=True)
class Moment:
    """A named event: each hit of its condition is an occurrence."""

    id: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Marks:
    """What a score is compared with."""

    start_from: float = 100.0
    pass_mark: float = 80.0
    coverage_below: float = 0.6  # flags the call for a listener


@dataclass(frozen=True, slots=True)
class Checklist:
    ref: ChecklistRef
    title: str
    path: Path
    marks: Marks
    moments: Mapping[str, Moment]
    rules: tuple[Rule, ...]

    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase that any rule or moment compares, each once."""
        conditions = [moment.condition for moment in self.moments.values()]
        for rule in self.rules:
            conditions += [part for part in (rule.require, rule.when, rule.unless) if part is not None]
        found = {
            phrase: None for condition in conditions for leaf in leaves(condition) for phrase in _of(leaf)
        }
        return tuple(found)


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


def _of(leaf: Leaf) -> tuple[Phrase, ...]:
    match leaf:
        case Phrases():
            return leaf.wanted + leaf.not_inside
        case Answered():
            return leaf.yes + leaf.no + leaf.vague
        case _:
            return ()
