"""CSV as spreadsheets save it, as cells that know their line and column."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from speechqa.call import Message
from speechqa.errors import reason

LARGEST = 100_000_000  # bytes; about 500 000 calls
DELIMITERS = (",", ";", "\t")
FORMULA_STARTS = "=+-@＝＋－＠"  # also in full width, which East Asian Excel folds
BLANK_STARTS = "\t\n\r"


@dataclass(frozen=True, slots=True)
class Cell:
    """Text without quotes and outer blanks, and where it starts; both count from 1, in characters."""

    line: int
    column: int
    text: str


Record: TypeAlias = list[Cell]


class UnreadableError(Exception):
    """The file has no text that can be read."""

    def __init__(self, line: int, column: int, message: Message) -> None:
        super().__init__(message.en)
        self.line, self.column, self.message = line, column, message


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: text that could be one gets a ' in front."""
    if text.lstrip().startswith(tuple(FORMULA_STARTS)) or text.startswith(tuple(BLANK_STARTS)):
        return "'" + text
    return text


def records(path: Path) -> list[Record]:
    """All lines that are not blank. UTF-8 with or without BOM, UTF-16 with BOM or GBK; the delimiter is
    the commonest of comma, semicolon and tab in the first line. Raises UnreadableError.
    """
    text = _text(path)
    return [record for record in _records(text, _delimiter(text)) if any(cell.text for cell in record)]


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        why = reason(error)
        raise UnreadableError(
            1, 1, Message(f"无法读取（{why.zh}）；请检查路径", f"cannot be read ({why.en}); check the path")
        ) from error
    if size > LARGEST:
        raise UnreadableError(1, 1, Message("文件超过 100 MB", "larger than 100 MB"))
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            wrong = error
    line = data.count(b"\n", 0, wrong.start) + 1
    column = wrong.start - data.rfind(b"\n", 0, wrong.start)
    byte = f"0x{data[wrong.start]:02x}"
    raise UnreadableError(
        line,
        column,
        Message(
            f"应为 UTF-8 或 GBK 编码，此处字节 {byte} 无法识别；请在表格软件里另存为“CSV UTF-8”",
            f'expected UTF-8 or GBK, got byte {byte}; save the sheet again as "CSV UTF-8"',
        ),
    ) from wrong


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")


def _delimiter(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=heading.count)


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """A quoted cell may hold delimiters, doubled quotes and line ends."""
    plain = rf"[^{delimiter}\r\n]*"
    cell = re.compile(rf'("(?:[^"]|"")*+"{plain}|{plain})({delimiter}|\r\n|\n|\r|\Z)')
    position, line, line_start = 0, 1, 0
    record: Record = []
    while position < len(text) and (found := cell.match(text, position)):
        raw, end = found.groups()
        record.append(Cell(line, position - line_start + 1, _unquoted(raw)))
        position = found.end()
        if inner := raw.count("\n"):
            line += inner
            line_start = found.start() + raw.rfind("\n") + 1
        if end != delimiter:
            yield record
            record, line, line_start = [], line + 1, position
    if record:
        yield record


def _unquoted(raw: str) -> str:
    if not raw.startswith('"'):
        return raw.strip()
    inside, _, after = raw[1:].rpartition('"')
    return (inside.replace('""', '"') + after).strip()
