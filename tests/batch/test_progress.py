from pathlib import Path

import pytest

from speechqa.assessment import Assessment, Failure
from speechqa.batch.progress import Tally
from speechqa.call import Call, Message


class Clock:
    """Time that passes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


GOOD = Assessment(Call("a", Path("a.wav")))
BAD = Assessment(Call("b", Path("b.wav")), failure=Failure("E_EMPTY", Message("", "")))


def test_calls_are_counted_as_done_failed_and_left() -> None:
    tally = Tally(3, 300)
    tally.begin(0, 100)
    tally.end(0, GOOD, 100, recognised=True)
    tally.begin(1, 100)
    progress = tally.end(1, BAD, 100, recognised=False)
    assert (progress.done, progress.failed, progress.left) == (2, 1, 1)
    assert progress.finished is BAD


def test_the_time_left_follows_from_the_pace_of_what_was_recognised() -> None:
    clock = Clock()
    tally = Tally(3, 400, clock)
    assert tally.begin(0, 100).time_left is None
    clock.now = 10
    assert tally.end(0, GOOD, 100, recognised=True).time_left == pytest.approx(30)
    tally.begin(1, 200)
    clock.now = 20
    progress = tally.within(1, 0.5)
    assert progress.within == 0.5
    assert progress.time_left == pytest.approx(20)


def test_calls_side_by_side_add_up() -> None:
    clock = Clock()
    tally = Tally(4, 400, clock)
    tally.begin(0, 100)
    tally.begin(1, 100)
    clock.now = 10
    tally.within(0, 0.5)
    progress = tally.within(1, 0.75)
    assert (progress.done, progress.within) == (0, 1.25)
    assert progress.time_left == pytest.approx(10 / 125 * 275)
    progress = tally.end(1, GOOD, 100, recognised=True)
    assert (progress.done, progress.within) == (1, 0.5)


def test_what_the_cache_held_does_not_look_like_speed() -> None:
    clock = Clock()
    tally = Tally(3, 300, clock)
    tally.begin(0, 100)
    clock.now = 10
    tally.end(0, GOOD, 100, recognised=True)
    tally.begin(1, 100)
    assert tally.end(1, GOOD, 100, recognised=False).time_left == pytest.approx(10)
