"""A recognition model that is not there, half there or damaged: told with path and remedy, never fetched.

Row 34 of bad input (see test_bad_input).
"""

import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from speechqa.engines.embedded import SIZE
from tests.audio.makers import voices, write_wav
from tests.cli.command import Done, cards, left_behind, ran, score, scripted, write_call


def recording(folder: Path) -> Path:
    (folder / "in").mkdir(exist_ok=True)
    return write_wav(folder / "in" / "a.wav", voices(1, 8_000, 2), 8_000)


def refused(done: Done) -> str:
    """What a run without a model says; asserts that it ended as one."""
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


@pytest.mark.parametrize("name", ["large-v3", "somebody/whisper-zh", "no-such-model"])
def test_a_model_that_is_not_here_is_named_with_the_way_to_get_it(tmp_path: Path, name: str) -> None:
    recording(tmp_path)
    told = refused(score(tmp_path, "--model", name))
    assert f'the recognition model "{name}" is not on this machine' in told
    assert f"speechqa models fetch {name}" in told
    assert not (tmp_path / "out" / "scorecards.jsonl").exists()
    assert not left_behind(tmp_path)


def test_a_folder_without_a_whole_model_is_named_in_chinese_too(tmp_path: Path) -> None:
    recording(tmp_path)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{}")
    told = refused(score(tmp_path, "--model", str(tmp_path / "model"), lang="zh"))
    assert f"{tmp_path / 'model'}：模型不完整，缺少 model.bin, tokenizer.json" in told
    assert "还有 1 通没有评分" in told


def test_a_damaged_model_is_named_with_the_way_to_check_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy("samples/calls/creditcard-no-ask-01.wav", tmp_path / "in")  # speech, or nothing is loaded
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_text('{"a": "<|zh|>"}')
    told = refused(score(tmp_path, "--model", str(folder)))
    assert f"{folder}: cannot load the recognition model" in told
    assert f"speechqa models verify {folder}" in told


def test_verify_tells_the_expected_and_the_actual_hash(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "models" / "whisper-base"
    folder.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        (folder / name).write_text("{}")
    with (folder / "model.bin").open("wb") as file:
        file.truncate(SIZE)  # of the right size, and nothing but zeros
    done = ran(tmp_path, [sys.executable, "-m", "speechqa", "models", "verify", "base"])
    assert done.returncode == 2
    digest = sha256()
    for _ in range(SIZE // 1_000_000):
        digest.update(bytes(1_000_000))
    digest.update(bytes(SIZE % 1_000_000))
    assert f"{folder / 'model.bin'}" in done.stderr
    assert digest.hexdigest() in done.stderr
    assert "speechqa models fetch base" in done.stderr


def test_transcripts_are_scored_without_any_model(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    done = score(tmp_path, "--model", "no-such-model")
    assert done.returncode == 0, done.stderr
    assert [card["status"] for card in cards(tmp_path)] == ["scored"]


def test_a_model_that_went_missing_costs_no_call_that_was_transcribed(tmp_path: Path) -> None:
    recording(tmp_path)
    options = scripted(tmp_path)
    assert score(tmp_path, *options).returncode == 0
    before = (tmp_path / "out" / "scorecards.jsonl").read_bytes()
    (tmp_path / "script.json").unlink()
    refused(score(tmp_path, *options))
    assert (tmp_path / "out" / "scorecards.jsonl").read_bytes() == before
