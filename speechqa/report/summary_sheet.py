"""First sheet of the workbook: the run in numbers, by team and by agent, with how far they can be trusted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from speechqa.call import Lang
from speechqa.names import shown
from speechqa.report.cells import Looks, put
from speechqa.report.run import Group, Run, totals
from speechqa.report.words import words
from speechqa.statistics import SMALL_SAMPLE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

GROUP_COLUMNS = (
    "group_n",
    "group_scored",
    "mean",
    "sd",
    "min",
    "max",
    "pass_rate",
    "interval_short",
    "remark",
)


def put_summary(run: Run, sheet: "Worksheet", look: Looks) -> None:
    t, total = words(run.lang), totals(run)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(GROUP_COLUMNS), 13)
    sheet.hide_gridlines(2)
    put(sheet, 0, 0, f"{run.checklist_title} · {t['report']}", look.title)
    put(sheet, 1, 0, f"{t['made_at']} {run.made_at:%Y-%m-%d %H:%M} UTC", look.plain)
    counts = {
        "calls": total.all.calls,
        "scored": total.all.calls - total.failed,
        "failed": total.failed,
        "vetoed": total.vetoed,
        "flagged": total.flagged,
        "unknown_calls": total.unknown,
    }
    for row, (key, count) in enumerate(counts.items(), start=3):
        put(sheet, row, 0, t[key], look.plain)
        put(sheet, row, 1, count, look.plain)
    row = _put_groups(sheet, 4 + len(counts), (t["whole"], (total.all,)), run.lang, look)
    for key, groups in (("team", total.teams), ("agent", total.agents)):
        if groups:
            row = _put_groups(sheet, row + 1, (t[key], groups), run.lang, look)
    put(sheet, row + 1, 0, t["average"], look.plain)


def _put_groups(
    sheet: "Worksheet", row: int, table: tuple[str, Sequence[Group]], lang: Lang, look: Looks
) -> int:
    """Writes a heading and a line a group from `row` on; returns the first free row."""
    t, (title, groups) = words(lang), table
    for at, heading in enumerate((title, *(t[key] for key in GROUP_COLUMNS))):
        put(sheet, row, at, heading, look.heading)
    for line, group in enumerate(groups, start=row + 1):
        name = shown(group.name) or ("" if len(groups) == 1 else t["nameless"])
        n = group.scores.n if group.scores else 0
        interval = f"{group.interval.low:.0%}–{group.interval.high:.0%}, n = {group.judged}"
        put(sheet, line, 0, name, look.plain)
        put(sheet, line, 1, group.calls, look.plain)
        put(sheet, line, 2, n, look.plain)
        if group.scores:
            spread = (group.scores.mean, group.scores.sd, group.scores.low, group.scores.high)
            for at, value in enumerate(spread, start=3):
                put(sheet, line, at, value, look.number)
        put(sheet, line, 7, group.rate, look.percent)
        put(sheet, line, 8, interval if group.judged else "", look.plain)
        put(sheet, line, 9, t["small"].format(n=SMALL_SAMPLE) if n < SMALL_SAMPLE else "", look.plain)
    return row + len(groups) + 1
