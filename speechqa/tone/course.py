"""How the tone of each side went along a call: shares, the worst stretch, the trend.

A call that ends well counts. What is followed is tension: the probability of a hostile label and half that
of the one before it (cold, dissatisfied), 0 to 1.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from speechqa.call import Role, Stretch, ToneCourse
from speechqa.tone.classifier import Probabilities
from speechqa.tone.labels import LABELS

WEIGHTS = (0.0, 0.0, 0.5, 1.0, 1.0)  # of the labels of a side
TENSE = 0.4  # tension of a turn from which a stretch grows
FEWEST = 6  # turns of a side that have a trend
DIGITS = 4  # of what is told: a call judged beside others differs from it alone in the sixteenth


def courses(roles: Sequence[Role], probabilities: Probabilities) -> tuple[ToneCourse, ...]:
    """Of the sides that speak, agent first; a role and a row a turn."""
    return tuple(
        _of_side(role, places, probabilities[places])
        for role in LABELS
        if len(places := np.flatnonzero([one is role for one in roles]))
    )


def _of_side(role: Role, places: npt.NDArray[np.intp], rows: Probabilities) -> ToneCourse:
    tension = np.round(rows @ np.array(WEIGHTS), DIGITS)
    third = len(places) // 3
    return ToneCourse(
        role,
        tuple(places.tolist()),
        tuple(tension.tolist()),
        tuple(zip(LABELS[role], np.round(rows.mean(axis=0), DIGITS).tolist(), strict=True)),
        _worst(places, tension),
        _rounded(tension[-third:].mean() - tension[:third].mean()) if len(places) >= FEWEST else None,
    )


def _worst(places: npt.NDArray[np.intp], tension: npt.NDArray[np.float64]) -> Stretch | None:
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
    return Stretch(int(places[first]), int(places[last]), _rounded(tension[first : last + 1].mean()))


def _rounded(value: np.float64) -> float:
    return round(float(value), DIGITS)
