import pytest

from speechqa.times import clock


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "00:00"), (59.99, "00:59"), (61, "01:01"), (3599, "59:59"), (3661.5, "1:01:01")]
)
def test_times_are_told_in_minutes_and_from_an_hour_on_in_hours(seconds: float, told: str) -> None:
    assert clock(seconds) == told
