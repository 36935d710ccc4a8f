"""`speechqa rules explain`: why a rule came out as it did on a call."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from speechqa.call import Call, Message
from speechqa.cli.rules.options import Language
from speechqa.cli.rules.trial_options import CallsFile, calls_of, rule_of
from speechqa.cli.talk import LANG, say
from speechqa.errors import UsageError
from speechqa.names import shown

if TYPE_CHECKING:
    from speechqa.authoring.past_calls import FiledCall
    from speechqa.checklist import Checklist

HELP = say(
    "一条规则在一通通话上为什么这样判：逐步说明，附依据和最接近的话。",
    "Why a rule came out as it did on a call: step by step, with evidence and near misses.",
)


def explain(
    call: Annotated[
        str,
        typer.Argument(
            metavar="CALL",
            help=say(
                "通话编号（要有 --on），或转写 JSON 文件", "a call's id (with --on), or a transcript file"
            ),
        ),
    ],
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help=say("规则编号或标题", "the rule's id or title"))
    ],
    checklist: Annotated[
        Path, typer.Option("--checklist", metavar="FILE", help=say("质检表 (YAML)", "the checklist (YAML)"))
    ],
    on: Annotated[
        Path | None,
        typer.Option(
            "--on", metavar="DIR", help=say("speechqa score 的结果目录", "a folder that score wrote")
        ),
    ] = None,
    calls: CallsFile = None,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.authoring.anatomy import narrowed
    from speechqa.authoring.explain import explained
    from speechqa.checklist import load
    from speechqa.cli.rules.explain_lines import lines
    from speechqa.cli.show import printing

    rules = load(checklist)
    asked = rule_of(rules, rule)
    past = _past_call(call, on, calls, narrowed(rules, [asked]))
    why = explained(rules, asked, past.call, past.transcript())
    with printing():
        for line in lines(why, past.call.call_id, LANG):
            typer.echo(line)


def _past_call(name: str, folder: Path | None, table: Path | None, rules: "Checklist") -> "FiledCall":
    """The call of that id in the folder, or the transcript of that name. Raises UsageError without it."""
    from speechqa.authoring.past_calls import FiledCall
    from speechqa.checklist.form import nearest

    if folder is None:
        if Path(name).is_file():
            return FiledCall(Call(Path(name).stem, Path(name)), Path(name))
        raise UsageError(
            "E_USAGE",
            Message(
                f"没有转写文件 {shown(name)}；如果它是通话编号，请用 --on 指定 speechqa score 的结果目录",
                f"no transcript file {shown(name)}; if it is the id of a call, name with --on the folder "
                "that speechqa score wrote",
            ),
        )
    found = calls_of(folder, table, rules)
    for past in found:
        if name in (past.call.call_id, str(past.path)):
            return past
    near = nearest(name, sorted(past.call.call_id for past in found))
    raise UsageError(
        "E_USAGE",
        Message(
            f"{shown(folder)} 里没有通话 {shown(name)}" + (f"，是不是 {shown(near)}？" if near else ""),
            f"no call {shown(name)} in {shown(folder)}" + (f"; did you mean {shown(near)}?" if near else ""),
        ),
    )
