"""`speechqa rules show`: a checklist as prose that can be read aloud."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.rules.options import Language
from speechqa.cli.talk import LANG, say

HELP = say("把质检表说成大白话，可以念给坐席听。", "Tell a checklist in plain words, to be read aloud.")


class Page(StrEnum):
    """--format as typed."""

    TEXT = "text"
    MARKDOWN = "markdown"


def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("质检表 (YAML)", "a checklist (YAML)"))],
    rules: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="RULE", help=say("只看这些规则（编号或标题）", "only these rules (by id or title)")
        ),
    ] = None,
    page: Annotated[Page, typer.Option("--format", help=say("输出格式", "form of the output"))] = Page.TEXT,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa import checklist
    from speechqa.authoring.prose import prose
    from speechqa.authoring.prose.page import as_markdown, as_text
    from speechqa.cli.rules.trial_options import rule_of
    from speechqa.cli.show import printing

    found = checklist.load(file)
    told = prose(found, [rule_of(found, name) for name in rules] if rules else found.rules)
    with printing():
        for line in (as_text if page is Page.TEXT else as_markdown)(told, LANG):
            typer.echo(line)
