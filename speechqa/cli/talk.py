"""Words for people: the language in force, and complaints in it."""

import os
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper

from speechqa.call import Lang, Message
from speechqa.errors import UsageError
from speechqa.settings import language


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


def speak_plainly() -> None:
    """Lets a terminal that is not UTF-8 show what it cannot write as escapes, instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


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
