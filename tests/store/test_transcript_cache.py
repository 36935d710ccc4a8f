from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Role, Transcript, Turn, Word
from speechqa.errors import OutputError
from speechqa.store import TranscriptCache, TranscriptKey

KEY = TranscriptKey("ab" * 32, "engine-1", "layout=auto")
TRANSCRIPT = Transcript(2.0, "zh", "engine-1", (Turn(Role.AGENT, 0, 1, "好", 0, (Word("好", 0, 1, 0.5),)),))


def entry(folder: Path) -> Path:
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    return path


def test_what_was_put_is_got(tmp_path: Path) -> None:
    TranscriptCache(tmp_path).put(KEY, TRANSCRIPT)
    assert TranscriptCache(tmp_path).get(KEY) == TRANSCRIPT


@pytest.mark.parametrize(
    "change", [{"audio": "cd" * 32}, {"engine": "engine-2"}, {"arrangement": "layout=mono"}]
)
def test_another_recording_engine_or_layout_is_another_entry(tmp_path: Path, change: dict[str, str]) -> None:
    cache = TranscriptCache(tmp_path)
    cache.put(KEY, TRANSCRIPT)
    assert cache.get(replace(KEY, **change)) is None


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[: len(data) // 2], lambda data: data.replace(b"0.5", b"0.6"), lambda _: b""],
)
def test_a_damaged_entry_is_absent_and_can_be_replaced(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    cache = TranscriptCache(tmp_path)
    cache.put(KEY, TRANSCRIPT)
    entry(tmp_path).write_bytes(damage(entry(tmp_path).read_bytes()))
    assert cache.get(KEY) is None
    cache.put(KEY, TRANSCRIPT)
    assert cache.get(KEY) == TRANSCRIPT


def test_a_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        TranscriptCache(tmp_path / "file").put(KEY, TRANSCRIPT)
