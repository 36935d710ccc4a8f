"""The operator `flow`: whether a script was followed, and if not, which step is to blame.

What cannot be known (a branch that hangs on missing metadata, a step that was perhaps said, a call that was
perhaps broken off) is tried both ways; only where the result depends on it is the outcome unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product

from speechqa.assessment import Hit, Witness
from speechqa.call import Message, Seconds
from speechqa.checklist.operators import Condition
from speechqa.checklist.operators.flows import Flow, FlowFollowed, FlowPart, Step
from speechqa.matching.clock import COLLAR
from speechqa.matching.flow.course import Bounds, Course, Kind, Said, StepFault, course, thinned
from speechqa.matching.known import Known
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import AT_THE_EDGE, Place

_MOST_WAYS = 64  # tried; a script with more branches in doubt is unknown

BRANCHES_OPEN = Message(
    "流程走哪一支无法判断，需人工听", "which branch of the script applies is not known; needs a listener"
)
_Script = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FlowOutcome(Outcome):
    """An outcome that says of each step what is wrong with it."""

    faults: tuple[StepFault, ...] = ()


def followed(condition: FlowFollowed, place: Place, known: Known) -> Outcome:
    """Whether the steps that apply were said in order in the place; with `step`, whether that one was."""
    flow = known.flows[condition.flow]
    scripts = list(islice(_scripts(flow.steps, known), _MOST_WAYS + 1))
    if len(scripts) > _MOST_WAYS:
        return Outcome(Truth.UNKNOWN, 0.0, blind=BRANCHES_OPEN)
    ways = [
        _followed(script, end, condition.step, place, known)
        for script in dict.fromkeys(scripts)
        for end in _ends(flow, place, known)
    ]
    asked = [known.outcome(one) for one in _asked(flow)]
    return _settled(ways, [*asked, *(known.occurrences(moment) for moment in flow.ends_at)])


def _settled(ways: Sequence[FlowOutcome], asked: Sequence[Outcome]) -> FlowOutcome:
    """What all ways come to; where they differ, what the difference hangs on."""
    truths = {way.truth for way in ways}
    if len(truths) == 1:
        return min(ways, key=lambda way: len(way.faults))
    if truths == {Truth.TRUE, Truth.SKIPPED}:
        return next(way for way in ways if way.truth is Truth.TRUE)
    unknown = [one for one in asked if one.truth is Truth.UNKNOWN]
    open_ones = unknown or [one for one in asked if one.doubts]
    return FlowOutcome(
        Truth.UNKNOWN,
        min((way.confidence for way in ways), default=0.0),
        doubts=tuple(dict.fromkeys(hit for one in (*open_ones, *ways) for hit in one.doubts)),
        near=tuple(dict.fromkeys(hit for way in ways for hit in way.near)),
        blind=next((one.blind for one in (*open_ones, *ways) if one.blind is not None), None),
    )


def _scripts(parts: Sequence[FlowPart], known: Known) -> Iterator[_Script]:
    """The steps that apply; several scripts when a condition is unknown."""
    for chosen in product(*(list(_choices(part, known)) for part in parts)):
        yield tuple(chain.from_iterable(chosen))


def _choices(part: FlowPart, known: Known) -> Iterator[_Script]:
    if isinstance(part, Step):
        applies = _applies(part.when, known)
        if applies is not Truth.FALSE:
            yield (part,)
        if applies is not Truth.TRUE:
            yield ()
        return
    for branch in part.branches:
        applies = _applies(branch.when, known)
        if applies is not Truth.FALSE:
            yield from islice(_scripts(branch.steps, known), _MOST_WAYS + 1)
        if applies is Truth.TRUE:
            return
    yield ()


def _applies(when: Condition | None, known: Known) -> Truth:
    """A condition whose own anchor never happened does not hold."""
    truth = Truth.TRUE if when is None else known.outcome(when).truth
    return Truth.FALSE if truth is Truth.SKIPPED else truth


def _asked(flow: Flow) -> Iterator[Condition]:
    """The conditions that decide which steps apply."""

    def inside(parts: Sequence[FlowPart]) -> Iterator[Condition]:
        for part in parts:
            if isinstance(part, Step):
                yield from () if part.when is None else (part.when,)
                continue
            for branch in part.branches:
                yield from () if branch.when is None else (branch.when,)
                yield from inside(branch.steps)

    return inside(flow.steps)


def _ends(flow: Flow, place: Place, known: Known) -> tuple[Seconds | None, ...]:
    """When the script was broken off (None: it was not); all that is possible, the surest first."""
    outcomes = [known.occurrences(moment) for moment in flow.ends_at]
    sure = min(
        (hit.start for one in outcomes for hit in one.hits if place.covers(hit.start, hit.end)), default=None
    )
    perhaps = {hit.start for one in outcomes for hit in one.doubts if place.covers(hit.start, hit.end)}
    if any(one.truth is Truth.UNKNOWN and one.blind is not None and not one.doubts for one in outcomes):
        perhaps.add(place.start)
    return (sure, *(at for at in sorted(perhaps)[:2] if sure is None or at < sure))


def _followed(
    script: _Script, end: Seconds | None, only: str | None, place: Place, known: Known
) -> FlowOutcome:
    """The outcome if these steps apply and the script was broken off then."""
    first, _ = place.conversation.speech
    bounds = Bounds(max(first, place.start), min(place.turns, default=0), end)
    said = [one for step in script if (one := _said(step, end, place, known)) is not None]
    took = course(said, bounds)
    faults = _of(took, only)
    if _nothing_asked(took, [one for one in said if only in (None, one.step.id)]):
        return FlowOutcome(Truth.SKIPPED)
    hits = tuple(link.hit for link in took.links if only in (None, link.name) and not link.late)
    if not faults:
        return FlowOutcome(Truth.TRUE, min((hit.confidence for hit in hits), default=1.0), hits)
    kindly = course([_kindly(one, end, place) for one in said], replace(bounds, leeway=COLLAR))
    if certain := _of(kindly, only):
        return _failed(faults, certain, hits)
    return _unsure(faults, said)


def _failed(faults: Sequence[StepFault], certain: Sequence[StepFault], hits: tuple[Hit, ...]) -> FlowOutcome:
    """Only faults that stay when all that was perhaps said was said are held against anybody."""
    names = {fault.step for fault in certain}
    told = tuple(fault for fault in faults if fault.step in names) or tuple(certain)
    near = tuple(dict.fromkeys(hit for fault in told for hit in fault.near))
    return FlowOutcome(Truth.FALSE, max(fault.confidence for fault in told), hits, near=near, faults=told)


def _unsure(faults: Sequence[StepFault], said: Sequence[Said]) -> FlowOutcome:
    at_fault = {fault.step for fault in faults}
    asked = [one.outcome for one in said if one.step.id in at_fault]
    return FlowOutcome(
        Truth.UNKNOWN,
        max(fault.confidence for fault in faults),
        doubts=tuple(dict.fromkeys(hit for one in asked for hit in one.doubts)),
        near=tuple(dict.fromkeys(hit for fault in faults for hit in fault.near)),
        blind=next((one.blind for one in asked if one.blind is not None), None) or _why_late(faults),
    )


def _why_late(faults: Sequence[StepFault]) -> Message | None:
    """A step that was surely said is at fault only for its time."""
    return AT_THE_EDGE if all(fault.kind is Kind.LATE for fault in faults) else None


def _of(took: Course, only: str | None) -> tuple[StepFault, ...]:
    return tuple(fault for fault in took.faults if only in (None, fault.step))


def _nothing_asked(took: Course, said: Sequence[Said]) -> bool:
    """Whether no step is left to be judged: none applies, or all were excused or left out by right."""
    links = {link.name for link in took.links}
    return all(
        one.step.id in took.excused or (one.step.optional and one.step.id not in links and not one.timeless)
        for one in said
    )


def _said(step: Step, end: Seconds | None, place: Place, known: Known) -> Said | None:
    """Where a step was surely said; None when its own anchor never happened."""
    outcome = known.outcome(step.said)
    if outcome.truth is Truth.SKIPPED:
        return None
    if outcome.truth is not Truth.TRUE:
        return Said(step, outcome, ())
    timeless = not outcome.hits or any(hit.by is Witness.METADATA for hit in outcome.hits)
    return Said(step, outcome, _within(outcome.hits, end, place), timeless)


def _kindly(one: Said, end: Seconds | None, place: Place) -> Said:
    """The same, if all that was perhaps said was said."""
    outcome = one.outcome
    perhaps = (*outcome.doubts, *(hit for hit in outcome.hits if place.may_hold(hit)))
    inside = [hit for hit in perhaps if place.covers(hit.start, hit.end) and (end is None or hit.start < end)]
    anywhere = outcome.truth is Truth.UNKNOWN and (outcome.blind is not None or not outcome.doubts)
    return replace(one, places=thinned((*one.places, *inside)), timeless=one.timeless or anywhere)


def _within(hits: Sequence[Hit], end: Seconds | None, place: Place) -> tuple[Hit, ...]:
    return thinned([hit for hit in hits if place.holds(hit) and (end is None or hit.start < end)])
