"""How the tone of each side went along a call: shares, the worst stretch, the trend.

A call that ends well counts. What is followed is tension: the probability of a hostile label and half that
of the one before it (cold, dissatisfied), 0 to 1.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from speechqa.call import Role, ToneLabel, Transcript
from speechqa.tone.classifier import Probabilities
from speechqa.tone.labels import LABELS

WEIGHTS = (0.0, 0.0, 0.5, 1.0, 1.0)  # of the labels of a side
TENSE = 0.4  # tension of a turn from which a stretch grows
FEWEST = 6  # turns of a side that have a trend


@dataclass(frozen=True, slots=True)
class Stretch:
    """Turns of a side from `first` to `last`, both included: indices into Transcript.turns."""

    first: int
    last: int
    tension: float  # mean


@dataclass(frozen=True, slots=True)
class Course:
    """The tone of one side."""

    role: Role
    turns: int
    shares: tuple[tuple[ToneLabel, float], ...]  # of the turns, expected; they sum to 1
    worst: Stretch | None  # None where no turn is tense
    trend: float | None  # tension of the last third less that of the first; None with fewer than FEWEST turns


def course(transcript: Transcript, probabilities: Probabilities) -> tuple[Course, ...]:
    """Of the sides that speak, agent first. `probabilities` has a row a turn."""
    return tuple(
        _of_side(role, places, probabilities[places])
        for role in LABELS
        if len(
            places := np.array([at for at, one in enumerate(transcript.turns) if one.role is role], dtype=int)
        )
    )


def _of_side(role: Role, places: npt.NDArray[np.int_], rows: Probabilities) -> Course:
    tension = rows @ np.array(WEIGHTS)
    means = rows.mean(axis=0)
    third = len(places) // 3
    return Course(
        role,
        len(places),
        tuple((label, float(share)) for label, share in zip(LABELS[role], means, strict=True)),
        _worst(places, tension),
        float(tension[-third:].mean() - tension[:third].mean()) if len(places) >= FEWEST else None,
    )


def _worst(places: npt.NDArray[np.int_], tension: npt.NDArray[np.float64]) -> Stretch | None:
    """The stretch with the largest sum of tension above TENSE."""
    best, best_sum, start, running = None, 0.0, 0, 0.0
    for at, above in enumerate((tension - TENSE).tolist()):
        if running <= 0:
            start, running = at, 0.0
        running += above
        if running > best_sum:
            best, best_sum = (start, at), running
    if best is None:
        return None
    first, last = best
    return Stretch(int(places[first]), int(places[last]), float(tension[first : last + 1].mean()))
