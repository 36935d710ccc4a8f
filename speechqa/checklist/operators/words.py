"""Operators on what was said: phrases, pattern, like, repeat.

{by: agent, phrases: [您好, <company>]}
{by: agent, phrases: {all: [您好, 工号], ordered: yes, near: 20}}
{by: agent, pattern: '保证.{0,4}(赚|收益)', but_not: 不, means: 承诺收益}
{by: agent, like: [请问还有什么可以帮您], threshold: 0.8}
{by: customer, repeat: {times: 3, similarity: 0.7}}
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from speechqa.checklist.expressions import check_expression
from speechqa.checklist.form import Form, shown
from speechqa.checklist.operators.leaf import Operator
from speechqa.checklist.operators.logic import Not
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.reading import Reader, Reading
from speechqa.checklist.yaml.nodes import Mapping, Scalar


class Unit(StrEnum):
    """Where several phrases must be together."""

    SCOPE = "scope"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Phrases(Operator):
    """True when at least `at_least` different phrases of `wanted`, and `min_hits` places, were heard.

    They count only together with `unit: turn` (all within one turn), `near` (within one turn, each at most so
    many characters behind the one before) and `ordered` (each written, and said, after the one before; over
    several turns unless one of the others forbids it).
    """

    wanted: tuple[Phrase, ...]
    at_least: int = 1
    min_hits: int = 1
    not_inside: tuple[Phrase, ...] = ()  # longer wordings in which a wanted one does not count
    unit: Unit = Unit.SCOPE
    ordered: bool = False
    near: int | None = None  # characters between one phrase and the next; None: any number
    by_sound: bool = True
    unless_negated: bool = False
    unless_quoted: bool = False

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.wanted + self.not_inside


@dataclass(frozen=True, slots=True)
class Pattern(Operator):
    """True when the RE2 expression is found in a turn's normalised view, and `but_not` not in that clause."""

    expression: str
    but_not: str | None = None
    means: str = ""  # what a match is called in evidence; empty: the expression itself


@dataclass(frozen=True, slots=True)
class Like(Operator):
    """True when a sentence is as similar as `threshold` to an example, by characters or by sound."""

    examples: tuple[Phrase, ...]
    threshold: float = 0.75  # similarity, 0-1


@dataclass(frozen=True, slots=True)
class Repeat(Operator):
    """True when much the same was said `times` times, each within `within` turns of the one before."""

    times: int = 3
    similarity: float = 0.7
    within: int = 12  # turns of the same role
    min_characters: int = 5
    excepting: tuple[Phrase, ...] = ()  # sayings that may be repeated

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.excepting


Words: TypeAlias = Phrases | Pattern | Like | Repeat

_PHRASES_KEYS = (
    "any",
    "all",
    "of",
    "none",
    "at_least",
    "min_hits",
    "not_inside",
    "unit",
    "ordered",
    "near",
    "unless_negated",
    "unless_quoted",
)
_REPEAT_KEYS = ("times", "similarity", "within_turns", "min_characters", "excepting")


def _phrases(form: Form, reading: Reading) -> Phrases | Not:
    by_sound = form.flag("by_sound", True)
    inner = reading.inner(form, "phrases", _PHRASES_KEYS)
    none = inner is not None and inner.node("none") is not None
    scope = (reading.opposite() if none else reading).scope(form)
    if inner is None:
        return Phrases(scope, reading.phrases(form, "phrases"), by_sound=by_sound)
    given = [key for key in ("any", "all", "of", "none") if inner.node(key) is not None]
    if len(given) != 1:
        inner.faults.add(
            inner.mapping.place,
            "phrases: 需要 any、all、of 或 none 之一，且只能一个",
            "phrases: needs exactly one of any, all, of and none",
        )
        return Phrases(scope, ())
    wanted = reading.phrases(inner, given[0])
    whole = given[0] == "all"
    if whole and inner.node("at_least") is not None:
        inner.faults.add(
            inner.place("at_least"),
            "at_least: 与 all 矛盾；要其中几个请把 all 改成 of",
            "at_least: contradicts all; write of for some of them",
        )
    read = Phrases(
        scope,
        wanted,
        at_least=len(wanted) if whole else inner.count("at_least", 1),
        min_hits=inner.count("min_hits", 1),
        not_inside=reading.phrases(inner, "not_inside"),
        unit=inner.choice("unit", Unit, Unit.SCOPE) or Unit.SCOPE,
        ordered=inner.flag("ordered", False),
        near=inner.count("near", 1) if inner.node("near") is not None else None,
        by_sound=by_sound,
        unless_negated=inner.flag("unless_negated", False),
        unless_quoted=inner.flag("unless_quoted", False),
    )
    _check_together(inner, read)
    return Not(read) if given[0] == "none" else read


