"""Calls side by side: recordings heard in threads, transcripts scored in several processes."""

import os
import signal
from collections.abc import Callable, Iterable
from multiprocessing import active_children
from pathlib import Path
from threading import Barrier, Thread
from time import sleep

from speechqa.audio import Samples
from speechqa.batch import Interrupted, Progress, Watch
from speechqa.engines import Heard
from tests.batch.recordings import HearsOnce, engine, parts, ran, record


def test_many_calls_are_scored_in_several_processes_as_they_would_be_in_one(tmp_path: Path) -> None:
    for index in range(60):
        record(tmp_path / "in" / f"{index:02}.wav", seed=index % 55)
    first, second = ran(tmp_path), ran(tmp_path)
    assert (first.recognised, second.recognised) == (55, 0)
    assert first.assessments == second.assessments


def test_recordings_are_heard_side_by_side(tmp_path: Path) -> None:
    both = Barrier(2, timeout=20)

    class Together(HearsOnce):
        fingerprint = "together"

        def words(self, blocks: Iterable[Samples], on_progress: Callable[[float], None]) -> Heard:
            both.wait()  # never returns in a run that hears one call after the other
            return engine(tmp_path).words(blocks, on_progress)

    record(tmp_path / "in" / "a.wav")
    record(tmp_path / "in" / "b.wav", seed=1)
    batch = ran(tmp_path, given=parts(tmp_path, Together))
    assert (batch.recognised, batch.stopped_by) == (2, None)


def test_when_the_run_ends_every_call_in_work_is_rolled_back(tmp_path: Path) -> None:
    for seed, name in enumerate("abc"):
        record(tmp_path / "in" / f"{name}.wav", seconds=25, seed=seed)
    seen: list[Progress] = []

    def check() -> None:
        if seen and seen[-1].within > 0:
            raise Interrupted(2)

    batch = ran(tmp_path, Watch(seen.append, check))
    assert (batch.assessments, batch.left) == ((), 3)
    assert not list((tmp_path / "out" / "transcripts").iterdir())


def test_a_scoring_process_that_is_killed_costs_no_call(tmp_path: Path) -> None:
    """The kernel kills the largest process when memory runs out."""
    for index in range(120):
        record(tmp_path / "in" / f"{index:03}.wav", seconds=0.5, seed=index)
    first = ran(tmp_path)

    def kill() -> None:
        while not (children := active_children()):
            sleep(0.01)
        os.kill(children[0].ident or 0, signal.SIGKILL)

    killer = Thread(target=kill)
    killer.start()
    second = ran(tmp_path)
    killer.join()
    assert second.stopped_by is None
    assert second.assessments == first.assessments
