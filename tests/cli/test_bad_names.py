"""Names and texts that terminals, spreadsheets and browsers would take for more than text.

Rows 17, 26 and 27 of bad input (see test_bad_input).
"""

import csv
import os
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import Done, cards, score, whole_results, write_call

SCRIPT = "<script>alert(1)</script>"
HANDLER = '" onmouseover="alert(1)'
FORMULA = "=HYPERLINK(0)"
NAMES = (
    "笑😀",
    "line\nbreak",
    "\u202egnp.exe",  # read from right to left
    "cafe\u0301",  # in two characters, as macOS writes it
    os.fsdecode(b"\xff\xfe"),  # not UTF-8
    "-rf",
    "=cmd|' calc'!A0",
    "+1",
    "@SUM(1)",
    "<img src=x onerror=alert(1)>",
    HANDLER,
    "javascript:alert(1)",
    "call-" + "长" * 80,  # 245 bytes
)


class Page(HTMLParser):
    """What a browser would run or follow: scripts, handlers and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts = 0
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("names")


@pytest.fixture(scope="module")
def done(folder: Path) -> Done:
    for name in NAMES:
        write_call(folder / "in" / f"{name}.json")
    write_call(folder / "in" / "words.json", first=f"您好 {SCRIPT} {HANDLER} {FORMULA}")
    write_call(folder / "in" / "formula.json", first=FORMULA)
    (folder / "calls.csv").write_text(
        f'recording,team,agent_id\nwords.wav,"{SCRIPT}",+86\nformula.wav,{FORMULA},-1\n', "utf-8"
    )
    return score(folder, "--calls", str(folder / "calls.csv"))


def test_every_name_is_scored_and_the_files_are_whole(done: Done, folder: Path) -> None:
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(NAMES) + 2
    assert whole_results(folder)


def test_ids_and_transcripts_have_names_that_every_system_can_hold(done: Done, folder: Path) -> None:
    assert done.returncode == 0
    names = sorted(path.name for path in (folder / "out" / "transcripts").iterdir())
    assert names == sorted(f"{card['call_id']}.json" for card in cards(folder))
    assert all(name.isprintable() and len(name.encode()) <= 255 for name in names)
    assert "café.json" in names  # composed


def test_the_terminal_gets_one_line_a_call_without_control_characters(done: Done) -> None:
    assert all(character.isprintable() or character in "\t\n" for character in done.stdout + done.stderr)


def test_the_page_shows_such_text_and_runs_none_of_it(done: Done, folder: Path) -> None:
    assert done.returncode == 0
    text = (folder / "out" / "report.html").read_text("utf-8")
    page = Page(text)
    assert (page.scripts, page.handlers) == (1, [])  # the page's own
    assert all(link.startswith("#") for link in page.links)
    assert "Content-Security-Policy" in text
    assert "&lt;script&gt;" in text


def test_no_cell_of_the_table_is_a_formula(done: Done, folder: Path) -> None:
    assert done.returncode == 0
    with (folder / "out" / "scorecards.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    cells = [cell for row in rows for cell in row.values()]
    assert len(rows) == len(NAMES) + 2
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert f"'{FORMULA}" in cells


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(done: Done, folder: Path) -> None:
    assert done.returncode == 0
    path = folder / "out" / "scorecards.xlsx"
    sheets = openpyxl.load_workbook(path).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or "sheets/_rels" in name]
