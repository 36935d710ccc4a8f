import pytest

from speechqa.call import HeardWord
from speechqa.engines.chinese import simplified
from speechqa.engines.decoding import TimedText
from speechqa.engines.guards import is_invented, is_passed_over, with_time, without_loops


def words(text: str, confidence: float = 0.8) -> list[HeardWord]:
    return [HeardWord(letter, 0.2 * at, 0.2 * at + 0.2, confidence, 0) for at, letter in enumerate(text)]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("您" * 40, "您您"),
        ("请问" + "您好" * 20 + "吗", "请问您好您好吗"),
        ("请问您是机主吗" * 5, "请问您是机主吗" * 2),
    ],
)
def test_an_endless_repetition_is_cut_to_two(said: str, kept: str) -> None:
    bounded, cut = without_loops(words(said))
    assert "".join(word.text for word in bounded) == kept
    assert cut == len(said) - len(kept)


@pytest.mark.parametrize(
    "said", ["对对对", "好好好好", "喂喂喂", "拨10000000转1", "是的是的", "一二三一二三"]
)
def test_what_people_do_repeat_stays(said: str) -> None:
    assert without_loops(words(said))[1] == 0


def test_words_told_over_again_after_the_sound_has_ended_are_left_out() -> None:
    said = [TimedText(text, at, at + 1.0, 0.9) for at, text in enumerate("那就八点")]
    again = [TimedText(text, 4.0, 4.0, 0.9) for text in "好的我们约在后天"]
    assert with_time([*said, *again]) == said
    assert with_time([*said, *again[:2]]) == [*said, *again[:2]]  # a last word is often given no time


@pytest.mark.parametrize(
    ("text", "length", "over"),
    [
        pytest.param("星星", 2.4, True, id="two characters in two seconds"),
        pytest.param("", 1.5, True, id="nothing at all"),
        pytest.param("，。", 1.5, True, id="punctuation alone"),
        pytest.param("对", 0.6, False, id="a short answer is short"),
        pytest.param("嗯好", 1.5, False, id="drawn out, and yet all of it"),
        pytest.param("六十八一个月", 2.2, False, id="as people speak"),
    ],
)
def test_too_little_text_for_its_length_was_passed_over(text: str, length: float, over: bool) -> None:
    assert is_passed_over(words(text), length) is over


def test_improbable_text_is_invented_only_where_the_model_doubts_speech() -> None:
    assert is_invented(words("谢谢观看", 0.3), no_speech=0.9, length=2.0)
    assert not is_invented(words("谢谢观看", 0.3), no_speech=0.1, length=2.0)


def test_credits_of_films_are_invented_unless_clearly_heard() -> None:
    assert is_invented(words("字幕志愿者", 0.4), no_speech=0.1, length=2.0)
    assert not is_invented(words("字幕志愿者", 0.9), no_speech=0.1, length=2.0)


def test_more_text_than_anybody_can_say_is_invented() -> None:
    assert is_invented(words("欢迎您致电本公司客户服务热线"), no_speech=0.0, length=0.3)


def test_english_has_more_letters_a_second_than_chinese_has_characters() -> None:
    said = "Thank you for calling, I'm Michelle, how can I help you today?"
    assert not is_invented(words(said), no_speech=0.0, length=3.2)
    assert is_invented(words(said), no_speech=0.0, length=1.0)


def test_one_digit_without_end_is_invented_though_it_is_one_word() -> None:
    assert is_invented([HeardWord("3" * 13, 0.0, 1.0, 0.9, 0)], no_speech=0.0, length=1.0)
    assert not is_invented([HeardWord("10000000", 0.0, 1.0, 0.9, 0)], no_speech=0.0, length=1.0)


def test_a_confident_short_answer_is_kept() -> None:
    assert not is_invented(words("对"), no_speech=0.7, length=0.4)


def test_traditional_characters_become_simplified_and_keep_their_words() -> None:
    assert [word.text for word in simplified(words("請問這個機主嗎"))] == list("请问这个机主吗")
