"""A checklist as frozen values: its rules with their examples, its moments and its marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from speechqa.assessment import ChecklistRef, Flag, Verdict
from speechqa.call import Message, Role, Seconds
from speechqa.checklist.operators import Condition, leaves, phrases_of
from speechqa.checklist.operators.flows import Flow
from speechqa.checklist.operators.voice import ToneHeard
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.points import Stakes, Veto
from speechqa.checklist.products import ProductSheet
from speechqa.checklist.sections import Section
from speechqa.text import ENGLISH, MANDARIN


class Language(StrEnum):
    """What the calls are spoken in that a checklist is for."""

    MANDARIN = MANDARIN
    ENGLISH = ENGLISH


class Severity(StrEnum):
    NORMAL = "normal"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an example dialogue."""

    role: Role
    text: str
    wait: Seconds | None = None  # before it; below 0: it begins so much before the line before ends
    rate: float | None = None  # characters a minute


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
    stakes: Stakes  # what it does to the score
    require: Condition  # fails when false; `forbid: X` is read as `require: {not: X}`
    because: Message  # why points are lost, in the author's words
    when: Condition | None = None  # not applicable when false
    unless: Condition | None = None  # not applicable when true
    doubt_if: Condition | None = None  # where it is true, what would be a fail is for a listener
    severity: Severity = Severity.NORMAL
    examples: tuple[Example, ...] = ()
    line: int = 1

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that the rule asks of a call."""
        doubled = self.stakes.counts.when if self.stakes.counts is not None else None
        asked = (self.require, self.when, self.unless, self.doubt_if, doubled)
        return tuple(part for part in asked if part is not None)

    @property
    def points(self) -> float:
        """What is at stake in a call where the rule counts once."""
        return self.stakes.points

    @property
    def veto(self) -> Veto | None:
        """What a fail sets to 0; None: nothing."""
        return self.stakes.veto

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
    """Where a score begins, and what it is compared with."""

    start_from: float = 100.0  # also of each section
    pass_mark: float = 80.0
    coverage_below: float = 0.6  # flags the call for a listener
    review_when: tuple[Flag, ...] = tuple(Flag)  # flags that are raised


@dataclass(frozen=True, slots=True)
class Checklist:
    ref: ChecklistRef
    title: str
    path: Path
    marks: Marks
    moments: Mapping[str, Moment]
    rules: tuple[Rule, ...]
    flows: Mapping[str, Flow] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()  # none: all rules are one
    products: ProductSheet | None = None  # None: the checklist names none
    language: Language = Language.MANDARIN

    def conditions(self) -> tuple[Condition, ...]:
        """Those of the moments, of the flows and of the rules."""
        of_flows = (condition for flow in self.flows.values() for condition in flow.conditions)
        of_rules = (condition for rule in self.rules for condition in rule.conditions)
        return (*(moment.condition for moment in self.moments.values()), *of_flows, *of_rules)

    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase that any rule or moment compares, each once."""
        return phrases_of(self.conditions())
