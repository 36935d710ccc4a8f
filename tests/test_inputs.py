import json
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.errors import UsageError
from speechqa.inputs import Kind, Source, call_ids, gather
from speechqa.names import is_safe_id

TRANSCRIPT = json.dumps({"call_id": "c1", "recording": "x.wav", "turns": []})


def names(*inputs: Path, out: Path | None = None) -> list[str]:
    return [source.name for source in gather(inputs, out).sources]


def reasons(*inputs: Path, out: Path | None = None) -> dict[str, str]:
    return {skipped.path.name: skipped.reason.en for skipped in gather(inputs, out).skipped}


def source(name: str, call_id: str | None = None) -> Source:
    return Source(Path("/in") / name, Kind.AUDIO, name, 1, call_id)


def test_folders_are_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b.wav", "a/2.mp3", "a/1.WAV", "c.amr", "a.b/x.opus"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == ["a/1.WAV", "a/2.mp3", "a.b/x.opus", "b.wav", "c.amr"]


def test_recordings_are_known_by_name_or_content_and_transcripts_by_content(tmp_path: Path) -> None:
    (tmp_path / "not-audio.wav").write_text("text")
    (tmp_path / "no-suffix").write_bytes(b"RIFF0000WAVE")
    (tmp_path / "call.json").write_text(TRANSCRIPT)
    (tmp_path / "other.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("hello")
    found = gather([tmp_path])
    assert {one.name: one.kind for one in found.sources} == {
        "not-audio.wav": Kind.AUDIO,
        "no-suffix": Kind.AUDIO,
        "call.json": Kind.TRANSCRIPT,
    }
    assert {one.path.name for one in found.skipped} == {"other.json", "notes.txt"}


def test_a_file_that_was_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "x.json").write_text("{}")
    found = gather([tmp_path / "notes.txt", tmp_path / "x.json"]).sources
    assert [one.kind for one in found] == [Kind.AUDIO, Kind.TRANSCRIPT]


def test_what_a_transcript_says_of_its_call_is_kept(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(TRANSCRIPT)
    (found,) = gather([tmp_path]).sources
    assert (found.call_id, found.recording) == ("c1", "x.wav")


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    assert names(tmp_path / "a.wav", tmp_path, tmp_path) == ["a.wav"]


def test_a_loop_of_symbolic_links_ends(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.wav").touch()
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in" / "self.wav").symlink_to("self.wav")
    assert names(tmp_path / "in") == ["a.wav"]
    assert "symlink loop" in reasons(tmp_path / "in")["again"]
    assert "cannot be read" in reasons(tmp_path / "in")["self.wav"]


def test_what_is_no_regular_file_is_skipped_without_opening_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "zero.wav").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.wav"))
        assert reasons(tmp_path) == {
            "pipe.wav": "not a regular file (FIFO)",
            "zero.wav": "not a regular file (device)",
            "s.wav": "not a regular file (socket)",
        }
    assert reasons(tmp_path / "pipe.wav") == {"pipe.wav": "not a regular file (FIFO)"}


def test_hidden_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "._a.wav").touch()
    assert reasons(tmp_path) == {"._a.wav": "hidden"}


def test_results_inside_the_inputs_are_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    for folder in (tmp_path / "old", tmp_path):
        (folder / "transcripts").mkdir(parents=True)
        (folder / "transcripts" / "a.json").write_text(TRANSCRIPT)
    (tmp_path / "old" / "scorecards.jsonl").touch()
    assert names(tmp_path, out=tmp_path) == ["a.wav"]


def test_transcripts_of_an_earlier_run_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "a.json").write_text(TRANSCRIPT)
    assert names(tmp_path / "transcripts", out=tmp_path) == ["a.json"]


def test_an_input_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such input: .*gone\\nx"):
        gather([tmp_path / "gone\nx"])


@pytest.mark.parametrize("name", [b"a\nb.wav", "笑😀.wav".encode(), b"\xff\xfe.wav", b"-rf.wav"])
def test_strange_names_are_read_and_get_safe_ids(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / "in" / os.fsdecode(name)
    path.parent.mkdir()
    path.touch()
    sources = gather([path]).sources
    assert [one.path for one in sources] == [path]
    assert is_safe_id(call_ids(sources)[0])


def test_the_id_is_the_stem_when_it_is_safe_and_unique() -> None:
    assert call_ids([source("a/0417.wav"), source("通话一.wav"), source("x.wav", "c1")]) == (
        "0417",
        "通话一",
        "c1",
    )


def test_equal_stems_get_ids_that_do_not_depend_on_the_order() -> None:
    sources = [source("a/0417.wav"), source("b/0417.wav")]
    first, second = call_ids(sources)
    assert first != second
    assert first.startswith("0417-")
    assert call_ids(sources[::-1]) == (second, first)


def test_an_id_that_somebody_else_has_is_not_given_again() -> None:
    assert call_ids([source("0417.wav")], {"0417"})[0].startswith("0417-")


FILE_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1)


@given(st.lists(st.tuples(FILE_NAMES, st.none() | st.text()), unique_by=lambda pair: pair[0], max_size=6))
def test_ids_are_always_safe_and_never_shared(files: list[tuple[str, str | None]]) -> None:
    ids = call_ids([source(f"{name}x", call_id) for name, call_id in files])
    assert all(map(is_safe_id, ids))
    assert len(set(ids)) == len(files)
