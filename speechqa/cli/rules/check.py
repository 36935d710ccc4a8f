"""`speechqa rules check`: every fault of the files."""

from enum import StrEnum
from typing import Annotated

import typer

from speechqa.cli.rules.options import Checklists, Language
from speechqa.cli.talk import LANG, say

HELP = say(
    "检查写法，一次列出全部问题：退出码 0 没有错误，1 只有警告（--strict），2 有错误。",
    "List every fault of the files: exit 0 no errors, 1 only warnings (--strict), 2 errors.",
)
ONLY_WARNINGS, ERRORS = 1, 2


class Format(StrEnum):
    """--format as typed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


Wanted = Annotated[
    Format,
    typer.Option(
        "--format",
        help=say(
            "text 给人看，json 给脚本，sarif 给代码平台",
            "text for people, json for scripts, sarif for code hosts",
        ),
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help=say("有警告时退出码为 1", "exit with 1 when there are warnings"))
]


def check(
    files: Checklists,
    form: Wanted = Format.TEXT,
    strict: Strict = False,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.authoring.checking.checked import checked, counts
    from speechqa.authoring.checking.fault_report import as_json, as_text
    from speechqa.authoring.checking.sarif import as_sarif

    found = [checked(path) for path in files]
    match form:
        case Format.TEXT:
            typer.echo("\n".join(as_text(found, LANG)))
        case Format.JSON:
            typer.echo(as_json(found, LANG))
        case Format.SARIF:
            typer.echo(as_sarif(found, LANG))
    errors, warnings = counts(found)
    raise typer.Exit(ERRORS if errors else ONLY_WARNINGS if strict and warnings else 0)
