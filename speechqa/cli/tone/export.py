"""`speechqa tone export`: a table that people filled in becomes dialogues to train on."""

from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.talk import say
from speechqa.cli.tone.options import Language

HELP = say(
    "把填好的语气表格转成训练用的对话 (.jsonl)。",
    "Turn a table of tones that people filled in into dialogues to train on (.jsonl).",
)


def export(
    table: Annotated[Path, typer.Argument(metavar="CSV", help=say("填好的表格", "the table, filled in"))],
    rows: Annotated[
        Path, typer.Argument(metavar="JSONL", help=say("对话写到哪里", "where the dialogues go"))
    ],
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.atomic import atomic_writer
    from speechqa.authoring.tone_sheet import collected
    from speechqa.call import Message
    from speechqa.errors import UsageError
    from speechqa.names import shown

    found = collected(table)
    if not found.dialogues:
        raise UsageError(
            "E_USAGE",
            Message(
                f"{shown(table)}：“语气”一列没有一行填过", f"{shown(table)}: no row has anything in tone"
            ),
        )
    with atomic_writer(rows) as file:
        file.writelines(f"{line}\n" for line in found.dialogues)
    typer.echo(
        say(
            f"{rows}：{len(found.dialogues)} 通对话、{found.labelled} 轮带标注",
            f"{rows}: {len(found.dialogues)} dialogues, {found.labelled} turns with a label",
        )
    )
