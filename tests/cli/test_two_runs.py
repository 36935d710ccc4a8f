"""Two runs into one output folder: the second is refused and touches nothing, a dead one keeps nobody out.

Row 31 of bad input (see test_bad_input).
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from speechqa.batch.turnstile import LOCK
from tests.audio.makers import voices, write_wav
from tests.cli.command import cards, command, running, score, scripted, whole_results

CALLS = 12
TOLD = {
    "zh": ("E_BUSY：{out}：另一批次正在运行 (pid {pid}，", "本次没有写入任何文件；请等它结束后重新运行"),
    "en": ("E_BUSY: {out}: another batch is running (pid {pid}, since ", "choose another --out"),
}


@pytest.fixture
def recordings(tmp_path: Path) -> tuple[str, ...]:
    """Options to score the recordings that it makes."""
    (tmp_path / "in").mkdir()
    for number in range(CALLS):
        write_wav(tmp_path / "in" / f"{number:02}.wav", voices(20 + number / 100, 8_000, 2), 8_000)
    return scripted(tmp_path)


@contextmanager
def held_up(folder: Path, options: tuple[str, ...]) -> Iterator["subprocess.Popen[str]"]:
    """A run that stands still when it has finished a call and not all."""
    transcripts = folder / "out" / "transcripts"
    with running(folder, command(folder, *options)) as process:
        while process.poll() is None and not (transcripts.is_dir() and any(transcripts.iterdir())):
            pass
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.communicate(timeout=120)


def state(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of the last change of everything below the folder, and of itself."""
    found = {path: path.stat() for path in (folder, *folder.rglob("*"))}
    return {path: (status.st_size, status.st_mtime_ns) for path, status in found.items()}


def test_the_second_run_is_told_who_is_inside_and_touches_nothing(
    tmp_path: Path, recordings: tuple[str, ...]
) -> None:
    with held_up(tmp_path, recordings) as first:
        before = state(tmp_path)
        seconds = {lang: score(tmp_path, *recordings, lang=lang) for lang in TOLD}
        assert state(tmp_path) == before
    for lang, second in seconds.items():
        assert (second.returncode, second.stdout) == (2, "")
        assert second.stderr.count("\n") == 1
        for part in TOLD[lang]:
            assert part.format(out=tmp_path / "out", pid=first.pid) in second.stderr
    assert (first.returncode, len(cards(tmp_path))) == (0, CALLS)
    assert whole_results(tmp_path)


def test_another_folder_is_free(tmp_path: Path, recordings: tuple[str, ...]) -> None:
    with held_up(tmp_path, recordings):
        other = score(tmp_path, *recordings, "--out", str(tmp_path / "other"))
    assert other.returncode == 0, other.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        path.name for path in (tmp_path / "other").iterdir()
    }


def test_what_a_killed_run_left_is_taken_over_without_a_word(
    tmp_path: Path, recordings: tuple[str, ...]
) -> None:
    with held_up(tmp_path, recordings) as first:
        first.kill()
        first.wait()
    assert (tmp_path / "out" / LOCK).exists()
    second = score(tmp_path, *recordings)
    assert (second.returncode, len(cards(tmp_path))) == (0, CALLS)
    beginning, *ending = second.stderr.splitlines()
    assert (beginning, len(ending)) == (f"{CALLS} calls", 3)  # counts, where the results are, what to do next
    assert not (tmp_path / "out" / LOCK).exists()
