from pathlib import Path

import numpy as np
import pytest
import soundfile

from speechqa.engines.stretches import Stretch
from speechqa.engines.utterances import speech_spans, utterances

RATE = 16_000
RNG = np.random.default_rng(3)
MANDARIN = Path(__file__).resolve().parents[3] / "shared" / "data" / "mandarin"
needs_speech = pytest.mark.skipif(not MANDARIN.is_dir(), reason="../shared/data/mandarin is not here")


def tone(hertz: float, seconds: float) -> np.ndarray:
    return 0.2 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


def chords(seconds: float) -> np.ndarray:
    beat = round(0.5 * RATE)
    return np.concatenate(
        [sum(tone(root * ratio, 0.5) / 3 for ratio in (1, 1.25, 1.5)) for root in (220, 262, 196, 247)]
        * round(seconds * RATE / beat / 4)
    )


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(20 * RATE),
        RNG.normal(0, 0.1, 20 * RATE),
        RNG.normal(0, 0.001, 20 * RATE),
        tone(450, 20),
        np.tile(np.concatenate([tone(450, 1), np.zeros(4 * RATE)]), 4),
        chords(20),
    ],
    ids=["silence", "noise", "faint noise", "tone", "ringing", "chords"],
)
def test_what_is_not_speech_is_not_heard_as_speech(sound: np.ndarray) -> None:
    assert speech_spans(sound.astype(np.float32)) == ()


@needs_speech
@pytest.mark.parametrize("gain", [1.0, 0.02])
def test_a_syllable_alone_is_found_where_it_is(gain: float) -> None:
    speech = soundfile.read(MANDARIN / "BAC009S0150W0122.wav", dtype="float32")[0]
    loudest = int(np.argmax(np.convolve(np.abs(speech), np.ones(4800), "valid")))
    call = RNG.normal(0, 0.0002, 10 * RATE).astype(np.float32)
    call[4 * RATE : 4 * RATE + 4800] += gain * speech[loudest : loudest + 4800] / np.abs(speech).max() / 2
    ((first, last),) = speech_spans(call)
    assert 3.6 * RATE < first <= 4.05 * RATE
    assert 4.2 * RATE <= last < 4.9 * RATE


@needs_speech
def test_cross_talk_is_not_a_second_voice() -> None:
    speech = soundfile.read(MANDARIN / "BAC009S0150W0122.wav", dtype="float32")[0]
    speech = 0.5 * speech / np.abs(speech).max()
    leaked = 0.02 * np.roll(speech, 40) + RNG.normal(0, 0.0005, len(speech)).astype(np.float32)
    found = utterances(Stretch(0.0, np.stack([speech, leaked.astype(np.float32)])))
    assert {utterance.channel for utterance in found} == {0}
