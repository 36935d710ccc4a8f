"""The files of a run: scorecards.jsonl for scripts, .csv and .xlsx for spreadsheets, report.html to read."""

from contextlib import ExitStack
from functools import cache
from pathlib import Path

from speechqa.atomic import atomic_writer, make_folder
from speechqa.processes import ALONE, Helpers
from speechqa.report.cards import card_json, put_jsonl, write_jsonl
from speechqa.report.masking import masked, masked_turns
from speechqa.report.page import begin_calls, put_html, voices, write_html
from speechqa.report.run import Run
from speechqa.report.table import put_csv, write_csv
from speechqa.report.workbook import put_xlsx, write_xlsx

__all__ = [
    "Run",
    "card_json",
    "masked",
    "masked_turns",
    "write_all",
    "write_csv",
    "write_html",
    "write_jsonl",
    "write_xlsx",
]


def write_all(run: Run, folder: Path, beside: Helpers = ALONE) -> tuple[Path, ...]:
    """Writes the four files, with help, and returns their paths; the folder is made if need be.

    All are written before the first takes its place, so that a full disk leaves the files of the last run.
    Raises OutputError.
    """
    make_folder(folder)
    paths = tuple(
        folder / name for name in ("scorecards.jsonl", "scorecards.csv", "scorecards.xlsx", "report.html")
    )
    jsonl, table, workbook, page = paths
    with ExitStack() as files:
        lines = files.enter_context(atomic_writer(jsonl))
        rows = files.enter_context(atomic_writer(table, encoding="utf-8-sig"))
        sheets = files.enter_context(atomic_writer(workbook, "wb"))
        html = files.enter_context(atomic_writer(page))
        begun = begin_calls(run, beside)  # the longest work: the tables are written meanwhile
        put_csv(run, rows)
        rendered = cache(lambda: [part() for part in begun])
        put_xlsx(run, sheets, lambda: voices(rendered()))
        calls = rendered()
        put_jsonl(run, lines, {call.place: call.line for part in calls for call in part})
        put_html(run, html, calls)
    return paths
