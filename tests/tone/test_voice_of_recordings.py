"""From sound to strain: made voices over a made line, measured as a recording's are."""

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Layout, Role, Seconds, Transcript, Turn, Word
from speechqa.prosody import Prosody
from speechqa.tone.voice import RAISED, strain

TEXT = "您好我这边是客服中心"
LONG: Seconds = 2.0  # of a turn at its usual pace
EVERY: Seconds = 3.0


def voice(pitch: float, seconds: Seconds, level: float) -> npt.NDArray[np.float64]:
    """Harmonics of 300 to 3400 Hz, whose pitch falls by a semitone from the first to the last."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * np.cumsum(pitch * 2 ** ((0.5 - times / seconds) / 12)) / SAMPLE_RATE
    numbers = [number for number in range(1, int(3400 / pitch)) if number * pitch >= 300]
    sound: npt.NDArray[np.float64] = np.asarray(
        sum(np.sin(number * phase + number) / number for number in numbers)
    )
    return np.asarray(sound * 10 ** (level / 20) / np.sqrt(np.mean(sound**2)), np.float64)


def recording(manners: list[tuple[float, float, float]], usual: float, level: float) -> Transcript:
    """A call with a turn every three seconds, each so much (dB, semitones, times as fast) from the usual."""
    drawn = np.random.default_rng(7)
    sound = drawn.normal(0, 10 ** ((level - 25) / 20), round(EVERY * len(manners) * SAMPLE_RATE))
    turns = []
    for number, (louder, higher, tempo) in enumerate(manners):
        start, seconds = EVERY * number, LONG / tempo
        spoken = voice(usual * 2 ** (higher / 12), seconds, level + louder)
        at = round(start * SAMPLE_RATE)
        sound[at : at + len(spoken)] += spoken
        edges = np.linspace(start, start + seconds, len(TEXT) + 1).tolist()
        words = tuple(
            Word(text, one, two, 0.9) for text, one, two in zip(TEXT, edges, edges[1:], strict=False)
        )
        turns.append(Turn(Role.AGENT, start, start + seconds, TEXT, 0, words))
    prosody = Prosody()
    for _ in prosody.heard([sound[None].astype(np.float32)]):
        pass
    return Transcript(EVERY * len(manners), "zh", "t", prosody.voiced(turns), Layout.STEREO)


def values(transcript: Transcript) -> list[float]:
    return [one.value for one in strain(transcript) if one is not None]


def test_the_raised_turns_of_a_recording_are_found_and_no_others() -> None:
    manners = [(0.5 * (at % 3), 0.4 * (at % 2), 1.0) for at in range(12)]
    manners[5] = manners[9] = (7, 4, 1.15)
    for usual, level in ((110.0, -30.0), (220.0, -20.0)):
        found = values(recording(manners, usual, level))
        assert [at for at, value in enumerate(found) if value >= RAISED] == [5, 9]
        assert max(value for at, value in enumerate(found) if at not in (5, 9)) < 1


def test_a_calmer_turn_ranks_below_a_raised_one() -> None:
    found = values(recording([(0.3 * (at % 2), 0, 1) for at in range(10)] + [(-3, -1, 0.9)], 160, -25))
    assert found[-1] == min(found) < -0.5


def test_turns_have_the_range_of_their_pitch() -> None:
    flat, lively = recording([(0, 0, 1)], 150, -20), voice(150, 2, -20)
    (turn,) = flat.turns
    assert turn.pitch_range is not None
    assert 0.3 <= turn.pitch_range <= 1.0  # 60 % of a semitone
    high = voice(190, 2, -20)
    both = np.concatenate([lively, high]).astype(np.float32)
    prosody = Prosody()
    for _ in prosody.heard([both[None]]):
        pass
    (wide,) = prosody.voiced([Turn(Role.AGENT, 0, 4, TEXT, 0)])
    assert wide.pitch_range is not None
    assert 3.5 <= wide.pitch_range <= 5.0
