"""What a run says: progress and talk on stderr; on stdout a table, plain lines, or JSON."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from speechqa.assessment import Assessment
from speechqa.atomic import output_error
from speechqa.call import Lang, Message, Seconds
from speechqa.errors import SpeechqaError
from speechqa.names import shown

if TYPE_CHECKING:
    from speechqa.batch import Batch, Plan, Progress
    from speechqa.inputs import Found
    from speechqa.report import Run

NAMED = 5  # skipped or unlisted files told by name; the others are counted
EVERY: Seconds = 15.0  # between lines of progress where there is no terminal
ROWS = 40  # of the table on a terminal, the calls to look at first
SCORE = Message("得分", "score")
COLUMNS = (
    Message("通话", "call"),
    SCORE,
    Message("一票否决", "vetoed by"),
    Message("待复核", "flags"),
    Message("覆盖率", "coverage"),
)


def tell(zh: str, en: str, lang: Lang) -> None:
    print(Message(zh, en).text(lang), file=sys.stderr)


def beginning(plan: "Plan", found: "Found", lang: Lang) -> None:
    """How many calls there are, and what was left out and why."""
    tell(f"共 {len(plan.jobs)} 通通话", f"{len(plan.jobs)} calls", lang)
    visible = [one for one in found.skipped if not one.path.name.startswith(".")]
    for one in visible[:NAMED]:
        tell(f"跳过 {shown(one.path)}：{one.reason.zh}", f"skipped {shown(one.path)}: {one.reason.en}", lang)
    if (more := len(visible) - NAMED) > 0:
        tell(f"另外跳过 {more} 个文件", f"skipped {more} more files", lang)
    if plan.unlisted:
        count, names = len(plan.unlisted), ", ".join(shown(path) for path in plan.unlisted[:NAMED])
        tell(
            f"{count} 通通话不在通话信息表中，照常评分但没有通话信息：{names}"
            + (" 等" if count > NAMED else ""),
            f"{count} calls are not in the table of calls; scored without metadata: {names}"
            + (" ..." if count > NAMED else ""),
            lang,
        )


@contextmanager
def watching(lang: Lang) -> "Iterator[Callable[[Progress], None]]":
    """Takes progress; draws a bar on stderr when that is a terminal, else says now and then how far it is."""
    if not sys.stderr.isatty():
        yield now_and_then(lang)
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True)
    with bar:
        task = bar.add_task("", total=None)

        def tell(progress: "Progress") -> None:
            done = progress.done + progress.within
            bar.update(task, total=progress.total, completed=done, description=standing(progress, lang))

        yield tell


def now_and_then(lang: Lang, clock: Callable[[], Seconds] = monotonic) -> "Callable[[Progress], None]":
    """Takes progress and prints a line of it on stderr, at most one in EVERY seconds: for logs."""
    last = clock()

    def say(progress: "Progress") -> None:
        nonlocal last
        if clock() - last >= EVERY:
            last = clock()
            print(standing(progress, lang), file=sys.stderr, flush=True)

    return say


def standing(progress: "Progress", lang: Lang) -> str:
    """Done, failed, left and the time left, in one line."""
    left = Message("", "")
    if progress.time_left is not None:
        clock = minutes(progress.time_left)
        left = Message(f"，约剩 {clock}", f", about {clock} left")
    return Message(
        f"完成 {progress.done}，失败 {progress.failed}，剩余 {progress.left}{left.zh}",
        f"{progress.done} done, {progress.failed} failed, {progress.left} to go{left.en}",
    ).text(lang)


def minutes(seconds: Seconds) -> str:
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


@contextmanager
def printing() -> Iterator[None]:
    """For what goes to stdout. A reader that went away (`| head`) is no fault: all is in the files.

    Raises OutputError when the disk behind stdout is full.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # what is still held would fail once more at the end
        os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            raise output_error(Path("stdout"), error) from error


def json_lines(run: "Run") -> None:
    """The lines of scorecards.jsonl, in UTF-8 whatever the terminal speaks."""
    from speechqa.report.cards import put_jsonl

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    put_jsonl(run, sys.stdout)


