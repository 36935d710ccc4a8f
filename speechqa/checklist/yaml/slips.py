"""What slip of the hand made a file invalid YAML.

A parser says where it gave up; an author needs to know what to mend. Input methods for Chinese write
full-width marks, and a parser takes `title：外呼` for plain text and stumbles a line later. So the lines
about the place are looked at for the usual slips.
"""

import re
from collections.abc import Iterator

from speechqa.call import Message
from speechqa.checklist.yaml.problems import Slip, Stumble, first_mark, meaning, there

LOOK_BACK = 3  # lines, from where the parser gave up, that a slip may stand in
_KEY = r"^\s*(?:- +)?(?P<key>[\w-]+)"
WIDE_BRACKET = re.compile(r"[［］｛｝【】]")
_WIDE_FIRST = re.compile(r"(?:[:\[{,]|^\s*-)\s+(?P<at>[［｛【])")
_EXPRESSION = re.compile(r"\b(?P<key>pattern|but_not):\s+(?P<at>[^\s'\"].*?)(?=,\s*[a-z_]+:\s|$)")
_UNQUOTED = frozenset("[]{},")  # what cannot stand in an expression without quotes; nor can these first:
_NOT_FIRST = frozenset("|>*&!%@`#?")
_SECOND_COLON = re.compile(r":\s.*:(?:\s|$)")
_BLOCK = re.compile(r":\s+[|>][-+0-9]*\s*$")
_SLIPS = (  # what a line looks like, the slip at its group `at`; what to do
    (
        re.compile(r"^ *(?P<at>[\u2000-\u200a\u3000\xa0]+)(?P<key>)"),
        Message("缩进用了全角空格，请改成普通空格", "a wide space in the indentation; use plain spaces"),
    ),
    (
        re.compile(r"^\s*(?P<at>坐席|客户|agent|customer)\s*[:：](?P<key>)"),
        Message(
            "对话没有缩进：每一行都要比 call: 再往右缩进，call: 后面要有 |",
            "the dialogue is not indented: each line stands further right than call:, with | after call:",
        ),
    ),
    (
        re.compile(rf"{_KEY}\s*(?P<at>：)"),
        Message(
            "冒号是全角的：请写成“{key}: …”，用半角冒号，后面空一格",
            "a full-width colon: write {key}: ... with a plain colon and a space after it",
        ),
    ),
    (
        re.compile(rf"{_KEY}(?P<at>:)(?=[^\s:/])"),
        Message("冒号后面缺空格：请写成“{key}: …”", "no space after the colon: write {key}: ..."),
    ),
    (
        re.compile(r"^\s*(?P<at>-)(?=[^\s-])(?P<key>)"),
        Message("“-”后面缺空格：请写成“- …”", "no space after the dash: write - ..."),
    ),
)


def slip(text: str, stumble: Stumble) -> Slip:
    """The likeliest slip behind an error of the parser."""
    lines = text.split("\n")
    return (
        _bare_expression(lines, stumble)
        or _wide_bracket(lines, stumble)
        or _after_quote(lines, stumble)
        or first_mark(stumble)
        or _unclosed(lines, stumble)
        or next(_slips(lines, stumble), None)
        or _indented(lines, stumble)
        or meaning(stumble)
    )


def full_width(bracket: str) -> Message:
    """What to do about a bracket of a Chinese keyboard."""
    return Message(
        f"“{bracket}”是全角的括号：请改成半角的 [ ] 或 {{ }}",
        f'"{bracket}" is a full-width bracket: use [ ] or {{ }}',
    )


def _bare_expression(lines: list[str], stumble: Stumble) -> Slip | None:
    """An expression without quotes, in the line where the parser gave up."""
    line = lines[stumble.line] if stumble.line < len(lines) else ""
    for match in _EXPRESSION.finditer(line):
        key, written = match["key"], match["at"].rstrip(" }")
        unquoted = written[:1] in _NOT_FIRST or not _UNQUOTED.isdisjoint(written)
        if unquoted and match.start("at") <= stumble.column <= match.end("at"):
            zh = f"正则里有 [ ] {{ }} 逗号等 YAML 的符号：请给整个正则加英文单引号，写成 {key}: '…'"
            en = f"an expression with [ ] {{ }} or commas needs single quotes: write {key}: '...'"
            return Slip(stumble.line + 1, match.start("at") + 1, Message(zh, en))
    return None


def _wide_bracket(lines: list[str], stumble: Stumble) -> Slip | None:
    """A full-width bracket where a plain one would open a list or a condition."""
    for number in dict.fromkeys((stumble.line, stumble.context_line)):
        match = _WIDE_FIRST.search(lines[number]) if 0 <= number < len(lines) else None
        if match is not None:
            return Slip(number + 1, match.start("at") + 1, full_width(match["at"]))
    return None


