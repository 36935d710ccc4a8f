"""The --calls table: what the business knows of each recording.

CSV as spreadsheets save it: UTF-8 with or without BOM, UTF-16 ("Unicode text") or GBK; comma, semicolon
or tab; quoted as Excel does. Every fault is told at once with its line and column.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from speechqa import sheet
from speechqa.call import Layout, Message
from speechqa.errors import CallsError, Fault
from speechqa.names import composed, is_safe_id, shown
from speechqa.sheet import Cell, Record

RECORDING, CALL_ID, LAYOUT = "recording", "call_id", "layout"
COLUMNS = (
    RECORDING,
    CALL_ID,
    "agent_id",
    "team",
    "direction",
    "campaign",
    "customer_id",
    "started_at",
    LAYOUT,
)
START = Cell(1, 1, "")


@dataclass(frozen=True, slots=True)
class CallRow:
    """One line of the table. `metadata` has its other cells by heading, without the empty ones."""

    line: int
    recording: str
    call_id: str | None  # None when the cell is empty or the column absent
    layout: Layout | None  # None likewise
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CallsTable:
    path: Path
    rows: tuple[CallRow, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """Which row speaks of which input."""

    rows: Mapping[int, CallRow]  # by the input's index
    absent: tuple[CallRow, ...]  # their recordings are not among the inputs


def read(path: Path) -> CallsTable:
    """The table, rows in the order of the file. Raises CallsError with all faults."""
    try:
        records = sheet.records(path)
    except sheet.UnreadableError as error:
        raise CallsError((Fault(path, error.line, error.column, error.message),)) from error
    if not records:
        raise CallsError(
            (_fault(path, START, "文件为空，应有表头 recording", "empty; expected a heading row"),)
        )
    headings, faults = _headings(path, records[0])
    rows = []
    for record in records[1:]:
        faults += _surplus(path, record, headings)
        row, wrong = _row(path, record, headings)
        faults += wrong
        rows.append((record, row))
    if any(name == RECORDING for name in headings):
        faults += _repeats(path, rows)
    else:
        faults = [fault for fault in faults if fault.line == records[0][0].line]  # the rest follows from it
    if faults:
        raise CallsError(tuple(faults))
    return CallsTable(path, tuple(row for _, row in rows))


def matches(table: CallsTable, inputs: Sequence[Sequence[Path]]) -> Matches:
    """Finds each row's recording among the inputs: by file name, or by as much of its path as is given.

    Each input comes with the paths it is known by. A transcript `0417.json` is taken for the recording
    `0417.wav`. Raises CallsError when a name fits several inputs, or several rows fit one.
    """
    by_name = _by_name(inputs)
    rows: dict[int, CallRow] = {}
    absent: list[CallRow] = []
    faults: list[Fault] = []
    for row in table.rows:
        found = _candidates(row, by_name, table.path.parent)
        if not found:
            absent.append(row)
        elif len(found) > 1:
            faults.append(_ambiguous(table.path, row, tuple(found.values())))
        elif (other := rows.setdefault(next(iter(found)), row)) is not row:
            faults.append(_taken(table.path, row, other))
    if faults:
        raise CallsError(tuple(faults))
    return Matches(rows, tuple(absent))


def _by_name(inputs: Sequence[Sequence[Path]]) -> Mapping[str, list[tuple[int, Path]]]:
    by_name: dict[str, list[tuple[int, Path]]] = {}
    for index, paths in enumerate(inputs):
        for path in paths:
            by_name.setdefault(composed(path.name), []).append((index, path))
            if path.suffix.lower() == ".json":
                by_name.setdefault(composed(path.stem), []).append((index, path))
    return by_name


def _candidates(
    row: CallRow, by_name: Mapping[str, Sequence[tuple[int, Path]]], folder: Path
) -> dict[int, Path]:
    wanted = PurePosixPath(composed(row.recording.replace("\\", "/")))
    near = by_name.get(wanted.name) or by_name.get(wanted.stem, ())
    parents = [part for part in wanted.parent.parts if part not in ("/", ".")]
    if not parents:
        return dict(near)
    exact = {index: path for index, path in near if _same_folder(path, folder / wanted.parent)}
    return exact or {index: path for index, path in near if _parents(path)[-len(parents) :] == parents}


def _parents(path: Path) -> list[str]:
    return [composed(part) for part in path.absolute().parent.parts]


def _same_folder(path: Path, folder: Path) -> bool:
    try:
        return path.parent.samefile(folder)
    except OSError:
        return False


def _headings(path: Path, record: Record) -> tuple[list[str], list[Fault]]:
    names = [cell.text for cell in record]
    faults = []
    for index, cell in enumerate(record):
        if cell.text and cell.text in names[:index]:
            first = record[names.index(cell.text)].column
            faults.append(
                _fault(
                    path,
                    cell,
                    f"列 {cell.text!r} 重复（第 {first} 列已有），请删去一列",
                    f"column {cell.text!r} is there already at column {first}; remove one of them",
                )
            )
    if RECORDING not in names:
        near = difflib.get_close_matches(RECORDING, names, n=1)
        zh = f"；是否写成了 {near[0]!r}？" if near else "，应填录音的文件名或路径。"
        en = f"; is {near[0]!r} meant for it?" if near else ", the file name or path of each recording."
        faults.append(
            _fault(
                path,
                record[0],
                f"缺少 recording 列{zh} 现有列：{'、'.join(filter(None, names))}",
                f"expected a column recording{en} Have: {', '.join(filter(None, names))}",
            )
        )
    return names, faults


def _surplus(path: Path, record: Record, headings: Sequence[str]) -> list[Fault]:
    """Cells without a heading; the empty ones that spreadsheets add are nothing."""
    return [
        _fault(
            path,
            cell,
            f"单元格 {cell.text!r} 没有表头：应为 {len(headings)} 列，"
            f"本行有 {len(record)} 列；含逗号的内容请加引号",
            f"cell {cell.text!r} has no heading: expected {len(headings)} columns, got {len(record)}; "
            "quote what holds a comma",
        )
        for index, cell in enumerate(record)
        if cell.text and (index >= len(headings) or not headings[index])
    ][:1]


def _row(path: Path, record: Record, headings: Sequence[str]) -> tuple[CallRow, list[Fault]]:
    cells = {name: cell for name, cell in zip(headings, record, strict=False) if name and cell.text}
    faults = []
    if RECORDING not in cells:
        faults.append(
            _fault(
                path,
                record[0],
                "recording 为空，应填录音的文件名或路径",
                "recording is empty; expected a file name or path",
            )
        )
    if (call_id := cells.get(CALL_ID)) and not is_safe_id(call_id.text):
        faults.append(
            _fault(
                path,
                call_id,
                f"call_id '{shown(call_id.text)}' 不能用作文件名；"
                "应为 80 个以内的汉字、字母、数字、_ . -，且不以 . - 开头",
                f"call_id '{shown(call_id.text)}' cannot name a file; "
                "expected up to 80 letters, digits, _ . - and none of . - first",
            )
        )
    layout = None
    if (cell := cells.get(LAYOUT)) is not None:
        try:
            layout = Layout(cell.text.lower())
        except ValueError:
            faults.append(
                _fault(
                    path,
                    cell,
                    f"layout 应为 stereo 或 mono，实为 {cell.text!r}",
                    f"layout: expected stereo or mono, got {cell.text!r}",
                )
            )
    metadata = {name: cell.text for name, cell in cells.items() if name not in (RECORDING, CALL_ID)}
    recording = cells[RECORDING].text if RECORDING in cells else ""
    return CallRow(record[0].line, recording, call_id.text if call_id else None, layout, metadata), faults


def _repeats(path: Path, rows: Iterable[tuple[Record, CallRow]]) -> list[Fault]:
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for record, row in rows:
        for name, value in ((CALL_ID, row.call_id), (RECORDING, row.recording)):
            if not value:
                continue
            line = seen.setdefault((name, value), row.line)
            if line != row.line:
                place = next(cell for cell in record if cell.text == value)
                faults.append(
                    _fault(
                        path,
                        place,
                        f"{name} '{shown(value)}' 在第 {line} 行已出现，每通电话只能有一行",
                        f"{name} '{shown(value)}' is there already in line {line}; expected one row a call",
                    )
                )
    return faults


def _ambiguous(path: Path, row: CallRow, found: Sequence[Path]) -> Fault:
    names = [shown(candidate) for candidate in found[:3]]
    return _fault(
        path,
        Cell(row.line, 1, ""),
        f"{shown(row.recording)} 对应多个录音（{'、'.join(names)}）；请在 recording 列写出带目录的路径",
        f"{shown(row.recording)} fits several recordings ({', '.join(names)}); "
        "give the path in the column recording",
    )


def _taken(path: Path, row: CallRow, other: CallRow) -> Fault:
    return _fault(
        path,
        Cell(row.line, 1, ""),
        f"{shown(row.recording)} 与第 {other.line} 行指向同一个录音，每通电话只能有一行",
        f"{shown(row.recording)} means the same recording as line {other.line}; expected one row a call",
    )


def _fault(path: Path, cell: Cell, zh: str, en: str) -> Fault:
    return Fault(path, cell.line, cell.column, Message(zh, en))