def results(assessments: Sequence[Assessment], lang: Lang) -> None:
    """A row a call: a table on a terminal, tab-separated lines elsewhere."""
    from speechqa.report.run import section_names

    sections = section_names(assessments)
    if sys.stdout.isatty():
        _table(assessments, sections, lang)
        return
    for assessment in assessments:
        print("\t".join(cells(assessment, sections, lang)))


def cells(assessment: Assessment, sections: Sequence[str], lang: Lang) -> tuple[str, ...]:
    """Call, score, those of the sections, vetoes, flags and coverage as words; of a failed call why."""
    from speechqa.report.words import FLAGS

    card, failure = assessment.scorecard, assessment.failure
    call = shown(assessment.call.call_id)
    if card is None:
        reason = f"{failure.code} {failure.message.text(lang)}" if failure else ""
        blank = ("",) * len(sections)
        return (call, Message("失败", "failed").text(lang), *blank, "", shown(" ".join(reason.split())), "")
    scores = {section.name: section.score for section in card.sections}
    titles = {finding.rule: finding.title for finding in card.findings}
    comma = Message("、", ", ").text(lang)
    return (
        call,
        _points(card.score),
        *(_points(scores.get(name)) for name in sections),
        comma.join(shown(titles.get(rule, rule)) for rule in card.vetoed_by),
        comma.join(FLAGS[flag].text(lang) for flag in card.flags),
        f"{card.coverage:.0%}",
    )


def _points(score: float | None) -> str:
    return "-" if score is None else f"{score:g}"


def urgency(assessment: Assessment) -> tuple[bool, bool, bool, float]:
    """Sorts what a person must look at first: failed, vetoed, flagged, then low scores."""
    card = assessment.scorecard
    if card is None:
        return (False, False, False, 0.0)
    return (True, not card.vetoed_by, not card.flags, 101.0 if card.score is None else card.score)


def _table(assessments: Sequence[Assessment], sections: Sequence[str], lang: Lang) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    titles = [column.text(lang) for column in COLUMNS]
    after = titles.index(SCORE.text(lang)) + 1
    table = Table(
        *(Column(Text(title)) for title in (*titles[:after], *map(shown, sections), *titles[after:]))
    )
    for assessment in sorted(assessments, key=urgency)[:ROWS]:
        card = assessment.scorecard
        style = "red" if card is None or card.vetoed_by else "yellow" if card.flags else ""
        table.add_row(*(Text(cell, style=style) for cell in cells(assessment, sections, lang)))
    Console().print(table)
    if (more := len(assessments) - ROWS) > 0:
        tell(f"另有 {more} 通，见报告", f"{more} more calls are in the report", lang)


def ending(done: "Batch", out: Path, lang: Lang) -> None:
    """Counts, where the files are, and what to do next."""
    cards = [assessment.scorecard for assessment in done.assessments if assessment.scorecard]
    failed, flagged = len(done.assessments) - len(cards), sum(bool(card.flags) for card in cards)
    tell(
        f"已评分 {len(cards)} 通，失败 {failed} 通，待复核 {flagged} 通；新转写 {done.recognised} 通",
        f"{len(cards)} calls scored, {failed} failed, {flagged} for review; "
        f"{done.recognised} newly transcribed",
        lang,
    )
    if done.assessments:
        where = shown(out)
        tell(
            f"结果：{where}/report.html、scorecards.xlsx、.csv、.jsonl，转写在 {where}/transcripts",
            f"results: {where}/report.html, scorecards.xlsx, .csv, .jsonl; "
            f"transcripts in {where}/transcripts",
            lang,
        )
    if done.stopped_by is not None:
        _stopped(done.stopped_by, done.left, lang)
    elif failed:
        tell(
            "下一步：按失败原因处理后重新运行，已转写的不会重做",
            "next: see to the reasons of the failed calls and run again; nothing is transcribed twice",
            lang,
        )
    elif flagged:
        tell(
            "下一步：打开 report.html，先听待复核的通话", "next: open report.html, flagged calls first", lang
        )


def _stopped(reason: BaseException, left: int, lang: Lang) -> None:
    if isinstance(reason, SpeechqaError):
        print(reason.message.text(lang), file=sys.stderr)
    tell(
        f"未完成：还有 {left} 通没有评分；用同样的命令重新运行即可继续，已转写的不会重做",
        f"not finished: {left} calls were not scored; the same command goes on from here, "
        "nothing is transcribed twice",
        lang,
    )
