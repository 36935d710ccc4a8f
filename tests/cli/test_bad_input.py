"""Recordings that are none, half, strange or hostile, all in one folder beside good ones: one run, by the
real command, with a scripted engine. What they sound like is for test_bad_sound.

Where the rows of bad input (the house's list of faults) are tested through the command:
  1 2 3 4 5 6 7 8 9 10 13 15 16 18 19   here (10: only the limit; memory is a bench, tests/bench)
  11 12 14                              test_bad_sound, with the real recogniser
  17 26 27                              test_bad_names
  20 21                                 test_moving_files
  22 23 24                              test_bad_checklists
  28                                    test_full_disk
  30                                    test_interruption; with the recogniser at work: test_bad_sound
  31                                    test_two_runs
  34                                    test_bad_models
  calls.csv                             test_bad_tables
"""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.makers import Floats, damaged, encode, voices, wav_bytes, write_wav
from tests.cli.command import OTHER_CHECKLIST, Done, cards, score, scripted, whole_results

RATE = 8_000  # Hz
TOO_LONG = 4_000 * 3600 * 12 + 40_000  # bytes of mu-law at 4 kHz: 12 hours and ten seconds

FAILURES = {  # call: code, what the message says in Chinese, and in English
    "zero": ("E_EMPTY", "文件为空 (0 字节)，请重新", "empty (0 bytes); export it again"),
    "header": ("E_NO_AUDIO", "没有任何声音数据，请重新", "holds no sound; export it again"),
    "text": ("E_FORMAT", "内容实际是纯文本，请重新导出", "got plain text; export it again"),
    "page": ("E_FORMAT", "网页 (HTML)", "a web page (HTML)"),
    "playlist": ("E_FORMAT", "列出的文件不会被打开", "the files it lists are not opened"),
    "no-channels": ("E_FORMAT", "实际为 8000 Hz、0 声道", "got 8000 Hz and 0 channels"),
    "no-rate": ("E_FORMAT", "采样率应为 4000-192000 Hz", "expected 4000-192000 Hz"),
    "two-ghz": ("E_FORMAT", "实际为 2000000000 Hz", "got 2000000000 Hz"),
    "twelve": ("E_CHANNELS", "实际有 12 个，程序不会混音", "got 12, which are never mixed; say which two"),
    "bare": ("E_RAW_NEEDS_SETTINGS", "请从录音系统导出为 WAV", "export as WAV"),
    "closed": ("E_UNSUPPORTED", "另存为 WAV", "save it as WAV"),
    "too-long": ("E_TOO_LONG", "超过上限 12 小时，请切分", "longer than the limit of 12 h; split it"),
}
NOTES = {  # call: code of the note, what it says in Chinese, whether a listener is asked for
    "truncated": ("truncated", "录音可能不完整 (头部 6.0 s, 实际 3.0 s)", True),
    "no-size": ("header_repaired", "文件头没有写明数据长度", False),
    "pipe-size": ("header_repaired", "文件头没有写明数据长度", False),
    "really-mp3": ("misnamed", "内容实际是 mp3，已按内容解码", False),
    "not-numbers": ("bad_samples", "不是有效数值 (NaN/Inf)，已置为 0", True),
    "offset": ("dc_offset", "直流偏移", False),
    "clipped": ("clipped", "削波失真", False),
    "damaged": ("lost_packets", "无法解码，已按静音处理", True),
    "twin-1": ("same_audio", "twin-2.wav 的录音内容完全相同", False),
    "twin-2": ("same_audio", "twin-1.wav 的录音内容完全相同", False),
}
SKIPPED = {  # name: why, in Chinese and in English
    "fifo.wav": ("不是普通文件（FIFO）", "not a regular file (FIFO)"),
    "loop": ("已经读过的文件夹", "a folder read already (a symlink loop?)"),
    "self.wav": ("符号链接循环", "a loop of symbolic links"),
    "socket.wav": ("不是普通文件（socket）", "not a regular file (socket)"),
    "device.wav": ("不是普通文件（device）", "not a regular file (device)"),
}


@dataclass(frozen=True, slots=True)
class Runs:
    """The same folder scored twice: in Chinese, then in English with another checklist."""

    folder: Path
    chinese: Done
    chinese_cards: dict[str, dict[str, object]]
    english: Done
    english_cards: dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "in").mkdir()
    fill(folder / "in")
    chinese = score(folder, *scripted(folder), lang="zh")
    chinese_cards = by_call(folder)
    (folder / "other.yaml").write_text(OTHER_CHECKLIST, "utf-8")
    english = score(folder, *scripted(folder), checklist=folder / "other.yaml")
    return Runs(folder, chinese, chinese_cards, english, by_call(folder))


def by_call(folder: Path) -> dict[str, dict[str, object]]:
    return {str(card["call_id"]): card for card in cards(folder)}


def pcm(sound: Floats) -> bytes:
    return (sound.T * 32_767).astype("<i2").tobytes()


def fill(folder: Path) -> None:
    write_wav(folder / "good.wav", voices(6, RATE, 2), RATE)
    fill_with_headers_that_lie(folder)
    fill_with_what_is_no_recording(folder)
    fill_with_bad_sound(folder)
    fill_with_what_is_no_file(folder)


