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


def test_what_a_helper_dies_of_is_done_here_and_the_next_work_by_another() -> None:
    with processes.helpers(worth=True) as beside:
        results = [beside.begin(killed_unless, os.getpid()) for _ in range(3)]
        assert [result() for result in results] == [os.getpid()] * 3
        assert beside.begin(where, 1)() != os.getpid()
    assert not active_children()


def test_a_helper_that_dies_while_much_is_sent_to_it_keeps_nobody_waiting() -> None:
    with processes.helpers(worth=True) as beside:
        killed = beside.begin(killed_unless, os.getpid())
        results = [beside.begin(len, bytes(5_000_000)) for _ in range(4)]
        assert [result() for result in results] == [5_000_000] * 4
        assert killed() == os.getpid()


def test_a_fault_in_a_helper_is_met_again_here() -> None:
    with processes.helpers(worth=True) as beside, pytest.raises(ZeroDivisionError):
        beside.begin(divmod, 1, 0)()


def test_processes_that_cannot_be_started_are_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/nowhere/python")
    with processes.helpers(worth=True) as beside:
        assert beside.begin(where, 1)() == os.getpid()
