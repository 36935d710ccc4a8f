"""How sure words are against how often they are right, on words whose errors are plain to see."""

import pytest

from speechqa.call import Layout, Role, Transcript, Turn, Word
from tests.bench.hearing.confidence import Rated, bins, calibration_error, rated


def heard(*turns: Turn, layout: Layout = Layout.STEREO) -> Transcript:
    return Transcript(60.0, "zh", "", turns, layout)


def turn(channel: int, start: float, *words: tuple[str, float]) -> Turn:
    timed = tuple(Word(text, start + at, start + at + 1, sure) for at, (text, sure) in enumerate(words))
    return Turn(Role.AGENT, start, start + len(words), "".join(text for text, _ in words), channel, timed)


def test_a_word_is_right_when_all_of_it_was_said_in_its_place() -> None:
    said = heard(turn(0, 0, ("请拨打幺零零八六", 1.0)), turn(1, 9, ("好的", 1.0)))
    misheard = heard(
        turn(0, 0, ("请", 0.9), ("播", 0.3), ("打", 0.8), ("10087", 0.4)), turn(1, 9, ("好的", 0.7))
    )
    assert list(rated(said, misheard)) == [
        Rated(0.9, True),
        Rated(0.3, False),
        Rated(0.8, True),
        Rated(0.4, False),
        Rated(0.7, True),
    ]


def test_on_mono_words_are_compared_with_all_that_was_said() -> None:
    said = heard(turn(0, 0, ("您好", 1.0)), turn(1, 4, ("你好", 1.0)))
    mono = heard(turn(0, 0, ("您好", 0.9)), turn(0, 4, ("你好", 0.8)), layout=Layout.MONO)
    assert [word.is_right for word in rated(said, mono)] == [True, True]


def test_a_word_said_by_the_other_channel_is_wrong() -> None:
    said = heard(turn(0, 0, ("您好", 1.0)), turn(1, 4, ("再见", 1.0)))
    assert [word.is_right for word in rated(said, heard(turn(0, 0, ("再见", 0.9))))] == [False]


def test_punctuation_alone_is_no_word() -> None:
    said = heard(turn(0, 0, ("您好", 1.0)))
    assert len(list(rated(said, heard(turn(0, 0, ("您好", 0.9), ("。", 0.5)))))) == 1


def test_words_are_gathered_by_how_sure_they_are() -> None:
    words = [Rated(0.95, True), Rated(1.0, False), Rated(0.31, False), Rated(0.39, True)]
    low, high = bins(words)
    assert (low.words, low.right, high.words, high.right) == (2, 0.5, 2, 0.5)
    assert calibration_error((low, high)) == pytest.approx((2 * 0.15 + 2 * 0.475) / 4)


def test_words_that_are_as_sure_as_they_are_right_are_not_off() -> None:
    assert calibration_error(bins([Rated(0.5, True), Rated(0.5, False)])) == 0
