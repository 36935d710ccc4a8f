"""Who was heard speaking when, against who did: the diarization error rate, overlaps, and roles.

DER as NIST's md-eval counts it: missed, false and confused speech over all speech of the reference, speakers
mapped one to one as fits best, overlapping speech included, nothing counted near the reference's edges.
Overlaps are as short as that: of them the seconds are counted that lie within the same time of each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from speechqa.call import Overlap, Role, Seconds
from speechqa.spans import Span, length, shared, union
from tests.bench.hearing.spans import Stretch, joined

COLLAR: Seconds = 0.25  # on each side of an edge of the reference
STEP: Seconds = 0.01
KNOWN = 0.5  # of the speech heard has a role: the call's roles count as told

Active = npt.NDArray[np.bool_]  # shape (speakers, steps)


@dataclass(frozen=True, slots=True)
class Diarization:
    """Seconds; to be added up over calls before dividing."""

    missed: Seconds = 0.0
    false: Seconds = 0.0
    confused: Seconds = 0.0
    speech: Seconds = 0.0  # of all speakers, so overlapping speech counts twice

    def __add__(self, other: "Diarization") -> "Diarization":
        return Diarization(
            self.missed + other.missed,
            self.false + other.false,
            self.confused + other.confused,
            self.speech + other.speech,
        )

    @property
    def rate(self) -> float:
        return (self.missed + self.false + self.confused) / self.speech if self.speech else 0.0

    def __str__(self) -> str:
        parts = ((self.missed, "missed"), (self.false, "false"), (self.confused, "confused"))
        shares = ", ".join(f"{what} {part / max(self.speech, STEP):.1%}" for part, what in parts)
        return f"DER {self.rate:.1%} ({shares}) of {self.speech / 60:.1f} min of speech"


@dataclass(frozen=True, slots=True)
class Roles:
    """Of one call: whether roles were told, and the seconds whose role is right or wrong."""

    told: bool
    right: Seconds
    wrong: Seconds

    @property
    def are_right(self) -> bool:
        return self.right > self.wrong


@dataclass(frozen=True, slots=True)
class Together:
    """Seconds in which both sides talk at once; to be added up over calls before dividing."""

    right: Seconds = 0.0  # of those marked: within COLLAR of where both talk
    marked: Seconds = 0.0
    found: Seconds = 0.0  # of those due: within COLLAR of a mark
    due: Seconds = 0.0

    def __add__(self, other: "Together") -> "Together":
        return Together(
            self.right + other.right,
            self.marked + other.marked,
            self.found + other.found,
            self.due + other.due,
        )

    def __str__(self) -> str:
        return (
            f"both talk: precision {self.right / max(self.marked, STEP):.2f} of {self.marked:.1f} s, "
            f"recall {self.found / max(self.due, STEP):.2f} of {self.due:.1f} s"
        )


def together(said: Sequence[Stretch], overlaps: Sequence[Overlap]) -> Together:
    """How well the overlaps of one call were marked."""
    agent, customer = (
        union((one.start, one.end) for one in said if one.role is role)
        for role in (Role.AGENT, Role.CUSTOMER)
    )
    due, marked = shared(agent, customer), union((one.start, one.end) for one in overlaps)
    right, found = length(shared(marked, _wider(due))), length(shared(due, _wider(marked)))
    return Together(right, length(marked), found, length(due))


def with_overlaps(heard: Sequence[Stretch], overlaps: Sequence[Overlap]) -> tuple[Stretch, ...]:
    """The stretches of what was heard, with both sides speaking where both talk, if sides were told."""
    told = {one.role for one in heard} & {Role.AGENT, Role.CUSTOMER}
    both = (Stretch(one.start, one.end, role) for one in overlaps for role in told if len(told) > 1)
    return joined([*heard, *both])


def diarized(said: Sequence[Stretch], heard: Sequence[Stretch]) -> Diarization:
    """The errors of one call; the speakers of what was heard are known by their roles."""
    steps = _steps([*said, *heard])
    reference, given = _active(said, steps), _active(heard, steps)
    counted = ~_near_edges(said, steps)
    reference, given = reference[:, counted], given[:, counted]
    together = reference.astype(np.int64) @ given.T.astype(np.int64)  # steps, by pairs of speakers
    pairs = zip(*linear_sum_assignment(together, maximize=True), strict=True)
    right = sum(int(together[one, other]) for one, other in pairs)
    due, raised = reference.sum(axis=0), given.sum(axis=0)
    return Diarization(
        missed=float(np.maximum(due - raised, 0).sum() * STEP),
        false=float(np.maximum(raised - due, 0).sum() * STEP),
        confused=float((np.minimum(due, raised).sum() - right) * STEP),
        speech=float(due.sum() * STEP),
    )


def roles(said: Sequence[Stretch], heard: Sequence[Stretch]) -> Roles:
    """Whether those heard as agent and customer are the agent and the customer."""
    steps = _steps([*said, *heard])
    true, given = _active(said, steps), _active(heard, steps)
    agent, customer, nobody = (list(Role).index(role) for role in (Role.AGENT, Role.CUSTOMER, Role.UNKNOWN))
    right = (true[agent] & given[agent]) | (true[customer] & given[customer])
    wrong = ((true[agent] & given[customer]) | (true[customer] & given[agent])) & ~right
    told = given[agent].sum() + given[customer].sum()
    return Roles(
        bool(told) and bool(told >= KNOWN * (told + given[nobody].sum())),
        float(right.sum() * STEP),
        float(wrong.sum() * STEP),
    )


def _wider(found: Sequence[Span]) -> list[Span]:
    return union((start - COLLAR, end + COLLAR) for start, end in found)


def _steps(stretches: Sequence[Stretch]) -> int:
    return round(max((one.end for one in stretches), default=0.0) / STEP) + 1


def _active(stretches: Sequence[Stretch], steps: int) -> Active:
    active = np.zeros((len(Role), steps), bool)
    for one in stretches:
        active[list(Role).index(one.role), round(one.start / STEP) : round(one.end / STEP)] = True
    return active


def _near_edges(said: Sequence[Stretch], steps: int) -> npt.NDArray[np.bool_]:
    near = np.zeros(steps, bool)
    for edge in (edge for one in said for edge in (one.start, one.end)):
        near[max(round((edge - COLLAR) / STEP), 0) : round((edge + COLLAR) / STEP)] = True
    return near
