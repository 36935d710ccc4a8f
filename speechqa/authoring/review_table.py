"""Tables that people fill in, as CSV: cells by column, whatever the order of the columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from speechqa import sheet
from speechqa.call import Message
from speechqa.errors import Fault, FaultsError
from speechqa.sheet import Cell, Record

_START = Cell(1, 1, "")


def rows(
    path: Path, headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[dict[str, Cell], ...]:
    """The cells of each row by the names of `headings`, each of which has spellings, in lower case.

    A cell that is missing stands, empty, at the start of its row. Raises FaultsError, E_REVIEWS, for what
    cannot be read, and for columns that are needed and not there.
    """
    try:
        records = sheet.records(path)
    except sheet.UnreadableError as error:
        raise FaultsError("E_REVIEWS", (Fault(path, error.line, error.column, error.message),)) from error
    heading = records[0] if records else [_START]
    columns = {
        name: place
        for place, cell in enumerate(heading)
        for name, spellings in headings.items()
        if cell.text.lower() in spellings
    }
    missing = [_no_column(path, heading, name) for name in needed if name not in columns]
    if missing:
        raise FaultsError("E_REVIEWS", tuple(missing))
    return tuple(_row(record, columns, headings) for record in records[1:])


def fault(path: Path, cell: Cell, zh: str, en: str) -> Fault:
    """What is wrong with a cell."""
    return Fault(path, cell.line, cell.column, Message(zh, en))


def _row(record: Record, columns: Mapping[str, int], names: Mapping[str, Sequence[str]]) -> dict[str, Cell]:
    empty = Cell(record[0].line, 1, "")
    found = {name: record[place] for name, place in columns.items() if place < len(record)}
    return {name: found.get(name, empty) for name in names}


def _no_column(path: Path, heading: Record, name: str) -> Fault:
    have = [cell.text for cell in heading if cell.text]
    return fault(
        path,
        heading[0],
        f"缺少 {name} 列；现有列：{'、'.join(have) or '无'}",
        f"expected a column {name}; have: {', '.join(have) or 'none'}",
    )
