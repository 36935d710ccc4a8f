"""Output files are whole or absent, and a user is told why one could not be written."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from speechqa.atomic import atomic_writer, make_folder
from speechqa.errors import OutputError


def test_text_is_written_as_given(tmp_path: Path) -> None:
    with atomic_writer(tmp_path / "a.csv", encoding="utf-8-sig") as file:
        file.write("通话,得分\r\n")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + "通话,得分\r\n".encode()


def test_bytes_are_written_as_given(tmp_path: Path) -> None:
    with atomic_writer(tmp_path / "a.bin", "wb") as file:
        file.write(b"\x00\r\n")
    assert (tmp_path / "a.bin").read_bytes() == b"\x00\r\n"


def test_nothing_appears_before_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with atomic_writer(target) as file:
        file.write("half")
        file.flush()
        assert not target.exists()
    assert target.read_text() == "half"


@pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, interruption: type[BaseException]
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def write_half() -> None:
        with atomic_writer(target) as file:
            file.write("new")
            raise interruption

    with pytest.raises(interruption):
        write_half()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_named_and_leaves_the_old_file() -> None:
    """The limit on file sizes stands in for a full disk: both end a write in the middle."""
    program = """
import resource, signal, sys, tempfile
from pathlib import Path
from speechqa.atomic import atomic_writer
from speechqa.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(tempfile.mkdtemp())
(folder / "a.txt").write_text("old")
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with atomic_writer(folder / "a.txt") as file:
        file.write("x" * 100_000)
except OutputError as error:
    told = "磁盘空间不足" in error.message.zh
    print(error.code, told, (folder / "a.txt").read_text(), len(list(folder.iterdir())))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["E_DISK_FULL", "True", "old", "1"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_no_space_left_on_the_device_is_a_full_disk(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError) as caught,
        atomic_writer(tmp_path / "a.txt"),
        open("/dev/full", "w") as full,
    ):
        full.write("x")
    assert caught.value.code == "E_DISK_FULL"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("make", ["absent", "file", "folder"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, make: str) -> None:
    target = {
        "absent": tmp_path / "absent" / "a.txt",
        "file": tmp_path / "file" / "a.txt",
        "folder": tmp_path / "folder",
    }[make]
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as caught, atomic_writer(target) as file:
        file.write("x")
    assert caught.value.code == "E_OUTPUT"
    assert str(target) in caught.value.message.zh
    assert not list(tmp_path.rglob(".speechqa-*"))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as caught:
        make_folder(tmp_path / "file" / "out")
    assert caught.value.code == "E_OUTPUT"


def test_a_private_file_stays_private_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    private, new = tmp_path / "private.txt", tmp_path / "new.txt"
    private.write_text("old")
    private.chmod(0o600)
    before = os.umask(0o027)
    try:
        for path in (private, new):
            with atomic_writer(path) as file:
                file.write("x")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (private, new)] == [0o600, 0o640]
