"""Ctrl-C and SIGTERM: what is finished is kept, the second ends at once, the next run does the rest.

Row 30 of bad input (see test_bad_input); with the recogniser at work in test_bad_sound.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from speechqa.batch.rescoring import HANDFUL
from tests.audio.makers import voices, write_wav
from tests.cli.command import (
    cards,
    command,
    left_behind,
    running,
    score,
    scripted,
    whole_results,
    write_call,
)

MANY = 240  # transcripts: several processes


TOLD = {
    "zh": "正在停止：正在处理的通话作废，已完成的结果会保存；再按一次 Ctrl-C 立即退出",
    "en": "stopping: calls in work are dropped, finished ones are saved; Ctrl-C again quits at once",
}
LEFT = {
    "zh": "未完成：还有 {} 通没有评分；用同样的命令重新运行即可继续",
    "en": "not finished: {} calls were not scored; the same command goes on",
}


@contextmanager
def at_work(folder: Path, *options: str, lang: str = "en") -> Iterator["subprocess.Popen[str]"]:
    """A run that has finished some calls and not all."""
    transcripts = folder / "out" / "transcripts"
    few = 4 * HANDFUL if any((folder / "in").glob("*.json")) else 2  # several processes report by the handful
    with running(folder, command(folder, *options, lang=lang), own_session=True) as process:
        while process.poll() is None and not (
            transcripts.is_dir() and len(list(transcripts.iterdir())) > few
        ):
            pass
        yield process


def transcripts_to_score(folder: Path) -> tuple[str, ...]:
    for index in range(MANY):
        write_call(folder / "in" / f"{index:03}.json")
    return ()


def recordings_to_score(folder: Path) -> tuple[str, ...]:
    (folder / "in").mkdir()
    for index in range(40):
        write_wav(folder / "in" / f"{index:02}.wav", voices(20 + index / 100, 8_000, 2), 8_000)
    return scripted(folder)


@pytest.mark.parametrize(
    ("number", "lang", "fill"),
    [(signal.SIGINT, "en", transcripts_to_score), (signal.SIGTERM, "zh", recordings_to_score)],
)
def test_an_interrupted_run_keeps_what_was_finished_and_the_next_does_the_rest(
    tmp_path: Path, number: signal.Signals, lang: str, fill: Callable[[Path], tuple[str, ...]]
) -> None:
    options = fill(tmp_path)
    calls = len(list((tmp_path / "in").iterdir()))
    with at_work(tmp_path, *options, lang=lang) as process:
        os.killpg(process.pid, number)
        _, talk = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    finished = len(cards(tmp_path))
    assert 0 < finished < calls
    assert whole_results(tmp_path)
    assert TOLD[lang] in talk
    assert LEFT[lang].format(calls - finished) in talk
    done = score(tmp_path, *options)
    assert (done.returncode, len(cards(tmp_path))) == (0, calls)
    if options:
        assert f"{calls - finished} newly transcribed" in done.stderr
    assert whole_results(tmp_path)


def test_the_second_signal_ends_all_processes_at_once(tmp_path: Path) -> None:
    transcripts_to_score(tmp_path)
    with at_work(tmp_path) as process:
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        while "stopping" not in process.stderr.readline():
            pass
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)  # waits until no process of the run holds stderr any more
    assert process.returncode == -signal.SIGINT
    assert not (tmp_path / "out" / "scorecards.jsonl").exists()
    assert not left_behind(tmp_path)


def test_no_process_stays_when_the_first_is_killed(tmp_path: Path) -> None:
    transcripts_to_score(tmp_path)
    with at_work(tmp_path) as process:
        process.kill()
        process.communicate(timeout=60)  # as above
    done = score(tmp_path)
    assert (done.returncode, len(cards(tmp_path))) == (0, MANY)
