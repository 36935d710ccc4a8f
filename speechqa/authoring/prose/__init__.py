"""A checklist as prose that a supervisor can read aloud.

Conditions become sentences, `not` is carried into them (没有说…), so that a reader meets no word of the
file's language. Moments are named in the sentences and explained once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from speechqa.authoring.prose.conditions import told
from speechqa.authoring.prose.flows import flow_told
from speechqa.authoring.prose.points import marks_told, points_told, several_times
from speechqa.authoring.prose.tree import ALL_OF, ONE_OF, Told
from speechqa.call import Message
from speechqa.checklist.operators import Condition, leaves, moments_of
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.logic import Not
from speechqa.checklist.values import Checklist, Rule


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A rule, a moment or a flow: its name, what is said beside the name, and its sentences."""

    name: str  # for programs and people: the rule's id, the moment's name
    title: str
    aside: Message
    sentences: tuple[tuple[Message, Told], ...]  # each with what leads it in: 必须, 适用


@dataclass(frozen=True, slots=True)
class Prose:
    """A checklist, or some rules of it, in words."""

    title: str
    about: tuple[Message, ...]
    rules: tuple[Paragraph, ...]
    moments: tuple[Paragraph, ...]
    flows: tuple[Paragraph, ...]


MUST = Message("必须", "Must")
EARNS = Message("做到就加分", "Adds points when")
MUST_NOT = Message("不得", "Must not be")
WHEN = Message("适用的情形", "Applies when")
UNLESS = Message("不适用的情形", "Does not apply when")
DOUBT = Message("没做到但需人工听的情形", "A fail is left to a listener when")
BECAUSE = Message("扣分理由", "Reason given")
NOT_EARNED = Message("没有加分的理由", "Reason given when it is not earned")
_HEADS = {  # of a list of what must not be
    ALL_OF: Message("同时有以下各项", "all of these together"),
    ONE_OF: Message("有以下任何一项", "any of these"),
}


def prose(checklist: Checklist, rules: Iterable[Rule]) -> Prose:
    """Some rules of a checklist in words, with the moments and flows that they rest on."""
    chosen = tuple(rules)
    conditions = [condition for rule in chosen for condition in rule.conditions]
    moments, flows = rested_on(checklist, conditions)
    return Prose(
        checklist.title,
        tuple(_about(checklist, len(chosen))),
        tuple(rule_told(rule) for rule in chosen),
        tuple(moment_told(name, checklist.moments[name].condition) for name in moments),
        tuple(
            Paragraph(
                name, name, Message("", ""), ((Message("步骤", "Steps"), flow_told(checklist.flows[name])),)
            )
            for name in flows
        ),
    )


def rested_on(
    checklist: Checklist, conditions: Iterable[Condition]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the moments and of the flows that conditions refer to, if indirectly, in the file's order."""
    waiting = list(conditions)
    moments: set[str] = set()
    flows: set[str] = set()
    while waiting:
        condition = waiting.pop()
        new_flows = {leaf.flow for leaf in leaves(condition) if isinstance(leaf, FlowFollowed)} - flows
        ends = {name for flow in new_flows for name in checklist.flows[flow].ends_at}
        new_moments = ({*moments_of(condition)} | ends) - moments
        moments |= new_moments
        flows |= new_flows
        waiting += [checklist.moments[name].condition for name in new_moments]
        waiting += [part for name in new_flows for part in checklist.flows[name].conditions]
    return (
        tuple(name for name in checklist.moments if name in moments),
        tuple(name for name in checklist.flows if name in flows),
    )


def rule_told(rule: Rule) -> Paragraph:
    """One rule: when it applies, what must or must not be, what leaves it to a listener, what it costs."""
    return Paragraph(rule.id, rule.title, points_told(rule), tuple(_sentences(rule)))


def moment_told(name: str, condition: Condition) -> Paragraph:
    """One moment: what it stands for."""
    return Paragraph(name, name, Message("", ""), ((Message("指", "Is when"), told(condition)),))


def required(rule: Rule) -> tuple[Message, Told]:
    """What must be, or must not be, with the word that leads it in."""
    if not isinstance(rule.require, Not):
        return (MUST if rule.stakes.add is None else EARNS), told(rule.require)
    forbidden = told(rule.require.part)
    return MUST_NOT, replace(forbidden, text=_HEADS.get(forbidden.text, forbidden.text))


def _sentences(rule: Rule) -> Iterator[tuple[Message, Told]]:
    if rule.when is not None:
        yield WHEN, told(rule.when)
    if rule.unless is not None:
        yield UNLESS, told(rule.unless)
    yield required(rule)
    if rule.doubt_if is not None:
        yield DOUBT, told(rule.doubt_if)
    if rule.stakes.counts is not None:
        yield several_times(rule.stakes.counts), told(rule.stakes.counts.when)
    yield (BECAUSE if rule.stakes.add is None else NOT_EARNED), Told(rule.because)


def _about(checklist: Checklist, shown: int) -> Iterator[Message]:
    ref = checklist.ref
    yield Message(f"编号 {ref.id}，版本 {ref.version}。", f"Id {ref.id}, version {ref.version}.")
    yield from marks_told(checklist)
    if checklist.products is not None:
        file, key = checklist.products.file, checklist.products.key
        yield Message(
            f"产品资料在 {file} 里，按通话信息的“{key}”找到产品。",
            f"Facts of products are in {file}, found by “{key}” of the call.",
        )
    all_of_them = len(checklist.rules)
    if shown == all_of_them:
        yield Message(f"共 {shown} 条规则。", f"{shown} rules.")
    else:
        yield Message(f"共 {all_of_them} 条规则，这里是其中 {shown} 条。", f"{shown} of {all_of_them} rules.")
