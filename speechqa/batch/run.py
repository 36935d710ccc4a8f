"""Assesses the calls of a plan. One bad call never stops the others.

Recognition uses all cores by itself, so recordings go one after the other; what is already transcribed
is scored first, in several processes when there is enough of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from speechqa.atomic import make_folder
from speechqa.batch.outcomes import failed, internal, kept, with_twins
from speechqa.batch.plan import Plan, weight
from speechqa.batch.progress import Progress, Tally
from speechqa.batch.rescoring import rescored
from speechqa.call import Assessment, Seconds
from speechqa.errors import AudioError, ModelError, OutputError, SpeechqaError, TranscriptError, UsageError
from speechqa.inputs import TRANSCRIPTS
from speechqa.names import shown
from speechqa.pipeline import Job, Origin, Outcome, Parts, assess

log = logging.getLogger(__name__)

TRIES = 3  # for a file that cannot be read just now (network folders)
PAUSE = 0.3  # s between tries
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


def run(plan: Plan, parts: Parts, out: Path, watch: Watch = Watch()) -> Batch:
    """Assesses all calls and writes their transcripts under `out`, each as its call ends.

    When the run is interrupted, or cannot write, or has no model, the calls that ended are returned.
    """
    desk = _Desk(plan, parts, out / TRANSCRIPTS, watch)
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


@dataclass(slots=True)
class _Desk:
    """The run's state: what ended, and how far it is."""

    plan: Plan
    parts: Parts
    folder: Path
    watch: Watch
    outcomes: dict[int, Outcome] = field(default_factory=dict)  # by place in the plan
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        self.tally = Tally(len(self.plan.jobs), sum(map(weight, self.plan.jobs)))

    def work(self) -> None:
        if len(self.plan.jobs) > MANY:
            for index, outcome in rescored(self.plan.jobs, self.parts, self.folder, self.watch.check):
                self._end(index, outcome)
        for index, job in enumerate(self.plan.jobs):
            if index not in self.outcomes:
                self.watch.check()
                self.watch.tell(self.tally.begin(job.call.call_id, weight(job)))
                self._end(index, kept(self._outcome(job), self.folder))

    def _outcome(self, job: Job) -> Outcome:
        for attempt in range(1, TRIES + 1):
            try:
                return assess(job, self.parts, self._heard)
            except (AudioError, TranscriptError) as error:
                if error.code != "E_IO" or attempt == TRIES:
                    return failed(job, error.failure())
                sleep(PAUSE)
            except (ModelError, OutputError, UsageError):
                raise
            except Exception as error:
                log.error("%s failed", shown(job.source), exc_info=error)
                return failed(job, internal(error))
        raise AssertionError("unreachable: the last try returns")

    def _heard(self, done: Seconds, of: Seconds | None) -> None:
        self.watch.check()
        self.watch.tell(self.tally.within(done / of if of else 0.0))

    def _end(self, index: int, outcome: Outcome) -> None:
        job = self.plan.jobs[index]
        self.outcomes[index] = outcome
        recognised = outcome.origin is Origin.RECOGNISED
        self.watch.tell(self.tally.end(outcome.assessment, weight(job), recognised=recognised))