def _check_together(form: Form, read: Phrases) -> None:
    """Notes what can never hold, and an order or a distance where there is nothing to put in order."""
    wanted, several = len(read.wanted), read.at_least > 1
    if wanted and read.at_least > wanted:
        form.faults.add(
            form.place("at_least"),
            f"at_least: {read.at_least} 大于短语数 {wanted}，永远不会成立；请改小 at_least",
            f"at_least: {read.at_least} of {wanted} phrases can never hold; lower at_least",
            "never",
        )
    if read.ordered and not several:
        form.faults.add(
            form.place("ordered"),
            "ordered: 这里说到一个短语就算，谈不上先后；请用 all，或 of 加 at_least: 2 以上",
            "ordered: one phrase is enough here, which has no order; use all, or of with at_least: 2 or more",
            "conflict",
        )
    if read.near is not None and not several and read.min_hits < 2:
        form.faults.add(
            form.place("near"),
            "near: 这里说到一个短语就算，谈不上远近；请用 all，或 of 加 at_least: 2 以上",
            "near: one phrase is enough here, which has no distance; use all, or of with at_least: 2 or more",
            "conflict",
        )
    if read.ordered and several and read.min_hits > 1:
        form.faults.add(
            form.place("min_hits"),
            "min_hits: 不能与 ordered 同用，按先后说的短语每个算一次；请删去 min_hits",
            "min_hits: cannot go with ordered, where each phrase counts once; remove it",
            "conflict",
        )


def _pattern(form: Form, reading: Reading) -> Pattern:
    for key in ("pattern", "but_not"):
        written = form.node(key)
        if isinstance(written, Scalar):
            check_expression(written, key, reading.faults, reading.effort)
    return Pattern(
        reading.scope(form), form.text("pattern"), form.text("but_not", "") or None, form.text("means", "")
    )


def _like(form: Form, reading: Reading) -> Like:
    return Like(
        reading.scope(form),
        reading.phrases(form, "like"),
        form.number("threshold", 0.75, 0.5, 1),
    )


def _repeat(form: Form, reading: Reading) -> Repeat:
    scope = reading.scope(form)
    written = form.mapping.entries["repeat"][1]
    inner = reading.inner(form, "repeat", _REPEAT_KEYS)
    if inner is None:
        inner = Form(Mapping(form.place("repeat")), reading.faults, _REPEAT_KEYS)
        wanted = "{times: 3, similarity: 0.7}"
        reading.faults.expected(form.place("repeat"), "repeat", (f" {wanted}", wanted), shown(written))
    return Repeat(
        scope,
        inner.count("times", 3),
        inner.number("similarity", 0.7, 0.3, 1),
        inner.count("within_turns", 12),
        inner.count("min_characters", 5),
        reading.phrases(inner, "excepting"),
    )


READERS = (
    Reader("phrases", _phrases, ("by_sound",)),
    Reader("pattern", _pattern, ("but_not", "means")),
    Reader("like", _like, ("threshold",)),
    Reader("repeat", _repeat),
)
