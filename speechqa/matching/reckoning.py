"""What a finding costs or earns where that is more than so many points for the call.

Points by the hit are counted over places: words that two phrases find in one place are one hit. Where
several things must come together (`all` in a `forbid`) there are as many hits as of the rarest of them.
Hits too unsure to speak against an agent are left out, and said to be. Each sum is told in the finding's
sentence, so that it can be followed with a pencil.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from speechqa.assessment import Finding, Hit, Verdict, Witness
from speechqa.call import Message
from speechqa.checklist.operators import Condition
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.points import Per, Points, Stakes
from speechqa.checklist.values import Rule
from speechqa.matching.evidence import apart, distinct
from speechqa.matching.flow import FlowOutcome
from speechqa.matching.halves import Outcomes
from speechqa.matching.outcome import Truth

MOST_HITS = 8  # evidence shown a rule; the rest adds nothing
_NONE = Message("", "")
_NOT_EARNED = Message("这是加分项，未加分，也不扣分", "a bonus not earned; nothing is lost")


@dataclass(frozen=True, slots=True)
class Count:
    """What a condition came to, in numbers."""

    places: tuple[Hit, ...] = ()  # one hit of each place
    missing: tuple[float, ...] = ()  # confidences: of faulty steps of a flow, and of whatever was not there

    @property
    def number(self) -> int:
        return len(self.places) + len(self.missing)

    def surer(self, least: float) -> "Count":
        """Without what has less confidence than that."""
        return Count(
            tuple(hit for hit in self.places if hit.confidence >= least),
            tuple(confidence for confidence in self.missing if confidence >= least),
        )


def reckoned(rule: Rule, found: Finding, outcomes: Outcomes, accuse: float) -> Finding:
    """The finding with its points, and how they came about; `accuse`: confidence that a hit needs to cost."""
    stakes = rule.stakes
    times, doubled = _times(stakes, outcomes, accuse)
    points = round(stakes.points * times, 2)
    found = replace(found, points=points, deducted=0.0, bonus=stakes.add is not None)
    if found.verdict is Verdict.PASS and stakes.add is not None:
        count = counted(rule.require, Truth.TRUE, outcomes)
        added, sum_told = _sum(stakes.add, count, times)
        told = _told(("加分", "added"), sum_told, doubled)
        return _with(found, replace(found, added=added), told, stakes.add, count.places)
    if found.verdict is not Verdict.FAIL:
        return found
    if stakes.add is not None:
        return _with(found, found, _NOT_EARNED, stakes.deduct, ())
    count = counted(rule.require, Truth.FALSE, outcomes)
    sure = count.surer(accuse)
    deducted, sum_told = _sum(stakes.deduct, sure, times)
    told = _told(("扣分", "deducted"), sum_told, _joined((doubled, _left_out(stakes, count, sure))))
    if stakes.set_score is not None:
        cap = f"{stakes.set_score:g}"
        told = _joined(
            (told, Message(f"不通过时得分最高 {cap} 分", f"failed, so the score is at most {cap}"))
        )
    costs = replace(found, deducted=deducted, at_most=stakes.set_score)
    return _with(found, costs, told, stakes.deduct, sure.places)


def counted(condition: Condition, truth: Truth, outcomes: Outcomes) -> Count:
    """The places that make a condition come out as it did; none where it did not come out so."""
    outcome = outcomes.outcome(condition)
    if outcome.truth is not truth:
        return Count()
    match condition:
        case Not(part):
            return counted(part, _other(truth), outcomes)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            counts = [counted(part, truth, outcomes) for part in parts]
            alone = Any if truth is Truth.TRUE else All  # where each part would have done by itself
            return _sum_of(counts) if isinstance(condition, alone) else _rarest(counts)
        case _ if isinstance(outcome, FlowOutcome) and outcome.faults:
            return Count(missing=tuple(fault.confidence for fault in outcome.faults))
        case _ if truth is Truth.FALSE:
            return Count(missing=(outcome.confidence,))
        case _:
            return Count(_apart(outcome.hits))


def _other(truth: Truth) -> Truth:
    return Truth.TRUE if truth is Truth.FALSE else Truth.FALSE


def _sum_of(counts: Iterable[Count]) -> Count:
    places: list[Hit] = []
    missing: list[float] = []
    for count in counts:
        places += count.places
        missing += count.missing
    return Count(_apart(places), tuple(missing))


def _rarest(counts: Sequence[Count]) -> Count:
    """Of things that had to come together: the one with the fewest places; what was missing has none."""
    placed = [count.places for count in counts if count.places]
    if placed:
        return Count(min(placed, key=len))
    return Count(missing=min((count.missing for count in counts if count.missing), key=len, default=()))


def _apart(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """One hit of each place; what the calls table says has none."""
    return tuple(apart([hit for hit in hits if hit.by is not Witness.METADATA]))


def _times(stakes: Stakes, outcomes: Outcomes, accuse: float) -> tuple[float, Message]:
    """How often the points count, and what there is to say about it."""
    counts = stakes.counts
    if counts is None:
        return 1.0, _NONE
    when = outcomes.outcome(counts.when)
    if when.truth is Truth.UNKNOWN or (when.truth is Truth.TRUE and when.confidence < accuse):
        return 1.0, Message(
            f"是否按 {counts.times:g} 倍计无法确定，只计一倍",
            f"whether it counts {counts.times:g} times is not known, so it counts once",
        )
    return (counts.times if when.truth is Truth.TRUE else 1.0), _NONE


def _sum(points: Points, count: Count, times: float) -> tuple[float, Message]:
    """So many points, and the sum that gives them; no words where it is the points themselves."""
    total, zh, en = points.each, f"{points.each:g} 分", f"{points.each:g}"
    by_hit = points.per is Per.HIT
    if by_hit:
        number = max(1, count.number)
        total = points.each * number
        zh, en = f"{number} 处 × {points.each:g} 分 = {total:g} 分", f"{number} × {points.each:g} = {total:g}"
        if points.at_most is not None and total > points.at_most:
            total = points.at_most
            zh, en = f"{zh}，封顶 {total:g} 分", f"{en}, capped at {total:g}"
    if times != 1 and total:
        zh, en = f"{zh}，按 {times:g} 倍计", f"{en}, counts {times:g} times"
        total *= times
        zh, en = f"{zh} = {total:g} 分", f"{en} = {total:g}"
    elif not by_hit:
        return round(total, 2), _NONE
    return round(total, 2), Message(zh, en)


def _left_out(stakes: Stakes, count: Count, sure: Count) -> Message:
    unsure = count.number - max(1, sure.number)  # one is always counted
    if stakes.deduct.per is Per.CALL or unsure <= 0:
        return _NONE
    return Message(
        f"另有 {unsure} 处把握不足，未计",
        f"{unsure} more not sure enough to count",
    )


def _told(what: tuple[str, str], total: Message, remark: Message) -> Message:
    if total.zh:
        total = Message(f"{what[0]}：{total.zh}", f"{what[1]}: {total.en}")
    return _joined((total, remark))


def _joined(parts: Iterable[Message]) -> Message:
    said = [part for part in parts if part.zh]
    return Message("；".join(part.zh for part in said), "; ".join(part.en for part in said))


def _with(found: Finding, costs: Finding, told: Message, points: Points, places: Sequence[Hit]) -> Finding:
    """The finding with its sum told, and first the hits that were counted."""
    if told.zh:
        because = Message(f"{found.because.zh}。{told.zh}", f"{found.because.en}; {told.en}")
        costs = replace(costs, because=because)
    if points.per is Per.CALL:
        return costs
    return replace(costs, hits=distinct((*places, *found.hits))[:MOST_HITS])
