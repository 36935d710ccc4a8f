"""From a recording to its transcript: what is measured in the sound lies on the turns, from the cache too."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speechqa.call import Call
from speechqa.checklist import load
from speechqa.engines import EngineOptions, load_engine
from speechqa.inputs import Kind
from speechqa.matching import Judge
from speechqa.pipeline import Job, Origin, Parts, transcribed
from speechqa.store import TranscriptCache

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
