"""`speechqa rules diff`: what a change of rules does to past calls."""

import os
from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.rules.options import Language
from speechqa.cli.rules.trial_options import (
    JUDGED,
    CallsFile,
    CallsFolder,
    Format,
    OutputFormat,
    ReviewsFile,
    calls_of,
    now_and_then,
    reviews_of,
    tell_unread,
)
from speechqa.cli.talk import LANG, say

HELP = say(
    "改规则前后对比：过去的通话里哪些结论会变，对谁有利。",
    "Compare two checklists on past calls: which verdicts change, in whose favour.",
)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=say("旧质检表 (YAML)", "old checklist (YAML)"))],
    new: Annotated[Path, typer.Argument(metavar="NEW", help=say("新质检表 (YAML)", "new checklist (YAML)"))],
    on: CallsFolder,
    calls: CallsFile = None,
    reviews: ReviewsFile = None,
    limit: Annotated[
        int,
        typer.Option("--limit", metavar="N", min=0, help=say("每条规则列出几通", "calls listed a rule")),
    ] = 10,
    form: OutputFormat = Format.TEXT,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa import checklist
    from speechqa.authoring.anatomy import narrowed
    from speechqa.authoring.backtest import backtest, same_rules
    from speechqa.authoring.edits import edits, written
    from speechqa.authoring.flips import accuracies, difference
    from speechqa.authoring.judged_by import judged_by
    from speechqa.cli.rules import diff_json, diff_lines
    from speechqa.cli.rules.accuracy_lines import accuracy_lines
    from speechqa.processes import collect_rarely
    from speechqa.settings import cache_folder
    from speechqa.store import FindingCache

    collect_rarely()
    before, after = checklist.load(old), checklist.load(new)
    edited, same = edits(written(before), written(after)), same_rules(before, after)
    others = [[rule for rule in one.rules if rule.id not in same] for one in (before, after)]
    past = calls_of(on, calls, *map(narrowed, (before, after), others))
    known = reviews_of(reviews, (*before.rules, *after.rules), past) if reviews else None
    cache = FindingCache(cache_folder(os.environ), judged_by())
    test = backtest(past, before, after, now_and_then(JUDGED), cache)
    tell_unread(test.unread)
    found = difference(test, edited)
    measured = accuracies(test, known) if known else ()
    if form is Format.JSON:
        typer.echo(diff_json.dumps(found, test.unread, measured, LANG))
    else:
        told = accuracy_lines(measured, known) if known else ()
        for line in (*diff_lines.lines(found, limit), *told):
            typer.echo(line.text(LANG))
    raise typer.Exit(0 if found.is_none else 1)
