"""Cells of a workbook that hold what they are given: text stays text, and what is cut says so."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from speechqa.assessment import Verdict
from speechqa.call import Lang
from speechqa.report.run import writable
from speechqa.report.words import PHRASES, SHEETS, VERDICTS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Area: TypeAlias = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0
LONGEST_CELL = 32_767  # characters; Excel refuses more
MOST_ROWS = 1_048_576  # of a sheet, with the heading
RED = {"font_color": "#9B1C1C", "bg_color": "#FBEAEA"}
AMBER = {"font_color": "#7A4B00", "bg_color": "#FFF3D6"}
GREEN = {"font_color": "#1E5B43"}
GREY = {"font_color": "#6B7280"}


class Looks(NamedTuple):
    """Cell formats of a workbook."""

    plain: "Format"
    title: "Format"
    heading: "Format"
    wrapped: "Format"
    percent: "Format"
    number: "Format"
    added: "Format"


def looks(book: "Workbook") -> Looks:
    return Looks(
        plain=book.add_format({"valign": "top"}),
        title=book.add_format({"bold": True, "font_size": 14}),
        heading=book.add_format({"bold": True, "bg_color": "#EEF1F4", "bottom": 1, "valign": "top"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        percent=book.add_format({"num_format": "0.0%", "valign": "top"}),
        number=book.add_format({"num_format": "0.0", "valign": "top"}),
        added=book.add_format({"num_format": "+0.##;-0.##;0", "valign": "top"}),
    )


def put(sheet: "Worksheet", row: int, at: int, value: str | float | None, look: "Format") -> None:
    """Writes a number as a number and everything else as text, never as a formula or a link."""
    if isinstance(value, str) and value:
        sheet.write_string(row, at, fitting(value), look)
    elif isinstance(value, (int, float)) and math.isfinite(value):
        sheet.write_number(row, at, value, look)


def fitting(text: str) -> str:
    """The text as XML can hold it, cut with a remark where Excel would drop the whole cell."""
    text = writable(text)
    remark = PHRASES["text_cut"].zh
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(remark)] + remark


def listing(book: "Workbook", key: str, lang: Lang, titles: Sequence[str], look: Looks) -> "Worksheet":
    """A sheet with a heading a column, which stays in sight; call `close` when its rows are written."""
    sheet: Worksheet = book.add_worksheet(SHEETS[key].text(lang))
    for at, title in enumerate(titles):
        put(sheet, 0, at, title, look.heading)
    sheet.freeze_panes(1, 1)
    return sheet


def close(sheet: "Worksheet", rows: int, columns: int) -> None:
    """Lets the user filter `rows` rows below the heading."""
    sheet.autofilter(0, 0, rows, columns - 1)


def colour(book: "Workbook", sheet: "Worksheet", area: Area, colours: Mapping[str, dict[str, str]]) -> None:
    """Colours the cells of an area by their text."""
    for text, look in colours.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": book.add_format(look)}
        sheet.conditional_format(*area, rule)


def colour_verdicts(book: "Workbook", sheet: "Worksheet", area: Area, lang: Lang) -> None:
    by_verdict = {
        Verdict.FAIL: RED,
        Verdict.UNKNOWN: AMBER,
        Verdict.PASS: GREEN,
        Verdict.NOT_APPLICABLE: GREY,
    }
    texts = {VERDICTS[v].zh if lang is Lang.ZH else v.value: look for v, look in by_verdict.items()}
    colour(book, sheet, area, texts)
