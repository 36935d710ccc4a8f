"""What a rule does to the score, as values and as an author writes it:

deduct: 5                                    points lost on fail
deduct: {points: 2, per: hit, at_most: 10}   for each time, at most so many
add: {points: 1, per: hit, at_most: 5}       a bonus on pass, instead of deduct
set_score: 60                                on fail the score (of the section) is at most this
veto: yes | call | section                   on fail the score is 0
section: 态度
counts: {times: 2, when: {metadata: hired_at, newer_than: 90 days}}   its points count double there
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from speechqa.checklist.conditions import condition
from speechqa.checklist.form import Form, shown
from speechqa.checklist.operators import Condition, Leaf
from speechqa.checklist.operators.events import Spoke
from speechqa.checklist.operators.facts import Metadata, Stated
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.logic import NOTHING, All, Any, AtLeast, Not
from speechqa.checklist.operators.timing import Measured
from speechqa.checklist.reading import Reading
from speechqa.checklist.yaml.nodes import Mapping, Scalar


class Per(StrEnum):
    """What points are counted for."""

    CALL = "call"
    HIT = "hit"  # each time that it was said, or each step of a flow that was missed


@dataclass(frozen=True, slots=True)
class Points:
    """So many for the call, or for each hit up to a cap."""

    each: float = 0.0
    per: Per = Per.CALL
    at_most: float | None = None  # None: no cap

    @property
    def most(self) -> float:
        """What they can come to, as far as the author says; those of one hit where he sets no cap."""
        return self.each if self.at_most is None else self.at_most


class Veto(StrEnum):
    """What a failed rule sets to 0."""

    CALL = "call"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Counts:
    """Calls in which the points of a rule count several times."""

    times: float
    when: Condition


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a rule does to the score of a call."""

    deduct: Points = Points()  # on fail
    add: Points | None = None  # on pass; a rule that adds takes nothing away
    set_score: float | None = None  # on fail the score is at most this; None: the rule sets none
    veto: Veto | None = None  # None: it has none
    counts: Counts | None = None  # None: always once
    section: str = ""  # empty where a checklist has no sections

    @property
    def points(self) -> float:
        """What is at stake in a call where the rule counts once."""
        return self.deduct.most if self.add is None else self.add.most

    @property
    def simple(self) -> bool:
        """Whether a fail costs so many points for the call, and that is all."""
        special = (self.add, self.set_score, self.counts)
        return self.deduct.per is Per.CALL and all(part is None for part in special)


_VETOES = MappingProxyType(
    {
        **dict.fromkeys(("yes", "true", "是", "call"), Veto.CALL),
        **dict.fromkeys(("no", "false", "否")),
        "section": Veto.SECTION,
    }
)
_PLACELESS = (Metadata, Measured, Spoke, Stated)  # operators whose truth has no number of times


def stakes(form: Form, require: Condition, reading: Reading) -> Stakes:
    """What the form of a rule says that it does to the score; `require` is what it asks of a call."""
    add = _points(form, "add") if form.node("add") is not None else None
    read = Stakes(
        deduct=_points(form, "deduct"),
        add=add,
        set_score=form.number("set_score", 0, 0, 100) if form.node("set_score") is not None else None,
        veto=_veto(form),
        counts=_counts(form, reading),
        section=form.text("section", ""),
    )
    _check_bonus(form)
    _check_hits(form, read, require)
    return read


def _points(form: Form, key: str) -> Points:
    node = form.node(key)
    if not isinstance(node, Mapping):
        return Points(form.number(key, 0, 0, 100))
    inner = Form(node, form.faults, {"points", "per", "at_most"})
    if inner.node("points") is None:
        inner.faults.add(node.place, f"{key}: 缺少 points（每次几分）", f"{key}: missing points", "missing")
    each = inner.number("points", 0, 0, 100)
    per = inner.choice("per", Per, Per.CALL) or Per.CALL
    if inner.node("at_most") is None:
        return Points(each, per)
    at_most = inner.number("at_most", each, 0, 100)
    if per is Per.CALL:
        inner.faults.add(
            inner.place("at_most"),
            "at_most: 封顶只用于按次计分；请加上 per: hit，或去掉 at_most",
            "at_most: a cap is for points that are counted by the hit; add per: hit or drop at_most",
            "conflict",
        )
    elif at_most < each:
        inner.faults.add(
            inner.place("at_most"),
            f"at_most: 封顶 {at_most:g} 分少于一次的 {each:g} 分；请改大 at_most 或改小 points",
            f"at_most: {at_most:g} is less than the {each:g} of one hit; raise at_most or lower points",
            "never",
        )
    return Points(each, per, at_most)


