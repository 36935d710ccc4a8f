"""Numbers, money, times and dates of English calls, however they were said, and where they stand."""

import pytest

from speechqa.text import ENGLISH, normal_in

SAID = [
    ("it's twenty nine ninety nine a month", "it is 29.99 a month"),
    ("twenty-nine ninety-nine per month", "29.99 per month"),
    ("twenty nine dollars and ninety nine cents", "29.99 dollars"),
    ("twenty-nine dollars ninety-nine", "29.99 dollars"),
    ("$29.99", "29.99 dollars"),
    ("$29.99 per month", "29.99 dollars per month"),
    ("29 dollars 99", "29.99 dollars"),
    ("29 dollars and 99 cents", "29.99 dollars"),
    ("£5", "5 pounds"),
    ("five pounds fifty", "5.50 pounds"),
    ("five pounds", "5 pounds"),
    ("ninety nine cents", "99 cents"),
    ("99 cents", "99 cents"),
    ("ninety-nine p", "99 p"),
    ("a hundred dollars", "100 dollars"),
    ("one hundred dollars", "100 dollars"),
    ("one hundred and fifty dollars", "150 dollars"),
    ("a hundred and fifty dollars", "150 dollars"),
    ("two hundred fifty dollars", "250 dollars"),
    ("twelve hundred dollars", "1200 dollars"),
    ("one thousand two hundred dollars", "1200 dollars"),
    ("two thousand five hundred and ten pounds", "2510 pounds"),
    ("$1,250.50", "1250.50 dollars"),
    ("a million dollars", "1000000 dollars"),
    ("two million", "2000000"),
    ("two and a half million", "2500000"),
    ("ten thousand", "10000"),
    ("one and a half percent", "1.5 percent"),
    ("two and a half percent", "2.5 percent"),
    ("three point five percent", "3.5 percent"),
    ("point five percent", "0.5 percent"),
    ("five percent", "5 percent"),
    ("5 %", "5 percent"),
    ("nought point nine percent", "0.9 percent"),
    ("zero percent", "0 percent"),
    ("twenty five percent off", "25 percent off"),
    ("half price", "half price"),
    ("oh eight hundred triple one", "0800111"),
    ("zero eight hundred, one two three, four five six seven", "08001234567"),
    ("one eight hundred five five five oh one two three", "18005550123"),
    ("1-800-555-0123", "18005550123"),
    ("(800) 555-0123", "8005550123"),
    ("+1 800 555 0123", "18005550123"),
    ("five five five, oh one two three", "5550123"),
    ("double five double six one two three", "5566123"),
    ("double oh seven", "007"),
    ("triple nine", "999"),
    ("nine one one", "911"),
    ("one oh one", "101"),
    ("one hundred and one", "101"),
    ("extension four oh two", "extension 402"),
    ("extension twelve", "extension 12"),
    ("account ending four four one seven", "account ending 4417"),
    ("account ending in forty four seventeen", "account ending in 4417"),
    ("the last four digits are 4417", "the last 4 digits are 4417"),
    ("flight two oh nine", "flight 209"),
    ("extension one five oh", "extension 150"),
    ("give me two, oh wait", "give me 2 oh wait"),
    ("room twenty oh four", "room 2004"),
    ("at three thirty", "at 330"),
    ("at half past three", "at half past 3"),
    ("at 3:30", "at 330"),
    ("at 3:30 pm", "at 330 pm"),
    ("at three thirty p.m.", "at 330 pm"),
    ("at three p.m.", "at 3 pm"),
    ("at 3pm", "at 3 pm"),
    ("ten a.m.", "10 am"),
    ("ten o'clock", "10 oclock"),
    ("nine to five", "9 to 5"),
    ("a quarter to nine", "a quarter to 9"),
    ("the twenty first of may", "the 21st of may"),
    ("the 21st of May", "the 21st of may"),
    ("May twenty-first", "may 21st"),
    ("May 21", "may 21"),
    ("the third of june", "the 3rd of june"),
    ("twenty twenty six", "2026"),
    ("in two thousand and six", "in 2006"),
    ("nineteen eighty four", "1984"),
    ("born in nineteen oh four", "born in 1904"),
    ("four by four", "4 by 4"),
    ("two hundred gigs", "200 gigs"),
    ("100GB", "100 gb"),
    ("100 GB", "100 gb"),
    ("fifty megabits", "50 megabits"),
    ("5G", "5g"),
    ("one year", "1 year"),
    ("one day", "1 day"),
    ("a year", "a year"),
    ("one of them", "one of them"),
    ("the one I want", "the one i want"),
    ("one by one", "one by one"),
    ("no one", "no one"),
    ("someone", "someone"),
    ("oh no", "oh no"),
    ("oh I see", "oh i see"),
    ("to go for it", "to go for it"),
    ("minus five", "minus 5"),
    ("thirty to forty dollars", "30 to 40 dollars"),
    ("two or three days", "2 or 3 days"),
    ("twenty four hours", "24 hours"),
    ("twenty-four seven", "247"),
    ("24/7", "247"),
    ("seven days a week", "7 days a week"),
    ("four ninety nine", "499"),
    ("four ninety nine a week", "4.99 a week"),
    ("four nine nine", "499"),
    ("nineteen ninety nine flat, no extras", "1999 flat no extras"),
    ("1.5 GB", "1.5 gb"),
    ("ten ninety nine each", "10.99 each"),
    ("twelve fifty an hour", "12.50 an hour"),
    ("a dollar a day", "a dollar a day"),
    ("a couple of dollars", "a couple of dollars"),
    ("ninety-day trial", "90 day trial"),
    ("30-day", "30 day"),
    ("first class", "first class"),
    ("second thoughts", "second thoughts"),
    ("just a second", "just a second"),
]


