"""`speechqa rules schema`: JSON Schemas of checklists and of shared phrase lists, for editors."""

from typing import Annotated

import typer

from speechqa.cli.rules.options import Language
from speechqa.cli.talk import say

_USE = """

\b
  speechqa rules schema > checklist.schema.json
  # yaml-language-server: $schema=checklist.schema.json

\b
  speechqa rules schema --terms > terms.schema.json
  # yaml-language-server: $schema=../terms.schema.json
"""
HELP = (
    say(
        "输出质检表的 JSON Schema，编辑器（VS Code 装 YAML 扩展）据此补全、提示和查错。"
        "先存成文件，再把 # 开头的那一行写在质检表的第一行；共用短语列表（terms 目录里的文件）用 --terms：",
        "Print the JSON Schema of checklists, for completion, help and faults in an editor (VS Code with the "
        "YAML extension). Save it, and make the line with # the first of your checklist; for files of shared "
        "phrase lists (the folder terms) use --terms:",
    )
    + _USE
)
SHORT = say("给编辑器用的 JSON Schema", "A JSON Schema for editors")
_TERMS = say("输出共用短语列表文件的 Schema", "print the schema of files of shared phrase lists")


def schema(
    terms: Annotated[bool, typer.Option("--terms", help=_TERMS)] = False,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.authoring.schema import dumps, dumps_terms
    from speechqa.cli.show import printing

    with printing():
        typer.echo(dumps_terms() if terms else dumps())
