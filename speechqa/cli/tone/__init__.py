"""`speechqa tone`: the classifier of how turns were said, a module a command."""

import typer

from speechqa.cli.help import PlainCommand, PlainGroup
from speechqa.cli.talk import say
from speechqa.cli.tone import evaluate, explain, export, sheet, train

app = typer.Typer(
    cls=PlainGroup,
    help=say(
        "语气模型：训练、评测、解释，收集人工判断。",
        "The tone model: train it, try it, ask it why, collect what people heard.",
    ),
    rich_markup_mode=None,
    no_args_is_help=True,
)

app.command("train", cls=PlainCommand, help=train.HELP)(train.train)
app.command("evaluate", cls=PlainCommand, help=evaluate.HELP)(evaluate.evaluate)
app.command("explain", cls=PlainCommand, help=explain.HELP)(explain.explain)
app.command("sheet", cls=PlainCommand, help=sheet.HELP)(sheet.sheet)
app.command("export", cls=PlainCommand, help=export.HELP)(export.export)
