"""`speechqa rules`: is a checklist sound, and do its examples come out as its author says?"""

from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.help import PlainCommand, PlainGroup
from speechqa.cli.talk import LANG, say

app = typer.Typer(
    cls=PlainGroup,
    help=say("检查质检表，运行其中的示例。", "Check checklists and run their examples."),
    rich_markup_mode=None,
    no_args_is_help=True,
)

Checklists = Annotated[
    list[Path], typer.Argument(metavar="FILE", help=say("质检表 (YAML)", "checklists (YAML)"))
]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="zh|en", help=say("提示的语言", "language of messages"))
]


@app.command(
    "check", cls=PlainCommand, help=say("检查写法，一次列出全部问题。", "List every fault of the files.")
)
def check_files(files: Checklists, lang: Language = None) -> None:  # noqa: ARG001  (talk reads --lang)
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


@app.command("test", cls=PlainCommand, help=say("运行规则自带的示例。", "Run the examples that rules carry."))
def run_examples(files: Checklists, lang: Language = None) -> None:  # noqa: ARG001  (talk reads --lang)
    from speechqa import checklist
    from speechqa.authoring.examples import trials

    failed = 0
    for path in files:
        tried = list(trials(checklist.load(path)))
        wrong = [trial for trial in tried if not trial.passed]
        failed += len(wrong)
        for trial in wrong:
            got, wanted = trial.finding.verdict, trial.example.verdict
            typer.echo(
                say(
                    f"{path}:{trial.example.line}: {trial.rule.id}：应为 {wanted}，实为 {got}。",
                    f"{path}:{trial.example.line}: {trial.rule.id}: expected {wanted}, got {got}. ",
                )
                + trial.finding.because.text(LANG)
            )
        typer.echo(
            say(
                f"{path}: {len(tried)} 个示例，{len(tried) - len(wrong)} 个通过，{len(wrong)} 个不符",
                f"{path}: {len(tried)} examples, {len(tried) - len(wrong)} as expected, {len(wrong)} not",
            )
        )
    raise typer.Exit(1 if failed else 0)
