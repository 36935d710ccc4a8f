"""Arguments of the commands that try rules on past calls, and how what they name is read."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from speechqa.call import Message, Seconds
from speechqa.cli.talk import complain, say
from speechqa.errors import UsageError
from speechqa.names import shown

if TYPE_CHECKING:
    from speechqa.authoring.backtest import Unread
    from speechqa.authoring.past_calls import FiledCall
    from speechqa.checklist import Checklist
    from speechqa.checklist.values import Rule

JUDGED = Message("已判通话", "calls judged:")
TRIED = Message("已试说法", "wordings tried:")
EVERY: Seconds = 15.0  # between lines of progress


class Format(StrEnum):
    """--format as typed."""

    TEXT = "text"
    JSON = "json"


CallsFolder: TypeAlias = Annotated[
    Path,
    typer.Option(
        "--on",
        metavar="DIR",
        help=say(
            "通话：speechqa score 的结果目录，或转写 JSON 的文件夹",
            "calls: a folder that score wrote, or one of transcript JSON",
        ),
    ),
]
CallsFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--calls", metavar="CSV", help=say("通话信息表", "table of calls")),
]
ReviewsFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--reviews",
        metavar="CSV",
        help=say(
            "复核结果：call_id、rule、verdict 三列",
            "reviewers' verdicts: columns call_id, rule, verdict",
        ),
    ),
]
OutputFormat: TypeAlias = Annotated[
    Format, typer.Option("--format", help=say("输出格式", "form of the output"))
]


def calls_of(folder: Path, table: Path | None, *checklists: "Checklist") -> "tuple[FiledCall, ...]":
    """The past calls to try rules on; says what is not known of them.

    Raises UsageError without transcripts, CallsError for the table.
    """
    from speechqa import calls_table
    from speechqa.authoring.past_calls import past_calls, unknown_columns

    calls = past_calls(folder, calls_table.read(table) if table else None)
    for column, lacking in unknown_columns(calls, *checklists):
        complain(
            Message(
                f"规则用到通话信息 {column}，{len(calls)} 通里有 {lacking} 通没有；"
                "这些条件按“不知道”处理，可用 --calls 给出",
                f"rules ask for {column}, which {lacking} of {len(calls)} calls lack; it counts as "
                "unknown there; --calls can give it",
            )
        )
    return calls


def tell_unread(calls: "Sequence[Unread]") -> None:
    """Names the calls whose transcripts could not be read, and why."""
    for one in calls:
        call, why = shown(one.call.call_id), one.failure.message
        complain(Message(f"跳过 {call}：{why.zh}", f"skipped {call}: {why.en}"))


def now_and_then(doing: Message, clock: Callable[[], Seconds] = monotonic) -> Callable[[int, int], None]:
    """Takes how much is done, of how much, and says so, at most once in EVERY seconds."""
    last = clock()

    def tell(done: int, of: int) -> None:
        nonlocal last
        if clock() - last >= EVERY:
            last = clock()
            complain(Message(f"{doing.zh} {done} / {of}", f"{doing.en} {done} / {of}"))

    return tell


def rule_of(checklist: "Checklist", name: str) -> "Rule":
    """The rule of that id. Raises UsageError, with the id that may be meant."""
    from speechqa.checklist.form import nearest

    found = next((rule for rule in checklist.rules if rule.id == name), None)
    if found is not None:
        return found
    ids = sorted(rule.id for rule in checklist.rules)
    near = nearest(name, ids)
    raise UsageError(
        "E_USAGE",
        Message(
            f"质检表里没有规则 {shown(name)}" + (f"，是不是 {near}？" if near else f"；有：{'、'.join(ids)}"),
            f"no rule {shown(name)} in the checklist"
            + (f"; did you mean {near}?" if near else f"; have: {', '.join(ids)}"),
        ),
    )
