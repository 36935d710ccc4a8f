"""Words that leak onto the other channel are removed there, and it is told."""

from collections.abc import Sequence

import numpy as np
import pytest

from speechqa.audio import SAMPLE_RATE, Samples, open_audio
from speechqa.call import HeardWord, Layout, NoteCode, Role
from speechqa.speakers import Arrangement, conversation
from speechqa.speakers.echoes import without_echoes
from speechqa.speakers.excerpts import excerpts
from tests.speakers.spoken import SAMPLES, words

STEREO = Arrangement(Layout.STEREO)
CALL = "data-good-01"


def recorded() -> Samples:
    return np.concatenate(list(open_audio(SAMPLES / "calls" / f"{CALL}.wav").blocks()), axis=1)


def leaking(sound: Samples, level: float, late: float = 0.01) -> Samples:
    """Both channels with a little of the other one, so many dB fainter and so many seconds late."""
    delay = round(late * SAMPLE_RATE)
    leak = np.pad(sound[::-1], ((0, 0), (delay, 0)))[:, : sound.shape[1]]
    return np.asarray(sound + leak * 10 ** (level / 20), np.float32)


def in_blocks(sound: Samples) -> list[Samples]:
    return [sound[:, at : at + 10 * SAMPLE_RATE] for at in range(0, sound.shape[1], 10 * SAMPLE_RATE)]


def copied(said: Sequence[HeardWord], late: float = 0.0, misheard: str = "") -> list[HeardWord]:
    """The words on the other channel too, as if they had been recognised there."""
    return [HeardWord(misheard or w.text, w.start + late, w.end + late, 0.6, 1 - w.channel) for w in said]


def in_order(said: Sequence[HeardWord]) -> list[HeardWord]:
    return sorted(said, key=lambda w: (w.start, w.end, w.channel))


@pytest.mark.parametrize("level", [-6, -12, -20])
def test_cross_talk_is_removed_whatever_it_was_misheard_as(level: int) -> None:
    said = words(CALL)
    both = in_order([*said, *copied(said, misheard="某")])
    kept, notes = without_echoes(both, in_blocks(leaking(recorded(), level)))
    left = [w for w in kept if w.text == "某"]
    assert len([w for w in kept if w.text != "某"]) == len([w for w in said if w.text != "某"])
    assert len(left) <= 0.05 * len(said)
    assert [note.code for note in notes] == [NoteCode.CROSS_TALK]


@pytest.mark.parametrize("level", [-6, -20, -45])
def test_who_really_speaks_stays_however_strong_the_cross_talk_is(level: int) -> None:
    said = words(CALL)
    assert without_echoes(said, in_blocks(leaking(recorded(), level))) == (tuple(said), ())


def test_who_speaks_while_the_other_does_stays() -> None:
    sound, said = recorded(), words(CALL)
    customers = [w for w in said if w.channel == 1][:8]
    first, last = round(customers[0].start * SAMPLE_RATE), round(customers[-1].end * SAMPLE_RATE)
    spoken_into = next(w.start for w in said if w.channel == 0)  # the agent goes on meanwhile
    at, shift = round(spoken_into * SAMPLE_RATE), spoken_into - customers[0].start
    sound[1, at : at + last - first] += sound[1, first:last]
    moved = [HeardWord(w.text, w.start + shift, w.end + shift, 0.9, 1) for w in customers]
    both = in_order([*said, *moved])
    assert without_echoes(both, in_blocks(leaking(sound, -20))) == (tuple(both), ())


def test_a_late_echo_is_found_by_its_words() -> None:
    said = words(CALL)
    late = copied(said, late=0.2)
    kept, notes = without_echoes(in_order([*said, *late]), in_blocks(leaking(recorded(), -12, late=0.2)))
    left = [w for w in kept if w in late]
    assert len(left) < 0.3 * len(late)  # short answers, which two people may give at once
    assert len(set(said) - set(kept)) < 0.05 * len(said)  # where one side ends and the other begins
    assert [note.code for note in notes] == [NoteCode.CROSS_TALK]


def test_a_brief_answer_in_chorus_is_kept() -> None:
    chorus = [
        HeardWord(letter, 1 + place / 5, 1.2 + place / 5, 0.9, channel)
        for channel in (0, 1)
        for place, letter in enumerate("好的")
    ]
    drawn = np.random.default_rng(1).standard_normal((2, 5 * SAMPLE_RATE)).astype(np.float32)
    made = conversation(in_order(chorus), STEREO, [drawn])
    assert [(turn.role, turn.text) for turn in made.turns] == [(Role.AGENT, "好的"), (Role.CUSTOMER, "好的")]
    assert made.notes == ()


def test_excerpts_are_what_lies_in_their_times() -> None:
    sound = np.arange(2 * 50_000, dtype=np.float32).reshape(2, 50_000)
    blocks = [sound[:, at : at + 7_000] for at in range(0, 50_000, 7_000)]
    spans = [(2.0, 2.5), (0.1, 1.2), (1.0, 1.1), (3.0, 9.0), (9.0, 9.5)]
    found = {heard.place: heard.samples for heard in excerpts(spans, blocks)}
    assert set(found) == {0, 1, 2, 3}
    for place, (start, end) in enumerate(spans[:4]):
        expected = sound[:, round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        assert np.array_equal(found[place], expected)


def test_without_words_nothing_is_read() -> None:
    assert without_echoes([], iter(())) == ((), ())
