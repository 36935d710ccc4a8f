"""Arguments of the commands that try rules on past calls, and how what they name is read."""

from collections.abc import Callable, Iterable, Sequence
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
    from speechqa.authoring.reviews import Reviews
    from speechqa.checklist import Checklist
    from speechqa.checklist.values import Rule

JUDGED = Message("已判通话", "calls judged:")
TRIED = Message("已试说法", "wordings tried:")
EVERY: Seconds = 15.0  # between lines of progress
_NAMED = 3  # of the calls that are not there


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
    """The past calls to try rules on; says what the checklists ask for and is not known of them.

    Raises UsageError without transcripts, CallsError for the table.
    """
    from speechqa import calls_table
    from speechqa.authoring.past_calls import past_calls, unknown_columns

    known = calls_table.read(table) if table else None
    calls = past_calls(folder, known)
    for column, lacking in unknown_columns(calls, *checklists):
        if known is not None and not any(column in row.metadata for row in known.rows):
            complain(
                Message(
                    f"通话表 {shown(known.path)} 里没有 {column} 这一列（或整列为空），规则要用到它；"
                    "请补上这一列，否则这些条件按“不知道”处理",
                    f"the table {shown(known.path)} has no column {column} (or an empty one), and rules ask "
                    "for it; add it, else it counts as unknown",
                )
            )
            continue
        given = Message("可用 --calls 给出", "--calls can give it")
        if known is not None:
            given = Message("可在通话表里补上", "the table of calls can give it")
        complain(
            Message(
                f"规则用到通话信息 {column}，{len(calls)} 通里有 {lacking} 通没有；"
                f"这些条件按“不知道”处理，{given.zh}",
                f"rules ask for {column}, which {lacking} of {len(calls)} calls lack; it counts as "
                f"unknown there; {given.en}",
            )
        )
    return calls


def reviews_of(path: Path, rules: "Iterable[Rule]", calls: "Sequence[FiledCall]") -> "Reviews":
    """The reviewers' verdicts; says which rows count for nothing, because their rule or call is not there.

    Raises FaultsError.
    """
    from speechqa.authoring.reviews import read

    reviews = read(path, rules)
    for fault in reviews.strangers:
        place = f"{shown(fault.path)}:{fault.line}:{fault.column}"
        complain(Message(f"{place}: {fault.message.zh}", f"{place}: {fault.message.en}"))
    if beside := reviews.calls_beside(past.call.call_id for past in calls):
        some = [shown(name) for name in beside[:_NAMED]]
        complain(
            Message(
                f"{shown(path)}：有 {len(beside)} 通复核过的通话不在 --on 里，不计：{'、'.join(some)}"
                + ("……" if len(beside) > _NAMED else ""),
                f"{shown(path)}: {len(beside)} reviewed calls are not in --on and are left out: "
                + ", ".join(some)
                + (" ..." if len(beside) > _NAMED else ""),
            )
        )
    return reviews


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
    """The rule of that id, or of that title if there is one. Raises UsageError, with what may be meant."""
    from speechqa.checklist.form import nearest

    rules = checklist.rules
    found = [rule for rule in rules if rule.id == name] or [rule for rule in rules if rule.title == name]
    if len(found) == 1:
        return found[0]
    near = nearest(name, sorted(rule.id for rule in rules)) or nearest(name, [rule.title for rule in rules])
    if near is not None and not found:
        zh, en = f"，是不是 {near}？", f"; did you mean {near}?"
    else:
        some = found or rules
        zh = f"；有：{'、'.join(f'{rule.id}（{rule.title}）' for rule in some)}"
        en = f"; have: {', '.join(f'{rule.id} ({rule.title})' for rule in some)}"
    no = Message("不止一条规则叫", "several rules are") if found else Message("质检表里没有规则", "no rule")
    raise UsageError(
        "E_USAGE", Message(f"{no.zh} {shown(name)}{zh}", f"{no.en} {shown(name)} in the checklist{en}")
    )
