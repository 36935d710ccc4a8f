"""What the parser's complaints mean to an author: its words are English, and about grammar."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechqa.call import Message

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

_MARK_FIRST = re.compile(r"found character '(.+)' that cannot start any token")


@dataclass(frozen=True, slots=True)
class Stumble:
    """Where a parser gave up and what it says; lines and columns from 0, as it counts them."""

    line: int
    column: int
    problem: str
    context: str = ""  # what it was reading
    context_line: int = -1  # where that began; -1: it does not say
    context_column: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """What to mend, and where; line and column from 1."""

    line: int
    column: int
    message: Message


@dataclass(frozen=True, slots=True)
class Known:
    """A complaint of the parser, by its words, and what it comes from."""

    words: "re.Pattern[str]"
    message: Message  # with what the words caught as {}
    begun: bool = False  # the slip is where the parser began to read, not where it gave up


_KNOWN = (
    Known(
        re.compile(r"could not find expected ':'"),
        Message(
            "这一行缺冒号：请写成“键: 内容”，用半角冒号，后面空一格",
            "this line has no colon: write key: value, with a plain colon and a space after it",
        ),
        begun=True,
    ),
    Known(
        re.compile(r"expected (?:chomping or indentation indicators|a comment or a line break), .*"),
        Message(
            "“|”和“>”后面不能再有文字：多行的对话另起一行写；“超过”请写 over，不用 >",
            "nothing may follow | or > in its line: begin the text in the next line, and write over, not >",
        ),
        begun=True,
    ),
    Known(
        re.compile(r"(?:block )?sequence entries are not allowed .*"),
        Message(
            "“- ”要另起一行，不能写在冒号后面；写在同一行请用 [甲, 乙]",
            "a dash begins a line of its own, not after a colon; in one line write [a, b]",
        ),
    ),
    Known(
        re.compile(r".*(?:found|got) '<stream end>'"),
        Message(
            "从这里开始的 [ 或 {{ 直到文件末尾也没有配对：请补上 ] 或 }}（“ #”后面是注释，不算）",
            "a [ or {{ is opened here and never closed: add ] or }} (what follows a # is a comment)",
        ),
        begun=True,
    ),
    Known(
        re.compile(r"expected the node content, but found '([,:\]}])'"),
        Message(
            "“{}”前面缺内容：请补上，或删去多余的符号", '"{}" stands where something is missing before it'
        ),
    ),
    Known(
        re.compile(r"expected (?:',' or '[]}]'|<block end>), but (?:got|found) '([\]}])'"),
        Message("多了一个 {0}，或者前面少了与它配对的那一半：请检查括号", "a {0} without its other half"),
    ),
    Known(
        re.compile(r"expected ',' or '[]}]', but got '([\[{])'"),
        Message(
            "文字里有“{0}”：请给整段文字加英文单引号 '…'，或在前面补逗号",
            'a "{0}" in a text: put single quotes around the whole of it, or a comma before it',
        ),
    ),
    Known(
        re.compile(r"expected ',' or '[]}]', but got ':'"),
        Message(
            "这里又有冒号：前面少了逗号、] 或 }}，或者这段文字要加引号",
            "another colon: a comma, ] or }} is missing before it, or the text needs quotes",
        ),
    ),
    Known(
        re.compile(r"expected alphabetic or numeric character, .*|expected URI, .*"),
        Message(
            "文字不能以 & * ! 开头：请给整段文字加引号",
            "text cannot begin with & * or !: put quotes around it",
        ),
        begun=True,
    ),
    Known(
        re.compile(r"expected '<document start>', .*"),
        Message(
            "这里不是“键: 内容”：以 % 开头的文字请加引号，多余的内容请删除",
            "not a key with its value: quote what begins with %, and remove what is too much",
        ),
    ),
)


def stumble(error: "MarkedYAMLError") -> Stumble:
    """Where a parser gave up, from its own error."""
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    return Stumble(
        line=mark.line if mark else 0,
        column=mark.column if mark else 0,
        problem=(error.problem or "").strip(),
        context=(error.context or "").strip(),
        context_line=begun.line if begun else -1,
        context_column=begun.column if begun else 0,
    )


def first_mark(at: Stumble) -> Slip | None:
    """A character that cannot stand where it does: in double quotes, or first in a text."""
    if "unknown escape character" in at.problem:
        return there(
            at,
            "双引号里的 \\ 另有含义：请把双引号改成单引号，或写成 \\\\",
            "\\ means something else between double quotes: use single quotes, or write \\\\",
        )
    first = _MARK_FIRST.search(at.problem)
    if first is None:
        return None
    if first[1] in {"\\t", "\t"}:
        return there(at, "缩进用了制表符 Tab，请改用空格", "YAML syntax: a tab; indent with spaces")
    return there(
        at,
        f"文字不能以 {first[1]} 开头：请给整段文字加上引号，例如 '{first[1]}…'",
        f"text cannot begin with {first[1]}: put quotes around it, e.g. '{first[1]}...'",
    )


def meaning(at: Stumble) -> Slip:
    """What the complaint comes from as a rule, where nothing in the lines tells more."""
    for known in _KNOWN:
        if match := known.words.fullmatch(at.problem):
            zh, en = known.message.zh.format(*match.groups()), known.message.en.format(*match.groups())
            if known.begun and at.context_line >= 0:
                return Slip(at.context_line + 1, at.context_column + 1, Message(zh, en))
            return there(at, zh, f"YAML syntax: {en}")
    return there(
        at,
        "不是有效的 YAML：请检查这一行和上一行的缩进、引号、括号和冒号",
        f"YAML syntax: {at.problem or at.context or 'not valid'}; check indentation, quotes, "
        "brackets and colons of this line and the one above",
    )


def there(at: Stumble, zh: str, en: str) -> Slip:
    """A slip where the parser gave up."""
    return Slip(at.line + 1, at.column + 1, Message(zh, en))
