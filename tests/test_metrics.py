import pytest

from speechqa.call import Role, Transcript, Turn, Word
from speechqa.matching.timing import timeline
from speechqa.metrics import PAUSE, metrics


def spoken(role: Role, *times: tuple[float, float], confidence: float | None = 0.8) -> Turn:
    words = tuple(Word("字", start, end, confidence) for start, end in times)
    return Turn(role, times[0][0], times[-1][1], "字" * len(times), words=words)


def test_speech_and_silence_come_from_words_not_turns() -> None:
    found = metrics(
        Transcript(
            20.0,
            "zh",
            "e",
            (spoken(Role.AGENT, (1, 2), (6, 7)), spoken(Role.CUSTOMER, (6.5, 8), (12, 13), confidence=0.6)),
        )
    )
    assert (found.agent_speech, found.customer_speech) == (2.0, 2.5)
    assert (found.longest_silence, found.first_word_after) == (4.0, 1)
    assert found.mean_confidence == pytest.approx(0.7)


def test_turns_without_words_count_whole() -> None:
    found = metrics(
        Transcript(9.0, "zh", "e", (Turn(Role.AGENT, 1, 3, "您好"), Turn(Role.UNKNOWN, 5, 8, "好")))
    )
    assert (found.agent_speech, found.customer_speech, found.longest_silence) == (2, 0, 2)
    assert found.mean_confidence is None


def test_a_call_without_a_word_has_no_first_word() -> None:
    found = metrics(Transcript(9.0, "zh", "e", ()))
    assert (found.first_word_after, found.longest_silence, found.turns) == (None, 0, 0)


def test_words_without_a_pause_between_them_stay_as_one() -> None:
    (found,) = metrics(Transcript(9.0, "zh", "e", (spoken(Role.AGENT, (1, 1.5), (1.7, 2), (3, 4)),))).phrases
    assert [(word.text, word.start, word.end) for word in found] == [("字 字", 1, 2), ("字", 3, 4)]
    assert found[0].confidence == pytest.approx(0.8)


def test_punctuation_with_a_time_of_its_own_is_nothing_spoken() -> None:
    words = (Word("好", 1, 2, 0.9), Word("。", 2, 6, 0.9), Word("行", 6.1, 7, 0.9))
    (found,) = metrics(Transcript(9.0, "zh", "e", (Turn(Role.AGENT, 1, 7, "好。行", words=words),))).phrases
    assert [(word.start, word.end) for word in found] == [(1, 2), (6.1, 7)]


def test_what_is_a_pause_is_the_same_for_rules() -> None:
    assert PAUSE == timeline.PAUSE