@pytest.mark.parametrize(("said", "view"), SAID)
def test_what_is_said_or_written_has_one_view(said: str, view: str) -> None:
    assert normal_in(ENGLISH, said).text == view


@pytest.mark.parametrize(
    ("said", "part", "source"),
    [
        (
            "So it's twenty-nine dollars and ninety-nine cents a month.",
            "29.99 dollars a month",
            "twenty-nine dollars and ninety-nine cents a month",
        ),
        ("That'd be five pounds fifty, please.", "5.50 pounds", "five pounds fifty"),
        ("That'd be five pounds fifty, please.", "5.50", "five"),
        ("We charge two and a half percent.", "2.5 percent", "two and a half percent"),
        ("Worth two and a half million, they say.", "2500000", "two and a half million"),
        ("Only point five percent!", "0.5 percent", "point five percent"),
        ("By the twenty-first of May, then.", "21st of may", "twenty-first of May"),
        ("By the third of June, then.", "3rd", "third"),
        ("At 3:30 p.m. sharp.", "330 pm", "3:30 p.m."),
        ("At 3pm sharp.", "3 pm", "3pm"),
        ("With 100GB of data.", "100 gb", "100GB"),
        ("Call (800) 555-0123 now.", "8005550123", "800) 555-0123"),
        (
            "Call one eight hundred, five five five, oh one two three now.",
            "18005550123",
            "one eight hundred, five five five, oh one two three",
        ),
        ("Dial double oh seven.", "007", "double oh seven"),
        ("It's $1,250.50 in all.", "1250.50 dollars", "$1,250.50"),
    ],
)
def test_a_number_is_shown_as_it_was_said(said: str, part: str, source: str) -> None:
    shown = normal_in(ENGLISH, said)
    at = shown.text.index(part)
    first, last = shown.source_span(at, at + len(part))
    assert said[first:last] == source


@pytest.mark.parametrize("said", [said for said, _ in SAID])
def test_the_view_of_a_number_is_read_as_itself(said: str) -> None:
    view = normal_in(ENGLISH, said).text
    assert normal_in(ENGLISH, view).text == view


@pytest.mark.parametrize(
    ("said", "view"),
    [
        ("five dollars, ninety nine times out of a hundred", "5 dollars 99 times out of 100"),
        ("ten dollars twenty minutes ago", "10 dollars 20 minutes ago"),
        ("ten dollars and two pounds", "10 dollars and 2 pounds"),
        ("thirty dollars and I'm done", "30 dollars and i am done"),
        ("first of all", "first of all"),
        ("you may first want to see it", "you may first want to see it"),
        ("one and a half of us", "one and a half of us"),
        ("the point five of us made", "the point 5 of us made"),
    ],
)
def test_what_belongs_not_together_stays_apart(said: str, view: str) -> None:
    assert normal_in(ENGLISH, said).text == view
