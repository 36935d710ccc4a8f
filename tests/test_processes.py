"""Helpers may die, or not be there at all: the work is done all the same."""

import os
import signal
from multiprocessing import active_children

import pytest

from speechqa import processes


def where(_: int) -> int:
    return os.getpid()


def killed_unless(pid: int) -> int:
    """Ends the process at once, unless it is that one."""
    if os.getpid() != pid:
        os.kill(os.getpid(), signal.SIGKILL)
    return pid


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)


def test_helpers_work_in_other_processes() -> None:
    with processes.helpers(worth=True) as beside:
        assert beside.begin(where, 1)() != os.getpid()


def test_work_that_is_not_worth_a_process_is_done_here() -> None:
    with processes.helpers(worth=False) as beside:
        assert beside.begin(where, 1)() == os.getpid()


def test_what_a_helper_dies_of_is_done_here() -> None:
    with processes.helpers(worth=True) as beside:
        results = [beside.begin(killed_unless, os.getpid()) for _ in range(3)]
        assert [result() for result in results] == [os.getpid()] * 3
        assert beside.begin(where, 1)() == os.getpid()
    assert not active_children()
