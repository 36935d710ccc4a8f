"""Assesses the calls of a plan. One bad call never stops the others.

What is already transcribed is scored first, in several processes when there is enough of it. Recordings
are heard AT_ONCE side by side, in threads that share one model: while one call is decoded, searched for
speech or scored, which keeps one core busy, another is recognised.
"""

import logging
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from time import sleep
from typing import TYPE_CHECKING

from speechqa.assessment import Assessment
from speechqa.atomic import make_folder
from speechqa.batch.outcomes import failed, internal, kept, with_twins
from speechqa.batch.plan import Plan, weight
from speechqa.batch.progress import Progress, Tally
from speechqa.batch.rescoring import rescored
from speechqa.call import Seconds
from speechqa.errors import AudioError, ModelError, OutputError, SpeechqaError, TranscriptError, UsageError
from speechqa.inputs import TRANSCRIPTS, Kind
from speechqa.names import shown
from speechqa.pipeline import Job, Origin, Outcome, Parts, assess
from speechqa.processes import Pool

if TYPE_CHECKING:
    from speechqa.engines import Engine

log = logging.getLogger(__name__)

TRIES = 3  # for a file that cannot be read just now (network folders)
PAUSE = 0.3  # s between tries
AT_ONCE = 2  # recordings heard side by side; more take memory and are no quicker on two cores
HEARTBEAT = 0.2  # s between looks at whether the run shall end
MANY = 50  # from here on more processes pay for their start (measured: half a second each)


class Interrupted(KeyboardInterrupt):
    """The user, or the system, wants the run to end."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: `tell` hears of every step, `check` raises Interrupted when the run shall end."""

    tell: Callable[[Progress], None] = lambda _: None
    check: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a plan."""

    assessments: tuple[Assessment, ...]  # of the calls that ended, in order of the plan
    left: int  # calls not begun or rolled back
    recognised: int  # calls whose audio went through the engine
    stopped_by: Interrupted | SpeechqaError | None = None  # None: all calls ended


def run(plan: Plan, parts: Parts, out: Path, watch: Watch = Watch(), crew: Pool | None = None) -> Batch:
    """Assesses all calls and writes their transcripts under `out`, each as its call ends.

    The crew, if there is one, scores what needs no recognition when that is worth its start.
    When the run is interrupted, or cannot write, or has no model, the calls that ended are returned.
    """
    desk = _Desk(plan, parts, out / TRANSCRIPTS, watch, crew)
    stopped_by: Interrupted | SpeechqaError | None = None
    try:
        make_folder(desk.folder)
        desk.work()
    except (Interrupted, ModelError, OutputError, UsageError) as reason:
        stopped_by = reason
    ended = desk.outcomes
    assessments = with_twins([ended[index] for index in sorted(ended)])
    return Batch(
        (*assessments, *plan.absent),
        len(plan.jobs) - len(ended),
        sum(outcome.origin is Origin.RECOGNISED for outcome in ended.values()),
        stopped_by,
    )


class _Dropped(Exception):  # noqa: N818  (no error: another call ended the run)
    """This call is rolled back because the run ends."""


@dataclass(slots=True)
class _Desk:
    """The run's state: what ended, and how far it is. Its methods may be called by several threads."""

    plan: Plan
    parts: Parts
    folder: Path
    watch: Watch
    crew: Pool | None
    outcomes: dict[int, Outcome] = field(default_factory=dict)  # by place in the plan
    tally: Tally = field(init=False)
    ending: bool = False  # calls in work give up when they next tell of their progress
    lock: Lock = field(default_factory=Lock)  # of the tally and of those who look on

    def __post_init__(self) -> None:
        self.tally = Tally(len(self.plan.jobs), sum(map(weight, self.plan.jobs)))
        self.parts = replace(self.parts, engine=_one_at_a_time(self.parts.engine))

    def work(self) -> None:
        if self.crew is not None and len(self.plan.jobs) > MANY:
            self._rescore(self.crew)
        rest = [index for index in range(len(self.plan.jobs)) if index not in self.outcomes]
        if self.crew is not None and rest:
            self.crew.dismiss()  # what is left takes long, and memory
        if any(self.plan.jobs[index].kind is Kind.AUDIO for index in rest):
            self.parts.engine()  # before there are threads: it settles how the process keeps memory
        with ThreadPoolExecutor(AT_ONCE) as pool:
            pending = {pool.submit(self._assess, index) for index in rest}
            try:
                while pending:
                    self.watch.check()
                    pending = _settled(pending)
            finally:
                self.ending = True
                pool.shutdown(cancel_futures=True)

    def _rescore(self, crew: Pool) -> None:
        jobs = self.plan.jobs
        for index, outcome in rescored(jobs, self.parts, self.folder, crew, self.watch.check):
            self._end(index, outcome)

    def _assess(self, index: int) -> None:
        """Raises what ends the run, and _Dropped when something else has ended it."""
        job = self.plan.jobs[index]
        self._require_going()
        with self.lock:
            self.watch.tell(self.tally.begin(index, weight(job)))
        self._end(index, kept(self._outcome(index, job), self.folder))

    def _outcome(self, index: int, job: Job) -> Outcome:
        def heard(done: Seconds, of: Seconds | None) -> None:
            self._require_going()
            with self.lock:
                self.watch.tell(self.tally.within(index, done / of if of else 0.0))

        for attempt in range(1, TRIES + 1):
            try:
                return assess(job, self.parts, heard)
            except (AudioError, TranscriptError) as error:
                if error.code != "E_IO" or attempt == TRIES:
                    return failed(job, error.failure())
                sleep(PAUSE)
            except (ModelError, OutputError, UsageError, _Dropped):
                raise
            except Exception as error:
                log.error("%s failed", shown(job.source), exc_info=error)
                return failed(job, internal(error))
        raise AssertionError("unreachable: the last try returns")

    def _require_going(self) -> None:
        if self.ending:
            raise _Dropped
        self.watch.check()

    def _end(self, index: int, outcome: Outcome) -> None:
        job = self.plan.jobs[index]
        recognised = outcome.origin is Origin.RECOGNISED
        with self.lock:
            self.outcomes[index] = outcome
            self.watch.tell(self.tally.end(index, outcome.assessment, weight(job), recognised=recognised))


def _settled(pending: set[Future[None]]) -> set[Future[None]]:
    """Those that are not done after a heartbeat; raises what ended one of the others."""
    done, pending = wait(pending, HEARTBEAT, FIRST_COMPLETED)
    for future in done:
        future.result()
    return pending


def _one_at_a_time(make: "Callable[[], Engine]") -> "Callable[[], Engine]":
    """For a maker that remembers what it made: two threads must not both find nothing made."""
    lock = Lock()

    def made() -> "Engine":
        with lock:
            return make()

    return made
