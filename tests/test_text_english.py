import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.text import ENGLISH, MANDARIN, language_of, normal_in


def view(written: str) -> str:
    return normal_in(ENGLISH, written).text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Am I speaking to the Account-Holder?", "am i speaking to the account holder"),
        ("You're the owner, aren't you?", "you are the owner are not you"),
        ("You’re right — it’s fine.", "you are right it is fine"),
        ("I can't, I won't, and I cannot.", "i can not i will not and i can not"),
        ("Uh, um, that's, er, fine.", "that is fine"),
        ("Uh-huh. Mm-hmm.", "uhhuh mmhmm"),
        ("the customer's card", "the customers card"),
        ("OK, yep, nah", "okay yeah no"),
        ("…!?", ""),
    ],
)
def test_the_english_view_has_plain_words_one_blank_apart(written: str, expected: str) -> None:
    assert view(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("dial one oh oh eight six", "dial 10086"),
        ("dial 10086", "dial 10086"),
        ("nineteen ninety nine a month", "19.99 a month"),
        ("nineteen oh five per month", "19.05 per month"),
        ("back in nineteen ninety nine we", "back in 1999 we"),
        ("$19.99 a month", "19.99 dollars a month"),
        ("$20/month", "20 dollars a month"),
        ("thirty-five dollars", "35 dollars"),
        ("one hundred and twenty bucks", "120 bucks"),
        ("one hundred five", "105"),
        ("two thousand and five", "2005"),
        ("a hundred percent", "100 percent"),
        ("100%", "100 percent"),
        ("five per cent", "5 percent"),
        ("zero point five percent", "0.5 percent"),
        ("twenty four seven", "247"),
        ("call 1-800-555-0199", "call 18005550199"),
        ("one eight hundred, five five five, oh one nine nine", "18005550199"),
        ("double five oh one", "5501"),
        ("$1,200 a year", "1200 dollars a year"),
    ],
)
def test_numbers_read_the_same_however_they_were_said(written: str, expected: str) -> None:
    assert view(written) == expected


@pytest.mark.parametrize(
    "said",
    ["no one knows", "this one or that one", "oh one more thing", "oh okay", "a thousandth", "to the point"],
)
def test_words_that_count_nothing_stay_words(said: str) -> None:
    assert view(said) == said


def test_one_is_a_number_where_something_is_counted() -> None:
    assert view("one month free for one dollar") == "1 month free for 1 dollar"


@pytest.mark.parametrize(
    ("written", "part", "source"),
    [
        ("So, you're the owner.", "you are the owner", "you're the owner"),
        ("It's nineteen ninety nine a month, plus tax.", "19.99 a month", "nineteen ninety nine a month"),
        ("That is $20/month.", "20 dollars a month", "$20/month"),
        ("I cannot say.", "can not", "cannot"),
    ],
)
def test_a_part_of_the_view_is_shown_as_it_was_written(written: str, part: str, source: str) -> None:
    shown = normal_in(ENGLISH, written)
    at = shown.text.index(part)
    first, last = shown.source_span(at, at + len(part))
    assert written[first:last] == source


_NUMBERS = "one two oh nineteen ninety hundred thousand and point double a month dollars"
_SPOKEN = [*_NUMBERS.split(), "you're", "can't", "$19.99", "10%", "ok"]


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_SPOKEN), max_size=12).map(" ".join)))
def test_every_letter_of_the_view_knows_a_place_in_the_source(written: str) -> None:
    shown = normal_in(ENGLISH, written)
    assert len(shown.offsets) == len(shown.text)
    assert list(shown.offsets) == sorted(shown.offsets)
    assert all(0 <= place < len(written) for place in shown.offsets)


@given(st.lists(st.sampled_from(_SPOKEN), max_size=8).map(" ".join))
def test_the_view_of_a_view_is_itself_where_no_prices_are_meant(written: str) -> None:
    if "month" not in written and "." not in view(written):
        assert view(view(written)).replace(" ", "") == view(written).replace(" ", "")


ENGLISH_CALL = ["Hello, am I speaking to the account holder?", "Yes, that is me, what is this about?"]
CHINESE_CALL = ["您好，请问您是机主本人吗？", "对，我是，你说吧。"]
FRENCH_CALL = [
    "Bonjour, est-ce que je parle au titulaire du contrat s'il vous plait?",
    "Oui c'est moi, bonjour",
]


@pytest.mark.parametrize(
    ("said", "named", "expected"),
    [
        (ENGLISH_CALL, "zh", "en"),
        (ENGLISH_CALL, "en-US", "en"),
        (CHINESE_CALL, "en", "zh"),
        (CHINESE_CALL, "yue", "zh"),
        (FRENCH_CALL, "fr", "fr"),
        (FRENCH_CALL, "zh", "und"),
        (["もしもし、ご本人様でいらっしゃいますか"], "zh", "ja"),
        (["여보세요 본인이 맞으신가요 감사합니다"], "zh", "ko"),
    ],
)
def test_the_language_of_a_call_is_told_by_its_words(said: list[str], named: str, expected: str) -> None:
    assert language_of(said, named, MANDARIN) == expected


def test_a_few_words_tell_no_language() -> None:
    assert language_of(["OK, bye."], "zh", MANDARIN) == MANDARIN
    assert language_of(["OK, bye."], "zh", ENGLISH) == ENGLISH
