"""An output folder or a cache that is full or cannot be written: named, nothing half-written, resumed.

Row 28 of bad input (see test_bad_input). A small disk of its own where the system lets us make one (root
on Linux); the limit on file sizes, which every user may set, ends a write in the middle just as well.
"""

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from speechqa.batch.run import AT_ONCE
from tests.audio.makers import voices, write_wav
from tests.cli.command import (
    cards,
    command,
    environment,
    left_behind,
    score,
    scripted,
    whole_results,
    write_call,
)

ROOM = "size=200k"  # of the small disk: more than the trial at the start, less than the results
CALLS = 80  # transcripts; so many are scored in several processes
RECORDINGS = 40
LIMITS = {
    30_000: 0,
    150_000: 2,
}  # bytes of a file: calls that end before one meets it; 65 536 are tried first


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk mounted on a new folder."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", ROOM, "speechqa-test", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no mount command here")
    if done.returncode != 0:
        pytest.skip("only root may mount a small disk; the tests with a limit on file sizes stand in for it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def enlarge(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)


def test_a_disk_that_fills_up_with_results_is_named_and_the_run_goes_on_after_freeing(
    tmp_path: Path, disk: Path
) -> None:
    (tmp_path / "out").symlink_to(disk / "out")
    (disk / "out").mkdir()
    for number in range(CALLS):
        write_call(tmp_path / "in" / f"{number:03}.json")
    done = score(tmp_path, lang="zh")
    assert done.returncode == 2
    assert "磁盘空间不足，无法写入" in done.stderr
    assert "请清理磁盘或换一个输出目录后重新运行" in done.stderr
    assert [path.name for path in (disk / "out").iterdir()] == ["transcripts"]
    assert not left_behind(disk)
    enlarge(disk)
    done = score(tmp_path)
    assert (done.returncode, len(cards(tmp_path))) == (0, CALLS), done.stderr
    assert whole_results(tmp_path)


def test_a_cache_that_fills_up_keeps_what_was_transcribed(tmp_path: Path, disk: Path) -> None:
    (tmp_path / "cache").symlink_to(disk)
    (tmp_path / "in").mkdir()
    for number in range(RECORDINGS):
        write_wav(tmp_path / "in" / f"{number:02}.wav", voices(1 + number / 100, 8_000, 2), 8_000)
    done = score(tmp_path, *scripted(tmp_path))
    assert done.returncode == 2
    assert "disk full; free some space" in done.stderr
    finished = len(cards(tmp_path))
    assert f"not finished: {RECORDINGS - finished} calls were not scored" in done.stderr
    assert whole_results(tmp_path)
    assert not left_behind(disk)
    enlarge(disk)
    done = score(tmp_path, *scripted(tmp_path))
    assert (done.returncode, len(cards(tmp_path))) == (0, RECORDINGS), done.stderr
    assert 0 < finished < RECORDINGS
    transcribed = int(done.stderr.split(" newly transcribed")[0].split()[-1])
    in_the_cache_but_rolled_back = RECORDINGS - finished - transcribed
    assert 0 <= in_the_cache_but_rolled_back <= AT_ONCE


@pytest.mark.parametrize("limit", LIMITS)
def test_a_write_that_ends_in_the_middle_leaves_nothing_half_written(tmp_path: Path, limit: int) -> None:
    for number in range(3):
        write_call(tmp_path / "in" / f"{number}.json", first="您好" + "x" * 200_000 * (number == 2))
    done = subprocess.run(
        command(tmp_path),
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 2
    assert "disk full; free some space or choose another output folder and run again" in done.stderr
    assert "Traceback" not in done.stderr
    assert not left_behind(tmp_path)
    if LIMITS[limit]:
        assert len(cards(tmp_path)) == LIMITS[limit]
        assert whole_results(tmp_path)
    else:
        assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("out", "无法写入 {out}（已有同名文件）"),
        ("out/transcripts", "无法写入 {out}/transcripts（已有同名文件）"),
    ],
)
def test_a_file_in_the_place_of_a_folder_is_named_before_the_work_begins(
    tmp_path: Path, spoil: str, told: str
) -> None:
    write_call(tmp_path / "in" / "a.json")
    (tmp_path / spoil).parent.mkdir(exist_ok=True)
    (tmp_path / spoil).write_text("a file")
    done = score(tmp_path, lang="zh")
    assert (done.returncode, done.stdout) == (2, "")
    assert told.format(out=tmp_path / "out") in done.stderr
    assert (tmp_path / spoil).read_text() == "a file"


def test_a_result_that_cannot_be_replaced_leaves_all_four_as_they_were(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    (tmp_path / "out" / "report.html").mkdir(parents=True)
    done = score(tmp_path)
    assert done.returncode == 2
    assert "report.html: cannot be written (it is a folder)" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["report.html", "transcripts"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_full_disk_behind_stdout_is_named(tmp_path: Path, options: tuple[str, ...]) -> None:
    write_call(tmp_path / "in" / "a.json")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command(tmp_path, *options),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(tmp_path),
            timeout=120,
            check=False,
        )
    assert done.returncode == 2
    assert "stdout: disk full" in done.stderr
    assert "Traceback" not in done.stderr
    assert whole_results(tmp_path)
