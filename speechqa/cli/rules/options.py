"""Arguments that several of the `rules` commands take."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from speechqa.cli.talk import say

Checklists: TypeAlias = Annotated[
    list[Path], typer.Argument(metavar="FILE", help=say("质检表 (YAML)", "checklists (YAML)"))
]
Language: TypeAlias = Annotated[
    str | None, typer.Option("--lang", metavar="zh|en", help=say("提示的语言", "language of messages"))
]
