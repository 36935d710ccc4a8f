"""What `speechqa score` was asked for, and how that is carried out: check, wait, score, write, tell."""

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from math import ceil
from pathlib import Path

from speechqa import batch, calls_table, checklist, inputs
from speechqa.assessment import Assessment
from speechqa.atomic import atomic_writer, make_folder
from speechqa.batch.turnstile import alone_in
from speechqa.call import Lang, Message, NoteCode
from speechqa.cli import show
from speechqa.cli.signals import stoppable
from speechqa.engines import EngineOptions, load_engine
from speechqa.errors import ToneModelError, UsageError
from speechqa.matching import Judge
from speechqa.pipeline import Listening, Parts
from speechqa.processes import ALONE, Helpers, Pool, collect_rarely, cores
from speechqa.report import Run, write_all
from speechqa.settings import Settings
from speechqa.store import TranscriptCache

HELPED = 200  # calls from which a report is written faster with help, which has to be sent them
TRIAL = 65_536  # bytes written to see whether a folder has room


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for, as typed."""

    inputs: tuple[Path, ...]
    checklist: Path
    out: Path
    calls: Path | None  # None: no table of calls
    engine: str
    options: EngineOptions
    as_checklist: bool  # the calls are in the checklist's language, not in that of the options
    listening: Listening
    settings: Settings
    as_json: bool

    @property
    def lang(self) -> Lang:
        return self.settings.lang


def carried_out(order: Order) -> int:
    """Scores what was ordered, writes the files and prints the result; the exit code.

    Raises SpeechqaError when nothing ran, or when the results cannot be written.
    """
    collect_rarely()
    if cores() == 1:
        return _carried_out(order, None)
    with Pool() as crew:
        if looks_large(order.inputs):
            batch.make_ready(crew)
        return _carried_out(order, crew)


def _carried_out(order: Order, crew: Pool | None) -> int:
    """With a crew, if there is one to help."""
    rules = checklist.load(order.checklist)
    table = calls_table.read(order.calls) if order.calls else None
    found = inputs.gather(order.inputs, order.out)
    plan = batch.plan(found, table)
    _require_calls(plan, found)
    make_folder(order.out)
    with alone_in(order.out):
        _require_room(order.out, order.settings.cache)
        show.beginning(plan, found, order.lang)
        _wait_for(found.sources, order)
        with stoppable() as stop, show.watching(order.lang) as tell:
            watch = batch.Watch(tell, stop)
            done = batch.run(plan, _parts(order, rules), order.out, watch, crew)
            run = Run(rules.title, done.assessments, order.lang, datetime.now(UTC))
            if run.assessments:
                write_all(run, order.out, _helpers(crew, run))
    with show.printing():
        if order.as_json:
            show.json_lines(run)
        else:
            show.results(run.assessments, order.lang)
    show.ending(done, order.out, order.lang)
    _tell_of_tone(run.assessments, order.lang)
    return _exit_code(done)


def looks_large(paths: Sequence[Path]) -> bool:
    """Whether a first look finds enough files for several processes; nothing else depends on it."""
    with suppress(OSError):
        listed = (entry for path in paths for entry in (path.iterdir() if path.is_dir() else [path]))
        return sum(1 for _ in islice(listed, batch.MANY + 1)) > batch.MANY
    return False


def _helpers(crew: Pool | None, run: Run) -> Helpers:
    return Helpers(crew) if crew is not None and len(run.assessments) >= HELPED else ALONE


def _exit_code(done: batch.Batch) -> int:
    if isinstance(done.stopped_by, batch.Interrupted):
        return 128 + done.stopped_by.signal
    if done.stopped_by is not None:
        return 2
    return 1 if any(assessment.failure for assessment in done.assessments) else 0


def _tell_of_tone(assessments: Sequence[Assessment], lang: Lang) -> None:
    """Why calls were scored without tone, if any were."""
    notes = (note for one in assessments if one.transcript for note in one.transcript.notes)
    if any(note.code is NoteCode.TONE_UNKNOWN for note in notes):
        from speechqa.tone import model_file

        try:
            model_file.loaded(model_file.located())
        except ToneModelError as error:
            show.tell(error.message.zh, error.message.en, lang)


def _parts(order: Order, rules: checklist.Checklist) -> Parts:
    heard = replace(order.options, language=str(rules.language)) if order.as_checklist else order.options
    engine = cache(lambda: load_engine(order.engine, heard))
    return Parts(Judge(rules), TranscriptCache(order.settings.cache), engine, order.listening)


def _require_calls(plan: batch.Plan, found: inputs.Found) -> None:
    if plan.jobs or plan.absent:
        return
    skipped = len(found.skipped)
    raise UsageError(
        "E_USAGE",
        Message(
            f"输入中没有录音，也没有转写文件（跳过了 {skipped} 个其他文件）；请指定录音文件或文件夹",
            f"no recording and no transcript among the inputs ({skipped} other files skipped); "
            "name recordings or a folder of them",
        ),
    )


def _require_room(*folders: Path) -> None:
    """Makes the folders and tries each, before an hour of work is spent. Raises OutputError."""
    for folder in folders:
        make_folder(folder)
        trial = folder / f".speechqa-trial-{os.getpid()}"
        with atomic_writer(trial, "wb") as file:
            file.write(bytes(TRIAL))
        trial.unlink(missing_ok=True)


def _wait_for(sources: Sequence[inputs.Source], order: Order) -> None:
    """Waits until recordings that changed just now have settled, --settle seconds at the most.

    Those that change again meanwhile are left for the next run when their turn comes.
    """
    settle = order.listening.settle
    recent, left = inputs.unsettled(sources, settle, time.time())
    if not recent:
        return
    wait = min(left, settle)  # a clock that runs ahead makes no one wait longer
    seconds = ceil(wait)
    show.tell(
        f"{recent} 个录音在最近 {settle:g} 秒内有变化，等待 {seconds} 秒，确认已写完",
        f"{recent} recordings changed in the last {settle:g} s; waiting {seconds} s until they have settled",
        order.lang,
    )
    time.sleep(wait)
