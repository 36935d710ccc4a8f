"""`speechqa score`: recordings in, explained scorecards out."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from speechqa.call import Lang, Layout, Message
from speechqa.cli.talk import say
from speechqa.errors import UsageError

if TYPE_CHECKING:
    from speechqa.batch import Batch, Plan
    from speechqa.checklist import Checklist
    from speechqa.engines import EngineOptions
    from speechqa.inputs import Found
    from speechqa.pipeline import Listening, Parts
    from speechqa.report import Run

TRIAL = 65_536  # bytes written to see whether a folder has room
HELP = say(
    "给录音、文件夹或转写文件评分，结果写入 --out。",
    "Score recordings, folders or transcript files; results go to --out.",
)


class LayoutChoice(StrEnum):
    """--layout as typed."""

    AUTO = "auto"
    STEREO = "stereo"
    MONO = "mono"


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for, as typed."""

    inputs: tuple[Path, ...]
    checklist: Path
    out: Path
    calls: Path | None
    engine: str
    options: "EngineOptions"
    listening: "Listening"
    lang: Lang
    as_json: bool


def score(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT",
            help=say(
                "录音、文件夹（含子文件夹）或转写 JSON",
                "recordings, folders (with subfolders), transcript JSON",
            ),
        ),
    ],
    checklist: Annotated[
        Path, typer.Option(metavar="FILE", help=say("质检表 (YAML)", "the checklist (YAML)"))
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("结果目录", "folder for the results"))],
    calls: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help=say("通话信息表，至少有 recording 列", "table of calls; needs a column recording"),
        ),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            help=say("识别模型：名称、hub id 或文件夹", "recognition model: a name, a hub id or a folder")
        ),
    ] = "base",
    language: Annotated[
        str, typer.Option(help=say("通话语言，auto 为自动检测", "language of the calls; auto detects it"))
    ] = "zh",
    layout: Annotated[
        LayoutChoice,
        typer.Option(
            help=say("stereo：一声道一方；mono：混在一起", "stereo: one side a channel; mono: mixed")
        ),
    ] = LayoutChoice.AUTO,
    agent_channel: Annotated[
        int, typer.Option(min=0, max=1, help=say("坐席所在声道，从 0 数起", "channel of the agent, from 0"))
    ] = 0,
    channels: Annotated[
        str | None,
        typer.Option(
            metavar="A,B", help=say("多声道录音中取哪两个声道", "which two channels of a recording with more")
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help=say("标准输出只有评分卡，每行一个 JSON", "scorecards as JSON lines")),
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(metavar="zh|en", help=say("提示与报告的语言", "language of messages and report")),
    ] = None,
    engine: Annotated[str, typer.Option(help=say("识别引擎", "recognition engine"))] = "whisper",
    debug: Annotated[
        bool, typer.Option("--debug", help=say("内部错误时打印调用栈", "show the stack of internal errors"))
    ] = False,
) -> None:
    from speechqa.engines import EngineOptions
    from speechqa.pipeline import Listening
    from speechqa.settings import settings

    chosen = settings(os.environ, lang)
    listening = Listening(
        None if layout is LayoutChoice.AUTO else Layout(layout), agent_channel, _two(channels)
    )
    options = EngineOptions(model=model, language=None if language == "auto" else language)
    order = Order(tuple(inputs), checklist, out, calls, engine, options, listening, chosen.lang, as_json)
    _log(debug)
    raise typer.Exit(_scored(order, chosen.cache))


def _scored(order: Order, cache: Path) -> int:
    """Does what was ordered and prints the result; the exit code."""
    from speechqa import batch, calls_table, checklist, inputs
    from speechqa.cli import show
    from speechqa.cli.signals import stoppable

    rules = checklist.load(order.checklist)
    table = calls_table.read(order.calls) if order.calls else None
    found = inputs.gather(order.inputs, order.out)
    plan = batch.plan(found, table)
    _require_calls(plan, found)
    require_writable(order.out, cache)
    show.beginning(plan, found, order.lang)
    with stoppable() as stop, show.watching(order.lang) as tell:
        done = batch.run(plan, _parts(order, rules, cache), order.out, batch.Watch(tell, stop))
        written = _reported(order, rules, done)
    with show.printing():
        if order.as_json:
            show.json_lines(written)
        else:
            show.results(written.assessments, order.lang)
    show.ending(done, order.out, order.lang)
    return _exit_code(done)


def _reported(order: Order, rules: "Checklist", done: "Batch") -> "Run":
    from datetime import UTC, datetime

    from speechqa.report import Run, write_all

    run = Run(rules.title, done.assessments, order.lang, datetime.now(UTC))
    if run.assessments:
        write_all(run, order.out)
    return run


def _exit_code(done: "Batch") -> int:
    from speechqa.batch import Interrupted

    if isinstance(done.stopped_by, Interrupted):
        return 128 + done.stopped_by.signal
    if done.stopped_by is not None:
        return 2
    return 1 if any(assessment.failure for assessment in done.assessments) else 0


def _parts(order: Order, rules: "Checklist", cache: Path) -> "Parts":
    from functools import cache as once

    from speechqa.engines import load_engine
    from speechqa.matching import Judge
    from speechqa.pipeline import Parts
    from speechqa.store import TranscriptCache

    engine = once(lambda: load_engine(order.engine, order.options))
    return Parts(Judge(rules), TranscriptCache(cache), engine, order.listening)


def _require_calls(plan: "Plan", found: "Found") -> None:
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


def require_writable(*folders: Path) -> None:
    """Makes the folders and tries each, before an hour of work is spent. Raises OutputError."""
    from speechqa.atomic import atomic_writer, make_folder

    for folder in folders:
        make_folder(folder)
        trial = folder / f".speechqa-trial-{os.getpid()}"
        with atomic_writer(trial, "wb") as file:
            file.write(bytes(TRIAL))
        trial.unlink(missing_ok=True)


def _two(channels: str | None) -> tuple[int, int] | None:
    if channels is None:
        return None
    parts = channels.replace("，", ",").split(",")
    if len(parts) != 2 or not all(part.strip().isdecimal() for part in parts) or len(set(parts)) != 2:
        raise UsageError(
            "E_USAGE",
            Message(
                f"--channels：应为两个不同的声道，如 0,1，实为 {channels!r}",
                f"--channels: expected two different channels like 0,1, got {channels!r}",
            ),
        )
    return int(parts[0]), int(parts[1])


def _log(debug: bool) -> None:
    """What goes wrong inside is logged to stderr, with the stack only when asked for."""
    import logging

    class Plain(logging.Formatter):
        def formatException(self, ei: object) -> str:  # noqa: ARG002, N802  (logging's names)
            return ""

    handler = logging.StreamHandler()
    if not debug:
        handler.setFormatter(Plain("%(levelname)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
