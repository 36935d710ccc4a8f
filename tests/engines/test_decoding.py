"""What bounds the work on a window, whatever is in it; with the real Whisper base."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samples.hold_music import hold_music
from speechqa.audio import open_audio
from speechqa.engines import EngineOptions
from speechqa.engines.decoding import MOST_TOKENS, Decoder, most_length
from speechqa.engines.loading import loaded
from speechqa.engines.weights import locate
from speechqa.engines.windows import Piece, Window

RATE = 16_000
CALL = Path(__file__).resolve().parents[2] / "samples" / "calls" / "creditcard-no-ask-01.wav"
PROMPT = 4  # tokens: in Chinese, what is said, without times


class Recorded:
    """The model, and how many tokens each of its passes over a batch has written at most."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.passes: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, *given: Any, **options: Any) -> Any:
        results = self._model.generate(*given, **options)
        self.passes.append(max(len(tokens) for one in results for tokens in one.sequences_ids))
        return results


@pytest.fixture(scope="module")
def model() -> Any:
    return loaded(locate("base"), EngineOptions(device="cpu"))


def window(sound: np.ndarray) -> Window:
    return Window((Piece(0.0, 0, 0.0, sound.astype(np.float32)),))


def syllable(seconds: float) -> np.ndarray:
    """A syllable of a call, over and over."""
    call = np.concatenate(list(open_audio(CALL).blocks()), axis=1)[0]
    loudest = int(np.argmax(np.abs(call)))
    one = call[max(0, loudest - RATE // 10) :][: RATE // 5]
    return np.resize(one, round(seconds * RATE))


def hum(seconds: float) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    return 0.2 * np.sin(2 * np.pi * 120 * at) * (1 + 0.5 * np.sin(2 * np.pi * 3 * at))


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(3).normal(0, 0.1, round(seconds * RATE))


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE))


def music(seconds: float) -> np.ndarray:
    return hold_music(seconds, RATE)


@pytest.mark.parametrize("made", [syllable, hum, noise, silence, music])
def test_a_window_of_anything_takes_two_passes_of_bounded_length(
    model: Any, made: Callable[[float], np.ndarray]
) -> None:
    whole, inner = window(made(20.0)), model.model
    model.model = recorded = Recorded(inner)
    try:
        decoder = Decoder(model, beam_size=3, prompt=None)
        decoder.decoded(decoder.encoded([whole]), "zh")
        decoder.hypotheses(decoder.encoded([whole]), "zh")
    finally:
        model.model = inner
    assert len(recorded.passes) in (2, 3)  # words once or twice, and hypotheses
    assert max(recorded.passes) <= most_length(PROMPT, [whole]) / 2


@pytest.mark.parametrize("prompt", [PROMPT, 200])
@pytest.mark.parametrize("seconds", [0.3, 3.0, 10.0, 20.0, 30.0])
def test_the_bound_grows_with_speech_and_never_beyond_what_the_decoder_can_hold(
    prompt: int, seconds: float
) -> None:
    most = most_length(prompt, [window(silence(seconds))])
    assert prompt + 6 * seconds < most <= MOST_TOKENS
    assert most <= most_length(prompt, [window(silence(seconds + 1))])
