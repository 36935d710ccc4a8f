from pathlib import Path

import pytest

from speechqa.batch.progress import Tally
from speechqa.call import Assessment, Call, Failure, Message


class Clock:
    """Time that passes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


GOOD = Assessment(Call("a", Path("a.wav")))
BAD = Assessment(Call("b", Path("b.wav")), failure=Failure("E_EMPTY", Message("", "")))


def test_calls_are_counted_as_done_failed_and_left() -> None:
    tally = Tally(3, 300)
    tally.begin("a", 100)
    tally.end(GOOD, 100, recognised=True)
    tally.begin("b", 100)
    progress = tally.end(BAD, 100, recognised=False)
    assert (progress.done, progress.failed, progress.left) == (2, 1, 1)
    assert progress.finished is BAD


def test_the_time_left_follows_from_the_pace_of_what_was_recognised() -> None:
    clock = Clock()
    tally = Tally(3, 400, clock)
    assert tally.begin("a", 100).time_left is None
    clock.now = 10
    assert tally.end(GOOD, 100, recognised=True).time_left == pytest.approx(30)
    tally.begin("b", 200)
    clock.now = 20
    progress = tally.within(0.5)
    assert (progress.within, progress.call_id) == (0.5, "b")
    assert progress.time_left == pytest.approx(20)


def test_what_the_cache_held_does_not_look_like_speed() -> None:
    clock = Clock()
    tally = Tally(3, 300, clock)
    tally.begin("a", 100)
    clock.now = 10
    tally.end(GOOD, 100, recognised=True)
    tally.begin("b", 100)
    assert tally.end(GOOD, 100, recognised=False).time_left == pytest.approx(10)
