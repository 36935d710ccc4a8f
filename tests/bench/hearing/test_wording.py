"""Errors of characters and of turns' edges, on transcripts whose errors are plain to see."""

import pytest

from speechqa.call import Layout, Role, Transcript, Turn, Word
from tests.bench.hearing.wording import Errors, character_errors, edges, role_errors


def heard(*turns: Turn, layout: Layout = Layout.STEREO) -> Transcript:
    return Transcript(60.0, "zh", "", turns, layout)


def turn(role: Role, start: float, text: str, channel: int = 0) -> Turn:
    """A turn with a word of 0.2 s a character."""
    words = tuple(
        Word(one, round(start + at * 0.2, 2), round(start + at * 0.2 + 0.2, 2), None)
        for at, one in enumerate(text)
    )
    return Turn(role, start, start + 0.2 * len(text), text, channel, words)


SAID = heard(turn(Role.AGENT, 0, "您是机主吗"), turn(Role.CUSTOMER, 3, "对我是", 1))


def test_errors_are_counted_on_each_channel_by_itself() -> None:
    misheard = heard(turn(Role.AGENT, 0, "您是基主吗"), turn(Role.CUSTOMER, 3, "对我", 1))
    assert character_errors(SAID, misheard) == Errors(2, 8)


def test_punctuation_and_the_spelling_of_digits_are_no_errors() -> None:
    said = heard(turn(Role.AGENT, 0, "请拨打幺零零八六。"))
    assert character_errors(said, heard(turn(Role.AGENT, 0, "請撥打10086"))) == Errors(0, 8)


def test_words_given_to_the_wrong_role_are_wrong_on_both_sides() -> None:
    mono = heard(turn(Role.AGENT, 0, "您是机主吗"), turn(Role.AGENT, 3, "对我是"), layout=Layout.MONO)
    assert character_errors(SAID, mono) == Errors(0, 8)
    assert role_errors(SAID, mono) == Errors(6, 8)


def test_words_given_to_nobody_are_lost_to_their_role() -> None:
    mono = heard(turn(Role.UNKNOWN, 0, "您是机主吗对我是"), layout=Layout.MONO)
    assert role_errors(SAID, mono) == Errors(8, 8)


def test_edges_are_how_far_off_the_first_and_the_last_word_are() -> None:
    first, second = edges(SAID, heard(turn(Role.AGENT, 0.1, "您是机主吗"), turn(Role.CUSTOMER, 3, "对", 1)))
    assert first.off is not None
    assert second.off is not None
    assert list(first.off) == pytest.approx([0.1, 0.1])
    assert list(second.off) == pytest.approx([0.0, -0.4])


def test_a_turn_of_which_nothing_was_heard_on_its_channel_has_no_edges() -> None:
    first, second = edges(SAID, heard(turn(Role.AGENT, 0, "您是机主吗"), turn(Role.AGENT, 3, "对我是")))
    assert first.off is not None
    assert second.off is None
