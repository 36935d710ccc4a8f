"""Recordings that grow or vanish while the run goes on. Rows 20 and 21 of bad input (see test_bad_input)."""

import subprocess
from pathlib import Path
from threading import Event, Thread

from tests.audio.makers import voices, write_wav
from tests.cli.command import cards, command, environment, score, scripted, whole_results

RATE = 8_000  # Hz
CALLS = 40  # enough that the last is not reached before it is gone


def grow(path: Path, end: Event) -> None:
    """What a recorder does: appends a packet every few milliseconds."""
    while not end.wait(0.002):
        with path.open("ab") as file:
            file.write(bytes(160))


def test_a_recording_that_is_still_written_waits_for_the_next_run(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    growing = write_wav(tmp_path / "in" / "a.wav", voices(30, RATE, 2), RATE)
    write_wav(tmp_path / "in" / "b.wav", voices(2, RATE, 2), RATE)
    end = Event()
    recorder = Thread(target=grow, args=(growing, end))
    recorder.start()
    try:
        done = score(tmp_path, *scripted(tmp_path), lang="zh")
    finally:
        end.set()
        recorder.join()
    assert done.returncode == 1
    first, second = cards(tmp_path)
    error = first["error"]
    assert isinstance(error, dict)
    assert error["code"] == "E_IO"
    assert "录音仍在写入" in error["message"]
    assert "请等录音结束后重新运行" in error["message"]
    assert second["status"] == "scored"
    done = score(tmp_path, *scripted(tmp_path))
    assert (done.returncode, [card["status"] for card in cards(tmp_path)]) == (0, ["scored", "scored"])


def test_a_recording_that_vanishes_is_a_failed_call_and_the_others_are_scored(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(CALLS):
        write_wav(tmp_path / "in" / f"{number:02}.wav", voices(20 + number / 100, RATE, 2), RATE)
    transcripts = tmp_path / "out" / "transcripts"
    with subprocess.Popen(
        command(tmp_path, *scripted(tmp_path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(tmp_path),
    ) as process:
        while process.poll() is None and not (transcripts.is_dir() and any(transcripts.iterdir())):
            pass
        (tmp_path / "in" / f"{CALLS - 1:02}.wav").unlink()
        process.communicate(timeout=120)
    assert process.returncode == 1
    *others, last = cards(tmp_path)
    assert {card["status"] for card in others} == {"scored"}
    error = last["error"]
    assert isinstance(error, dict)
    assert error["code"] == "E_IO"
    assert "does not exist or was moved; check the path and run again" in error["message"]
    assert whole_results(tmp_path)
