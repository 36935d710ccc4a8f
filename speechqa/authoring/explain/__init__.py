"""Why a rule came out as it did on a call: the very outcomes that judged it, part by part.

The rule is judged once more, with further moments that nothing refers to: its conditions with one demand less
(`relaxed`), which tell what was wanting in a near miss.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from speechqa.assessment import Finding, Hit
from speechqa.authoring.explain.looked import looked
from speechqa.authoring.explain.relaxed import Relaxed, relaxed
from speechqa.authoring.prose import DOUBT, UNLESS, WHEN, required, rested_on
from speechqa.authoring.prose.conditions import told
from speechqa.authoring.prose.deeds import joined
from speechqa.authoring.prose.points import several_times
from speechqa.call import Call, Message, Transcript
from speechqa.checklist.operators import Condition, Leaf, leaves, moments_of
from speechqa.checklist.operators.events import Happened
from speechqa.checklist.operators.facts import Metadata
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.operators.timing import Measured, Silence, SpeakingRate
from speechqa.checklist.values import Checklist, Moment, Rule
from speechqa.matching import Judge
from speechqa.matching.flow import FlowOutcome
from speechqa.matching.judge import Hearing
from speechqa.matching.outcome import Outcome, Truth

_FLIPPED = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}
_IN_FACT = Message("（实际有）", " (but there is)")
_HAPPENED = Message("（实际出现了）", " (but it did)")
_LEAST_NEAR = 2  # characters of a near miss: one alone is found anywhere
_RELAXED = "\0relaxed "  # begins the names of moments that no author can write


@dataclass(frozen=True, slots=True)
class Nearly:
    """What would have been enough but for one demand."""

    why: Message
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence about the call, whether it is true, and how that is known."""

    sentence: Message
    truth: Truth
    hits: tuple[Hit, ...] = ()
    doubts: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    looked: tuple[Message, ...] = ()  # where something was looked for that was not there
    nearly: Nearly | None = None  # None: nothing was, or nothing was wanting
    blind: Message | None = None  # why it could not be judged; None: it could
    faults: tuple[Message, ...] = ()  # of a script: what is wrong with each step
    parts: tuple["Step", ...] = ()
    of_data: bool = False  # it asks what is known of the call beside its words


@dataclass(frozen=True, slots=True)
class Happening:
    """When a moment happened, and why not."""

    moment: str
    outcome: Outcome
    direct: bool  # the rule names it; else it stands behind one that does
    why: Step | None  # None: it happened, or is not direct


@dataclass(frozen=True, slots=True)
class Explanation:
    rule: Rule
    finding: Finding
    steps: tuple[tuple[Message, Step], ...]  # each with what leads it in: 适用, 必须
    moments: tuple[Happening, ...]


def explained(checklist: Checklist, rule: Rule, call: Call, transcript: Transcript) -> Explanation:
    """Why `rule`, one of the checklist's, came out as it did on a call."""
    from speechqa.tone import tones

    ways = _Ways(checklist, rule)
    judge = Judge(ways.checklist)
    ears = judge.listen([transcript])[0]
    hearing = judge.hearing(call, ears, tones(transcript))
    found = hearing.finding(rule)
    return Explanation(
        rule, found, tuple(_steps(rule, hearing, ways)), tuple(_happenings(checklist, rule, hearing, ways))
    )


class _Ways:
    """What one rule rests on as a checklist of its own, its conditions relaxed among the moments."""

    def __init__(self, checklist: Checklist, rule: Rule) -> None:
        names, flows = rested_on(checklist, rule.conditions)
        conditions = [
            *rule.conditions,
            *(checklist.moments[name].condition for name in names),
            *(part for name in flows for part in checklist.flows[name].conditions),
        ]
        self._of: dict[int, tuple[Relaxed, ...]] = {
            id(leaf): tuple(relaxed(leaf)) for condition in conditions for leaf in leaves(condition)
        }
        tried = [way.leaf for ways in self._of.values() for way in ways]
        more = {f"{_RELAXED}{n}": Moment(f"{_RELAXED}{n}", leaf) for n, leaf in enumerate(tried)}
        self.checklist = replace(
            checklist,
            rules=(rule,),
            moments={**{name: checklist.moments[name] for name in names}, **more},
            flows={name: checklist.flows[name] for name in flows},
        )

    def nearly(self, leaf: Leaf, hearing: Hearing) -> Nearly | None:
        """The first demand without which the condition would hold; None when there is none."""
        for way in self._of.get(id(leaf), ()):
            outcome = hearing.outcome(way.leaf)
            telling = tuple(hit for hit in outcome.hits if hit.measure or len(hit.heard) >= _LEAST_NEAR)
            if outcome.truth is Truth.TRUE and telling:
                return Nearly(way.why, telling)
        return None


