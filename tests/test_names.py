from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.names import is_safe_id, shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("通话😀.wav", "通话😀.wav"),
        ("a\nb\t.wav", r"a\nb\t.wav"),
        ("\u202egnp.wav", r"\u202egnp.wav"),
        ("bad\udcff.wav", r"bad\xff.wav"),
        ("\x1b[31mred", r"\x1b[31mred"),
    ],
)
def test_a_name_is_shown_on_one_harmless_line(name: str, expected: str) -> None:
    assert shown(Path(name)) == expected


@pytest.mark.parametrize("text", ["0417", "张三_2026-01-02.a", "a", "通" * 60])
def test_words_of_letters_digits_and_marks_can_be_ids(text: str) -> None:
    assert is_safe_id(text)


@pytest.mark.parametrize(
    "text", ["", "..", ".a", "-a", "a/b", "a b", "a\n", "a" * 81, "通" * 80, "😀", "a\0"]
)
def test_what_could_leave_the_folder_or_break_a_file_name_is_no_id(text: str) -> None:
    assert not is_safe_id(text)


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_shown_can_be_printed_on_one_line(name: str) -> None:
    printed = shown(name)
    assert printed.encode("utf-8").decode("utf-8") == printed
    assert len(printed.splitlines()) <= 1
