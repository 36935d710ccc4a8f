"""A speaker's own neutral voice in a call, found although some of the turns may be raised."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

FEWEST = 4  # turns with a measure, to say what is usual
PRIOR = 8.0  # turns that the spread of speakers at large counts for
LOW = 0.3  # share of a speaker's turns that are taken to be neutral, or calmer than it
ABOVE_LOW = 0.5244  # spreads from that quantile of a normal distribution to its middle
TO_SPREAD = 1.4826  # from the median of absolute differences
PAIR = 2.0  # variances over the number of turns, by which a middle found by quantiles is uncertain


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle of a speaker's neutral turns, and their spread as a share of that of speakers at large."""

    middle: float
    spread: float

    def units(self, value: float, neutral: float) -> float:
        """How far a value lies above the middle, in spreads; `neutral` is that of speakers at large."""
        return (value - self.middle) / (self.spread * neutral)


def usual(values: Sequence[float], neutral: Sequence[float]) -> Usual | None:
    """From one measure of a speaker's turns, and the spread that each has with speakers at large.

    Whoever shouts half of the call moves the median half-way. So the middle is the median, but no more than
    what the calmer 30 % of the turns let expect: with half of them raised it moves by less than a spread,
    with two in three by a spread and a half; whoever raises more has a raised voice for the usual one. The
    spread is that of the turns below the middle, as raised ones lie above, drawn towards 1; with few turns it
    is wider, as the middle is less certain. None with fewer than FEWEST turns.
    """
    if len(values) < FEWEST:
        return None
    value, scale = np.asarray(values, np.float64), np.asarray(neutral, np.float64)
    weight = 1 / np.square(scale)
    typical = float(np.average(scale, weights=weight))
    low = _quantile(value, weight, LOW) + ABOVE_LOW * typical
    middle = min(_quantile(value, weight, 0.5), low)
    below = value < middle
    n = int(np.count_nonzero(below))
    own = TO_SPREAD * float(np.median((middle - value[below]) / scale[below])) if n else 0.0
    shrunk = (PRIOR + n * own**2) / (PRIOR + n)
    return Usual(middle, sqrt(shrunk * (1 + PAIR / len(values))))


def _quantile(value: npt.NDArray[np.float64], weight: npt.NDArray[np.float64], share: float) -> float:
    """The value under which a share of the weight lies; between two turns, in proportion."""
    order = np.lexsort((weight, value))
    reached = np.cumsum(weight[order]) - weight[order] / 2
    return float(np.interp(share * weight.sum(), reached, value[order]))
