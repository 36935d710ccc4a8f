"""`speechqa rules check`: every fault of the files."""

import typer

from speechqa.cli.rules.options import Checklists, Language
from speechqa.cli.talk import LANG, say

HELP = say("检查写法，一次列出全部问题。", "List every fault of the files.")


def check(files: Checklists, lang: Language = None) -> None:  # noqa: ARG001  (talk reads --lang)
    from speechqa import checklist
    from speechqa.errors import ChecklistError

    sound = True
    for path in files:
        try:
            found = checklist.load(path)
        except ChecklistError as error:
            sound = False
            for fault in error.faults:
                typer.echo(fault.text(LANG))
        else:
            rules, phrases = len(found.rules), len(found.phrases())
            typer.echo(
                say(
                    f"{path}: 没有问题，{rules} 条规则，{phrases} 个短语",
                    f"{path}: no faults, {rules} rules, {phrases} phrases",
                )
            )
    raise typer.Exit(0 if sound else 2)
