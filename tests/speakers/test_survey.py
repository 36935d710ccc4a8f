import numpy as np
import pytest

from speechqa.audio import Samples
from speechqa.call import Layout, NoteCode, Role
from speechqa.errors import AudioError, UsageError
from speechqa.speakers import Arrangement, Survey, arrange, speech_notes, survey

RNG = np.random.default_rng(7)
VOICE = RNG.normal(0, 0.1, 48_000).astype(np.float32)
OTHER = RNG.normal(0, 0.1, 48_000).astype(np.float32)
HISS = RNG.normal(0, 0.001, 48_000).astype(np.float32)


def surveyed(*channels: Samples) -> Survey:
    whole = np.stack(channels).astype(np.float32)
    return survey(whole[:, at : at + 16_000] for at in range(0, whole.shape[1], 16_000))


@pytest.mark.parametrize(
    "copy", [VOICE, 0.5 * VOICE, -VOICE, VOICE + HISS], ids=["same", "gain", "phase", "noise"]
)
def test_copies_of_a_channel_are_one_mono_call(copy: Samples) -> None:
    arrangement = arrange(surveyed(VOICE, copy))
    assert arrangement.layout is Layout.MONO
    assert [note.code for note in arrangement.notes] == [NoteCode.IDENTICAL_CHANNELS]


def test_two_voices_are_stereo() -> None:
    arrangement = arrange(surveyed(VOICE, OTHER))
    assert (arrangement.layout, arrangement.notes) == (Layout.STEREO, ())


def test_cross_talk_on_a_silent_side_is_not_a_copy() -> None:
    assert not surveyed(VOICE, 0.003 * VOICE).identical


def test_a_silent_side_is_named_and_stays_stereo() -> None:
    found = surveyed(VOICE, np.zeros(48_000, np.float32))
    assert found.silent == (1,)
    assert arrange(found).layout is Layout.STEREO


def test_levels_are_in_decibels_of_full_scale() -> None:
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(48_000) / 16_000)
    assert surveyed(tone.astype(np.float32)).levels[0] == pytest.approx(-9.03, abs=0.05)


def test_nothing_heard_is_no_channels() -> None:
    assert survey([]).channels == 0


def test_stereo_asked_of_one_channel_is_refused_with_advice() -> None:
    with pytest.raises(AudioError, match=r"expected 2 channels .* got 1; use --layout mono"):
        arrange(surveyed(VOICE), Layout.STEREO)


def test_an_agent_channel_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match="got 2"):
        arrange(surveyed(VOICE, OTHER), None, 2)


def test_an_engine_hears_one_channel_of_a_mono_call() -> None:
    blocks = [np.stack([VOICE, OTHER])]
    mixed = next(Arrangement(Layout.MONO).heard(blocks))
    assert mixed.shape == (1, 48_000)
    assert np.allclose(mixed[0], (VOICE + OTHER) / 2)


@pytest.mark.parametrize(
    ("speech", "codes"),
    [
        ((20.0, 20.0), []),
        ((20.0, 0.0), [NoteCode.SIDE_SILENT]),
        ((0.0, 0.0), [NoteCode.NO_SPEECH]),
        ((2.0, 1.0), [NoteCode.MOSTLY_NOT_SPEECH]),
    ],
)
def test_amount_of_speech_is_told(speech: tuple[float, float], codes: list[NoteCode]) -> None:
    notes = speech_notes(speech, 60.0, Arrangement(Layout.STEREO))
    assert [note.code for note in notes] == codes


def test_the_silent_side_is_called_by_its_role() -> None:
    notes = speech_notes((0.0, 9.0), 60.0, Arrangement(Layout.STEREO, agent_channel=1))
    assert notes[0].message.en.startswith(f"the {Role.CUSTOMER} side is silent")
