"""Arguments that several of the `tone` commands take."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from speechqa.cli.talk import say

if TYPE_CHECKING:
    from speechqa.tone.classifier import Classifier

Language: TypeAlias = Annotated[
    str | None, typer.Option("--lang", metavar="zh|en", help=say("提示的语言", "language of messages"))
]
Model: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--model",
        metavar="FOLDER",
        help=say("语气模型所在文件夹；默认用自带的", "folder of a tone model; else the one that is shipped"),
    ),
]


def classifier(folder: Path | None) -> "Classifier":
    from speechqa.tone.model_file import loaded, located

    return loaded(folder or located())


def misheard_text(text: str, rate: float, seed: int) -> str:
    """A text as the embedded recogniser might get it."""
    from speechqa.authoring.noise import misheard

    return "".join(one.text for one in misheard(text, rate, seed))
