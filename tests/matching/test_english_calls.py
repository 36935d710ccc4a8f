"""Calls in English: phrases by words and by sound, replies, and languages that are not the checklist's."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Witness
from speechqa.call import Note, NoteCode, Transcript
from speechqa.checklist import Checklist, load
from speechqa.matching import Judge
from tests.matching.lines import dialogue, judged, verdict

RULES = """speechqa: 1
id: t
version: '1'
title: t
language: {language}
moments: {moments}
rules:
  - {{id: r, title: a, because: b, deduct: 5, require: {condition}}}
"""


def english(*lines: str) -> Transcript:
    return replace(dialogue(*lines), language="en")


def one_rule(folder: Path, condition: str, moments: str = "{}", language: str = "en") -> Checklist:
    path = folder / "c.yaml"
    path.write_text(RULES.format(language=language, moments=moments, condition=condition), "utf-8")
    return load(path)


def found(folder: Path, phrases: str, *said: str) -> Finding:
    return judged(
        one_rule(folder, f"{{by: agent, phrases: {phrases}}}"), english(*(f"A {one}" for one in said))
    )[0]


@pytest.mark.parametrize(
    ("phrases", "said", "expected"),
    [
        ("art", "We had a party.", "fail"),
        ("art", "It is art.", "pass"),
        ("bye", "Goodbye.", "fail"),
        ("you are the owner", "You're the owner, right?", "pass"),
        ("You're the owner", "so you are the owner", "pass"),
        ("we cannot promise", "We can't promise that.", "pass"),
        ("calls", "I call you.", "fail"),
        ("speaking…account holder", "Am I speaking with the current account holder?", "pass"),
        (
            "speaking…account holder",
            "I was speaking to you and then to him and to her, the account holder.",
            "fail",
        ),
        ("dial 10086", "Please dial one oh oh eight six.", "pass"),
        ("nineteen ninety nine a month", "It's 19.99 a month.", "pass"),
        ("call us. anytime", "You can call us. Anytime.", "pass"),
        ("call us now", "You can call us. Now let's see.", "fail"),
        ("{all: [hello, goodbye]}", "Hello, and goodbye.", "pass"),
        ("{any: risk free, not_inside: not risk free}", "It's not risk free.", "fail"),
        ("{any: 100 percent guaranteed, unless_negated: yes}", "It isn't 100% guaranteed.", "fail"),
        (
            "{any: 100 percent guaranteed, unless_negated: yes}",
            "No doubt, it's a hundred percent guaranteed.",
            "pass",
        ),
        ("{any: risk free, unless_quoted: yes}", "You said it is risk free, I did not.", "fail"),
        ("{any: risk free, unless_quoted: yes}", "It is risk free.", "pass"),
    ],
)
def test_phrases_are_found_by_whole_words(tmp_path: Path, phrases: str, said: str, expected: str) -> None:
    written = phrases if phrases.startswith("{") else json.dumps(phrases)
    assert found(tmp_path, written, said).verdict == expected


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [
        ("account holder", "a count holder"),
        ("cancel at any time", "council at any time"),
        ("customer care line", "customer car line"),
    ],
)
def test_a_misspelt_phrase_is_found_by_sound_and_says_so(tmp_path: Path, wanted: str, heard: str) -> None:
    finding = found(tmp_path, wanted, f"So that is the {heard} there.")
    assert finding.verdict == "pass"
    assert [(hit.heard, hit.wanted, hit.by) for hit in finding.hits] == [(heard, wanted, Witness.SOUND)]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("fee", "It is free."),
        ("cancel", "The council met."),
        ("thank you for calling", "I think you were falling."),
        ("account holder", "the counter folder"),
        ("guaranteed approval", "we granted a prowler"),
    ],
)
def test_what_sounds_different_or_is_short_is_not_found_by_sound(
    tmp_path: Path, wanted: str, said: str
) -> None:
    assert found(tmp_path, wanted, said).verdict == "fail"


def test_a_phrase_goes_on_in_the_next_turn_of_its_speaker(tmp_path: Path) -> None:
    (hit,) = found(tmp_path, "the account holder", "Am I speaking to the account", "holder, please?").hits
    assert hit.heard == "the account holder"


def test_a_pattern_is_read_over_words_with_blanks(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, r"{pattern: '\b[0-9]+ dollars (a|per) month\b', means: a fee}")
    (finding,) = judged(rules, english("A That's thirty-five dollars a month."))
    assert [hit.heard for hit in finding.hits] == ["thirty-five dollars a month"]


@pytest.mark.parametrize(
    ("replied", "expected"),
    [
        (["C Yes, go ahead."], "pass"),
        (["C I guess so."], "fail"),
        (["C No thanks."], "fail"),
        (["C Let me think.", "A Shall I sign you up then?", "C Okay, yes."], "pass"),
        (["C Yes.", "A One moment please.", "C Actually, I don't want it."], "fail"),
        (["C How much is it?", "A Ten dollars.", "C Fine, sign me up."], "pass"),
    ],
)
def test_a_request_is_answered_in_english(tmp_path: Path, replied: list[str], expected: str) -> None:
    moments = "{asked: {by: agent, phrases: shall i sign you up}}"
    rules = one_rule(tmp_path, "{answered: asked, as: yes, asked_for: consent}", moments)
    assert verdict(rules, english("A Shall I sign you up?", *replied)) == expected


ENGLISH_CALL = english(
    "A Hello, this is Amy calling from Northwind.",
    "C Hi, what is this about?",
    "A We would like to tell you about our new plan.",
)
CHINESE_CALL = dialogue("A 您好，我是北风公司的小李。", "C 你好，什么事？", "A 想给您介绍一下新的套餐。")


@pytest.mark.parametrize("call", [ENGLISH_CALL, replace(ENGLISH_CALL, language="zh")])
def test_an_english_call_is_not_judged_by_a_chinese_checklist(tmp_path: Path, call: Transcript) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: 您好}", language="zh")
    (finding,) = judged(rules, call)
    assert (finding.verdict, finding.deducted) == ("unknown", 0.0)
    assert "English" in finding.because.en
    assert "英语" in finding.because.zh


def test_a_chinese_call_is_not_judged_by_an_english_checklist(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{not: {by: agent, phrases: shut up}}")
    assert verdict(rules, CHINESE_CALL) == "unknown"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{not: {silence: over 7 s}}", "pass"),
        ("{duration: over 60 s}", "fail"),
        ("{not: {silence: over 7 s, excused_by: 请稍等}}", "unknown"),
        ("{happened: greeted}", "unknown"),
    ],
)
def test_what_hangs_on_no_words_is_judged_in_any_language(
    tmp_path: Path, condition: str, expected: str
) -> None:
    rules = one_rule(tmp_path, condition, "{greeted: {by: agent, phrases: 您好}}", "zh")
    assert verdict(rules, ENGLISH_CALL) == expected


def test_a_call_without_a_word_is_in_no_language(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: hello}")
    assert verdict(rules, Transcript(10.0, "zh", "t", ())) == "not_applicable"


def test_another_language_is_noted_for_a_listener_until_the_checklist_fits(tmp_path: Path) -> None:
    chinese = Judge(one_rule(tmp_path, "{by: agent, phrases: 您好}", language="zh"))
    noted = chinese.noted(ENGLISH_CALL, chinese.listen([ENGLISH_CALL])[0])
    assert [(note.code, note.review) for note in noted.notes] == [(NoteCode.OTHER_LANGUAGE, True)]
    fitting = Judge(one_rule(tmp_path, "{by: agent, phrases: hello}"))
    assert fitting.noted(noted, fitting.listen([noted])[0]).notes == ()


def test_other_notes_stay(tmp_path: Path) -> None:
    note = Note(
        NoteCode.CLIPPED, message=judged(one_rule(tmp_path, "{spoke: agent}"), ENGLISH_CALL)[0].because
    )
    call = replace(ENGLISH_CALL, notes=(note,))
    judge = Judge(one_rule(tmp_path, "{spoke: agent}"))
    assert judge.noted(call, judge.listen([call])[0]) is call
