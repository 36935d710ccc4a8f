from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import HeardWord, Layout, Role
from speechqa.speakers import Arrangement, turns
from speechqa.speakers.turns import joined_text

STEREO = Arrangement(Layout.STEREO)
MONO = Arrangement(Layout.MONO)


def said(text: str, start: float, channel: int = 0, each: float = 0.2) -> list[HeardWord]:
    """One word a character, end to end."""
    return [
        HeardWord(letter, start + index * each, start + (index + 1) * each, 0.9, channel)
        for index, letter in enumerate(text)
    ]


@st.composite
def conversations(draw: st.DrawFn) -> list[HeardWord]:
    spans = draw(st.lists(st.tuples(st.floats(0, 600), st.floats(0.02, 2), st.integers(0, 1)), max_size=40))
    return [HeardWord("字", start, start + length, 0.5, channel) for start, length, channel in spans]


@given(conversations(), st.sampled_from([STEREO, MONO]))
def test_turns_are_ordered_and_hold_every_word_once(words: list[HeardWord], arrangement: Arrangement) -> None:
    made = turns(words, arrangement)
    assert [turn.start for turn in made] == sorted(turn.start for turn in made)
    held = [
        HeardWord(word.text, word.start, word.end, word.confidence, turn.channel or 0)
        for turn in made
        for word in turn.words
    ]
    assert Counter(held) == Counter(words)


@given(conversations(), st.sampled_from([STEREO, MONO]))
def test_turns_lie_around_their_words(words: list[HeardWord], arrangement: Arrangement) -> None:
    for turn in turns(words, arrangement):
        assert turn.start == min(word.start for word in turn.words)
        assert turn.end == max(word.end for word in turn.words)


def test_roles_come_from_the_channel() -> None:
    words = said("您好", 0.0, channel=1) + said("你好", 1.0, channel=0)
    made = turns(words, Arrangement(Layout.STEREO, agent_channel=1))
    assert [(turn.role, turn.text) for turn in made] == [(Role.AGENT, "您好"), (Role.CUSTOMER, "你好")]


def test_mono_roles_are_always_unknown_and_every_pause_ends_a_turn() -> None:
    made = turns(said("您是机主吗", 0.0) + said("是的", 2.5), MONO)
    assert [(turn.role, turn.text) for turn in made] == [(Role.UNKNOWN, "您是机主吗"), (Role.UNKNOWN, "是的")]


def test_a_breath_does_not_end_a_stereo_turn_but_a_hold_does() -> None:
    words = said("我查", 0.0) + said("一下", 2.0) + said("久等", 40.0)
    assert [turn.text for turn in turns(words, STEREO)] == ["我查，一下", "久等"]


def test_a_back_channel_in_a_pause_splits_the_turn() -> None:
    words = said("月租十九", 0.0) + said("嗯", 1.2, channel=1) + said("可以退订", 2.0)
    assert [turn.text for turn in turns(words, STEREO)] == ["月租十九", "嗯", "可以退订"]


def test_a_short_answer_in_a_short_pause_splits_the_turn() -> None:
    words = said("给您加上好不好", 0.0) + said("加吧", 1.5, channel=1) + said("加好了", 2.0)
    assert [turn.text for turn in turns(words, STEREO)] == ["给您加上好不好", "加吧", "加好了"]


def test_a_back_channel_in_running_speech_does_not_split_the_turn() -> None:
    words = said("每个月十九块钱可以随时退订", 0.0) + said("嗯", 1.0, channel=1)
    assert [turn.text for turn in turns(words, STEREO)] == ["每个月十九块钱可以随时退订", "嗯"]


def test_chinese_is_joined_without_spaces_and_latin_with() -> None:
    words = [HeardWord(text, 0.0, 0.1, None) for text in ("开通", " 5G", "套餐", "VIP", "Plus", "会员", "。")]
    assert joined_text(words) == "开通5G套餐VIP Plus会员。"


def test_a_breath_in_chinese_is_written_as_a_comma() -> None:
    words = said("不想要了", 0.0) + said("点退订。", 1.2) + said("有事打", 2.4)
    assert joined_text(words) == "不想要了，点退订。有事打"


def test_words_of_other_languages_and_running_speech_get_no_comma() -> None:
    slow = [HeardWord(text, at, at + 0.3, 0.9, 0) for at, text in enumerate(("I", " mean", " yes"))]
    assert joined_text(slow) == "I mean yes"
    assert joined_text(said("不想要了", 0.0) + said("点退订", 1.0)) == "不想要了点退订"


def test_no_words_make_no_turns() -> None:
    assert turns((), STEREO) == ()
