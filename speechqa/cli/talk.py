"""Words for people: the language in force, and complaints in it."""

import os
import sys
from collections.abc import Mapping, Sequence
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING

from speechqa.call import Lang, Message
from speechqa.errors import UsageError
from speechqa.settings import language

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def asked(arguments: Sequence[str]) -> str | None:
    """What follows --lang, needed before typer has parsed: help texts are made when commands are."""
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            return next(iter(arguments[place + 1 :]), None)
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return None


def spoken(arguments: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language of help and faults; a wrong one is complained of when the command runs."""
    for wanted in (asked(arguments), None):
        try:
            return language(environ, wanted)
        except UsageError:
            continue
    return Lang.ZH


LANG = spoken(sys.argv[1:], os.environ)


def say(zh: str, en: str) -> str:
    return Message(zh, en).text(LANG)


def complain(message: Message) -> None:
    print(message.text(LANG), file=sys.stderr)


class _Talk(FileIO):
    """Takes talk: what a full disk or a closed pipe does not take is dropped."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            written = super().write(data)
        except OSError:
            return memoryview(data).nbytes
        return memoryview(data).nbytes if written is None else written  # None: it would have to wait


def speak_plainly() -> None:
    """Sees to it that talk ends no run.

    What a terminal that is not UTF-8 cannot write is shown as escapes, and what stderr cannot take at all is
    dropped. Streams that were closed before the start lead nowhere, not into the next file that is opened.
    """
    sys.stdout = sys.stdout or _nowhere(1)
    sys.stderr = sys.stderr or _nowhere(2)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    talk = BufferedWriter(_Talk(sys.stderr.fileno(), "w", closefd=False))
    sys.stderr = TextIOWrapper(talk, sys.stderr.encoding, "backslashreplace", line_buffering=True)


def _nowhere(number: int) -> TextIOWrapper:
    """A stream of that number that takes everything and keeps nothing."""
    opened = os.open(os.devnull, os.O_WRONLY)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
    return open(number, "w", encoding="utf-8", closefd=False)


def to_correct(faults: int, arguments: Sequence[str]) -> Message:
    """What follows a list of faults; those who run no calls need not hear that none was scored."""
    if "score" not in arguments[:1]:
        return Message(
            f"共 {faults} 处问题；请按上面的位置改正后重新运行",
            f"{faults} fault{'s' if faults > 1 else ''}. Correct what is listed above and run again",
        )
    return Message(
        f"共 {faults} 处问题，本次没有评分，也没有写入任何文件；请按上面的位置改正后重新运行",
        f"{faults} fault{'s' if faults > 1 else ''}; nothing was scored or written. "
        "Correct what is listed above and run again",
    )
