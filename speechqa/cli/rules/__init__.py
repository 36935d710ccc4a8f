"""`speechqa rules`: the workbench of those who write checklists, a module a command."""

import typer

from speechqa.cli.help import PlainCommand, PlainGroup
from speechqa.cli.rules import check, diff, examples, explain, new, schema, show, suggest, watch
from speechqa.cli.talk import say

app = typer.Typer(
    cls=PlainGroup,
    help=say("编写质检表：检查写法，运行示例。", "Write checklists: check them, run their examples."),
    rich_markup_mode=None,
    no_args_is_help=True,
)

app.command("check", cls=PlainCommand, help=check.HELP)(check.check)
app.command("test", cls=PlainCommand, help=examples.HELP)(examples.run_examples)
app.command("diff", cls=PlainCommand, help=diff.HELP)(diff.diff)
app.command("suggest", cls=PlainCommand, help=suggest.HELP)(suggest.suggest)
app.command("show", cls=PlainCommand, help=show.HELP)(show.show)
app.command("watch", cls=PlainCommand, help=watch.HELP)(watch.watch)
app.command("schema", cls=PlainCommand, help=schema.HELP, short_help=schema.SHORT)(schema.schema)
app.command("explain", cls=PlainCommand, help=explain.HELP)(explain.explain)
app.command("new", cls=PlainCommand, help=new.HELP, short_help=new.SHORT)(new.new)
