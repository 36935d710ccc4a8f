"""Pass rates and means say how far they can be trusted."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.statistics import Interval, mcnemar, spread, wilson


@pytest.mark.parametrize(
    ("passed", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_intervals_agree_with_published_ones(passed: int, n: int, low: float, high: float) -> None:
    interval = wilson(passed, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


def test_no_calls_could_mean_any_rate() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_rate_lies_inside_its_interval(counts: tuple[int, int]) -> None:
    passed, n = counts
    interval = wilson(passed, n)
    assert 0 <= interval.low <= passed / n <= interval.high <= 1


def test_more_calls_narrow_the_interval() -> None:
    few, many = wilson(8, 10), wilson(800, 1000)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("passed", "n", "confidence"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)])
def test_impossible_counts_are_refused(passed: int, n: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="expected"):
        wilson(passed, n, confidence)


def test_spread_of_scores() -> None:
    found = spread([60.0, 80.0, 100.0])
    assert found is not None
    assert (found.n, found.mean, found.sd, found.low, found.high) == (3, 80.0, 20.0, 60.0, 100.0)


def test_a_single_score_has_no_deviation_and_none_has_no_spread() -> None:
    only = spread([72.0])
    assert only is not None
    assert only.sd is None
    assert spread([]) is None


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [(0, 0, 1.0), (3, 3, 1.0), (0, 5, 0.0625), (0, 6, 0.03125), (2, 10, 158 / 4096)],
    ids=["none", "as many", "five", "six", "twelve"],
)
def test_exact_mcnemar_agrees_with_the_binomial(before: int, after: int, p: float) -> None:
    assert mcnemar(before, after) == pytest.approx(p, rel=1e-9)


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_does_not_care_which_side_is_which(before: int, after: int) -> None:
    n, fewer = before + after, min(before, after)
    exact = min(1.0, 2 * sum(comb(n, k) for k in range(fewer + 1)) / 2**n)
    assert mcnemar(before, after) == mcnemar(after, before) == pytest.approx(exact)


def test_impossible_changes_are_refused() -> None:
    with pytest.raises(ValueError, match="expected 0 or more"):
        mcnemar(-1, 2)
