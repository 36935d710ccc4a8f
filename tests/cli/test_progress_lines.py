"""Where stderr is no terminal, a long run says now and then how far it is."""

import pytest

from speechqa.batch import Progress
from speechqa.call import Lang
from speechqa.cli.show import EVERY, now_and_then


class Clock:
    """Time that passes when told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def progress(done: int, time_left: float | None = None) -> Progress:
    return Progress(total=10, done=done, failed=1, within=0.5, time_left=time_left)


def test_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    say = now_and_then(Lang.EN, clock)
    say(progress(1))
    clock.now += EVERY
    say(progress(2))
    say(progress(3))
    clock.now += EVERY
    say(progress(4, 125.0))
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.splitlines() == ["2 done, 1 failed, 8 to go", "4 done, 1 failed, 6 to go, about 2:05 left"]


def test_a_short_run_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    say = now_and_then(Lang.ZH)
    for done in range(10):
        say(progress(done))
    assert capsys.readouterr().err == ""
