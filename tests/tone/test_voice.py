"""How raised turns are against their speaker's usual voice, with made turns."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Layout, Role, Transcript, Turn, Word
from speechqa.tone.voice import HOSTILE, MOST, RAISED, Probabilities, Strain, strain, voice_cues, with_voice
from speechqa.tone.voice_measures import Measure
from speechqa.tone.voice_usual import FEWEST

TEXT = "好的我这边帮您查一下稍等"
WOBBLE = (
    0.3,
    -0.8,
    1.1,
    -0.2,
    0.6,
    -1.2,
    0.0,
    0.9,
    -0.5,
    -0.1,
)  # dB, and tenths of semitones, of neutral turns


def said(
    at: int, level: float = 0.0, height: float = 0.0, tempo: float = 1.0, role: Role = Role.AGENT
) -> Turn:
    """The turn in the tenth second `at`: so much louder, higher and faster than 180 Hz at -25 dBFS."""
    start, long = 10.0 * at, 0.25 / tempo
    words = tuple(
        Word(text, start + long * place, start + long * (place + 1), 0.9) for place, text in enumerate(TEXT)
    )
    wobble = WOBBLE[at % len(WOBBLE)]
    pitch = 180 * 2 ** ((height + wobble / 10) / 12)
    channel = 0 if role is Role.AGENT else 1
    turn = Turn(role, start, words[-1].end, TEXT, channel, words, -25 + level + wobble, pitch)
    return replace(turn, pitch_range=6.0 + wobble)


def call(*turns: Turn, layout: Layout | None = Layout.STEREO) -> Transcript:
    return Transcript(1000.0, "zh", "t", turns, layout)


def neutral(count: int = 10) -> tuple[Turn, ...]:
    return tuple(said(at) for at in range(count))


def values(transcript: Transcript) -> list[float]:
    found = strain(transcript)
    assert all(one is not None for one in found)
    return [one.value for one in found if one is not None]


def among(turn: Turn) -> Strain:
    """The strain of a turn said after ten neutral ones."""
    found = strain(call(*neutral(), turn))[-1]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("level", "height", "tempo", "least", "most"),
    [
        pytest.param(0, 0, 1.0, -0.5, 0.5, id="as usual"),
        pytest.param(8, 5, 1.2, RAISED, 5.0, id="hot anger"),
        pytest.param(6, 4, 1.1, RAISED, 5.0, id="hot anger, less of it"),
        pytest.param(2, 1, 1.1, 0.5, RAISED, id="cold anger stays under the bar"),
        pytest.param(20, 0, 1.0, 0.5, RAISED, id="loud alone: closer to the microphone"),
        pytest.param(0, 12, 1.0, 0.5, RAISED, id="high alone: an octave taken wrongly"),
        pytest.param(0, 0, 2.0, 0.3, RAISED, id="fast alone: a formula reeled off"),
        pytest.param(-6, -3, 0.8, -5.0, -1.0, id="plainly calm"),
    ],
)
def test_louder_higher_and_faster_together_is_a_raised_voice(
    level: float, height: float, tempo: float, least: float, most: float
) -> None:
    assert least <= among(said(10, level, height, tempo)).value <= most


@pytest.mark.parametrize(("level", "height"), [(1.0, 0.0), (0.0, 1.0)])
def test_the_more_it_is_raised_the_greater_the_strain(level: float, height: float) -> None:
    steps = [among(said(10, by * level, by * height)).value for by in (-2, 0, 2, 4)]
    assert all(one < two for one, two in pairwise(steps))


def test_what_raised_it_is_told_in_both_languages_the_most_telling_first() -> None:
    cues = among(said(10, level=9, height=4, tempo=1.3)).cues
    assert [cue.zh for cue in cues] == ["比平时响 9 分贝", "比平时高 4.0 个半音", "比平时快 30%"]
    assert [cue.en for cue in cues] == [
        "9 dB louder than usual",
        "4.0 semitones higher than usual",
        "30 % faster than usual",
    ]
    assert among(said(10)).cues == ()


def test_the_parts_add_up_to_the_strain() -> None:
    found = among(said(10, level=9, height=4, tempo=1.3))
    assert sum(part.weight for part in found.parts) == pytest.approx(found.value, abs=0.001)
    assert all(abs(part.units) <= MOST for part in found.parts)


def test_who_cuts_in_is_a_little_more_raised() -> None:
    turns = [said(at, role=Role.CUSTOMER if at % 2 else Role.AGENT) for at in range(20)]
    turns[9] = replace(turns[9], start=turns[8].end + 1, end=turns[9].end)
    waits = strain(call(*turns))[10]
    turns[9] = replace(turns[9], end=turns[10].start + 0.8)
    cut_in = strain(call(*turns))[10]
    assert waits is not None
    assert cut_in is not None
    assert waits.value < cut_in.value < waits.value + 1
    assert "早开口" in cut_in.cues[0].zh


@pytest.mark.parametrize("louder", [-15.0, 10.0])
@pytest.mark.parametrize("higher", [-6.0, 5.0])
def test_a_naturally_loud_or_high_speaker_is_not_raised(louder: float, higher: float) -> None:
    turns = (*neutral(), said(10, level=5, height=3))
    moved = [
        replace(turn, loudness=(turn.loudness or 0) + louder, pitch=(turn.pitch or 0) * 2 ** (higher / 12))
        for turn in turns
    ]
    assert values(call(*moved)) == pytest.approx(values(call(*turns)), abs=0.002)


def test_when_in_the_call_turns_are_does_not_matter() -> None:
    turns = (*neutral(), said(10, level=5, height=3))
    backwards = [
        replace(turn, start=1000 - turn.end, end=1000 - turn.start, words=turn.words) for turn in turns
    ][::-1]
    assert values(call(*backwards))[::-1] == pytest.approx(values(call(*turns)), abs=0.002)


def test_speakers_are_compared_with_themselves() -> None:
    shouting = [said(at, level=12, height=7, role=Role.CUSTOMER) for at in range(10, 20)]
    assert max(values(call(*neutral(), *shouting))) < 1


def test_who_shouts_half_of_the_call_is_still_raised_and_their_calm_half_is_not() -> None:
    turns = [said(at, level=9 * (at % 2), height=5 * (at % 2)) for at in range(16)]
    found = values(call(*turns))
    assert max(found[::2]) < 1
    assert min(found[1::2]) >= RAISED


@pytest.mark.parametrize("count", range(FEWEST))
def test_too_few_turns_of_a_speaker_say_nothing(count: int) -> None:
    others = [said(at, role=Role.CUSTOMER) for at in range(10, 20)]
    found = strain(call(*neutral(count), *others))
    assert set(found[:count]) <= {None}
    assert None not in found[count:]


def test_with_few_turns_the_same_voice_is_less_of_a_strain() -> None:
    def raised(before: int) -> float:
        return values(call(*neutral(before), said(20, level=6, height=3)))[-1]

    assert raised(3) < raised(8) < raised(20)


def test_a_turn_without_level_and_pitch_has_no_strain() -> None:
    silent = replace(said(10), loudness=None, pitch=None, pitch_range=None)
    found = strain(call(*neutral(), silent))
    assert found[-1] is None
    assert None not in found[:-1]
    assert strain(call(*[Turn(Role.AGENT, at, at + 1, "您好") for at in range(9)])) == (None,) * 9
    assert strain(call()) == ()


LOUD = said(10, level=8, height=5, tempo=1.3)


@pytest.mark.parametrize(
    "without",
    [
        pytest.param(replace(LOUD, loudness=None), id="level"),
        pytest.param(replace(LOUD, pitch=None), id="pitch"),
        pytest.param(replace(LOUD, pitch_range=None), id="range"),
        pytest.param(replace(LOUD, words=()), id="rate"),
    ],
)
def test_what_is_missing_only_makes_it_less(without: Turn) -> None:
    assert 0 < among(without).value <= among(LOUD).value


def test_an_unknown_speaker_is_told_apart_by_the_channel_or_not_at_all() -> None:
    turns = [replace(turn, role=Role.UNKNOWN) for turn in neutral()]
    assert None not in strain(call(*turns))
    assert set(strain(call(*turns, layout=Layout.MONO))) == {None}
    assert set(strain(call(*turns, layout=None))) == {None}


def test_half_a_pitch_is_not_taken_for_a_calm_voice() -> None:
    found = among(said(10, level=6, height=-12))
    assert found.value > 0
    assert Measure.PITCH not in {part.measure for part in found.parts}


rows = st.lists(st.floats(0.001, 1), min_size=5, max_size=5).map(lambda row: np.array(row) / sum(row))
strains = st.floats(-4.3, 4.3).map(lambda value: Strain(value, ()))
sides = st.sampled_from(list(HOSTILE))


@given(rows, strains, sides)
def test_probabilities_stay_probabilities(row: Probabilities, heard: Strain, role: Role) -> None:
    shifted = with_voice(row, heard, role)
    assert shifted.sum() == pytest.approx(1)
    assert (shifted > 0).all()


@given(rows, sides, st.floats(-4.3, 4.2), st.floats(0, 2))
def test_a_more_raised_voice_never_makes_hostility_less_likely(
    row: Probabilities, role: Role, value: float, more: float
) -> None:
    hostile = np.array(HOSTILE[role]) >= 1
    one, two = (with_voice(row, Strain(heard, ()), role)[hostile].sum() for heard in (value, value + more))
    assert one <= two + 1e-12


@given(sides, st.floats(-4.3, 3.3), st.floats(0, 0.05))
def test_a_voice_alone_does_not_make_neutral_words_hostile(role: Role, value: float, share: float) -> None:
    row = np.array([0.1, 0.9 - share, 0.0, share / 2, share / 2])
    row /= row.sum()
    assert with_voice(row, Strain(value, ()), role)[3:].sum() < 0.5


def test_a_voice_decides_between_words_that_could_be_either() -> None:
    row = np.array([0.05, 0.5, 0.1, 0.3, 0.05])
    assert with_voice(row, among(said(10, level=8, height=5, tempo=1.2)), Role.AGENT)[3:].sum() > 0.6
    assert with_voice(row, among(said(10, level=-6, height=-3)), Role.AGENT)[3:].sum() < 0.3


@pytest.mark.parametrize("heard", [None, Strain(0.0, ()), Strain(0.9, ())])
def test_an_unknown_or_usual_voice_changes_nothing(heard: Strain | None) -> None:
    row = np.array([0.1, 0.5, 0.1, 0.2, 0.1])
    assert with_voice(row, heard, Role.CUSTOMER) == pytest.approx(row)
    assert with_voice(row, Strain(4.0, ()), Role.UNKNOWN) == pytest.approx(row)
    assert voice_cues(row, heard, Role.CUSTOMER) == ()


@pytest.mark.parametrize(
    ("row", "role", "value", "told"),
    [
        ([0.9, 0.06, 0.02, 0.01, 0.01], Role.AGENT, 3.0, "话客气、声音尖"),
        ([0.1, 0.86, 0.02, 0.01, 0.01], Role.AGENT, 3.0, "话平和、声音尖"),
        ([0.9, 0.06, 0.02, 0.01, 0.01], Role.CUSTOMER, 3.0, "话平和、声音尖"),
        ([0.0, 0.1, 0.1, 0.2, 0.6], Role.AGENT, -2.0, "话难听、声音平静"),
        ([0.0, 0.1, 0.1, 0.2, 0.6], Role.AGENT, 3.0, None),
        ([0.9, 0.06, 0.02, 0.01, 0.01], Role.AGENT, 1.5, None),
        ([0.9, 0.06, 0.02, 0.01, 0.01], Role.AGENT, -2.0, None),
    ],
)
def test_words_and_a_voice_that_disagree_are_told(
    row: list[float], role: Role, value: float, told: str | None
) -> None:
    cues = voice_cues(np.array(row), Strain(value, ()), role)
    assert [cue.zh for cue in cues] == ([] if told is None else [told])


def test_what_was_raised_is_told_after_the_disagreement() -> None:
    heard = among(said(10, level=9, height=5, tempo=1.3))
    polite = np.array([0.9, 0.06, 0.02, 0.01, 0.01])
    assert voice_cues(polite, heard, Role.AGENT)[1:] == heard.cues
