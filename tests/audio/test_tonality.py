"""What is steady and what is not, whatever the blocks that it comes in."""

import numpy as np
import pytest
import soxr

from samples.hold_music import hold_music
from samples.telephone import RATE
from speechqa.audio import SAMPLE_RATE, Samples
from speechqa.audio.tonality import HOP, STEP, Steadiness, Tonality

SECONDS = 8


def measured(sound: Samples, size: int = 10 * SAMPLE_RATE) -> tuple[Steadiness, ...]:
    line = Tonality()
    blocks = [sound[:, at : at + size] for at in range(0, sound.shape[1], size)]
    passed = list(line.heard(blocks))
    assert all(one is other for one, other in zip(passed, blocks, strict=True))
    return line.channels


def tone(hertz: float) -> Samples:
    times = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    return np.asarray(0.1 * np.sin(2 * np.pi * hertz * times), np.float32)[None]


def noise() -> Samples:
    drawn = np.random.default_rng(1).standard_normal((1, SECONDS * SAMPLE_RATE))
    return np.asarray(0.01 * drawn, np.float32)


def chords() -> Samples:
    return np.asarray(soxr.resample(hold_music(SECONDS, RATE), RATE, SAMPLE_RATE), np.float32)[None]


def sweep() -> Samples:
    """A harmonic sound that glides by an octave in 2 s, as voices do."""
    times = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    phase = 2 * np.pi * 120 * 2 / np.log(2) * 2 ** (times % 2 / 2)
    glide = sum(np.sin(number * phase) / number for number in range(1, 20))
    return np.asarray(0.05 * np.asarray(glide), np.float32)[None]


def test_music_stays_where_it_was_and_noise_and_gliding_sounds_do_not() -> None:
    likeness = [float(measured(sound)[0].likeness.mean()) for sound in (chords(), noise(), sweep())]
    assert likeness[0] > 0.5
    assert abs(likeness[1]) < 0.05
    assert likeness[2] < 0.2


def test_one_tone_alone_is_pure_and_two_are_and_music_is_not() -> None:
    ringing, keyed = measured(tone(450))[0], measured(tone(697) + tone(1209))[0]
    assert ringing.pure[1:].all()
    assert keyed.pure[1:].mean() > 0.9
    assert not measured(noise())[0].pure.any()
    assert measured(chords())[0].pure.mean() < 0.3


def test_levels_are_those_of_the_telephone_band() -> None:
    inside, below = measured(tone(1000))[0], measured(tone(50))[0]
    assert inside.levels == pytest.approx(-23.0, abs=0.2)
    assert below.levels.max() < -60


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_measures_do_not_depend_on_the_blocks(size: int) -> None:
    sound = np.concatenate([chords(), noise()])
    whole, parted = measured(sound), measured(sound, size * HOP + 77)
    for one, other in zip(whole, parted, strict=True):
        assert np.allclose(one.levels, other.levels)
        assert np.allclose(one.likeness, other.likeness, atol=1e-5)
        assert np.array_equal(one.pure, other.pure)
    assert len(whole[0].levels) == pytest.approx(SECONDS / STEP, abs=2)


def test_silence_and_nothing_are_neither_steady_nor_pure() -> None:
    silent = measured(np.zeros((1, SAMPLE_RATE), np.float32))[0]
    assert not silent.pure.any()
    assert np.abs(silent.likeness).max() < 1e-6
    assert (silent.levels < -115).all()
    assert measured(np.zeros((2, 100), np.float32))[1].levels.size == 0
    assert Tonality().channels == ()
