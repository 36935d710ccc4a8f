"""The help of commands in the language in force, without typer's words for programmers."""

import re

from typer import Context
from typer.core import TyperCommand, TyperGroup

from speechqa.call import Lang
from speechqa.cli.talk import LANG

_TYPED = re.compile(r"\b([A-Z]+) <(list\[)?\w+\]?>")  # an argument with typer's name of its kind
_BRACED = re.compile(r"\{([A-Z]+)\}")
CHINESE = {
    "Usage: ": "用法：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Arguments:\n": "参数：\n",
    "Options:\n": "选项：\n",
    "Commands:\n": "命令：\n",
    "Show this message and exit.": "显示本帮助",
    "[required]": "[必填]",
    "[default: ": "[默认 ",
    "[default:\n": "[默认\n",
}


class PlainCommand(TyperCommand):
    def get_help(self, ctx: Context) -> str:  # type: ignore[override]  # typer has a name for it of its own
        return plain(super().get_help(ctx), LANG)


class PlainGroup(TyperGroup):
    def get_help(self, ctx: Context) -> str:  # type: ignore[override]  # as above
        return plain(super().get_help(ctx), LANG)


def plain(text: str, lang: Lang) -> str:
    """A page of typer's help, in words for people."""
    text = _BRACED.sub(r"\1", _TYPED.sub(_untyped, text))
    for typers, ours in CHINESE.items() if lang is Lang.ZH else ():
        text = text.replace(typers, ours)
    return text


def _untyped(match: re.Match[str]) -> str:
    """The argument's name, as long as the whole: columns depend on it."""
    several = "..." if match[2] else ""
    return f"{match[1]}{several}".ljust(len(match[0]))
