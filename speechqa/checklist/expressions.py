"""Regular expressions of a checklist: what RE2 refuses, where it is, and what to write instead.

RE2 takes time linear in the text whatever the expression, and so knows no look-around and no
back-references; its errors name a piece of the expression, in English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from speechqa.call import Message
from speechqa.checklist.form import Faults
from speechqa.checklist.yaml.nodes import Scalar

LARGEST_PATTERN = 1 << 18  # bytes, compiled; some thousand characters
MOST_STEPS = 1_000_000  # of all compiled expressions of a file, a third of a second; ours have 51,000
_STEPS_OF_TOO_LARGE = 20_000  # what it took to find that out
_LOOK_AROUND = re.compile(r"\(\?<?[=!]")
_BACK_REFERENCE = re.compile(r"\\[1-9k]|\(\?P=")
_SPECIAL = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", re.DOTALL)  # classes are passed over whole
_REFUSED: Mapping[str, Message] = MappingProxyType(  # what RE2 says: what to do
    {
        "missing )": Message("左括号 ( 没有配对，请补上 )", "this ( is never closed; add )"),
        "unexpected )": Message(
            "多了一个右括号 )，请删除或补上 (", "a ) without (; remove it, or add the other one"
        ),
        "missing ]": Message("方括号 [ 没有配对，请补上 ]", "this [ is never closed; add ]"),
        "no argument for repetition operator": Message(
            "* + ? {} 前面要有被重复的内容；要找这个符号本身，请在前面加 \\",
            "nothing stands before * + ? or {} to be repeated; put \\ before it to find the sign itself",
        ),
        "invalid repetition size": Message(
            "重复次数应为 {少,多}，最多 1000，嵌套时合计也不能超过 1000",
            "repeat {fewest,most} times, at most 1000, nested ones included",
        ),
        "bad repetition operator": Message(
            "两个重复符号连在一起，请删除一个", "two repetitions in a row; remove one"
        ),
        "trailing \\": Message("末尾的 \\ 后面少了字符", "nothing follows the \\ at the end"),
        "invalid character class range": Message(
            "方括号里的范围不对：小的写在前面，如 [0-9]，类名只能用 RE2 有的",
            "no such range or class; write the smaller end first, as in [0-9]",
        ),
        "invalid escape sequence": Message(
            "没有这种 \\ 写法；要找这个字符本身，请去掉 \\",
            "no such sequence with \\; leave \\ out to find the character itself",
        ),
        "invalid perl operator": Message(
            "不支持这种 (?… 写法；普通分组请写 (…)", "no such (?... group; write (...) for a plain one"
        ),
        "pattern too large": Message(
            "表达式太大，请缩短或减少重复次数", "the expression is too large; shorten it or repeat less"
        ),
    }
)
_NO_LOOK_AROUND = Message(
    "不支持前后断言 (?=…) (?!…) (?<…)：把不该出现的话写进 but_not",
    "look-around (?=...) (?!...) (?<...) is not allowed: use but_not for what must not be there",
)
_NO_BACK_REFERENCE = Message(
    "不支持反向引用 \\1：请把重复的内容直接写出来", "back-references (\\1) are not allowed: write it out"
)


@dataclass(slots=True)
class Effort:
    """How much compiling a file may still ask for."""

    steps: int = MOST_STEPS


def check_expression(written: Scalar, key: str, faults: Faults, effort: Effort) -> None:
    """Notes what RE2 refuses, at its place in the expression, and the first beyond what a file may ask."""
    import re2

    if effort.steps <= 0:
        return
    options = re2.Options()
    options.log_errors = False
    options.max_mem = LARGEST_PATTERN
    try:
        effort.steps -= re2.compile(written.text, options).programsize
    except re2.error as error:
        effort.steps -= _STEPS_OF_TOO_LARGE
        said = error.args[0] if error.args else ""
        reason = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        offset, message = explained(written.text, reason)
        zh, en = f"{key}: 正则表达式无效：{message.zh}", f"{key}: invalid expression: {message.en}"
        faults.add(written.place_of(offset), zh, en, "bad-pattern")
    if effort.steps <= 0:
        faults.add(
            written.place,
            f"{key}: 到这里为止，正则表达式合计太大；请缩短或减少重复次数，或拆成几份质检表",
            f"{key}: all expressions up to here are too large together; shorten them, repeat less, or make "
            "several checklists",
            "too-large",
        )


def explained(expression: str, reason: str) -> tuple[int, Message]:
    """Where RE2's reason applies in the expression, and what it means to its author."""
    kind, _, piece = reason.partition(": ")
    piece = "(?P=" if piece == "(?P" and "(?P=" in expression else piece  # (?P<name>…) is a group
    at = max(expression.find(piece), 0)
    if kind in {"missing )", "unexpected )"}:
        return _lonely(expression), _REFUSED[kind]
    if kind == "invalid perl operator" and _LOOK_AROUND.match(expression, at):
        return at, _NO_LOOK_AROUND
    if _BACK_REFERENCE.match(expression, at):
        return at, _NO_BACK_REFERENCE
    known = next((said for words, said in _REFUSED.items() if kind.startswith(words)), None)
    return at, known or Message(reason, reason)


def _lonely(expression: str) -> int:
    """The first bracket that closes nothing, or the last that is never closed."""
    opened: list[int] = []
    for match in _SPECIAL.finditer(expression):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")":
            if not opened:
                return match.start()
            opened.pop()
    return opened[-1] if opened else 0
