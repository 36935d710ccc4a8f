"""scorecards.csv: a row a call, for Excel and for joining with other tables.

With `--lang en` the headings are stable: call_id, recording, status, error, score, the sections of the
checklist by their names, passed, coverage, vetoed_by, flags, the columns of calls.csv by their own names,
then the ids of the rules; the cells hold the values of scorecards.jsonl. With `--lang zh` headings, rule
titles and values are Chinese, for reading. A column of calls.csv whose name is already taken gets "calls."
before it. Several values in a cell are parted by ";".
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from speechqa import sheet
from speechqa.assessment import Assessment, Finding, Scorecard
from speechqa.atomic import atomic_writer
from speechqa.call import Lang
from speechqa.names import shown
from speechqa.report.run import (
    RuleCount,
    Run,
    metadata_columns,
    metadata_value,
    rule_counts,
    section_names,
    standing,
    writable,
)
from speechqa.report.words import FLAGS, STATUS, column, verdict

FIXED = ("call_id", "recording", "status", "error", "score", "passed", "coverage", "vetoed_by", "flags")
_SECTION = "section "  # before the name of a section among keys of columns


def write_csv(run: Run, path: Path) -> None:
    """Writes the table with a BOM, without which Excel takes UTF-8 for GBK. Raises OutputError."""
    with atomic_writer(path, encoding="utf-8-sig") as file:
        put_csv(run, file)


def put_csv(run: Run, file: IO[str]) -> None:
    counts, fixed, keys = rule_counts(run), fixed_columns(run), metadata_columns(run)
    rows = csv.writer(file)
    rows.writerow(_cell(heading) for heading in headings(run))
    for assessment in run.assessments:
        metadata = [shown(metadata_value(assessment, key)) for key in keys]
        row = [
            *fixed_cells(assessment, fixed, run.lang),
            *metadata,
            *verdict_cells(assessment, counts, run.lang),
        ]
        rows.writerow(_cell(value) for value in row)


def headings(run: Run) -> tuple[str, ...]:
    """All column headings, each once."""
    counts = rule_counts(run)
    ours = {column(key, run.lang) for key in FIXED}
    fixed = [
        _section_heading(key, ours, run.lang) if key.startswith(_SECTION) else column(key, run.lang)
        for key in fixed_columns(run)
    ]
    titles = [count.title if run.lang is Lang.ZH else count.rule for count in counts]
    repeated = {title for title in titles if titles.count(title) > 1 or title in fixed}
    rules = [
        f"{title}（{count.rule}）" if title in repeated else title
        for title, count in zip(titles, counts, strict=True)
    ]
    taken = {*fixed, *rules}
    metadata = [column(key, run.lang) for key in metadata_columns(run)]
    return (*fixed, *(f"calls.{name}" if name in taken else name for name in metadata), *rules)


def fixed_columns(run: Run) -> tuple[str, ...]:
    """Keys of the columns before those of the user's table: FIXED, and the sections after the score."""
    after = FIXED.index("score") + 1
    return (*FIXED[:after], *(_SECTION + name for name in section_names(run.assessments)), *FIXED[after:])


def fixed_cells(assessment: Assessment, columns: Sequence[str], lang: Lang) -> tuple[str | float | None, ...]:
    """The values of the columns before those of the user's table."""
    known, card = cells(assessment, lang), assessment.scorecard
    known |= {_SECTION + one.name: one.score for one in card.sections} if card else {}
    return tuple(known.get(key) for key in columns)


def cells(assessment: Assessment, lang: Lang) -> dict[str, str | float | None]:
    """The columns FIXED of a call; None where nothing is known."""
    card, failure = assessment.scorecard, assessment.failure
    titles = {finding.rule: finding.title for finding in card.findings} if card else {}
    vetoes = [titles.get(rule, rule) if lang is Lang.ZH else rule for rule in card.vetoed_by] if card else []
    flags = [FLAGS[flag].zh if lang is Lang.ZH else flag.value for flag in card.flags] if card else []
    status = "failed" if card is None else "scored"
    return {
        "call_id": shown(assessment.call.call_id),
        "recording": shown(assessment.call.recording),
        "status": STATUS[status].zh if lang is Lang.ZH else status,
        "error": f"{failure.code}: {failure.message.text(lang)}" if failure else None,
        "score": round(card.score, 2) if card and card.score is not None else None,
        "passed": _passed(card, lang),
        "coverage": round(card.coverage, 4) if card else None,
        "vetoed_by": ";".join(vetoes),
        "flags": ";".join(flags),
    }


def verdict_cells(assessment: Assessment, counts: Sequence[RuleCount], lang: Lang) -> tuple[str, ...]:
    """The verdict on each rule that was counted; "" when the call was not judged by it."""
    findings = assessment.scorecard.findings if assessment.scorecard else ()
    texts = {finding.rule: verdict_cell(finding, lang) for finding in findings}
    return tuple(texts.get(count.rule, "") for count in counts)


def verdict_cell(finding: Finding, lang: Lang) -> str:
    """For a reader in Chinese; in English the value of scorecards.jsonl."""
    return verdict(finding).zh if lang is Lang.ZH else finding.verdict.value


def _cell(value: str | float | None) -> str:
    """As a spreadsheet takes it."""
    if value is None:
        return ""
    return sheet.harmless(writable(value)) if isinstance(value, str) else f"{value:g}"


def _section_heading(key: str, taken: set[str], lang: Lang) -> str:
    name = shown(key.removeprefix(_SECTION))
    if name not in taken:
        return name
    return f"{name}（大项）" if lang is Lang.ZH else f"{name} (section)"


def _passed(card: Scorecard | None, lang: Lang) -> str | None:
    if card is None:
        return None
    if lang is Lang.EN:
        return {True: "true", False: "false", None: None}[card.passed]
    return STATUS[standing(card)].zh
