import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.sound import folded, syllables
from speechqa.tone.lines import BEGIN, END, LONGEST, run
from speechqa.tone.views import read, sounding, view, written

LINES = st.lists(st.text("说过了吗abc", max_size=8), max_size=5)
ANY = st.text(max_size=20) | st.text("說過Ａb1，\x02\x03\ud800𠮷不來", max_size=12)


@given(LINES)
def test_every_run_stands_where_it_begins_and_none_goes_beyond_a_line(texts: list[str]) -> None:
    lines = read(texts)
    for length, found in enumerate(lines.runs.tolist(), start=1):
        for place, number in enumerate(found):
            stretch = lines.whole[place : place + length]
            inside = len(stretch) == length and END not in stretch[:-1] and BEGIN not in stretch[1:]
            assert number == (run(stretch) if inside and stretch not in (BEGIN, END) else 0)


def test_runs_of_different_lengths_have_different_numbers() -> None:
    runs = [run("说" * length) for length in range(1, LONGEST + 1)]
    assert len(set(runs)) == LONGEST
    assert runs == sorted(runs)


@given(st.lists(ANY, max_size=4))
def test_texts_are_read_together_as_each_alone(texts: list[str]) -> None:
    assert read(texts).texts() == [written(text) for text in texts]


@given(ANY)
def test_a_view_has_letters_and_digits_that_tell_where_they_stand(text: str) -> None:
    seen = view(text)
    assert all(one.isalnum() for one in seen.text)
    assert len(seen.offsets) == len(seen.text)
    assert all(text[at].isalnum() for at in seen.offsets)
    assert list(seen.offsets) == sorted(set(seen.offsets))


@given(ANY)
def test_a_view_that_is_read_once_more_stays_as_it_is(text: str) -> None:
    assert written(written(text)) == written(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("您說，WiFi 密碼？", "您说wifi密码"), ("啊呢嘛", "啊呢嘛"), ("𠮷田\x02先生", "田先生"), ("", "")],
)
def test_a_view_is_simplified_letters_and_digits(text: str, expected: str) -> None:
    assert written(text) == expected


@given(st.lists(ANY, max_size=4))
def test_every_character_has_its_sound(texts: list[str]) -> None:
    lines = read(texts)
    assert sounding(lines).texts() == [folded(syllables(one)) for one in lines.texts()]
