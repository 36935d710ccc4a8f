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
        ("呃，那个，嗯您好啊！", "那个您好"),
        ("一一说明", "一一说明"),
        ("，。！", ""),
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
