"""`speechqa rules new`: a checklist to begin with, by questions or by options."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from speechqa.call import Message
from speechqa.cli.rules.options import Language
from speechqa.cli.talk import LANG, complain, say
from speechqa.errors import UsageError
from speechqa.names import shown

HELP = say(
    "写一份起步的质检表，带说明和示例。在终端里逐项提问，回车用默认值；也可以用选项事先回答。",
    "Write a checklist to begin with, with comments and examples. On a terminal it asks, and Enter accepts; "
    "options answer beforehand.",
)
SHORT = say("写一份起步的质检表", "Write a checklist to begin with")


_DIRECTIONS = {
    **dict.fromkeys(("outbound", "out", "o", "外呼", "呼出"), "outbound"),
    **dict.fromkeys(("inbound", "in", "i", "呼入", "来电"), "inbound"),
}
_LANGUAGES = {
    **dict.fromkeys(("zh", "中文", "汉语", "普通话", "chinese", "mandarin"), "zh"),
    **dict.fromkeys(("en", "英文", "英语", "english"), "en"),
}
_BETWEEN = re.compile(  # answers: spaces only beside Chinese, a comma never, it is part of a greeting
    r"[;；、]|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])"
)


def _direction(answer: str) -> str:
    """outbound or inbound, in whatever words. Raises BadParameter for others."""
    meant = _DIRECTIONS.get(answer.strip().lower())
    if meant is None:
        raise typer.BadParameter(
            say("请回答 外呼 (outbound) 或 呼入 (inbound)", "answer outbound or inbound")
        )
    return meant


def _language(answer: str) -> str:
    """zh or en, in whatever words. Raises BadParameter for others."""
    meant = _LANGUAGES.get(answer.strip().lower())
    if meant is None:
        raise typer.BadParameter(
            say("请回答 zh（中文）或 en（英语）", "answer zh (Mandarin) or en (English)")
        )
    return meant


Texts: TypeAlias = list[str] | None
NewFile = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help=say("写到哪里，默认“编号.yaml”", "where; ID.yaml by default")),
]
Id = Annotated[str | None, typer.Option("--id", metavar="ID", help=say("编号", "its id"))]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help=say("名称", "its name"))]
Direction = Annotated[
    str | None,
    typer.Option(
        "--direction",
        parser=_direction,
        metavar="outbound|inbound",
        help=say("外呼还是呼入", "who calls: agents or customers"),
    ),
]
CallsIn = Annotated[
    str | None,
    typer.Option(
        "--language",
        parser=_language,
        metavar="zh|en",
        help=say("通话说哪种语言，默认 zh", "language of the calls; zh by default"),
    ),
]
Greetings = Annotated[
    Texts,
    typer.Option("--greeting", metavar="TEXT", help=say("问候语，可多次", "a greeting; may be repeated")),
]
Forbidden = Annotated[
    Texts,
    typer.Option(
        "--forbid", metavar="TEXT", help=say("禁用语，可多次", "a forbidden phrase; may be repeated")
    ),
]
PassMark = Annotated[
    int | None,
    typer.Option("--pass-mark", metavar="N", min=1, max=100, help=say("及格分", "score of a pass")),
]
Force = Annotated[bool, typer.Option("--force", help=say("覆盖已有文件", "replace the file"))]


def new(
    file: NewFile = None,
    identifier: Id = None,
    title: Title = None,
    direction: Direction = None,
    language: CallsIn = None,
    greeting: Greetings = None,
    forbid: Forbidden = None,
    pass_mark: PassMark = None,
    force: Force = False,
    lang: Language = None,  # noqa: ARG001  (talk reads --lang)
) -> None:
    from speechqa.atomic import atomic_writer
    from speechqa.authoring import starter, starter_samples
    from speechqa.checklist import values

    if file is not None:
        _require_free(file, force)  # before anything is asked
    kind = starter_samples.Direction(
        direction
        or _answer(say("外呼 outbound 还是呼入 inbound？", "outbound or inbound?"), "outbound", _direction)
    )
    spoken = values.Language(
        language or _answer(say("通话说哪种语言，zh 还是 en？", "calls in zh or en?"), "zh", _language)
    )
    sample = starter_samples.SAMPLES[spoken]
    stem = file.stem if file is not None and starter.is_id(file.stem) else str(kind)
    wishes = starter.Wishes(
        id=identifier or _answer(say("编号（小写字母、数字、连字符）", "id (a-z, 0-9, hyphens)"), stem, _id),
        title=title or _answer(say("名称", "name"), starter.TITLES[kind].text(LANG)),
        direction=kind,
        greetings=tuple(greeting or _answers(say("问候语", "greetings"), sample.greetings)),
        forbidden=tuple(forbid or _answers(say("禁用语", "forbidden phrases"), sample.forbidden[kind])),
        pass_mark=pass_mark or int(_answer(say("及格分", "score of a pass"), "80", _mark)),
        language=spoken,
    )
    path = file or Path(f"{wishes.id}.yaml")
    text = starter.starter(wishes, shown(path), LANG)
    _require_free(path, force)
    with atomic_writer(path) as written:
        written.write(text)
    _tell(path)


def _answer(question: str, default: str, checked: Callable[[str], str] = str.strip) -> str:
    """What a person on a terminal answers, asked again until it will do; else the default."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return default
    while True:
        answer: str = typer.prompt(question, default=default, err=True)
        try:
            return checked(answer)
        except typer.BadParameter as error:
            complain(Message(f"请重填：{error.message}", f"once more: {error.message}"))


def _answers(question: str, default: tuple[str, ...]) -> list[str]:
    """Several answers in one line."""
    how = say("（几句之间用分号或空格隔开）", " (semicolons between them)")
    line = _answer(question + how, say("；", "; ").join(default))
    return [part.strip() for part in _BETWEEN.split(line) if part.strip()]


def _id(answer: str) -> str:
    from speechqa.authoring.starter import is_id

    if not is_id(answer.strip()):
        raise typer.BadParameter(
            say("只能用小写字母、数字和连字符", "lower-case letters, digits and hyphens")
        )
    return answer.strip()


def _mark(answer: str) -> str:
    if not answer.strip().isdecimal() or not 1 <= int(answer) <= 100:
        raise typer.BadParameter(say("请填 1 到 100 的整数", "a whole number 1-100"))
    return answer.strip()


def _require_free(path: Path, force: bool) -> None:
    """Raises UsageError when there is a file of that name, unless it may be replaced."""
    if path.exists() and not force:
        raise UsageError(
            "E_USAGE",
            Message(
                f"{shown(path)} 已经存在，没有改动它；请换一个文件名，或加 --force 覆盖",
                f"{shown(path)} is there already and was left alone; choose another name, or --force",
            ),
        )


def _tell(path: Path) -> None:
    name = shown(path)
    complain(
        Message(
            f"已写好 {name}。下一步：用编辑器打开它，照着说明改；改完运行 speechqa rules test {name}",
            f"{name} is written. Next: open it in an editor and change it as its comments say; then run "
            f"speechqa rules test {name}",
        )
    )
