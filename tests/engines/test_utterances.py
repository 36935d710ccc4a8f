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


def keys() -> np.ndarray:
    """The twelve keys of a telephone, 0.1 s each."""
    pairs = [(low, high) for low in (697, 770, 852, 941) for high in (1209, 1336, 1477)]
    return np.concatenate(
        [
            (tone(low, 0.1) + tone(high, 0.1), np.zeros(RATE // 5))[part]
            for low, high in pairs
            for part in (0, 1)
        ]
    )


def hum(seconds: float) -> np.ndarray:
    sound = tone(50, seconds)
    for harmonic in range(2, 12):
        sound = sound + tone(50 * harmonic, seconds) / harmonic
    return sound


@pytest.mark.parametrize(
    "sound",
    [
        np.tile(np.concatenate([tone(450, 0.35), np.zeros(round(0.35 * RATE))]), 20),
        np.tile(np.concatenate([tone(1000, 0.2), np.zeros(2 * RATE)]), 8),
        keys(),
        hum(20),
        np.tile(np.concatenate([RNG.normal(0, 0.05, round(0.3 * RATE)), np.zeros(RATE)]), 15),
    ],
    ids=["engaged", "beeps", "keys", "hum", "bursts of noise"],
)
def test_short_sounds_that_stand_out_are_not_speech_for_that(sound: np.ndarray) -> None:
    assert speech_spans(sound.astype(np.float32)) == ()


def test_steady_noise_is_not_speech_however_long_it_lasts() -> None:
    noise = np.random.default_rng(7).normal(0, 3e-4, 300 * RATE)  # Silero alone hears a second of speech
    assert speech_spans(noise.astype(np.float32)) == ()


@needs_speech
@pytest.mark.parametrize("name", ["BAC009S0150W0122", "BAC009S0252W0344"])
def test_a_faint_syllable_is_found_after_a_louder_sentence(name: str) -> None:
    speech = soundfile.read(MANDARIN / f"{name}.wav", dtype="float32")[0]
    speech *= 0.5 / np.abs(speech).max()
    loudest = int(np.argmax(np.convolve(np.abs(speech), np.ones(3200), "valid")))
    call = RNG.normal(0, 0.0005, len(speech) + 8 * RATE).astype(np.float32)
    call[RATE : RATE + len(speech)] += speech
    at = len(speech) + 4 * RATE
    call[at : at + 3200] += 0.05 * speech[loudest : loudest + 3200]
    first, last = speech_spans(call)[-1]
    assert at - 0.25 * RATE < first < last < at + 0.6 * RATE


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
