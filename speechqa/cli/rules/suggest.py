"""`speechqa rules suggest`: phrases heard in past calls that would mend what a rule misses."""

from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.rules.options import Language
from speechqa.cli.rules.trial_options import (
    TRIED,
    CallsFile,
    CallsFolder,
    Format,
    OutputFormat,
    ReviewsFile,
    calls_of,
    now_and_then,
    reviews_of,
    rule_of,
    tell_unread,
)
from speechqa.cli.talk import LANG, say

HELP = say(
    "从过去的通话里找出值得加进规则的说法，逐个试过。",
    "Find phrases in past calls that a rule lacks, each tried on all of them.",
)


def suggest(
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help=say("规则编号或标题", "id or title of the rule"))
    ],
    checklist: Annotated[
        Path, typer.Option("--checklist", metavar="FILE", help=say("质检表 (YAML)", "the checklist (YAML)"))
    ],
    on: CallsFolder,
    calls: CallsFile = None,
    reviews: ReviewsFile = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help=say("最多列出几个", "how many to list"))
    ] = 10,
    form: OutputFormat = Format.TEXT,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.authoring import suggest as suggesting
    from speechqa.authoring.anatomy import narrowed
    from speechqa.checklist import load
    from speechqa.cli.rules import suggest_json, suggest_lines
    from speechqa.processes import collect_rarely

    collect_rarely()
    rules = load(checklist)
    wanted = rule_of(rules, rule)
    past = calls_of(on, calls, narrowed(rules, [wanted]))
    known = reviews_of(reviews, rules.rules, past) if reviews else None
    found = suggesting.suggest(wanted, rules, past, known, now_and_then(TRIED))
    tell_unread(found.unread)
    if form is Format.JSON:
        typer.echo(suggest_json.dumps(found))
        return
    for line in suggest_lines.lines(found, limit):
        typer.echo(line.text(LANG))