def _veto(form: Form) -> Veto | None:
    node = form.node("veto")
    if node is None:
        return None
    written = node.text.strip().lower() if isinstance(node, Scalar) else ""
    if written not in _VETOES:
        wanted = (" yes、no、call（整通）或 section（所在大项）", "yes or no, call or section")
        form.faults.expected(node.place, "veto", wanted, shown(node))
        return None
    veto = _VETOES[written]
    if veto is Veto.SECTION and form.node("section") is None:
        form.faults.add(
            node.place,
            "veto: section 否决的是规则所在的大项，但这条规则没有写 section；请写明大项，或改为 veto: call",
            "veto: section sets the rule's section to 0, but it names none; add section or use veto: call",
            "conflict",
        )
    return veto


def _counts(form: Form, reading: Reading) -> Counts | None:
    node = form.node("counts")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        wanted = (" {times: 2, when: {…条件…}}", "{times: 2, when: {...}}")
        form.faults.expected(node.place, "counts", wanted, shown(node))
        return None
    inner = Form(node, form.faults, {"times", "when"})
    when = inner.node("when")
    for key, zh in (("times", "计几倍"), ("when", "什么情况下")):
        if inner.node(key) is None:
            inner.faults.add(node.place, f"counts: 缺少 {key}（{zh}）", f"counts: missing {key}", "missing")
    return Counts(inner.number("times", 1, 1, 10), condition(when, reading) if when is not None else NOTHING)


def _check_bonus(form: Form) -> None:
    """A rule with `add` gives points for what was done well; what takes points belongs to another rule."""
    if form.node("add") is None:
        return
    for key in ("deduct", "set_score", "veto"):
        if form.node(key) is not None:
            form.faults.add(
                form.mapping.entries[key][0],
                f"{key}: 不能和 add 写在同一条规则里；加分和扣分请拆成两条规则",
                f"{key}: cannot stand beside add; make two rules, one that adds and one that takes",
                "conflict",
            )


def _check_hits(form: Form, read: Stakes, require: Condition) -> None:
    """Points by the hit need something of which there can be several."""
    for key, points, countable in (
        ("deduct", read.deduct, _costs_by_hit),
        ("add", read.add, _earns_by_hit),
    ):
        if points is None or points.per is Per.CALL or any(countable(*one) for one in _signed(require)):
            continue
        form.faults.add(
            form.place(key),
            f"{key}: per: hit 按次数计分，但这条规则里没有可以数次数的内容"
            + ("；请用 forbid 写明不得出现什么，或用流程 flow" if key == "deduct" else "")
            + "，否则去掉 per",
            f"{key}: per: hit counts, but there is nothing to count in this rule; "
            + ("forbid something that is said, use a flow, or drop per" if key == "deduct" else "drop per"),
            "never",
        )


def _signed(condition: Condition, wanted: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """The leaves of a condition, each with whether it holds where the condition does."""
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _signed(part, wanted)
        case Not(part):
            yield from _signed(part, not wanted)
        case leaf:
            yield leaf, wanted


def _costs_by_hit(leaf: Leaf, wanted: bool) -> bool:
    if isinstance(leaf, FlowFollowed):
        return wanted and leaf.step is None
    return not wanted and not isinstance(leaf, _PLACELESS)


def _earns_by_hit(leaf: Leaf, wanted: bool) -> bool:
    return wanted and not isinstance(leaf, _PLACELESS)
