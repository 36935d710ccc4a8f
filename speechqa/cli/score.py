"""`speechqa score`: recordings in, explained scorecards out."""

import os

import typer

from speechqa.cli.options import (
    AgentChannel,
    AsJson,
    CallLanguage,
    CallsFile,
    Channels,
    ChecklistFile,
    Debug,
    EngineName,
    Inputs,
    LayoutChoice,
    LayoutOption,
    MessageLanguage,
    ModelName,
    OutFolder,
    Settle,
    layout_of,
    two_of,
)
from speechqa.cli.talk import say

HELP = say(
    "给录音、文件夹或转写文件评分，结果写入 --out。",
    "Score recordings, folders or transcript files; results go to --out.",
)
SHORT = say("给录音或转写文件评分", "Score recordings or transcripts")


def score(
    inputs: Inputs,
    checklist: ChecklistFile,
    out: OutFolder,
    calls: CallsFile = None,
    model: ModelName = "base",
    language: CallLanguage = None,
    layout: LayoutOption = LayoutChoice.AUTO,
    agent_channel: AgentChannel = 0,
    channels: Channels = None,
    settle: Settle = 0,
    as_json: AsJson = False,
    lang: MessageLanguage = None,
    engine: EngineName = "whisper",
    debug: Debug = False,
) -> None:
    from speechqa.cli.order import Order, carried_out
    from speechqa.engines import EngineOptions
    from speechqa.pipeline import Listening
    from speechqa.settings import settings

    order = Order(
        tuple(inputs),
        checklist,
        out,
        calls,
        engine,
        EngineOptions(model=model, language=None if language == "auto" else language),
        language is None,
        Listening(layout_of(layout), agent_channel, two_of(channels), settle),
        settings(os.environ, lang),
        as_json,
    )
    _log(debug)
    raise typer.Exit(carried_out(order))


def _log(debug: bool) -> None:
    """What goes wrong inside is logged to stderr, with the stack only when asked for."""
    import logging

    class Plain(logging.Formatter):
        def formatException(self, ei: object) -> str:  # noqa: ARG002, N802  (logging's names)
            return ""

    handler = logging.StreamHandler()
    if not debug:
        handler.setFormatter(Plain("%(levelname)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
