import os
from pathlib import Path

import pytest

from speechqa.batch.turnstile import LOCK, alone_in
from speechqa.errors import OutputError


def refused(folder: Path) -> OutputError:
    with pytest.raises(OutputError) as caught, alone_in(folder):
        pass
    return caught.value


def test_the_folder_is_free_again_and_clean_after_the_block_however_it_ended(tmp_path: Path) -> None:
    with pytest.raises(KeyError), alone_in(tmp_path):
        raise KeyError
    with alone_in(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    assert not list(tmp_path.iterdir())


def test_a_file_that_nobody_holds_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("1\nhere\n")  # process 1 is always alive
    with alone_in(tmp_path):
        assert (tmp_path / LOCK).read_text().split()[0] == str(os.getpid())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("71\nanother-machine\n", "(pid 71 @ another-machine, since 20"),
        ("", "(pid ?, since ?)"),
        ("\0\xff", "(pid ?, since ?)"),
    ],
    ids=["another machine", "not yet written", "garbage"],
)
def test_the_holder_is_told_as_far_as_it_is_known(tmp_path: Path, written: str, told: str) -> None:
    with alone_in(tmp_path):
        (tmp_path / LOCK).write_text(written, "latin-1")
        error = refused(tmp_path)
    assert error.code == "E_BUSY"
    assert told in error.message.en


def test_a_folder_that_was_removed_meanwhile_is_no_fault_of_the_lock(tmp_path: Path) -> None:
    with alone_in(tmp_path):
        (tmp_path / LOCK).unlink()
        tmp_path.rmdir()
    tmp_path.mkdir()


def test_what_stands_in_the_place_of_the_lock_is_named(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    error = refused(tmp_path)
    assert error.code == "E_OUTPUT"
    assert f"{LOCK}: cannot be written (it is a folder)" in error.message.en
