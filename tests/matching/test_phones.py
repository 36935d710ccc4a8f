import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.matching.phones import distance, folded, phones, phones_of, sounding

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8), max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [("account holder", "a count holder"), ("cancel", "council"), ("right", "write"), ("knight", "night")],
)
def test_what_sounds_alike_has_the_same_symbols(one: str, other: str) -> None:
    assert phones_of(one) == phones_of(other)


@pytest.mark.parametrize(("one", "other"), [("cancel", "camel"), ("fee", "free"), ("refund", "remind")])
def test_what_sounds_different_has_others(one: str, other: str) -> None:
    assert folded(phones(one)) != folded(phones(other))


def test_digits_stand_for_themselves() -> None:
    assert phones("10086") == "10086"


@pytest.mark.parametrize(("heard", "wanted"), [("KNSL", "KMSL"), ("PL", "BL"), ("ΘN", "FN")])
def test_sounds_that_a_line_confuses_are_near(heard: str, wanted: str) -> None:
    assert 0 < distance(heard, wanted) < distance(heard, "RRRR")


@given(WORDS)
def test_every_word_begins_and_ends_where_it_stands(words: list[str]) -> None:
    text = " ".join(words)
    view = sounding(text, "\n")
    spans = zip(sorted(view.starts), sorted(view.ends), strict=True)
    assert [text[view.starts[first] : view.ends[last]] for first, last in spans] == words
    assert view.sounds == phones_of(text)
