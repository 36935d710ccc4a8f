"""Batches over real audio files: what becomes of good, bad and broken ones."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from speechqa.assessment import Assessment
from speechqa.audio import SAMPLE_RATE, Samples
from speechqa.batch import Interrupted, Progress, Watch, plan, run
from speechqa.call import Layout, NoteCode, Role
from speechqa.engines import Engine, EngineOptions, Heard, load_engine
from speechqa.errors import ModelError, OutputError
from speechqa.inputs import gather
from speechqa.pipeline import Listening
from tests.batch.recordings import WORDS, HearsOnce, engine, parts, ran, record


def notes(assessment: Assessment) -> set[NoteCode]:
    return {note.code for note in assessment.transcript.notes} if assessment.transcript else set()


def test_a_recording_becomes_a_transcript_with_roles_and_a_scorecard(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    (assessment,) = ran(tmp_path).assessments
    assert assessment.scorecard is not None
    assert assessment.transcript is not None
    assert [turn.role for turn in assessment.transcript.turns] == [Role.AGENT, Role.CUSTOMER]
    written = json.loads((tmp_path / "out" / "transcripts" / "a.json").read_text("utf-8"))
    assert [turn["text"] for turn in written["turns"]] == [word["text"] for word in WORDS]
    assert written["turns"][0]["words"][0]["end"] == 1.4


def test_roles_of_a_mono_recording_are_unknown_and_told(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav", channels=1)
    (assessment,) = ran(tmp_path).assessments
    assert assessment.transcript is not None
    assert {turn.role for turn in assessment.transcript.turns} == {Role.UNKNOWN}
    assert NoteCode.ROLES_UNKNOWN in notes(assessment)


def test_a_second_run_recognises_nothing_and_scores_the_same(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    first, second = ran(tmp_path), ran(tmp_path)
    assert (first.recognised, second.recognised) == (1, 0)
    assert first.assessments == second.assessments


@pytest.mark.parametrize("layouts", [(None, Layout.STEREO), (Layout.STEREO, None)])
def test_the_layout_that_was_found_out_is_the_same_as_the_one_given(
    tmp_path: Path, layouts: tuple[Layout | None, Layout | None]
) -> None:
    record(tmp_path / "in" / "a.wav")
    given = [replace(parts(tmp_path), listening=Listening(layout)) for layout in layouts]
    assert [ran(tmp_path, given=one).recognised for one in given] == [1, 0]


def test_another_layout_is_heard_anew(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    ran(tmp_path)
    assert ran(tmp_path, given=replace(parts(tmp_path), listening=Listening(Layout.MONO))).recognised == 1


def test_the_same_audio_under_two_names_is_transcribed_once_and_told(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    record(tmp_path / "in" / "b.wav")
    record(tmp_path / "in" / "c.wav", seed=1)
    batch = ran(tmp_path)
    assert batch.recognised == 2
    assert [NoteCode.SAME_AUDIO in notes(one) for one in batch.assessments] == [True, True, False]


def test_one_bad_recording_is_a_failure_and_the_others_are_scored(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    (tmp_path / "in" / "b.wav").touch()
    (tmp_path / "in" / "c.wav").write_text("<html>not found</html>")
    record(tmp_path / "in" / "d.wav", seed=2)
    codes = [one.failure.code if one.failure else None for one in ran(tmp_path).assessments]
    assert codes == [None, "E_EMPTY", "E_FORMAT", None]


def test_a_recording_that_vanishes_is_a_failure(tmp_path: Path) -> None:
    gone = record(tmp_path / "in" / "a.wav")
    made = plan(gather([tmp_path / "in"]), None)
    gone.unlink()
    (assessment,) = run(made, parts(tmp_path), tmp_path / "out").assessments
    assert assessment.failure is not None
    assert assessment.failure.code == "E_IO"


class Writer(HearsOnce):
    """A recorder that goes on writing while the engine listens."""

    fingerprint = "writer"

    def __init__(self, inner: Engine, path: Path) -> None:
        self._inner, self._path = inner, path

    def words(self, blocks: Iterable[Samples], on_progress: Callable[[float], None]) -> Heard:
        heard = self._inner.words(blocks, on_progress)
        with self._path.open("ab") as file:
            file.write(bytes(160))
        return heard


def test_a_recording_that_grows_while_it_is_read_is_not_kept(tmp_path: Path) -> None:
    path = record(tmp_path / "in" / "a.wav")
    writer = Writer(engine(tmp_path), path)
    (assessment,) = ran(tmp_path, given=parts(tmp_path, lambda: writer)).assessments
    assert assessment.failure is not None
    assert (assessment.failure.code, "仍在写入" in assessment.failure.message.zh) == ("E_IO", True)
    assert not list((tmp_path / "out" / "transcripts").iterdir())
    assert not list((tmp_path / "cache").rglob("*.json"))


class Broken(HearsOnce):
    fingerprint = "broken"

    def words(self, _blocks: Iterable[Samples], _on_progress: Callable[[float], None]) -> Heard:
        raise ZeroDivisionError


def test_a_fault_of_ours_fails_the_call_with_its_kind_and_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    record(tmp_path / "in" / "a.wav")
    with caplog.at_level(logging.ERROR):
        (assessment,) = ran(tmp_path, given=parts(tmp_path, Broken)).assessments
    assert assessment.failure is not None
    assert assessment.failure.code == "E_INTERNAL"
    assert "ZeroDivisionError" in assessment.failure.message.en
    assert caplog.records[0].exc_info is not None


def test_the_engine_is_not_made_when_only_transcripts_are_scored(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    ran(tmp_path)
    made = plan(gather([tmp_path / "out" / "transcripts"]), None)

    def never() -> Engine:
        raise AssertionError("the engine was asked for")

    (assessment,) = run(made, parts(tmp_path, never), tmp_path / "out").assessments
    assert assessment.scorecard is not None


def test_a_missing_model_ends_the_run(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    missing = EngineOptions(model=str(tmp_path / "gone.json"))
    batch = ran(tmp_path, given=parts(tmp_path, lambda: load_engine("scripted", missing)))
    assert isinstance(batch.stopped_by, ModelError)
    assert (batch.assessments, batch.left) == ((), 1)


def test_a_cache_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    (tmp_path / "cache").write_text("a file")
    assert isinstance(ran(tmp_path).stopped_by, OutputError)


def test_an_interrupt_rolls_the_call_back_and_keeps_those_before(tmp_path: Path) -> None:
    """The long call is at work until somebody ends it."""

    class Endless(HearsOnce):
        fingerprint = "endless"

        def words(self, blocks: Iterable[Samples], on_progress: Callable[[float], None]) -> Heard:
            held = list(blocks)
            if sum(block.shape[1] for block in held) < 10 * SAMPLE_RATE:
                return engine(tmp_path).words(held, on_progress)
            for _ in range(2_000):
                on_progress(1.0)
                sleep(0.01)
            raise AssertionError("nobody ended the call")

    record(tmp_path / "in" / "a.wav")
    record(tmp_path / "in" / "b.wav", seconds=25, seed=1)
    seen: list[Progress] = []

    def check() -> None:
        if seen and seen[-1].done == 1:
            raise Interrupted(2)

    batch = ran(tmp_path, Watch(seen.append, check), parts(tmp_path, Endless))
    assert [one.call.call_id for one in batch.assessments] == ["a"]
    assert (batch.left, isinstance(batch.stopped_by, Interrupted)) == (1, True)
    assert [path.name for path in (tmp_path / "out" / "transcripts").iterdir()] == ["a.json"]


def test_those_who_watch_hear_of_every_call(tmp_path: Path) -> None:
    record(tmp_path / "in" / "a.wav")
    (tmp_path / "in" / "b.wav").touch()
    seen: list[Progress] = []
    ran(tmp_path, Watch(seen.append))
    assert {one.finished.call.call_id for one in seen if one.finished} == {"a", "b"}
    assert (seen[-1].done, seen[-1].failed, seen[-1].left) == (2, 1, 0)
    assert max(one.within for one in seen) == 1
