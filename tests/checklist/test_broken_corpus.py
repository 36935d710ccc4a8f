"""Checklists as rule authors break them, and what they are told.

The messages of all files are in broken/golden.txt, to be read as an author would. They are made again by
`SPEECHQA_REMAKE_GOLDEN=1 pytest tests/checklist/test_broken_corpus.py`.
"""

import os
from pathlib import Path

import pytest

from speechqa.authoring.checking.fault_kinds import KINDS
from speechqa.checklist import load
from speechqa.errors import ChecklistError, Fault

FOLDER = Path(__file__).parent / "broken"
GOLDEN = FOLDER / "golden.txt"
BROKEN = sorted(FOLDER.glob("*.yaml"))


def faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ChecklistError) as caught:
        load(path)
    return caught.value.faults


def told(path: Path) -> str:
    """A file's faults: place and kind, then the message in Chinese and in English."""
    lines = [f"== {path.name}"]
    for fault in faults(path):
        lines += [
            f"{fault.line}:{fault.column} {fault.code}",
            f"  {fault.message.zh}",
            f"  {fault.message.en}",
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def golden() -> dict[str, str]:
    if os.environ.get("SPEECHQA_REMAKE_GOLDEN"):
        GOLDEN.write_text("\n".join(map(told, BROKEN)), "utf-8")
    parts = GOLDEN.read_text("utf-8").split("== ")[1:]
    return {part.split("\n", 1)[0]: f"== {part.rstrip()}\n" for part in parts}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_checklist_is_told_of_as_agreed(path: Path, golden: dict[str, str]) -> None:
    assert told(path) == golden.get(path.name)


def test_the_corpus_is_large_and_agreed_on_in_whole(golden: dict[str, str]) -> None:
    assert len(BROKEN) >= 100
    assert golden.keys() == {path.name for path in BROKEN}


def test_every_kind_of_fault_has_a_description() -> None:
    assert {fault.code for path in BROKEN for fault in faults(path)} <= KINDS.keys()


def test_every_fault_points_into_its_file_and_is_told_in_two_languages() -> None:
    for path in BROKEN:
        content = path.read_bytes()
        length = content.decode("utf-8-sig", errors="replace").count("\n") + 1
        for fault in faults(path):
            assert 1 <= fault.line <= length, path.name
            assert fault.message.zh != fault.message.en, path.name
            assert any("一" <= character <= "鿿" for character in fault.message.zh), path.name
