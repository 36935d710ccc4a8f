"""Helpers may die, or not be there at all: the work is done all the same."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from multiprocessing import active_children
from time import sleep

import pytest

from speechqa import processes
from speechqa.processes import ALONE, Helpers, LostError, Pool


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


@pytest.fixture
def crew() -> Iterator[Pool]:
    with Pool() as pool:
        yield pool
    assert not active_children()


def remember(value: int) -> None:
    os.environ["REMEMBERED"] = str(value)


def remembered(_: int) -> str:
    return os.environ.get("REMEMBERED", "")


def test_helpers_work_in_other_processes(crew: Pool) -> None:
    assert Helpers(crew).begin(where, 1)() != os.getpid()


def test_without_processes_work_is_done_here() -> None:
    assert ALONE.begin(where, 1)() == os.getpid()


def test_no_process_is_started_without_work(crew: Pool) -> None:
    crew.prepare(partial(remember, 1))
    assert not active_children()


def test_every_process_is_prepared_before_its_next_work(crew: Pool) -> None:
    assert crew.submit(remembered, 1).result() == ""
    crew.prepare(partial(remember, 1))
    crew.prepare(partial(remember, 2))
    assert {crew.submit(remembered, 1).result() for _ in range(8)} == {"2"}


def test_processes_that_were_dismissed_are_gone_and_new_ones_are_prepared(crew: Pool) -> None:
    crew.prepare(partial(remember, 3))
    before = crew.submit(where, 1).result()
    crew.dismiss()
    assert not active_children()
    assert crew.submit(where, 1).result() != before
    assert crew.submit(remembered, 1).result() == "3"


def test_what_a_helper_dies_of_is_done_here_and_the_next_work_by_another(crew: Pool) -> None:
    beside = Helpers(crew)
    results = [beside.begin(killed_unless, os.getpid()) for _ in range(3)]
    assert [result() for result in results] == [os.getpid()] * 3
    assert beside.begin(where, 1)() != os.getpid()


def test_a_helper_that_dies_while_much_is_sent_to_it_keeps_nobody_waiting(crew: Pool) -> None:
    beside = Helpers(crew)
    killed = beside.begin(killed_unless, os.getpid())
    results = [beside.begin(len, bytes(5_000_000)) for _ in range(4)]
    assert [result() for result in results] == [5_000_000] * 4
    assert killed() == os.getpid()


def test_a_fault_in_a_helper_is_met_again_here(crew: Pool) -> None:
    with pytest.raises(ZeroDivisionError):
        Helpers(crew).begin(divmod, 1, 0)()


def test_processes_that_cannot_be_started_are_done_without(
    crew: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/nowhere/python")
    assert Helpers(crew).begin(where, 1)() == os.getpid()


def test_after_an_error_nobody_waits_for_work_that_was_begun() -> None:
    with suppress(ZeroDivisionError), Pool() as crew:
        begun = crew.submit(sleep, 3600)
        while not active_children():
            sleep(0.01)
        divmod(1, 0)
    with pytest.raises(LostError):
        begun.result()
    assert not active_children()
