"""Regular expressions that are refused: where in the expression, and what to write instead."""

from pathlib import Path

import pytest

from speechqa.call import Lang
from speechqa.checklist import load
from speechqa.checklist.expressions import LARGEST_PATTERN
from speechqa.errors import ChecklistError

HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: 试\n"


def faults(folder: Path, *expressions: str) -> list[str]:
    """`line:column message` for each fault of a checklist with a moment for each expression, from line 6."""
    path = folder / "c.yaml"
    moments = "".join(f"  m{number}: {{pattern: {one}}}\n" for number, one in enumerate(expressions))
    rule = "rules:\n  - {id: a, title: 甲, because: 乙, require: {happened: m0}}\n"
    path.write_text(f"{HEAD}moments:\n{moments}{rule}", "utf-8")
    try:
        load(path)
    except ChecklistError as refused:
        return [f"{one.line}:{one.column} {one.message.text(Lang.EN)}" for one in refused.faults]
    return []


@pytest.mark.parametrize(
    ("expression", "column", "expected"),
    [
        ("'每月(?=元)'", 20, "look-around"),
        ("'(?<!不)收费'", 18, "look-around"),
        (r"'(您好)\1'", 22, "back-references"),
        (r"'(?P<a>您)(?P=a)'", 26, "back-references"),
        ("'a(b(c)'", 19, "this ( is never closed"),
        ("'a)b'", 19, "a ) without ("),
        ("'[(]a)'", 22, "a ) without ("),
        (r"'\(a)'", 21, "a ) without ("),
        ("'a[bc'", 19, "this [ is never closed"),
        ("'a{9,3}'", 19, "repeat {fewest,most} times"),
        ("'*a'", 18, "nothing stands before"),
        ("'a**'", 19, "two repetitions in a row"),
        ("'[9-0]'", 19, "no such range"),
        (r"'\z\y'", 20, "no such sequence"),
        ('"a(?=b)"', 19, "look-around"),
        (r'"\\d(?=b)"', 17, "look-around"),  # the escape moves what follows: the value's own place
        ("a(?!b)", 18, "look-around"),
    ],
)
def test_a_refused_expression_is_shown_at_its_place(
    tmp_path: Path, expression: str, column: int, expected: str
) -> None:
    (fault,) = faults(tmp_path, expression)
    assert fault.startswith(f"6:{column} pattern: invalid expression: {expected}"), fault


def test_an_expression_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, r"'\pL{900}'")
    assert "the expression is too large" in fault
    assert LARGEST_PATTERN < 1_000_000


def test_expressions_that_are_too_large_together_are_refused_once(tmp_path: Path) -> None:
    each = [rf"'\pL{{12}}{number}'" for number in range(200)]
    (fault,) = faults(tmp_path, *each)
    assert "all expressions up to here are too large together" in fault
    assert faults(tmp_path, *each[:40]) == []


def test_as_many_plain_expressions_as_a_file_holds_are_fine(tmp_path: Path) -> None:
    assert faults(tmp_path, *(f"'(给|帮)您办{number}.{{0,8}}元'" for number in range(2_000))) == []
