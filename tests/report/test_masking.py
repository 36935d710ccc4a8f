"""Personal numbers are hidden in exports; what a listener needs to judge a call is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.report.masking import masked, masked_turns


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我电话13800138000", "我电话*********00"),
        ("１３８００１３８０００", "*********００"),
        ("我的号是幺三八零零一三八零零零", "我的号是*********零零"),
        ("138 0013 8000", "*** **** **00"),
        ("幺三八，嗯，零零幺三，八零零零", "***，嗯，****，**零零"),
        ("座机88886666转分机", "座机******66转分机"),
        ("座机88886666分机12", "座机******66分机12"),
        ("身份证11010519491231002X", "身份证****************2X"),
        ("卡号6222 0210 0111 2345 678", "卡号**** **** **** **** *78"),
        ("打10086，13800138000是我的", "打10086，*********00是我的"),
    ],
)
def test_personal_numbers_are_hidden(said: str, shown: str) -> None:
    assert masked(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "有问题打10086",
        "有问题打幺零零八六",
        "拨打10086，10086",
        "发短信到1008611",
        "银行客服95588",
        "请拨400-810-0000",
        "热线四零零八一零零零零零",
        "保额1000000元",
        "一共12345.67元",
        "资费38，热线10086",
        "2026-09-28 16:40办的",
        "一百三十八块八",
        "二零二六年九月二十八号",
        "工号A1031",
        "",
    ],
)
def test_hotlines_amounts_and_dates_stay(said: str) -> None:
    assert masked(said) == said


def test_a_number_told_over_several_turns_is_hidden() -> None:
    turns = ("我电话幺三八零零", "嗯。", "幺三八零零零")
    assert masked_turns(turns) == ("我电话*****", "嗯。", "****零零")


@given(st.lists(st.text(alphabet="0123456789幺三八零嗯，元 -.Xx打\n")))
def test_masking_keeps_every_offset_and_every_other_character(turns: list[str]) -> None:
    shown = masked_turns(turns)
    assert [len(text) for text in shown] == [len(text) for text in turns]
    for before, after in zip(turns, shown, strict=True):
        assert all(b == a or a == "*" for b, a in zip(before, after, strict=True))


def test_no_long_run_of_digits_survives_among_other_words() -> None:
    assert "3800138" not in masked("我13800138000，他13800138001，都行")


def test_a_long_text_is_masked_quickly() -> None:
    assert len(masked("1，" * 20_000 + "嗯" * 20_000)) == 60_000
