"""`speechqa rules watch`: checks, runs the examples and re-scores past calls whenever the author saves."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.rules.options import Language
from speechqa.cli.rules.trial_options import CallsFile, calls_of
from speechqa.cli.talk import LANG, complain, say

HELP = say(
    "边改边看：每次保存就检查、运行示例，并告诉哪些通话的结论变了。",
    "Check, run the examples and re-score past calls whenever you save.",
)


def watch(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("质检表 (YAML)", "the checklist (YAML)"))],
    on: Annotated[
        Path | None,
        typer.Option(
            "--on",
            metavar="DIR",
            help=say(
                "也重判这些通话：结果目录，或转写 JSON 的文件夹",
                "past calls to re-score too: a folder that score wrote, or one of transcript JSON",
            ),
        ),
    ] = None,
    calls: CallsFile = None,
    limit: Annotated[
        int,
        typer.Option("--limit", metavar="N", min=0, help=say("每条规则列出几通", "calls listed a rule")),
    ] = 3,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.authoring.judged_by import judged_by
    from speechqa.authoring.watch import rounds
    from speechqa.call import Message
    from speechqa.cli.rules.watch_lines import lines
    from speechqa.names import shown
    from speechqa.settings import cache_folder
    from speechqa.store import FindingCache

    past = calls_of(on, calls) if on else ()
    complain(
        Message(
            f"正在监视 {shown(file)}，保存后自动检查；按 Ctrl-C 结束",
            f"watching {shown(file)}; save to check, Ctrl-C to end",
        )
    )
    cache = FindingCache(cache_folder(os.environ), judged_by())
    for found in rounds(file, past, cache):
        if found.saved:
            names = "、".join(shown(path.name) for path in found.saved)
            now = f"{datetime.now():%H:%M:%S}"
            typer.echo(say(f"{now} {names} 已保存", f"{now} {names.replace('、', ', ')} saved"))
        typer.echo("\n".join(line.text(LANG) for line in lines(file, found, limit)) + "\n")
