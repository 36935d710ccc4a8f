"""Expressions over texts of which each character is one byte: they find what they find in UTF-8."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from speechqa.matching.alphabet import alphabet
from speechqa.matching.searching import Text, expression, is_in

CHARACTERS = "办理好吗不一〇aZ1_ \n'é𠮷\ue123\uffff"
EXPRESSIONS = [
    "办理",
    "办.{0,3}理?",
    "(^|[^不])好吗?$",
    "[^办理\n]{2}",
    "(?:好|办)+|理",
    r"\b[a-z]\w*|\d",
    r"\s好|好\S",
    r"\W+",
    "[一-龥]好",
    r"\p{Han}+",
    "(?i:z)办",
    r"办\.|好",
    "[^a-z0-9]吗",
    "𠮷好?",
    ".",
]


def in_utf8(written: str, text: str) -> list[tuple[int, int]]:
    options = re2.Options()
    options.never_nl = True
    found = re2.compile(f"(?m){written}".encode(), options).finditer(text.encode())
    spans = [match.span() for match in found]
    places = [len(text[:at].encode()) for at in range(len(text) + 1)]
    return [(places.index(first), places.index(last)) for first, last in spans if first < last]


@given(st.sampled_from(EXPRESSIONS), st.text(CHARACTERS, max_size=30))
def test_an_expression_finds_what_it_finds_in_utf8(written: str, text: str) -> None:
    found = [span for span in expression(written).of(Text(text))(0, len(text)) if span[0] < span[1]]
    assert found == in_utf8(written, text)


@given(st.sampled_from(EXPRESSIONS), st.text(CHARACTERS, max_size=12), st.text(CHARACTERS, max_size=12))
def test_in_a_stretch_of_a_text_nothing_is_found_beyond_its_end(written: str, text: str, rest: str) -> None:
    inside = [span for span in expression(written).of(Text(text + rest))(0, len(text)) if span[0] < span[1]]
    assert all(0 <= first < last <= len(text) for first, last in inside)


@given(st.sampled_from(EXPRESSIONS), st.text(CHARACTERS, max_size=12))
def test_a_few_words_hold_an_expression_if_it_is_found_in_them(written: str, words: str) -> None:
    assert is_in(written, words) is (
        next(expression(written).of(Text(words))(0, len(words)), None) is not None
    )


def test_characters_that_stand_in_the_same_parts_share_a_byte() -> None:
    named = alphabet("[办理]好|[办理吗]")
    assert named is not None
    bytes_of = {character: named.table[ord(character)] for character in "办理好吗不"}
    assert bytes_of["办"] == bytes_of["理"]
    assert len(set(bytes_of.values())) == 4


MANY = "".join(map(chr, range(0x4E00, 0x4F00)))


@pytest.mark.parametrize("written", [MANY, "[一-龥]", r"\p{Han}", "(?i:app)"])
def test_what_names_too_many_or_asks_for_more_than_names_is_looked_for_in_utf8(written: str) -> None:
    assert alphabet(written) is None
