"""The line that a fault points at, as a terminal shows it."""

from pathlib import Path

import pytest

from speechqa.authoring.checking.excerpts import CUT, WIDTH, cell_length, excerpt, extent, lines, with_caret


@pytest.mark.parametrize(
    ("text", "column", "caret"),
    [
        ("deduct: lots", 9, "        ^~~~"),
        ("deduct: lots", 1, "^~~~~~"),
        ("title: 开场问候", 8, "       ^~~~~~~~"),
        ("because: 没有问候, dedcut: 5", 16, "                   ^~~~~~"),
        ("- {by: 坐席, phrases: 您好}", 8, "       ^~~~"),
        ("phrases: [您好, 您好]", 15, "                ^~~~"),
        ("pattern: '每月(.{0,4}元'", 13, "              ^~"),
        ("title: 'it''s' # note", 8, "       ^~~~~~~"),
        ('title: "a \\" b" x', 8, "       ^~~~~~~~"),
        ("window: first 15 s, phrases: x", 9, "        ^~~~~~~~~~"),
        ("because: 没有", 12, "             ^"),
        ("because:", 9, "        ^"),
    ],
)
def test_the_caret_stands_under_what_is_meant(text: str, column: int, caret: str) -> None:
    assert with_caret(text, column) == (text, caret)


def test_a_tab_takes_as_much_room_in_both_lines() -> None:
    assert with_caret("\tdeduct: 5", 2) == ("    deduct: 5", "    ^~~~~~")


def test_what_would_upset_a_terminal_is_not_shown_as_it_is() -> None:
    shown, caret = with_caret("a: \x1b[31m\u202e红", 4)
    assert shown == "a: ?[31m?红"
    assert caret.index("^") == 3


def test_a_long_line_is_cut_on_both_sides_of_the_place() -> None:
    text = "  - [" + ", ".join(f"短语{number:03}" for number in range(200)) + "]"
    shown, caret = with_caret(text, text.index("短语100") + 1)
    assert cell_length(shown) <= WIDTH + 2 * len(CUT)
    assert shown.startswith(CUT)
    assert shown.endswith(CUT)
    before = caret.index("^")
    assert cell_length(shown[: shown.index("短语100")]) == before
    assert caret.count("~") == cell_length("短语100") - 1


def test_a_place_beyond_the_line_is_shown_at_its_end() -> None:
    assert with_caret("abc", 99) == ("abc", "   ^")


def test_there_is_nothing_to_show_of_an_empty_line_or_one_that_is_not_there() -> None:
    assert excerpt(("a: 1", "  "), 2, 1) == ()
    assert excerpt(("a: 1",), 7, 1) == ()
    assert excerpt((), 1, 1) == ()


def test_extent_is_at_least_a_character() -> None:
    assert extent("a: [", 3) == 4
    assert extent("", 0) == 1


def test_a_file_in_gbk_is_shown_readably(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes("标题: 外呼\r\n规则:\r\n".encode("gbk"))
    assert lines(path) == ("标题: 外呼", "规则:", "")
    assert lines(tmp_path / "gone.yaml") == ()
