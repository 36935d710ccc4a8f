"""entity and stated in English calls: amounts, numbers and dates, however they were put."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Transcript
from speechqa.checklist import Checklist, load
from tests.matching.lines import dialogue, judged, verdict

RULES = """speechqa: 1
id: t
version: '1'
title: t
language: en
rules:
  - {{id: r, title: a, because: b, deduct: 5, require: {condition}}}
"""


def one_rule(folder: Path, condition: str) -> Checklist:
    path = folder / "c.yaml"
    path.write_text(RULES.format(condition=condition), "utf-8")
    return load(path)


def english(*lines: str) -> Transcript:
    return replace(dialogue(*lines), language="en")


@pytest.mark.parametrize(
    ("kind", "said", "heard"),
    [
        ("amount", "It's nineteen ninety nine a month.", ["nineteen ninety nine"]),
        ("amount", "That's $30, or twenty-nine pounds fifty.", ["$30", "twenty-nine pounds fifty"]),
        ("amount", "It costs ninety-nine cents.", ["ninety-nine cents"]),
        ("amount", "You get twenty gigs and thirty days.", []),
        ("phone", "Call 1-800-555-0199.", ["1-800-555-0199"]),
        (
            "phone",
            "Call one eight hundred five five five oh one nine nine.",
            ["one eight hundred five five five oh one nine nine"],
        ),
        ("phone", "In nineteen ninety nine.", []),
        ("hotline", "You can dial 10086 at any time.", ["10086"]),
        ("hotline", "Just ring us on one five oh.", ["one five oh"]),
        ("hotline", "Call us within 100 days.", []),
        ("date", "It starts on the twenty-first of May.", ["twenty-first of May"]),
        ("date", "It starts on June third.", ["June third"]),
        ("date", "It may take 3 days.", []),
        ("staff_number", "My employee number is three oh two.", ["three oh two"]),
        ("staff_number", "My number is three oh two.", []),
    ],
)
def test_things_of_a_kind_are_found_and_shown_as_they_were_said(
    kind: str, said: str, heard: list[str], tmp_path: Path
) -> None:
    (finding,) = judged(one_rule(tmp_path, f"{{by: agent, entity: {kind}}}"), english(f"A {said}"))
    assert finding.verdict == ("pass" if heard else "fail")
    assert [hit.heard for hit in finding.hits] == heard


def test_enough_of_them_must_be_said(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, entity: amount, count: 2}")
    assert verdict(rules, english("A It is ten dollars.")) == "fail"
    assert verdict(rules, english("A It is ten dollars, then twelve pounds.")) == "pass"


@pytest.mark.parametrize(
    ("kind", "fact", "said", "expected"),
    [
        ("amount", "29.99", "It's twenty nine ninety nine a month.", "pass"),
        ("amount", "$29.99 a month", "It is twenty-nine dollars and ninety-nine cents.", "pass"),
        ("amount", "30", "It is twenty dollars a month.", "fail"),
        ("amount", "30", "It was fifty dollars, and it is thirty dollars now.", "pass"),
        ("amount", "30", "It is thirty dollars, sorry, I mean forty dollars.", "fail"),
        ("amount", "15", "It is fifty dollars a month.", "unknown"),
        ("amount", "30", "It is a good plan.", "fail"),
        ("amount", "0", "It is free of charge.", "pass"),
        ("amount", "cheap", "It is thirty dollars.", "unknown"),
        ("phone", "1-800-555-0199", "Call one eight hundred, five five five, oh one nine nine.", "pass"),
        ("phone", "1-800-555-0199", "Call 1-800-555-0198.", "fail"),
        ("hotline", "10086", "Dial one double oh eight six.", "pass"),
        ("hotline", "10086", "Dial one double oh eight five.", "fail"),
        ("text", "Super Saver", "It's our super-saver plan.", "pass"),
        ("text", "Super Saver", "It's a super plan, a money saver.", "fail"),
        ("date", "2026-05-21", "On the twenty-first of May.", "unknown"),
    ],
)
def test_a_fact_is_compared_with_what_was_said(
    kind: str, fact: str, said: str, expected: str, tmp_path: Path
) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, stated: fact, as: {kind}}}")
    assert verdict(rules, english(f"A {said}"), {"fact": fact}) == expected


def test_what_was_said_instead_is_shown(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: fee, as: amount}")
    (finding,) = judged(rules, english("A It is twenty dollars a month."), {"fee": "30"})
    assert [(hit.heard, hit.wanted) for hit in finding.near_misses] == [("twenty dollars", "30")]


def test_a_fact_that_nobody_gives_is_unknown(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: fee, as: amount}")
    assert verdict(rules, english("A It is twenty dollars a month.")) == "unknown"


@pytest.mark.parametrize("condition", ["{entity: id_card}", "{entity: bank_card}", "{by: agent, tone: rude}"])
def test_what_is_recognised_in_mandarin_only_stays_unknown(condition: str, tmp_path: Path) -> None:
    assert verdict(one_rule(tmp_path, f"{{not: {condition}}}"), english("A Good morning.")) == "unknown"
