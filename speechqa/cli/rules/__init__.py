"""`speechqa rules`: the workbench of those who write checklists, a module a command."""

import typer

from speechqa.cli.help import PlainCommand, PlainGroup
from speechqa.cli.rules import check, examples
from speechqa.cli.talk import say

app = typer.Typer(
    cls=PlainGroup,
    help=say("编写质检表：检查写法，运行示例。", "Write checklists: check them, run their examples."),
    rich_markup_mode=None,
    no_args_is_help=True,
)

app.command("check", cls=PlainCommand, help=check.HELP)(check.check)
app.command("test", cls=PlainCommand, help=examples.HELP)(examples.test)
