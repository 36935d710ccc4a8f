"""The line that a fault points at, with a caret below the place: what a compiler shows.

Terminals give a Chinese character two columns, so places are counted in cells, not in characters.
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from speechqa.checklist.yaml.foreign_files import foreign
from speechqa.checklist.yaml.nodes import MAX_BYTES

WIDTH = 96  # cells of a line that are shown
BEFORE = 48  # ... of which so many may stand before the place
CUT = "..."  # "…" is one cell in some terminals and two in others
TAB = "    "
_LINE_END = re.compile(r"\r\n|[\r\n]")
_QUOTED = {'"': re.compile(r'"(?:\\.|[^"\\])*"?'), "'": re.compile(r"'(?:''|[^'])*'?")}
_PLAIN = re.compile(r"(?:[^\s:,\[\]{}#]|[:#](?=\S)|(?<=\S)#| (?=[^\s#]))+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # categories that would upset a terminal


def lines(path: Path) -> tuple[str, ...]:
    """The lines of a file as far as a checklist may be long; none when it cannot be read as text.

    What is not UTF-8 is read as GBK, the encoding that Chinese spreadsheets and editors still save in.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
    except OSError:
        return ()
    if foreign(content):
        return ()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    return tuple(_LINE_END.split(text))


def excerpt(there: Sequence[str], line: int, column: int) -> tuple[str, ...]:
    """A line of a file with its caret line; nothing when there is no such line or nothing stands on it."""
    if not 1 <= line <= len(there) or not there[line - 1].strip():
        return ()
    return with_caret(there[line - 1], column)


def with_caret(text: str, column: int) -> tuple[str, str]:
    """A line, cut around a column when it is long, and `^~~~` below what begins at that column."""
    at = min(column - 1, len(text))
    end = extent(text, at)
    first = _start(text, at)
    shown, cells = "", 0
    caret = width = 0
    for place in range(first, len(text)):
        if place == at:
            caret = cells
        part = _visible(text[place])
        if cells + cell_length(part) > WIDTH:
            shown += CUT
            break
        shown += part
        cells += cell_length(part)
        if at <= place < end:
            width = cells - caret
    if at == len(text):
        caret = cells
    lead = CUT if first else ""
    return lead + shown, " " * (len(lead) + caret) + "^" + "~" * (max(width, 1) - 1)


def extent(text: str, at: int) -> int:
    """Where the key or value that begins at `at` ends in its line; at least one character on."""
    pattern = _QUOTED.get(text[at : at + 1], _PLAIN)
    match = pattern.match(text, at)
    return max(match.end() if match else 0, at + 1)


def cell_length(text: str) -> int:
    """Columns of a terminal that a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def _start(text: str, at: int) -> int:
    """The first character to show, so that at most BEFORE cells stand before `at`."""
    if cell_length(text) <= WIDTH:
        return 0
    cells, first = 0, at
    while first > 0 and cells + cell_length(_visible(text[first - 1])) <= BEFORE:
        first -= 1
        cells += cell_length(_visible(text[first]))
    return first


def _visible(character: str) -> str:
    if character == "\t":
        return TAB
    return "?" if unicodedata.category(character) in _UNSEEN else character
