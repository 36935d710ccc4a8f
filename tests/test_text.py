import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.text import normal, simplified, spoken_length


@pytest.mark.parametrize(
    ("written", "view"),
    [
        ("請問您是機主嗎？", "请问您是机主吗"),
        ("ＡＢＣ　１２３", "abc123"),
        ("拨打幺零零八六，谢谢。", "拨打10086谢谢"),
        ("拨打要零零八六", "拨打10086"),
        ("有疑问拨要零零要零，白天", "有疑问拨10010白天"),
        ("流量清零要一个月", "流量清零要一个月"),
        ("我要零零碎碎的", "我要零零碎碎的"),
        ("要三百零零几块", "要三百零零几块"),
        ("呃，那个，嗯您好啊！", "那个您好"),
        ("一一说明", "一一说明"),
        ("，。！", ""),
        ("您的金额是，额，三十", "您的金额是三十"),
        ("額，信用额度、餘額和額外的名额额", "信用额度余额和额外的名额"),
        ("金 额 是 三 十", "金额是三十"),
        ("好额，我同意额", "好我同意"),
        ("额满意的", "满意的"),
        ("你干嘛呢，好嘛", "你干嘛呢好"),
    ],
)
def test_the_view_is_simplified_folded_and_without_punctuation(written: str, view: str) -> None:
    assert normal(written).text == view


@given(st.text(max_size=60))
def test_every_kept_character_knows_its_place_in_the_source(written: str) -> None:
    view = normal(written)
    assert len(view.text) == len(view.offsets)
    assert list(view.offsets) == sorted(set(view.offsets))
    for place in range(len(view.text)):
        start, end = view.source_span(place, place + 1)
        assert normal(written).offsets[place] == start < end <= len(written)


@given(st.text(max_size=60))
def test_simplifying_keeps_the_length(written: str) -> None:
    assert len(simplified(written)) == len(written)


def test_a_hit_is_shown_in_the_words_of_the_source() -> None:
    source = "好的，幺零、零八六。"
    view = normal(source)
    start = view.text.index("1")
    first, last = view.source_span(start, start + 5)
    assert source[first:last] == "幺零、零八六"


def test_spoken_length_counts_what_takes_time_to_say() -> None:
    assert spoken_length("您好, VIP 客户 12！") == 2 + 1 + 2 + 2


@pytest.mark.parametrize(
    "word", ["金额", "余额", "额度", "额外", "名额", "全额退款", "最低还款额", "免赔额", "干嘛"]
)
@pytest.mark.parametrize("turn", ["{}", "嗯，{}。", "您的{}呢", "好额，{}啊"])
def test_a_word_is_the_same_in_a_phrase_and_in_what_is_said(word: str, turn: str) -> None:
    assert normal(word).text == word
    assert word in normal(turn.format(word)).text


def test_what_is_put_back_knows_its_place() -> None:
    source = "嗯，您的余额，额，是三十"
    view = normal(source)
    start = view.text.index("余额")
    assert source[slice(*view.source_span(start, start + 2))] == "余额"
