"""The help of commands in the language in force, without typer's words for programmers."""

from typer import Context
from typer.core import TyperCommand, TyperGroup

from speechqa.call import Lang
from speechqa.cli.talk import LANG

PLAIN = {  # as long as typer's, where columns depend on it
    "INPUT <list[Path]>": "INPUT...          ",
    "FILE <list[Path]>": "FILE...          ",
    "NAME <str>": "NAME      ",
    "{INPUT}": "INPUT",
    "{FILE}": "FILE",
    "{NAME}": "NAME",
}
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
    for typers, ours in PLAIN.items() if lang is Lang.EN else (PLAIN | CHINESE).items():
        text = text.replace(typers, ours)
    return text
