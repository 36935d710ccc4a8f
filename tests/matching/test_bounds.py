"""What was measured, in a sentence: never on the other side of the bound than it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.checklist.ranges import Range
from speechqa.matching.bounds import EXACT, SECONDS, figure, limits, spread
from tests.matching.lines import judged, one_rule
from tests.matching.timed import timed

AT_MOST_60 = Range(high=60)
OVER_7 = Range(low=7, open_low=True)


@pytest.mark.parametrize(
    ("value", "wanted", "decimals", "told"),
    [
        (12.34, OVER_7, 1, "12.3"),
        (7.0, OVER_7, 1, "7.0"),
        (7.04, OVER_7, 1, "7.04"),
        (7.004, OVER_7, 1, "7.004"),
        (60.04, AT_MOST_60, 1, "60.04"),
        (59.96, AT_MOST_60, 1, "60.0"),
        (60.4, AT_MOST_60, 0, "60.4"),
        (59.96, Range(high=60, open_high=True), 1, "59.96"),
        (59.6, Range(low=60), 0, "59.6"),
        (0.4, AT_MOST_60, 0, "0.4"),
        (0.0, AT_MOST_60, 0, "0"),
        (-0.04, OVER_7, 1, "-0.04"),
        (300.4, Range(180, 300), 0, "300.4"),
    ],
)
def test_a_value_is_rounded_as_far_as_its_bound_allows(
    value: float, wanted: Range, decimals: int, told: str
) -> None:
    assert figure(value, wanted, decimals) == told


numbers = st.floats(-1_000, 1_000)


@given(numbers, st.none() | numbers, st.none() | numbers, st.booleans(), st.booleans(), st.integers(0, 2))
def test_what_is_told_lies_where_the_value_lies(
    value: float, low: float | None, high: float | None, open_low: bool, open_high: bool, decimals: int
) -> None:
    least, most = (None if bound is None else round(bound, 2) for bound in (low, high))  # as authors write
    wanted = Range(least, most, open_low, open_high)
    assert wanted.holds(float(figure(value, wanted, decimals))) is wanted.holds(round(value, EXACT))


@pytest.mark.parametrize(
    ("least", "most", "zh", "en"),
    [
        (3.0, 3.0, "3.0 秒", "3.0 s"),
        (3.0, 4.0, "3.0–4.0 秒", "3.0–4.0 s"),
        (6.96, 7.04, "7.0–7.04 秒", "7.0–7.04 s"),
        (3.0, float("inf"), "至少 3.0 秒", "at least 3.0 s"),
    ],
)
def test_what_is_not_known_to_the_end_lies_between_two_values(
    least: float, most: float, zh: str, en: str
) -> None:
    told = spread(least, most, OVER_7, SECONDS)
    assert (told.zh, told.en) == (zh, en)


def test_a_bound_is_told_as_the_author_wrote_it() -> None:
    assert limits(Range(high=1_234_567.5), SECONDS).en == "at most 1234567.5 s"
    assert limits(Range(0, 0.25), SECONDS).zh == "在 0 到 0.25 秒之间"


@pytest.mark.parametrize(
    ("end", "verdict", "told"),
    [
        ("60.04", "fail", "乙。时长 60.04 秒，应不超过 60 秒"),
        ("60.0004", "pass", "时长 60.0 秒"),  # nothing is measured closer than to a millisecond
        ("59.96", "pass", "时长 60.0 秒"),
    ],
)
def test_a_finding_does_not_contradict_itself(tmp_path: Path, end: str, verdict: str, told: str) -> None:
    rules = one_rule(tmp_path, "{duration: at most 60 s}")
    (finding,) = judged(rules, timed("A 0 您好 2", until=float(end)))
    assert (finding.verdict, finding.because.zh) == (verdict, told)
