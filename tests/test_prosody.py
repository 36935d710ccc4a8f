"""How loud and how high turns are: voices of known level and pitch, with and without a telephone line."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Role, Seconds, Turn, Word
from speechqa.prosody import Prosody

Samples = npt.NDArray[np.float32]


def voice(pitch: float, seconds: Seconds, level: float = -20.0, line: bool = True) -> Samples:
    """Harmonics under three formants; over a `line` those under 300 Hz and over 3400 Hz are gone."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    sound = np.zeros_like(times)
    for number in range(1, int(3400 / pitch) + 1):
        height = number * pitch
        if line and height < 300:
            continue
        formants = ((600, 200), (1200, 300), (2500, 400))
        loud = 0.02 + sum(np.exp(-(((height - middle) / width) ** 2)) for middle, width in formants)
        sound += loud * np.sin(2 * np.pi * height * times + number)
    return np.asarray(sound * 10 ** (level / 20) / np.sqrt(np.mean(sound**2)), np.float32)


def silence(seconds: Seconds) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def measured(turns: tuple[Turn, ...], *channels: Samples, block: int = 160_000) -> tuple[Turn, ...]:
    sound, prosody = np.stack(channels), Prosody()
    blocks = [sound[:, at : at + block] for at in range(0, sound.shape[1], block)]
    assert all(given is taken for given, taken in zip(blocks, prosody.heard(blocks), strict=True))
    return prosody.voiced(turns)


def turn(start: Seconds, end: Seconds, channel: int | None = 0, *words: tuple[Seconds, Seconds]) -> Turn:
    said = tuple(Word("好", *times, 0.9) for times in words)
    return Turn(Role.AGENT, start, end, "好", channel, said)


@pytest.mark.parametrize("line", [True, False], ids=["telephone", "wide"])
@pytest.mark.parametrize("pitch", [75, 90, 110, 150, 200, 260, 330, 390])
def test_the_pitch_of_a_voice_is_found_without_its_fundamental(pitch: int, line: bool) -> None:
    (found,) = measured((turn(0.2, 1.8),), voice(pitch, 2, line=line))
    assert found.pitch == pytest.approx(pitch, rel=0.02)


@pytest.mark.parametrize("level", [-35, -20, -10])
def test_the_level_is_that_of_the_words_and_not_of_the_silence_between(level: int) -> None:
    said = turn(0.0, 4.0, 0, (0.0, 1.0), (3.0, 4.0))
    sound = np.concatenate([voice(150, 1, level), silence(2), voice(150, 1, level)])
    (found,) = measured((said,), sound)
    assert found.loudness == pytest.approx(level, abs=0.5)


def test_each_turn_is_measured_where_it_is_spoken() -> None:
    sound = np.concatenate([voice(120, 1, -30), silence(1), voice(240, 1, -20)])
    low, high = measured((turn(0, 1), turn(2, 3)), sound)
    assert low.loudness == pytest.approx(-30, abs=0.5)
    assert high.loudness == pytest.approx(-20, abs=0.5)
    assert low.pitch == pytest.approx(120, rel=0.02)
    assert high.pitch == pytest.approx(240, rel=0.02)


def test_the_channels_are_measured_apart() -> None:
    agent, customer = measured((turn(0, 1), turn(0, 1, 1)), voice(110, 1, -20), voice(220, 1, -30))
    assert agent.pitch == pytest.approx(110, rel=0.02)
    assert customer.pitch == pytest.approx(220, rel=0.02)


def test_blocks_of_any_length_give_the_same() -> None:
    said = tuple(turn(start, start + 2) for start in range(0, 20, 2))
    sound = np.concatenate([voice(pitch, 2) for pitch in range(100, 200, 10)])
    whole = measured(said, sound, block=len(sound))
    assert measured(said, sound) == whole
    assert measured(said, sound, block=4_000) == whole
    assert all(one.pitch is not None and one.pitch < two.pitch for one, two in pairwise(whole) if two.pitch)


def test_what_has_no_voice_has_no_level_and_no_pitch() -> None:
    noise = np.random.default_rng(1).normal(0, 1e-4, 4 * SAMPLE_RATE).astype(np.float32)
    turns = (turn(0, 2), turn(2, 4), turn(0, 0.1), turn(5, 6), turn(0, 1, None), turn(0, 1, 7))
    for sound in (silence(4), noise):
        assert measured(turns, sound) == turns


def test_a_recording_without_samples_leaves_turns_as_they_are() -> None:
    turns = (turn(0, 1),)
    assert Prosody().voiced(turns) == turns
    assert measured(turns, silence(0.01)) == turns


def test_louder_in_the_same_noise_is_louder_by_as_much() -> None:
    noise = np.random.default_rng(2).normal(0, 0.01, 6 * SAMPLE_RATE).astype(np.float32)  # -40 dBFS
    usual, raised = measured(
        (turn(0, 3), turn(3, 6)), np.concatenate([voice(180, 3, -26), voice(200, 3, -16)]) + noise
    )
    assert usual.loudness is not None
    assert raised.loudness is not None
    assert raised.loudness - usual.loudness == pytest.approx(10, abs=0.5)
    assert raised.pitch == pytest.approx(200, rel=0.02)