def _steps(rule: Rule, hearing: Hearing, ways: _Ways) -> Iterator[tuple[Message, Step]]:
    """What was asked, in the order in which it decides; what no longer mattered is left out."""
    if rule.when is not None:
        step = explained_step(rule.when, hearing, ways)
        yield WHEN, step
        if step.truth is not Truth.TRUE:
            return
    if rule.unless is not None:
        step = explained_step(rule.unless, hearing, ways)
        yield UNLESS, step
        if step.truth in (Truth.TRUE, Truth.UNKNOWN):
            return
    yield (
        required(rule)[0],
        explained_step(rule.require.part if isinstance(rule.require, Not) else rule.require, hearing, ways),
    )
    held = hearing.outcome(rule.require).truth
    if held is Truth.FALSE and rule.doubt_if is not None:
        yield DOUBT, explained_step(rule.doubt_if, hearing, ways)
    if rule.stakes.counts is not None:
        yield several_times(rule.stakes.counts), explained_step(rule.stakes.counts.when, hearing, ways)


def explained_step(condition: Condition, hearing: Hearing, ways: _Ways, holds: bool = True) -> Step:
    """A condition, or with `holds` false that it does not hold, as it came out."""
    match condition:
        case Not(part):
            return explained_step(part, hearing, ways, not holds)
        case All((part,)) | Any((part,)) | AtLeast(1, (part,)):
            return explained_step(part, hearing, ways, holds)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            outcome = hearing.outcome(condition)
            return Step(
                told(condition, holds).text,
                _seen(outcome.truth, holds),
                parts=tuple(explained_step(part, hearing, ways, holds) for part in parts),
            )
        case leaf:
            return _leaf(leaf, hearing, ways, holds)


def _leaf(leaf: Leaf, hearing: Hearing, ways: _Ways, holds: bool) -> Step:
    outcome = hearing.outcome(leaf)
    truth = outcome.truth
    wanting = truth is Truth.FALSE and holds and hearing.where(leaf.scope).absent is None
    return Step(
        _sentence(leaf, holds, outcome),
        _seen(truth, holds),
        outcome.hits,
        outcome.doubts,
        outcome.near,
        tuple(looked(leaf, hearing, holds)) if truth is not Truth.TRUE or not holds else (),
        ways.nearly(leaf, hearing) if wanting else None,
        outcome.blind if truth is Truth.UNKNOWN else None,
        tuple(fault.told for fault in outcome.faults) if isinstance(outcome, FlowOutcome) else (),
        of_data=isinstance(leaf, Metadata),
    )


def _sentence(leaf: Leaf, holds: bool, outcome: Outcome) -> Message:
    """The condition in words; where they deny what there is, they say so: 没有出现“介绍”（实际出现了）."""
    said = told(leaf, holds).text
    there = outcome.truth is Truth.TRUE and outcome.hits
    if holds or not there or isinstance(leaf, Metadata | Measured | SpeakingRate):
        return said
    return joined(said, _HAPPENED if isinstance(leaf, Happened | Silence) else _IN_FACT)


def _seen(truth: Truth, holds: bool) -> Truth:
    return truth if holds else _FLIPPED.get(truth, truth)


def _happenings(checklist: Checklist, rule: Rule, hearing: Hearing, ways: _Ways) -> Iterator[Happening]:
    """The moments that the rule rests on; first those that it names itself."""
    asked = (rule.when, rule.unless, *rule.conditions)
    direct = tuple(dict.fromkeys(_named(part for part in asked if part is not None)))
    names, _ = rested_on(checklist, rule.conditions)
    for name in (*direct, *(name for name in names if name not in direct)):
        outcome, named = hearing.occurrences(name), name in direct
        missing = named and outcome.truth is not Truth.TRUE
        why = explained_step(checklist.moments[name].condition, hearing, ways) if missing else None
        yield Happening(name, outcome, named, why)


def _named(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        yield from moments_of(condition)
