"""The first look at what is to be scored: whether several processes are worth their start."""

from pathlib import Path

import pytest

from speechqa.batch import MANY
from speechqa.cli.order import looks_large


def files(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{number}.wav" for number in range(count)]
    for path in paths:
        path.touch()
    return paths


@pytest.mark.parametrize(("count", "expected"), [(0, False), (MANY, False), (MANY + 1, True)])
def test_a_folder_of_many_files_is_large(tmp_path: Path, count: int, expected: bool) -> None:
    paths = files(tmp_path / "in", count)
    assert looks_large([tmp_path / "in"]) is expected
    assert looks_large(paths) is expected


def test_folders_and_files_count_together(tmp_path: Path) -> None:
    some = files(tmp_path / "some", MANY)
    assert looks_large([tmp_path / "some", some[0]])


def test_what_cannot_be_looked_at_is_left_to_those_who_need_it(tmp_path: Path) -> None:
    assert not looks_large([tmp_path / "gone"])
    (tmp_path / "out").mkdir()
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert not looks_large([loop, *files(tmp_path / "in", MANY - 1)])
