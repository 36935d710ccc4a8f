"""scorecards.xlsx: summary, calls, findings, failures and voices, for a person with a spreadsheet.

Every text is written as text: no cell becomes a formula or a link, whatever a name or a caller says.
"""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from speechqa.assessment import Assessment, Finding
from speechqa.atomic import atomic_writer
from speechqa.call import Lang
from speechqa.matching.evidence import distinct
from speechqa.names import shown
from speechqa.report.cards import heard_words
from speechqa.report.cells import (
    GREEN,
    MOST_ROWS,
    RED,
    Looks,
    close,
    colour,
    colour_verdicts,
    listing,
    looks,
    put,
)
from speechqa.report.evidence import evidence_line
from speechqa.report.masking import masked
from speechqa.report.run import (
    Run,
    failed,
    metadata_columns,
    metadata_value,
    rule_counts,
    scored,
    writable,
)
from speechqa.report.summary_sheet import put_summary
from speechqa.report.table import fixed_cells, fixed_columns, headings, verdict_cell, verdict_cells
from speechqa.report.voice import Voice
from speechqa.report.voice_sheet import put_voice
from speechqa.report.words import PHRASES, SHEETS, STATUS, column

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

FINDING_COLUMNS = {  # key: width in characters
    "call_id": 22,
    "agent_id": 12,
    "rule": 22,
    "title": 22,
    "verdict": 10,
    "points": 7,
    "deducted": 7,
    "added": 7,
    "because": 48,
    "evidence": 60,
    "near_miss": 48,
}
FAILURE_COLUMNS = {"call_id": 22, "recording": 40, "code": 16, "reason": 90}


def write_xlsx(run: Run, path: Path) -> None:
    """Writes the workbook. Raises OutputError."""
    with atomic_writer(path, "wb") as file:
        put_xlsx(run, file)


def put_xlsx(run: Run, file: IO[bytes], voices: Callable[[], Mapping[int, Voice]] = dict) -> None:
    """`voices` gives those that were measured before, by the place of their call; it is asked at the end."""
    import xlsxwriter

    buffer = BytesIO()  # writing to disk, the library would turn a full disk into an exception of its own
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": writable(run.checklist_title), "created": run.made_at})
    look = looks(book)
    put_summary(run, book.add_worksheet(SHEETS["summary"].text(run.lang)), look)
    _put_calls(run, book, look)
    _put_findings(run, book, look)
    _put_failures(run, book, look)
    put_voice(run, book, look, voices())
    book.close()
    file.write(buffer.getvalue())


def _put_calls(run: Run, book: "Workbook", look: Looks) -> None:
    counts, columns, keys = rule_counts(run), fixed_columns(run), metadata_columns(run)
    titles = headings(run)
    sheet = listing(book, "calls", run.lang, titles, look)
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, len(titles) - 1, 13)
    coverage = columns.index("coverage")
    for row, assessment in enumerate(run.assessments[: MOST_ROWS - 1], start=1):
        metadata = [shown(metadata_value(assessment, key)) for key in keys]
        fixed = fixed_cells(assessment, columns, run.lang)
        values = [*fixed, *metadata, *verdict_cells(assessment, counts, run.lang)]
        for at, value in enumerate(values):
            put(sheet, row, at, value, look.percent if at == coverage else look.plain)
    rows, rules = len(run.assessments), len(columns) + len(keys)
    close(sheet, rows, len(titles))
    if counts:
        colour_verdicts(book, sheet, (1, rules, rows, len(titles) - 1), run.lang)
    if rows:
        judged, status = columns.index("passed"), columns.index("status")
        by_judgement = {STATUS["not_passed"].zh: RED, "FALSE": RED, STATUS["passed"].zh: GREEN}
        colour(book, sheet, (1, judged, rows, judged), by_judgement)
        colour(book, sheet, (1, status, rows, status), {STATUS["failed"].text(run.lang): RED})


def _put_findings(run: Run, book: "Workbook", look: Looks) -> None:
    columns = _finding_columns(run)
    sheet = listing(book, "rules", run.lang, [column(key, run.lang) for key in columns], look)
    for at, key in enumerate(columns):
        sheet.set_column(at, at, FINDING_COLUMNS[key])
    row = 0
    for assessment, card in scored(run):
        turns = heard_words(assessment)
        for finding in card.findings[: MOST_ROWS - 2 - row]:
            row += 1
            known = _finding_cells(assessment, finding, turns, run.lang)
            for at, key in enumerate(columns):
                put(sheet, row, at, known[key], look.added if key == "added" else look.wrapped)
    if row == MOST_ROWS - 2:
        put(sheet, row + 1, 0, PHRASES["list_cut"].text(run.lang), look.plain)
    close(sheet, row, len(columns))
    if row:
        colour_verdicts(book, sheet, (1, 4, row, 4), run.lang)


def _finding_columns(run: Run) -> tuple[str, ...]:
    """Without that of bonuses where no rule earned one."""
    earned = any(finding.added for _, card in scored(run) for finding in card.findings)
    return tuple(key for key in FINDING_COLUMNS if earned or key != "added")


def _finding_cells(
    assessment: Assessment, finding: Finding, turns: Sequence[str], lang: Lang
) -> dict[str, str | float]:
    return {
        "call_id": shown(assessment.call.call_id),
        "agent_id": shown(assessment.call.metadata.get("agent_id", "")),
        "rule": finding.rule,
        "title": finding.title,
        "verdict": verdict_cell(finding, lang),
        "points": finding.points,
        "deducted": finding.deducted,
        "added": finding.added,
        "because": masked(finding.because.text(lang)),
        "evidence": "\n".join(evidence_line(hit, turns, lang) for hit in distinct(finding.hits)),
        "near_miss": "\n".join(evidence_line(hit, turns, lang) for hit in distinct(finding.near_misses)),
    }


def _put_failures(run: Run, book: "Workbook", look: Looks) -> None:
    sheet = listing(book, "failed", run.lang, [column(key, run.lang) for key in FAILURE_COLUMNS], look)
    for at, width in enumerate(FAILURE_COLUMNS.values()):
        sheet.set_column(at, at, width)
    failures = tuple(failed(run))
    for row, (assessment, failure) in enumerate(failures, start=1):
        call = assessment.call
        values = (shown(call.call_id), shown(call.recording), failure.code, failure.message.text(run.lang))
        for at, value in enumerate(values):
            put(sheet, row, at, value, look.wrapped)
    close(sheet, len(failures), len(FAILURE_COLUMNS))
