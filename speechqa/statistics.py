"""Numbers about many calls, with how far they can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, sqrt
from statistics import NormalDist, fmean, stdev

SMALL_SAMPLE = 30  # calls; below it a mean or a pass rate says little about a person


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Some values, summed up."""

    n: int
    mean: float
    sd: float | None  # of the sample; None with a single value
    low: float
    high: float


def wilson(passed: int, n: int, confidence: float = 0.95) -> Interval:
    """Interval for a pass rate, in [0, 1]; (0, 1) when n == 0. Source: Wilson (1927), eq. 4.

    Raises ValueError unless 0 <= passed <= n and 0 < confidence < 1.
    """
    if not 0 <= passed <= n:
        raise ValueError(f"passed: expected 0-{n}, got {passed}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: expected between 0 and 1, got {confidence}")
    if n == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate = passed / n
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    low = 0.0 if passed == 0 else max(0.0, centre - half)
    high = 1.0 if passed == n else min(1.0, centre + half)
    return Interval(low, high)


def mcnemar(only_before: int, only_after: int) -> float:
    """Two-sided p that pairs which changed sides did so by chance: as many one way as the other.

    The exact binomial form (Liddell 1983), for any number of pairs; 1 when none changed sides. Pairs that did
    not change say nothing about it, and are not asked for. Raises ValueError for counts below 0.
    """
    if min(only_before, only_after) < 0:
        raise ValueError(f"counts: expected 0 or more, got {only_before} and {only_after}")
    n = only_before + only_after
    tail = fsum(
        exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2))
        for k in range(min(only_before, only_after) + 1)
    )
    return min(1.0, 2 * tail)


def spread(values: Sequence[float]) -> Spread | None:
    """Mean, standard deviation and range; None without values."""
    if not values:
        return None
    sd = stdev(values) if len(values) > 1 else None
    return Spread(len(values), fmean(values), sd, min(values), max(values))
