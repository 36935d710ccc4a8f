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
    from speechqa.authoring.tone_sheet import as_line, filled
    from speechqa.call import Message
    from speechqa.errors import UsageError
    from speechqa.names import shown

    calls = filled(table)
    if not calls:
        raise UsageError(
            "E_USAGE",
            Message(
                f"{shown(table)}：“语气”一列没有一行填过", f"{shown(table)}: no row has anything in tone"
            ),
        )
    with atomic_writer(rows) as file:
        file.writelines(f"{as_line(call)}\n" for call in calls)
    labelled = sum(turn.tone is not None for call in calls for turn in call)
    typer.echo(
        say(
            f"{rows}：{len(calls)} 通对话、{labelled} 轮带标注",
            f"{rows}: {len(calls)} dialogues, {labelled} turns with a label",
        )
    )
