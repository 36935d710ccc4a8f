"""Patterns read by sound: over views in which some characters are symbols of syllables."""

import pytest

from speechqa.matching.searching import Text
from speechqa.matching.sounding import asked_for, sounding
from speechqa.sound import folded, syllables


def is_found(expression: str, view: str) -> bool:
    searched = sounding(expression)
    assert searched is not None
    return any(first < last for first, last in searched.of(Text(view))(0, len(view)))


def sounds(text: str) -> str:
    return folded(syllables(text))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("营业厅", "迎也听"),
        ("[退推]订", "腿定"),
        ("[0-9]{5}", "一零零八六"),
        (r"\d+块", "三十快"),
        ("(?:退|取消).{0,4}办", "去小怎么半"),
        (r"^\p{Han}{2}$", "你好"),
        ("您?贵姓", "归性"),
        ("开{2,3}了", "开开乐"),
        (r"a{1}\.好", "a.号"),
        ("[^不]行", "很形"),
        (r"[a-c\]x-]好", "]号"),
        ("(?i:App)里", "app力"),
        (r"[\x{4e00}-\x{9fa5}]好", "很号"),
        (r"[一-龥]好", "很号"),
    ],
)
def test_an_expression_is_found_in_what_sounds_like_it(expression: str, said: str) -> None:
    assert is_found(expression, sounds(said))


@pytest.mark.parametrize(
    ("expression", "said"),
    [("营业厅", "营业所"), ("[^不]行", "步形"), ("[0-9]{5}", "一零零八个"), ("厅$", "听见")],
)
def test_and_in_nothing_else(expression: str, said: str) -> None:
    assert not is_found(expression, sounds(said))


def test_it_is_found_as_it_is_spelt_too() -> None:
    assert is_found("营业厅.{0,2}[0-9]", "营业厅在3楼")


def test_the_syllables_asked_for_are_those_that_stand_in_the_expression() -> None:
    assert set(asked_for("退[定订].{0,4}[12]")) == set(folded(syllables("退订一二")))
