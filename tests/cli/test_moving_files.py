"""Recordings that grow, vanish or are locked away while the run goes on.

Rows 20 and 21 of bad input (see test_bad_input).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import time

import pytest

from tests.audio.makers import voices, write_wav
from tests.cli.command import cards, command, running, score, scripted, whole_results

RATE = 8_000  # Hz
CALLS = 16  # enough that the last is not reached before it is gone
WITHOUT_PRIVILEGE = (  # root reads everything unless these are taken from it
    ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)


def grow(path: Path, end: Event) -> None:
    """What a recorder does: appends a packet every few milliseconds."""
    while not end.wait(0.002):
        with path.open("ab") as file:
            file.write(bytes(160))


@contextmanager
def recorder_at_work(path: Path) -> Iterator[None]:
    end = Event()
    recorder = Thread(target=grow, args=(path, end))
    recorder.start()
    try:
        yield
    finally:
        end.set()
        recorder.join()


def error_of(card: dict[str, object]) -> tuple[str, str]:
    """Code and message of a failed call."""
    error = card["error"]
    assert isinstance(error, dict)
    return error["code"], error["message"]


def test_a_recording_that_is_still_written_waits_for_the_next_run(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    growing = write_wav(tmp_path / "in" / "a.wav", voices(30, RATE, 2), RATE)
    write_wav(tmp_path / "in" / "b.wav", voices(2, RATE, 2), RATE)
    with recorder_at_work(growing):
        done = score(tmp_path, *scripted(tmp_path), lang="zh")
    assert done.returncode == 1
    first, second = cards(tmp_path)
    code, message = error_of(first)
    assert code == "E_IO"
    assert "录音仍在写入" in message
    assert "请等录音结束后重新运行" in message
    assert second["status"] == "scored"
    done = score(tmp_path, *scripted(tmp_path))
    assert (done.returncode, [card["status"] for card in cards(tmp_path)]) == (0, ["scored", "scored"])


@pytest.mark.parametrize(
    ("lang", "told", "row"),
    [
        (
            "zh",
            "个录音在最近 2 秒内有变化，等待 2 秒，确认已写完",
            "（--settle 2），可能仍在写入；请等录音结束",
        ),
        ("en", "recordings changed in the last 2 s; waiting 2 s until they have settled", "(--settle 2)"),
    ],
)
def test_with_settle_fresh_recordings_are_waited_for_and_growing_ones_left(
    tmp_path: Path, lang: str, told: str, row: str
) -> None:
    (tmp_path / "in").mkdir()
    growing = write_wav(tmp_path / "in" / "a.wav", voices(1, RATE, 2), RATE)
    fresh = write_wav(tmp_path / "in" / "b.wav", voices(2, RATE, 2), RATE)
    old = write_wav(tmp_path / "in" / "c.wav", voices(3, RATE, 2), RATE)
    os.utime(old, (0, time() - 60))
    options = scripted(tmp_path)
    with recorder_at_work(growing):
        os.utime(fresh)
        done = score(tmp_path, *options, "--settle", "2", lang=lang)
    assert told in done.stderr
    assert done.returncode == 1
    first, *others = cards(tmp_path)
    code, message = error_of(first)
    assert (code, row in message) == ("E_IO", True), message
    assert [card["status"] for card in others] == ["scored", "scored"]


def put_out_of_reach(folder: Path) -> dict[str, str]:
    """What happens to the last recordings of a run; what is said of each call."""
    (folder / "v-gone.wav").unlink()
    (folder / "w-locked.wav").chmod(0)
    (folder / "x").chmod(0)
    (folder / "y").rename(folder / ".gone")
    (folder / "y").write_text("a file")
    return {
        "v-gone": "文件不存在或已被移走，请确认路径后重新运行",
        "w-locked": "没有读取权限，请检查文件权限",
        "x-locked": "没有读取权限，请检查文件权限",
        "y-gone": "无法读取",
    }


def test_recordings_out_of_reach_are_failed_calls_and_the_others_are_scored(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("x", "y"):
        (folder / name).mkdir(parents=True)
    for number in range(CALLS):
        write_wav(folder / f"{number:02}.wav", voices(20 + number / 100, RATE, 2), RATE)
    for name in ("v-gone.wav", "w-locked.wav", "x/x-locked.wav", "y/y-gone.wav"):
        write_wav(folder / name, voices(2, RATE, 2), RATE)
    transcripts = tmp_path / "out" / "transcripts"
    with running(
        tmp_path, [*WITHOUT_PRIVILEGE, *command(tmp_path, *scripted(tmp_path), lang="zh")]
    ) as process:
        while process.poll() is None and not (transcripts.is_dir() and any(transcripts.iterdir())):
            pass
        expected = put_out_of_reach(folder)
        process.communicate(timeout=120)
    (folder / "x").chmod(0o755)
    assert process.returncode == 1
    others, failed = cards(tmp_path)[:CALLS], cards(tmp_path)[CALLS:]
    assert {card["status"] for card in others} == {"scored"}
    for card, (call, told) in zip(failed, expected.items(), strict=True):
        code, message = error_of(card)
        assert (card["call_id"], code, told in message) == (call, "E_IO", True), message
    assert whole_results(tmp_path)
