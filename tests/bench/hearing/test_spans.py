"""Stretches of speech: from sound, from words, and as RTTM."""

from pathlib import Path

import numpy as np
import pytest

from samples.telephone import RATE
from speechqa.call import Role, Transcript, Turn, Word
from tests.bench.hearing.spans import PAUSE, Stretch, joined, of_sound, of_words, read, write


def test_a_long_pause_inside_a_turn_ends_a_stretch_and_a_short_one_does_not() -> None:
    voice = np.sin(np.arange(RATE) / 3)
    sound = np.concatenate([voice, np.zeros(RATE), voice, np.zeros(round(PAUSE * RATE / 2)), voice])
    first, second = of_sound(sound, 10.0, Role.AGENT)
    assert [first.start, first.end] == pytest.approx([10, 11], abs=0.03)
    assert [second.start, second.end] == pytest.approx([12, 14.25], abs=0.03)


def test_a_pause_between_two_roles_joins_nothing() -> None:
    stretches = (Stretch(0, 1, Role.AGENT), Stretch(1, 2, Role.CUSTOMER), Stretch(2.1, 3, Role.AGENT))
    assert joined(stretches) == stretches


def test_words_lie_where_they_were_heard_and_turns_without_words_where_the_turn_was() -> None:
    words = (Word("您", 1.0, 1.2, None), Word("好", 1.3, 1.5, None), Word("啊", 4.0, 4.5, None))
    turns = (
        Turn(Role.AGENT, 0, 5, "您好啊", words=words),
        Turn(Role.CUSTOMER, 6, 7, "嗯"),
    )
    assert of_words(Transcript(8.0, "zh", "", turns)) == (
        Stretch(1.0, 1.5, Role.AGENT),
        Stretch(4.0, 4.5, Role.AGENT),
        Stretch(6, 7, Role.CUSTOMER),
    )


def test_rttm_is_read_as_it_was_written(tmp_path: Path) -> None:
    said = (Stretch(0.5, 2.25, Role.AGENT), Stretch(3.0, 4.0, Role.CUSTOMER))
    write(tmp_path / "call.rttm", said)
    assert tuple(read(tmp_path / "call.rttm")) == said


def test_a_caller_is_the_customer(tmp_path: Path) -> None:
    path = tmp_path / "call.rttm"
    path.write_text("SPEAKER call 1 1.00 2.00 <NA> <NA> caller <NA> <NA>\n", "utf-8")
    assert tuple(read(path)) == (Stretch(1.0, 3.0, Role.CUSTOMER),)
