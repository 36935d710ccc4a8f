import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.sound import (
    HALF_HEARD,
    LOST,
    SWAPPED,
    commonness,
    distance,
    folded,
    information,
    named,
    parts,
    readings,
    syllables,
)

HAN = st.text(alphabet="机主记住资费自费同意办理一半里你您好是不的通知保险流量套餐", max_size=8)


@pytest.mark.parametrize(("said", "heard"), [("机主", "基主"), ("资费", "自费"), ("同意办理", "同一半里")])
def test_words_that_recognisers_mix_up_sound_the_same(said: str, heard: str) -> None:
    assert syllables(said) == syllables(heard)


@pytest.mark.parametrize(
    ("one", "other"), [("知道", "资道"), ("牛奶", "流奶"), ("福气", "胡气"), ("今天", "经天")]
)
def test_confusable_sounds_are_equal_when_folded_and_near_when_not(one: str, other: str) -> None:
    assert folded(syllables(one)) == folded(syllables(other))
    assert distance(syllables(one), syllables(other)) == SWAPPED


def test_another_initial_costs_more_than_a_swapped_one_and_a_lost_syllable_more_still() -> None:
    assert distance(syllables("登记"), syllables("升记")) == HALF_HEARD
    assert distance(syllables("机主吗"), syllables("机主")) == LOST


def test_a_phrase_has_its_reading_in_context_too() -> None:
    assert syllables("银杭") in readings("银行")


def test_digits_sound_as_they_are_said() -> None:
    assert syllables("10086") == syllables("一零零八六")


def test_common_syllables_tell_less_than_rare_ones() -> None:
    assert commonness("de") > 10 * commonness("sen") > commonness("no syllable")
    assert information(syllables("是的")) < information(syllables("森牛"))
    assert information(syllables("同意办理")) == pytest.approx(
        information(syllables("同意")) + information(syllables("办理"))
    )


@pytest.mark.parametrize(("character", "initial", "final"), [("中", "zh", "ong"), ("安", "", "an")])
def test_a_syllable_has_an_initial_and_a_final(character: str, initial: str, final: str) -> None:
    assert parts(named(character)) == (initial, final)


@given(HAN, HAN)
def test_distance_is_symmetric_and_zero_for_equal_sounds(one: str, other: str) -> None:
    a, b = syllables(one), syllables(other)
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert distance(a, a) == 0
    assert distance(a, b) <= LOST * max(len(a), len(b))


@given(st.text(max_size=40))
def test_the_phonetic_view_keeps_the_length(text: str) -> None:
    assert len(folded(syllables(text))) == len(text)
