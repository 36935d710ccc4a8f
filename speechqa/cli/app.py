"""The commands, gathered. Another noun is a module with a Typer and a line here."""

from typing import Annotated

import typer

from speechqa.cli import models, rules, score, tone
from speechqa.cli.help import PlainCommand, PlainGroup
from speechqa.cli.talk import say

app = typer.Typer(
    name="speechqa",
    cls=PlainGroup,
    help=say(
        "给客服通话录音打质检分：离线转写、逐条对照质检表，每一分都有依据。",
        "Scores call-centre recordings against a checklist, offline, with evidence for every point.",
    ),
    rich_markup_mode=None,  # rich would double the time that --help takes
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("score", cls=PlainCommand, help=score.HELP, short_help=score.SHORT)(score.score)
app.add_typer(rules.app, name="rules")
app.add_typer(tone.app, name="tone")
app.add_typer(models.app, name="models")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("speechqa")
        except PackageNotFoundError:  # run from a folder, not installed
            number = "0"
        typer.echo(f"speechqa {number}")
        raise typer.Exit


@app.callback()
def speechqa(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=say("显示版本号", "Show the version")
        ),
    ] = False,
) -> None:
    """Options before any command."""
