"""Noise taken down, and only where it is loud."""

import numpy as np
import pytest

from speechqa.engines.noise import SPAN, less_noisy, quieter
from speechqa.engines.stretches import Stretch
from speechqa.engines.utterances import Utterance

RATE = 16_000
VOICED = (3 * RATE, 6 * RATE)  # samples of the speech in each channel of a line


def voice() -> np.ndarray:
    """Three seconds of a voice's harmonics that swell four times a second."""
    at = np.arange(3 * RATE) / RATE
    tones = sum(np.sin(2 * np.pi * 180 * order * at) / order for order in range(2, 16))
    return np.asarray(0.1 * tones * (0.2 + np.sin(4 * np.pi * at) ** 2))


def line(*noise: float) -> tuple[Stretch, list[Utterance]]:
    """Ten seconds with the voice in the middle, a channel for each level of noise; and where it is."""
    drawn = np.random.default_rng(1)
    samples = np.stack([drawn.normal(0, level, 10 * RATE) for level in noise])
    samples[:, slice(*VOICED)] += voice()
    sound = samples.astype(np.float32)
    found = [Utterance(channel, 103.0, sound[channel, slice(*VOICED)]) for channel in range(len(noise))]
    return Stretch(100.0, sound), found


def power(samples: np.ndarray) -> float:
    return float(np.mean(np.square(samples, dtype=np.float64)))


def test_only_the_noisy_channel_is_changed() -> None:
    stretch, found = line(0.003, 0.05)
    soft, loud = less_noisy(found, stretch)
    assert soft is found[0]
    assert (loud.channel, loud.start, loud.samples.shape) == (1, 103.0, found[1].samples.shape)
    assert not np.array_equal(loud.samples, found[1].samples)


def test_what_is_changed_is_nearer_to_the_voice() -> None:
    stretch, found = line(0.05)
    (cleaned,) = less_noisy(found, stretch)
    assert power(cleaned.samples - voice()) < 0.5 * power(found[0].samples - voice())


def test_a_line_without_pauses_or_with_silent_ones_stays_as_it_is() -> None:
    stretch, found = line(0.05)
    whole = [Utterance(0, 100.0, stretch.samples[0])]
    assert list(less_noisy(whole, stretch)) == whole
    stretch.samples[0, : VOICED[0]] = stretch.samples[0, VOICED[1] :] = 0
    assert list(less_noisy(found, stretch)) == found


@pytest.mark.parametrize("length", [1, SPAN - 1, SPAN, 12_345])
def test_nothing_is_lost_or_moved_where_no_noise_is(length: int) -> None:
    samples = np.random.default_rng(2).normal(0, 0.1, length).astype(np.float32)
    assert quieter(samples, np.zeros(SPAN // 2 + 1)) == pytest.approx(samples, rel=0.02)
