import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Role, ToneLabel
from speechqa.tone.course import FEWEST, courses

CALM, CROSS, FURIOUS = 0, 2, 3  # columns of the customer


def sure(columns: list[int]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.eye(5)[columns]


@pytest.mark.parametrize(
    ("columns", "worst", "trend"),
    [
        ([CALM] * 6, None, 0.0),
        ([FURIOUS, FURIOUS, CROSS, CALM, CALM, CALM], (0, 2), -1.0),
        ([CALM, CALM, CALM, CALM, FURIOUS, FURIOUS], (4, 5), 1.0),
        ([CALM, FURIOUS, CALM, CALM, CALM, CALM], (1, 1), -0.5),
        ([CALM, FURIOUS], (1, 1), None),
    ],
)
def test_a_side_has_a_worst_stretch_and_a_trend(
    columns: list[int], worst: tuple[int, int] | None, trend: float | None
) -> None:
    (side,) = courses([Role.CUSTOMER] * len(columns), sure(columns))
    assert (side.worst and (side.worst.first, side.worst.last)) == worst
    assert side.trend == trend


def test_stretches_count_the_turns_of_the_call_not_of_the_side() -> None:
    roles = [Role.AGENT, Role.CUSTOMER] * 3
    agent, customer = courses(roles, sure([1, CALM, 1, FURIOUS, 1, CALM]))
    assert (agent.role, agent.worst) == (Role.AGENT, None)
    assert customer.worst is not None
    assert (customer.worst.first, customer.worst.last) == (3, 3)


def test_who_does_not_speak_has_no_course() -> None:
    assert courses([Role.UNKNOWN, Role.UNKNOWN], sure([0, 0])) == ()


@given(st.lists(st.integers(0, 4), min_size=1, max_size=20))
def test_shares_sum_to_one_and_the_trend_needs_enough_turns(columns: list[int]) -> None:
    (side,) = courses([Role.AGENT] * len(columns), sure(columns))
    assert sum(share for _, share in side.shares) == pytest.approx(1.0, abs=1e-3)
    assert side.shares[0][0] is ToneLabel.WARM
    assert (side.trend is None) == (len(columns) < FEWEST)
