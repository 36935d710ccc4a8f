"""Phrasings are given back as they were kept, the latest of them."""

from pathlib import Path

import pytest

from speechqa.checklist.phrases import Phrase
from speechqa.errors import OutputError
from speechqa.store import Phrasing, Phrasings
from speechqa.store.phrasings import MOST

REST = "0f" * 32


def phrasing(number: int) -> Phrasing:
    return Phrasing(
        f"rule {number}", ((Phrase("请问…机主", ("请问", "机主")), Phrase(f"{number}", (f"{number}",))), ())
    )


def test_phrasings_of_a_rule_are_given_back_the_latest_last(tmp_path: Path) -> None:
    for number in (1, 2, 1):
        Phrasings(tmp_path).add(REST, phrasing(number))
    assert Phrasings(tmp_path).of(REST) == (phrasing(1), phrasing(2))
    assert Phrasings(tmp_path).of("1f" * 32) == ()


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        Phrasings(tmp_path).add(REST, phrasing(number))
    assert Phrasings(tmp_path).of(REST) == tuple(phrasing(number) for number in range(3, MOST + 3))


@pytest.mark.parametrize(
    "damage", [slice(0), slice(20), slice(1, None)], ids=["empty", "cut short", "cut off"]
)
def test_a_damaged_entry_is_absent_and_can_be_replaced(tmp_path: Path, damage: slice) -> None:
    Phrasings(tmp_path).add(REST, phrasing(1))
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[damage])
    assert Phrasings(tmp_path).of(REST) == ()
    Phrasings(tmp_path).add(REST, phrasing(2))
    assert Phrasings(tmp_path).of(REST) == (phrasing(2),)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "phrasings").write_text("in the way")
    with pytest.raises(OutputError):
        Phrasings(tmp_path).add(REST, phrasing(1))