def fill_with_headers_that_lie(folder: Path) -> None:
    sound = pcm(voices(3, RATE, 2))
    for name, data in {
        "header": wav_bytes(b""),
        "truncated": wav_bytes(sound, channels=2, declared=2 * len(sound)),
        "no-size": wav_bytes(sound[: RATE * 4], channels=2, declared=0),
        "pipe-size": wav_bytes(sound[: RATE * 8], channels=2, declared=0xFFFFFFFF),
        "no-channels": wav_bytes(sound, channels=0),
        "no-rate": wav_bytes(sound, rate=0),
        "two-ghz": wav_bytes(sound, rate=2_000_000_000),
    }.items():
        (folder / f"{name}.wav").write_bytes(data)
    with (folder / "too-long.wav").open("wb") as file:  # a file of holes: it takes no room on the disk
        file.write(wav_bytes(b"", tag=7, rate=4_000, bits=8, declared=TOO_LONG))
        file.truncate(file.tell() + TOO_LONG)


def fill_with_what_is_no_recording(folder: Path) -> None:
    (folder / "zero.wav").touch()
    (folder / "text.wav").write_text("call 0417, agent 8, all fine\n" * 5)
    (folder / "page.wav").write_text("<!DOCTYPE html><html><body>login</body></html>")
    (folder / "playlist.wav").write_text(f"#EXTM3U\n#EXTINF:10,\n{folder / 'good.wav'}\n#EXT-X-ENDLIST\n")
    (folder / "bare.ul").write_bytes(bytes(range(128, 256)) * 100)
    (folder / "closed.nmf").write_bytes(bytes(range(256)) * 20)


def fill_with_bad_sound(folder: Path) -> None:
    sound = voices(4, RATE, 2)
    encode(folder / "really-mp3.wav", voices(5, RATE, 2), RATE, "libmp3lame", "mp3")
    encode(folder / "whole.mp3", voices(20, RATE, 2), RATE, "libmp3lame", "mp3")
    damaged(folder / "whole.mp3", folder / "damaged.mp3", 0.4, 0.2)
    write_wav(folder / "twelve.wav", voices(1, RATE, 12), RATE)
    broken = sound.copy()
    broken[:, ::10], broken[:, 1::77] = np.nan, np.inf
    write_wav(folder / "not-numbers.wav", broken, RATE, "FLOAT")
    write_wav(folder / "offset.wav", 0.5 * sound + np.float32(0.2), RATE)
    write_wav(folder / "clipped.wav", np.clip(6 * sound, -1, 1), RATE)
    for name in ("twin-1.wav", "twin-2.wav"):
        write_wav(folder / name, voices(2, RATE, 2), RATE)


def fill_with_what_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "fifo.wav")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.wav").symlink_to("self.wav")
    (folder / "device.wav").symlink_to("/dev/zero")
    here = Path.cwd()
    os.chdir(folder)  # a socket's path has room for 100 characters
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.wav")
    finally:
        os.chdir(here)


@pytest.mark.parametrize("call", FAILURES)
def test_what_cannot_be_heard_is_a_row_with_its_code_and_the_next_step(runs: Runs, call: str) -> None:
    code, zh, en = FAILURES[call]
    for card, text in ((runs.chinese_cards[call], zh), (runs.english_cards[call], en)):
        error = card["error"]
        assert isinstance(error, dict)
        assert (card["status"], error["code"]) == ("failed", code)
        assert text in error["message"]


def test_failures_are_told_on_the_terminal_in_the_language_asked_for(runs: Runs) -> None:
    rows = {line.split("\t")[0]: line for line in runs.chinese.stdout.splitlines()}
    assert "失败\t\tE_EMPTY" in rows["zero"]
    assert "下一步：按失败原因处理后重新运行" in runs.chinese.stderr
    rows = {line.split("\t")[0]: line for line in runs.english.stdout.splitlines()}
    assert "failed\t\tE_EMPTY" in rows["zero"]
    assert "next: see to the reasons of the failed calls and run again" in runs.english.stderr


@pytest.mark.parametrize("call", NOTES)
def test_what_can_be_heard_in_part_is_scored_with_a_note(runs: Runs, call: str) -> None:
    code, zh, review = NOTES[call]
    card = runs.chinese_cards[call]
    notes, flags = card["notes"], card["flags"]
    assert isinstance(notes, list)
    assert isinstance(flags, list)
    (note,) = [note for note in notes if note["code"] == code]
    assert card["status"] == "scored"
    assert (zh in note["message"], note["review"]) == (True, review)
    assert ("audio" in flags) >= review


def test_all_other_calls_are_scored_and_no_call_is_missing(runs: Runs) -> None:
    scored = {call for call, card in runs.chinese_cards.items() if card["status"] == "scored"}
    assert scored == {"good", "whole", *NOTES}
    assert runs.chinese_cards.keys() == {*scored, *FAILURES}
    assert (runs.chinese.returncode, runs.english.returncode) == (1, 1)


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_no_file_is_skipped_with_its_reason_and_never_opened(runs: Runs, name: str) -> None:
    zh, en = SKIPPED[name]
    for done, reason in ((runs.chinese, zh), (runs.english, en)):
        (line,) = [line for line in done.stderr.splitlines() if f"/{name}" in line]
        assert reason in line


def test_the_files_are_whole_and_nothing_else_is_left(runs: Runs) -> None:
    assert whole_results(runs.folder)


def test_another_checklist_makes_nobody_listen_again(runs: Runs) -> None:
    assert "新转写 11 通" in runs.chinese.stderr  # 12 recordings, two of them the same
    assert "0 newly transcribed" in runs.english.stderr


def test_two_tracks_of_twelve_can_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    soundfile.write(tmp_path / "in" / "twelve.wav", voices(2, RATE, 12).T, RATE)
    done = score(tmp_path, *scripted(tmp_path), "--channels", "3,7")
    assert done.returncode == 0, done.stderr
