"""`speechqa models`: what recognition models are there, got and checked."""

from typing import TYPE_CHECKING, Annotated

import typer

from speechqa.call import Message
from speechqa.cli.help import PlainCommand, PlainGroup
from speechqa.cli.talk import say

if TYPE_CHECKING:
    from speechqa.engines.weights import Weights

app = typer.Typer(
    cls=PlainGroup,
    help=say("识别模型：查看、下载、校验。", "Recognition models: list, fetch, verify."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help=say("模型名称", "name of the model"))]


@app.command(
    "list",
    cls=PlainCommand,
    help=say("列出已知模型、许可证、大小和 sha256", "Known models: licence, size, sha256"),
)
def list_models() -> None:
    from speechqa.engines.weights import catalogue

    for model in catalogue():
        here = Message("已就绪", "present") if model.present else Message("未下载", "not fetched")
        size = f"{model.size / 1e6:.0f} MB" if model.size else "?"
        columns = (model.name, say(here.zh, here.en), size, model.licence, model.sha256 or "?", model.where)
        typer.echo("\t".join(str(column) for column in columns))


@app.command(
    "fetch",
    cls=PlainCommand,
    help=say("下载模型（唯一会联网的命令）", "Download a model; no other command uses the network"),
    short_help=say("下载模型（会联网）", "Download a model"),
)
def fetch_model(name: Name) -> None:
    from speechqa.engines.weights import fetch

    _present(fetch(name))


@app.command(
    "verify", cls=PlainCommand, help=say("核对模型文件是否完整", "Check that a model's files are whole")
)
def verify_model(name: Name) -> None:
    from speechqa.engines.weights import verify

    _present(verify(name))


def _present(weights: "Weights") -> None:
    typer.echo(f"{weights.name}\t{weights.folder}\t{weights.sha256}")
