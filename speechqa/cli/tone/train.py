"""`speechqa tone train`: labelled dialogues in, a model and its card out."""

from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.talk import say
from speechqa.cli.tone.options import Language, misheard_text

HELP = say(
    "用带标注的对话训练语气模型，模型和说明卡写入文件夹。",
    "Train the tone model on labelled dialogues; the model and its card go into a folder.",
)


def train(
    data: Annotated[
        Path, typer.Argument(metavar="DATA", help=say("带标注的对话 (.jsonl)", "labelled dialogues (.jsonl)"))
    ],
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=say("模型写到哪里", "where the model goes"))
    ],
    test: Annotated[
        Path | None,
        typer.Option(
            "--test",
            metavar="FILE|DIR",
            help=say("只用来评测的对话", "dialogues that it is only tried on"),
        ),
    ] = None,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.authoring.tone_model import made

    done = made(data, test, folder, misheard_text)
    typer.echo(
        say(
            f"{folder}：{done.dialogues} 通对话、{done.turns} 轮，sha256 {done.sha256}",
            f"{folder}: {done.dialogues} dialogues, {done.turns} turns, sha256 {done.sha256}",
        )
    )
