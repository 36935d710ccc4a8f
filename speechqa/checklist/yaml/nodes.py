"""YAML text to plain nodes that remember their place, with everything dangerous refused first.

ruamel's event stream is read without recursion, so depth, aliases and tags are refused before
anything is built, however hostile the file. Scalars stay text: `no`, `1:30` and `12` are what the
author typed, and each field decides how to read them. Duplicate keys are faults, all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from speechqa.call import Message
from speechqa.checklist.yaml.foreign_files import foreign
from speechqa.checklist.yaml.problems import stumble
from speechqa.checklist.yaml.slips import slip
from speechqa.errors import ChecklistError, Fault

MAX_BYTES = 300_000  # the largest checklist known to us has a quarter of this, and of MAX_NODES
MAX_LINE = 20_000  # characters; ruamel reads a long tag in the square of its length
MAX_DEPTH = 24
MAX_NODES = 15_000


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column in the file, from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    place: Place
    text: str
    quoted: bool = False
    first: Place | None = None  # of its first character; None: escapes or folded lines change the rest

    def place_of(self, offset: int) -> Place:
        """Where a character of the text stands, as far as it stands there as it is."""
        if self.first is None:
            return self.place
        lines_before = self.text.count("\n", 0, offset)
        into_line = offset - (self.text.rfind("\n", 0, offset) + 1)
        return Place(self.first.line + lines_before, self.first.column + into_line)


@dataclass(frozen=True, slots=True)
class Sequence:
    place: Place
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    place: Place
    entries: dict[str, tuple[Place, "Node"]] = field(default_factory=dict)


Node: TypeAlias = Scalar | Sequence | Mapping

_NO_KEY = Scalar(Place(1, 1), "")  # for a key that is no text: its value is left out


def read_nodes(path: Path, content: bytes) -> tuple[Mapping, tuple[Fault, ...]]:
    """The top mapping of a YAML file and the duplicate keys found on the way.

    Raises ChecklistError when there is no mapping to go on with: wrong encoding, syntax, size,
    depth, aliases, tags, several documents.
    """
    text = _decoded(path, content)
    builder = _Builder(path, text.split("\n"))
    for event in _events(path, text):
        builder.take(event)
    if not isinstance(builder.root, Mapping):
        raise _refused(
            path,
            builder.root.place if builder.root else Place(1, 1),
            f"{'' if builder.root else '文件里没有内容；'}质检表应当是“键: 值”的形式，例如 id: outbound",
            "a checklist is a mapping of keys to values, such as id: outbound",
            "bad-value",
        )
    return builder.root, tuple(builder.faults)


def _decoded(path: Path, content: bytes) -> str:
    if told := foreign(content):
        raise _refused(path, Place(1, 1), told.zh, told.en, "encoding")
    if len(content) > MAX_BYTES:
        raise _refused(
            path,
            Place(1, 1),
            f"文件过大：上限 {MAX_BYTES:,} 字节；请拆成几份质检表",
            f"expected at most {MAX_BYTES:,} bytes, got more; make several checklists of it",
            "too-large",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise _refused(
            path,
            Place(line, column),
            "编码不是 UTF-8（可能是 GBK）：请在编辑器中另存为 UTF-8",
            "expected UTF-8, got another encoding (GBK?); save the file as UTF-8",
            "encoding",
        ) from error
    _check_lines(path, text)
    return text


def _check_lines(path: Path, text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise _refused(
                path,
                Place(number, MAX_LINE + 1),
                f"这一行超过 {MAX_LINE:,} 个字符，请分成多行",
                f"expected at most {MAX_LINE:,} characters in a line, got more; break it up",
                "too-large",
            )


def _events(path: Path, text: str) -> Iterator[object]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        found = slip(text, stumble(error))
        raise _refused(
            path, Place(found.line, found.column), found.message.zh, found.message.en, "syntax"
        ) from error
    except ReaderError as error:
        before = text[: error.position]
        place = Place(before.count("\n") + 1, error.position - before.rfind("\n"))
        raise _refused(
            path, place, "含有不可见的控制字符，请删除", "a control character; remove it", "syntax"
        ) from error
    except (YAMLError, ValueError, RecursionError, AttributeError, IndexError) as error:
        raise _refused(
            path,
            Place(1, 1),
            "不是有效的 YAML：请检查各行的缩进、引号和括号，或在编辑器里重新输入可疑的一段",
            f"not valid YAML: {error}",
            "syntax",
        ) from error


class _Builder:
    """Grows the tree from parser events with an explicit stack."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.root: Node | None = None
        self._lines = lines
        self.faults: list[Fault] = []
        self._path = path
        self._stack: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []  # the pending key of each mapping on the stack
        self._nodes = 0

    def take(self, event: object) -> None:
        from ruamel.yaml import events

        match event:
            case events.AliasEvent():
                self._refuse(
                    event,
                    "不支持别名 *name：请直接写出内容；以 * 开头的文字请加引号",
                    "aliases (*name) are not allowed; write it out, or quote text that begins with *",
                )
            case events.ScalarEvent():
                self._check(event)
                quoted = event.style is not None
                self._add(Scalar(_place(event), str(event.value), quoted, _first(event, self._lines)))
            case events.SequenceStartEvent():
                self._check(event)
                self._open(Sequence(_place(event)))
            case events.MappingStartEvent():
                self._check(event)
                self._open(Mapping(_place(event)))
            case events.SequenceEndEvent() | events.MappingEndEvent():
                self._stack.pop()
                self._keys.pop()
            case events.DocumentStartEvent() if self.root is not None:
                self._refuse(
                    event,
                    "一个文件只能有一份质检表：请删除这一行 ---",
                    "one document per file: remove this ---",
                )

    def _check(self, event: object) -> None:
        self._nodes += 1
        if getattr(event, "anchor", None):
            self._refuse(
                event,
                "不支持锚点 &name：请删除，共用的短语写进 phrases，用 <名称> 引用；以 & 开头的文字请加引号",
                "anchors (&name) are not allowed; remove it and refer to a list of phrases as <name>, "
                "or quote text that begins with &",
            )
        if getattr(event, "tag", None):
            self._refuse(
                event,
                "不支持 YAML 标签（!…）：请删除；以 ! 开头的文字请加引号",
                "YAML tags (!...) are not allowed; remove it, or quote text that begins with !",
            )
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(
                event,
                f"嵌套超过 {MAX_DEPTH} 层；请把里面的条件写成时刻 (moments)，再用 happened 引用",
                f"nested deeper than {MAX_DEPTH} levels; make moments of the inner conditions",
                "too-large",
            )
        if self._nodes > MAX_NODES:
            self._refuse(
                event,
                f"条目超过 {MAX_NODES:,} 个；请拆成几份质检表",
                f"more than {MAX_NODES:,} entries; make several checklists of it",
                "too-large",
            )

    def _open(self, node: Sequence | Mapping) -> None:
        self._add(node)
        self._stack.append(node)
        self._keys.append(None)

    def _add(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                zh = "键必须是文字：方括号和花括号要写在冒号后面"
                en = "expected text as key: brackets and braces belong after the colon"
                self.faults.append(_fault(self._path, node.place, zh, en, "bad-value"))
            self._keys[-1] = node if isinstance(node, Scalar) else _NO_KEY
            return
        if key is not _NO_KEY and key.text in parent.entries:
            first = parent.entries[key.text][0].line
            self.faults.append(
                _fault(
                    self._path,
                    key.place,
                    f"{key.text}: 重复的键，第 {first} 行已经写过；请只保留一处",
                    f"{key.text}: duplicate key, first given in line {first}; keep one of them",
                    "duplicate",
                )
            )
        elif key is not _NO_KEY:
            parent.entries[key.text] = (key.place, node)
        self._keys[-1] = None

    def _refuse(self, event: object, zh: str, en: str, code: str = "not-allowed") -> None:
        raise _refused(self._path, _place(event), zh, en, code)


def _first(event: object, lines: list[str]) -> Place | None:
    """Where a scalar's first character stands, if what follows stands in the file as it is read."""
    start, end = getattr(event, "start_mark", None), getattr(event, "end_mark", None)
    style, text = getattr(event, "style", None), str(getattr(event, "value", ""))
    if start is None or end is None:
        return None
    if style == "|" and start.line + 1 < len(lines):  # the lines below its key
        below = lines[start.line + 1]
        indent = len(below) - len(below.lstrip(" "))
        as_it_is = below[indent:].rstrip("\r") == text.split("\n", 1)[0] != ""
        return Place(start.line + 2, indent + 1) if as_it_is else None
    marks = 0 if style is None else 1
    on_one_line = start.line == end.line and end.column - start.column == len(text) + 2 * marks
    return Place(start.line + 1, start.column + 1 + marks) if on_one_line else None


def _place(event: object) -> Place:
    mark = getattr(event, "start_mark", None)
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _fault(path: Path, place: Place, zh: str, en: str, code: str) -> Fault:
    return Fault(path, place.line, place.column, Message(zh, en), code)


def _refused(path: Path, place: Place, zh: str, en: str, code: str) -> ChecklistError:
    return ChecklistError((_fault(path, place, zh, en, code),))
