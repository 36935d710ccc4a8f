"""Words for people: the language in force, complaints, and typer's own faults in that language."""

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


def to_correct(faults: int) -> Message:
    """What follows a list of faults."""
    return Message(
        f"共 {faults} 处问题，本次没有评分，也没有写入任何文件；请按上面的位置改正后重新运行",
        f"{faults} fault{'s' if faults > 1 else ''}; nothing was scored or written. "
        "Correct what is listed above and run again",
    )


FAULTS = {  # typer's classes of faults; {what} is the option or argument, {why} typer's own words
    "NoSuchOption": Message("没有选项 {what}", "no option {what}"),
    "MissingParameter": Message("缺少 {what}", "{what} is missing"),
    "BadParameter": Message("{what} 的值不对：{why}", "{what}: {why}"),
    "BadOptionUsage": Message("选项 {what} 用法不对：{why}", "option {what}: {why}"),
    "NoArgsIsHelpError": Message("{why}", "{why}"),
}


def reworded(fault: Exception) -> Message:
    """A fault of the command line in both languages, with the way to the help."""
    form = FAULTS.get(type(fault).__name__, Message("命令用法不对：{why}", "{why}"))
    why = getattr(fault, "message", "") or str(fault)
    parameter = getattr(fault, "param", None)
    hint = parameter.get_error_hint() if parameter is not None else None
    hint = " / ".join(hint) if isinstance(hint, (list, tuple)) else hint
    what = hint or getattr(fault, "option_name", "")
    near = getattr(fault, "possibilities", None)
    context = getattr(fault, "ctx", None)
    command = context.command_path if context is not None else "speechqa"
    zh = form.zh.format(what=what, why=why) + (f"；是不是 {'、'.join(near)}？" if near else "")
    en = form.en.format(what=what, why=why) + (f"; did you mean {', '.join(near)}?" if near else "")
    if type(fault).__name__ == "NoArgsIsHelpError":
        return Message(zh, en)
    return Message(f"{zh}\n用法见 {command} --help", f"{en}\nSee {command} --help")
