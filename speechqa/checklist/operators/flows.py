"""Flows (话术流程): what is to be said in which order, and the operator that asks whether it was.

    flows:
      complaint:
        steps:
          - {step: 安抚, said: {happened: 表示理解}, within: 30 s}
          - {step: 方案, said: {happened: 给出方案}}
          - choose:
              - {when: {metadata: product, eq: 宽带}, steps: [{step: 上门, said: {happened: 约上门}}]}
              - {steps: [{step: 回访, said: {happened: 约回访}}]}
          - {step: 致谢, said: {by: agent, phrases: 感谢}, optional: yes}
        ends_at: [hang-up, strong-objection]

    {flow: complaint}        every step that applies, in order
    {flow: complaint, step: 方案}

`within` of a step is counted from the step before that was said (of the first: from the first word). An
optional step costs nothing when it is missing, late or out of order.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from speechqa.checklist.form import Form
from speechqa.checklist.operators.leaf import Operator
from speechqa.checklist.reading import Reader, Reading
from speechqa.checklist.where import Window

if TYPE_CHECKING:
    from speechqa.checklist.operators import Condition


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be said; each hit of its condition is an occurrence."""

    id: str  # as the author calls it, for people
    said: "Condition"
    when: "Condition | None" = None  # the step does not apply when false
    within: Window | None = None  # of the step before
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """Steps for some calls."""

    steps: tuple["FlowPart", ...]
    when: "Condition | None" = None  # None: whenever no branch before it was chosen


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch whose condition holds."""

    branches: tuple[Branch, ...]


FlowPart: TypeAlias = Step | Choice


@dataclass(frozen=True, slots=True)
class Flow:
    """A script. After one of the moments `ends_at`, steps that are still to come cost nothing."""

    id: str
    steps: tuple[FlowPart, ...]
    ends_at: tuple[str, ...] = ()  # moments

    @property
    def conditions(self) -> tuple["Condition", ...]:
        """All that its steps ask of a call."""
        return tuple(_conditions(self.steps))

    @property
    def names(self) -> tuple[str, ...]:
        """Of its steps, in order, branches one after the other."""
        return tuple(_names(self.steps))


@dataclass(frozen=True, slots=True)
class FlowFollowed(Operator):
    """True when all steps that apply were said in order, or, with `step`, that one was."""

    flow: str
    step: str | None = None


def _conditions(parts: tuple[FlowPart, ...]) -> "list[Condition]":
    found: list[Condition] = []
    for part in parts:
        if isinstance(part, Step):
            found += [asked for asked in (part.when, part.said) if asked is not None]
            continue
        for branch in part.branches:
            found += [branch.when] if branch.when is not None else []
            found += _conditions(branch.steps)
    return found


def _names(parts: tuple[FlowPart, ...]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, Step):
            found.append(part.id)
        else:
            found += [name for branch in part.branches for name in _names(branch.steps)]
    return found


def _flow(form: Form, reading: Reading) -> FlowFollowed:
    name = form.text("flow")
    if name and name not in reading.flows:
        reading.faults.unknown(form.place("flow"), ("流程", "flow"), name, reading.flows)
    step = form.text("step", "") or None
    if step is not None and name in reading.flows and step not in reading.flows[name]:
        reading.faults.unknown(form.place("step"), ("步骤", "step"), step, reading.flows[name])
    return FlowFollowed(reading.scope(form), name, step)


READERS = (Reader("flow", _flow, ("step",)),)
