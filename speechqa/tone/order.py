"""Who speaks in which order: the turns before and after each, in a call or in several in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from speechqa.call import Role
from speechqa.tone.labels import LABELS
from speechqa.tone.lines import Places

SPEAKERS = (*LABELS, Role.UNKNOWN)
_NUMBERS = {role: number for number, role in enumerate(SPEAKERS)}


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """By turn."""

    speaker: Places  # index into SPEAKERS
    call: Places  # number of its call
    other: Places  # the other side's turn before it; -1 where there is none
    own: Places  # ... and the own side's

    @classmethod
    def of(cls, roles: Sequence[Role], calls: Sequence[int] | None = None) -> Self:
        """Of turns, and the numbers of their calls; without numbers it is one call."""
        speaker = np.array([_NUMBERS[role] for role in roles], np.intp)
        call = np.zeros(len(roles), np.intp) if calls is None else np.asarray(calls, np.intp)
        return cls(speaker, call, *_before(speaker, call))

    def after(self) -> tuple[Places, Places]:
        """The other side's and the own turn after each; one more than the last where there is none."""
        other, own = _before(self.speaker[::-1], self.call[::-1])
        return len(other) - 1 - other[::-1], len(own) - 1 - own[::-1]


def _before(speaker: Places, call: Places) -> tuple[Places, Places]:
    turns = np.arange(len(speaker))
    last = np.full((len(SPEAKERS), len(speaker) + 1), -1)
    last[speaker, turns + 1] = turns
    last = np.maximum.accumulate(last, axis=1)[:, :-1]
    own = last[speaker, turns]
    last[speaker, turns] = -1
    other = last.max(axis=0)
    return np.where(call[other] == call, other, -1), np.where(call[own] == call, own, -1)
