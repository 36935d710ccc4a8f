"""`speechqa rules schema`: a JSON Schema of checklists for editors."""

import typer

from speechqa.cli.rules.options import Language
from speechqa.cli.talk import say

_USE = """

\b
  speechqa rules schema > checklist.schema.json
  # yaml-language-server: $schema=checklist.schema.json
"""
HELP = (
    say(
        "输出质检表的 JSON Schema，编辑器（VS Code 装 YAML 扩展）据此补全、提示和查错。"
        "先存成文件，再把下面第二行写在质检表的第一行：",
        "Print the JSON Schema of checklists, for completion, help and faults in an editor (VS Code with the "
        "YAML extension). Save it, and make the second line the first of your checklist:",
    )
    + _USE
)
SHORT = say("给编辑器用的 JSON Schema", "A JSON Schema for editors")


def schema(lang: Language = None) -> None:  # noqa: ARG001  (talk reads --lang)
    from speechqa.authoring.schema import dumps
    from speechqa.cli.show import printing

    with printing():
        typer.echo(dumps())
