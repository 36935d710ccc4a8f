"""From a recording to its transcript: what is measured in the sound lies on the turns, from the cache too."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speechqa.call import Call, HoldKind, Layout, NoteCode, Role, Transcript
from speechqa.checklist import load
from speechqa.engines import EngineOptions, load_engine
from speechqa.inputs import Kind
from speechqa.matching import Judge
from speechqa.pipeline import Job, Origin, Parts, transcribed
from speechqa.store import TranscriptCache
from tests.speakers.spoken import SAMPLES, sides, words

RATE = 16_000
RULES = Path(__file__).parents[1] / "rules" / "outbound.yaml"
SCRIPT = [
    {"text": "您好", "start": 0.5, "end": 1.5, "channel": 0},
    {"text": "喂", "start": 2.5, "end": 3.5, "channel": 1},
]


def hum(pitch: float, level: float, start: float, end: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Four seconds with a voice of ten harmonics in them."""
    times = np.arange(4 * RATE) / RATE
    sound = np.asarray(sum(np.sin(2 * np.pi * pitch * number * times) for number in range(1, 11)))
    spoken = (start <= times) & (times < end)
    return np.where(spoken, sound * 10 ** (level / 20) / np.sqrt(5), 0.0)


def test_turns_carry_their_level_and_pitch_heard_or_cached(tmp_path: Path) -> None:
    recording, script = tmp_path / "a.wav", tmp_path / "script.json"
    sound = np.stack([hum(120, -30, 0.5, 1.5), hum(220, -20, 2.5, 3.5)], axis=1)
    soundfile.write(recording, sound, RATE)
    script.write_text(json.dumps(SCRIPT), "utf-8")
    parts = Parts(
        Judge(load(RULES)),
        TranscriptCache(tmp_path / "cache"),
        lambda: load_engine("scripted", EngineOptions(model=str(script))),
    )
    job = Job(Call("a", recording), recording, Kind.AUDIO, recording.stat().st_size)
    first, again = transcribed(job, parts), transcribed(job, parts)
    assert (first.origin, again.origin) == (Origin.RECOGNISED, Origin.CACHED)
    assert first.transcript == again.transcript
    agent, customer = first.transcript.turns
    assert agent.loudness == pytest.approx(-30, abs=0.5)
    assert customer.loudness == pytest.approx(-20, abs=0.5)
    assert agent.pitch == pytest.approx(120, rel=0.02)
    assert customer.pitch == pytest.approx(220, rel=0.02)


def recognised(tmp_path: Path, recording: Path, script: list[dict[str, object]]) -> Transcript:
    """The transcript of a recording in which those words are heard."""
    written = tmp_path / "script.json"
    written.write_text(json.dumps(script), "utf-8")
    parts = Parts(
        Judge(load(RULES)),
        TranscriptCache(tmp_path / "cache"),
        lambda: load_engine("scripted", EngineOptions(model=str(written))),
    )
    job = Job(Call("a", recording), recording, Kind.AUDIO, recording.stat().st_size)
    first, again = transcribed(job, parts), transcribed(job, parts)
    assert first.transcript == again.transcript
    return first.transcript


def scripted(call: str, one_channel: int | None = None) -> list[dict[str, object]]:
    """What is said in a sample call, all on one channel where that is asked for."""
    return [
        {
            "text": w.text,
            "start": w.start,
            "end": w.end,
            "channel": w.channel if one_channel is None else one_channel,
        }
        for w in words(call)
    ]


def test_the_hold_of_a_sample_call_is_in_its_transcript(tmp_path: Path) -> None:
    found = recognised(tmp_path, SAMPLES / "calls" / "broadband-good-01.wav", scripted("broadband-good-01"))
    (hold,) = found.holds
    assert hold.kind is HoldKind.MUSIC
    assert hold.start == pytest.approx(25.7, abs=0.5)
    assert hold.end == pytest.approx(60.5, abs=0.5)


def test_both_people_on_one_channel_beside_a_dead_one_are_told_apart(tmp_path: Path) -> None:
    call, recording = "ringtone-good-01", tmp_path / "a.wav"
    both, rate = soundfile.read(SAMPLES / "calls" / f"{call}.wav")
    hiss = np.random.default_rng(3).standard_normal(len(both)) * 10**-2.4
    soundfile.write(recording, np.stack([hiss, both], axis=1), rate)
    found = recognised(tmp_path, recording, scripted(call, one_channel=1))
    assert found.layout is Layout.MONO
    assert {turn.role for turn in found.turns} >= {Role.AGENT, Role.CUSTOMER}
    assert {turn.channel for turn in found.turns} == {1}
    assert [note.code for note in found.notes] == [NoteCode.ONE_CHANNEL, NoteCode.ROLES_BY_VOICE]
    roles = [turn.role for turn in found.turns for _ in turn.words]
    right = sum(role is side for role, side in zip(roles, sides(words(call)), strict=True))
    assert right > 0.95 * len(roles)


def test_one_person_beside_a_dead_channel_stays_where_the_channel_says(tmp_path: Path) -> None:
    call, recording = "data-good-01", tmp_path / "a.wav"
    both, rate = soundfile.read(SAMPLES / "calls" / f"{call}.wav")
    soundfile.write(recording, np.stack([both[:, 0], np.zeros(len(both))], axis=1), rate)
    found = recognised(tmp_path, recording, [word for word in scripted(call) if word["channel"] == 0])
    assert found.layout is Layout.STEREO
    assert {turn.role for turn in found.turns} == {Role.AGENT}
    assert [note.code for note in found.notes] == [NoteCode.SIDE_SILENT]
