"""`speechqa tone sheet`: calls out, as a table in which people tell how turns were said."""

from pathlib import Path
from typing import Annotated

import typer

from speechqa.cli.talk import LANG, complain, say
from speechqa.cli.tone.options import Language

HELP = say(
    "把通话写成表格，每轮一行，附模型的判断；复核的人在“语气”一列填上听到的语气。",
    "Write calls as a table, a row a turn with what the model made of it; people fill in the column tone.",
)


def sheet(
    calls: Annotated[
        Path,
        typer.Argument(
            metavar="CALLS",
            help=say(
                "speechqa score 的结果目录，或转写 JSON 的文件夹",
                "a folder that score wrote, or one of transcript JSON",
            ),
        ),
    ],
    table: Annotated[Path, typer.Argument(metavar="CSV", help=say("表格写到哪里", "where the table goes"))],
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.authoring.past_calls import past_calls
    from speechqa.authoring.tone_sheet import write_sheet
    from speechqa.errors import TranscriptError

    read = []
    for past in past_calls(calls):
        try:
            read.append((past.call, past.transcript()))
        except TranscriptError as error:
            complain(error.message)
    turns = write_sheet(read, table, LANG)
    typer.echo(
        say(
            f"{table}：{len(read)} 通通话、{turns} 轮；填好后运行 speechqa tone export",
            f"{table}: {len(read)} calls, {turns} turns; when it is filled in, run speechqa tone export",
        )
    )