def _after_quote(lines: list[str], stumble: Stumble) -> Slip | None:
    """Words after the closing quote of a text."""
    before = lines[stumble.line][: stumble.column].rstrip() if stumble.line < len(lines) else ""
    if not stumble.problem.endswith("'<scalar>'") or before[-1:] not in {"'", '"'}:
        return None
    return there(
        stumble,
        "引号后面还有文字：引号要括住整段，或者去掉引号；里面要用引号请写中文引号“ ”",
        "text after the closing quote: put quotes around the whole of it, or around none of it",
    )


def _unclosed(lines: list[str], stumble: Stumble) -> Slip | None:
    """A quote or bracket that was opened where the parser's context begins."""
    line, column = stumble.context_line, stumble.context_column
    first = lines[line] if 0 <= line < len(lines) else ""
    if "quoted scalar" in stumble.context and "end of stream" in stumble.problem:
        zh = "引号没有成对：从这里开始，直到文件末尾也没有找到另一半；请补上"
        return Slip(
            line + 1, column + 1, Message(zh, "a quote is opened here and never closed; add the other one")
        )
    if not stumble.context.startswith("while parsing a flow"):
        return None
    for number in range(line, min(stumble.line + 1, len(lines))):
        if wide := WIDE_BRACKET.search(lines[number]):
            return Slip(number + 1, wide.start() + 1, full_width(wide[0]))
    mark, other = ("[", "]") if "sequence" in stumble.context else ("{", "}")
    if first.count(mark) <= first.count(other):
        return None
    zh = f"{mark} 没有配对的 {other}：请补上，并检查各项之间是否都用半角逗号隔开"
    en = f"YAML syntax: {mark} is never closed: add {other}, and check that commas separate the items"
    return Slip(line + 1, column + 1, Message(zh, en))


def _slips(lines: list[str], stumble: Stumble) -> Iterator[Slip]:
    for number in _near(lines, stumble):
        if _in_block(lines, number):
            continue
        for pattern, message in _SLIPS:
            if match := pattern.search(lines[number]):
                key = match["key"]
                found = Message(message.zh.format(key=key), message.en.format(key=key))
                yield Slip(number + 1, match.start("at") + 1, found)


def _near(lines: list[str], stumble: Stumble) -> Iterator[int]:
    """Lines that the slip may stand in: where the parser began to read, then up from where it gave up."""
    if "simple key" in stumble.context and 0 <= stumble.context_line < len(lines):
        yield stumble.context_line
    above = range(min(stumble.line, len(lines) - 1), -1, -1)
    filled = (number for number in above if lines[number].strip())
    yield from (number for number, _ in zip(filled, range(LOOK_BACK), strict=False))


def _in_block(lines: list[str], number: int) -> bool:
    """Whether the line is one of the text that a `key: |` above begins: nothing in it can be a slip."""
    indent = _indent(lines[number])
    above = (lines[place] for place in range(number - 1, -1, -1) if lines[place].strip())
    header = next((line for line in above if _indent(line) < indent), "")
    return bool(_BLOCK.search(header))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _indented(lines: list[str], stumble: Stumble) -> Slip | None:
    line = lines[stumble.line] if stumble.line < len(lines) else ""
    above = stumble.context_line + 1
    if "mapping values are not allowed" in stumble.problem:
        if _SECOND_COLON.search(line[: stumble.column + 2]):
            return there(
                stumble,
                "这段文字里又有冒号：请给整段文字加上引号，或改用中文冒号“：”",
                "another colon in this text: put quotes around the whole of it",
            )
        zh = "缩进比上一行多了：同一级的键要左边对齐"
        en = "indented further than the line above: keys of one level begin in one column"
        return Slip(stumble.line + 1, _indent(line) + 1, Message(zh, en))
    if "expected <block end>" not in stumble.problem or stumble.problem[-2:] in {"]'", "}'"}:
        return None
    if "mapping" in stumble.context:
        return there(
            stumble,
            f"缩进没有对齐：左边是 {stumble.column} 个空格，"
            f"同一级的键（第 {above} 行起）是 {stumble.context_column} 个",
            f"out of line: {stumble.column} spaces before it, "
            f"but {stumble.context_column} before the keys of its level (from line {above})",
        )
    return there(
        stumble,
        f"这里应当是以“- ”开头的下一项（与第 {above} 行对齐）；"
        "如果属于上一项，请再往右缩进，与那一项的键对齐",
        f'expected the next item, with its "- " below that of line {above}; '
        "if this belongs to the item above, indent it as the keys of that item",
    )
