"""What else the recogniser may have heard in single passages of a recording."""

from pathlib import Path

import numpy as np
import pytest

from speechqa.audio import SAMPLE_RATE, AudioOptions, open_audio
from speechqa.engines import EngineOptions, Passage, load_engine
from speechqa.engines.otherwise import AFTER, BEFORE, MOST, alone
from speechqa.engines.readings import READINGS

CALL = Path(__file__).resolve().parents[2] / "samples" / "calls" / "insurance-elderly-01.wav"


def ramp(seconds: float) -> np.ndarray:
    """Two channels whose samples say where they are; the second is negative."""
    at = np.arange(round(seconds * SAMPLE_RATE), dtype=np.float32)
    return np.stack([at, -at])


@pytest.mark.parametrize("size", [1000, 16_000, 999_999])
def test_a_passage_is_the_same_however_the_audio_is_cut(size: int) -> None:
    sound = ramp(6.0)
    blocks = [sound[:, at : at + size] for at in range(0, sound.shape[1], size)]
    ((_, window),) = alone(blocks, [Passage(1, 2.0, 3.5)])
    first, last = round((2.0 - BEFORE) * SAMPLE_RATE), round((3.5 + AFTER) * SAMPLE_RATE)
    assert np.array_equal(window.pieces[0].samples, sound[1, first:last])


def test_what_lies_beyond_the_recording_is_silence() -> None:
    ((_, window),) = alone([ramp(1.0)], [Passage(0, 0.0, 1.0)])
    samples = window.pieces[0].samples
    assert not samples[: round(BEFORE * SAMPLE_RATE)].any()
    assert not samples[round((BEFORE + 1.0) * SAMPLE_RATE) :].any()
    assert samples.max() == SAMPLE_RATE - 1


def test_long_passages_and_too_many_are_left_out() -> None:
    long, short = Passage(0, 0.0, 29.0), Passage(0, 0.0, 20.0)
    assert [number for number, _ in alone([], [long, short])] == [1]
    assert len(list(alone([], [short] * 100))) == int(MOST / (20.0 + BEFORE + AFTER))


def test_hypotheses_are_told_passage_by_passage_the_same_each_time() -> None:
    engine = load_engine("whisper", EngineOptions(device="cpu"))
    passages = [Passage(0, 0.5, 7.0), Passage(0, 12.5, 20.0), Passage(0, 0.0, 60.0)]

    told: list[float] = []

    def hypotheses() -> list[tuple[str, ...]]:
        return engine.otherwise(open_audio(CALL, AudioOptions()).blocks(), passages, "zh", told.append)

    first = hypotheses()
    assert first == hypotheses()
    assert [len(texts) > 1 for texts in first] == [True, True, False]
    assert told == [20.0, 20.0]
    assert [len(texts) for texts in first] == [READINGS, READINGS, 0]
