"""The options of `speechqa score`, with their help in the language in force."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from speechqa.call import Layout, Message
from speechqa.cli.talk import say
from speechqa.errors import UsageError


class LayoutChoice(StrEnum):
    """--layout as typed."""

    AUTO = "auto"
    STEREO = "stereo"
    MONO = "mono"


Inputs = Annotated[
    list[Path],
    typer.Argument(
        metavar="INPUT",
        help=say(
            "录音、文件夹（含子文件夹）或转写 JSON",
            "recordings, folders (with subfolders), transcript JSON",
        ),
    ),
]
ChecklistFile = Annotated[
    Path, typer.Option("--checklist", metavar="FILE", help=say("质检表 (YAML)", "the checklist (YAML)"))
]
OutFolder = Annotated[
    Path, typer.Option("--out", metavar="DIR", help=say("结果目录", "folder for the results"))
]
CallsFile = Annotated[
    Path | None,
    typer.Option(
        "--calls",
        metavar="CSV",
        help=say("通话信息表，至少有 recording 列", "table of calls; needs a column recording"),
    ),
]
ModelName = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME",
        help=say("识别模型：名称、hub id 或文件夹", "recognition model: a name, a hub id or a folder"),
    ),
]
CallLanguage = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        help=say(
            "通话语言，不写就按质检表的语言，auto 为自动检测",
            "language of the calls, by default the checklist's; auto detects it",
        ),
    ),
]
LayoutOption = Annotated[
    LayoutChoice,
    typer.Option(
        "--layout", help=say("stereo：一声道一方；mono：混在一起", "stereo: one side a channel; mono: mixed")
    ),
]
AgentChannel = Annotated[
    int,
    typer.Option(
        "--agent-channel",
        metavar="0|1",
        min=0,
        max=1,
        help=say("坐席所在声道，从 0 数起", "channel of the agent, from 0"),
    ),
]
Channels = Annotated[
    str | None,
    typer.Option(
        "--channels",
        metavar="A,B",
        help=say("多声道录音中取哪两个声道", "which two channels of a recording with more"),
    ),
]
Settle = Annotated[
    int,
    typer.Option(
        "--settle",
        metavar="SECONDS",
        min=0,
        help=say(
            "先等最近这么多秒内有变化的录音写完；再变的留到下次",
            "wait for recordings that changed so lately; those that change again are left for the next run",
        ),
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help=say("标准输出只有评分卡，每行一个 JSON", "scorecards as JSON lines")),
]
MessageLanguage = Annotated[
    str | None,
    typer.Option("--lang", metavar="zh|en", help=say("提示与报告的语言", "language of messages and report")),
]
EngineName = Annotated[
    str, typer.Option("--engine", metavar="NAME", help=say("识别引擎", "recognition engine"))
]
Debug = Annotated[
    bool, typer.Option("--debug", help=say("内部错误时打印调用栈", "show the stack of internal errors"))
]


def layout_of(choice: LayoutChoice) -> Layout | None:
    """None: found out from the channels."""
    return None if choice is LayoutChoice.AUTO else Layout(choice)


def two_of(channels: str | None) -> tuple[int, int] | None:
    """The channels of --channels. Raises UsageError unless they are two."""
    if channels is None:
        return None
    parts = channels.replace("，", ",").split(",")
    numbers = [int(part) for part in parts if part.strip().isdecimal()]
    if len(parts) != 2 or len(set(numbers)) != 2:
        raise UsageError(
            "E_USAGE",
            Message(
                f"--channels：应为两个不同的声道，如 0,1，实为 {channels!r}",
                f"--channels: expected two different channels like 0,1, got {channels!r}",
            ),
        )
    return numbers[0], numbers[1]
