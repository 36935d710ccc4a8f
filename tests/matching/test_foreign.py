"""Calls in another language than the checklist's are told and not judged; foreign names are no matter."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Call, NoteCode, Transcript
from speechqa.checklist import Checklist, load
from speechqa.matching import Judge
from tests.matching.lines import dialogue

RULES = """speechqa: 1
id: t
version: '1'
title: t
language: {language}
rules:
  - {{id: said, title: a, because: b, deduct: 5, require: {{by: agent, phrases: {phrase}}}}}
  - {{id: rude, title: a, because: b, deduct: 5, forbid: {{by: agent, phrases: {rude}}}}}
  - {{id: quiet, title: a, because: b, deduct: 5, forbid: {{silence: over 60 s, between: any}}}}
"""
CHINESE = (
    "A 您好，这里是北风公司，请问您是机主本人吗？",
    "C 对，我是，什么事？",
    "A 想给您介绍一下我们新的套餐。",
)
ENGLISH = (
    "A Good morning, this is Northwind, am I speaking to the account holder?",
    "C Yes, that's me, what is it about?",
    "A We would like to tell you about our new plan.",
)
WITH_BRANDS = (
    "A 您好，这里是Northwind Mobile，您现在用的是iPhone 15 Pro Max，对吗？",
    "C 对，我用的是iPhone，WiFi是TP-Link的。",
    "A 那给您介绍一下我们的Super VIP Plus套餐，送Apple Music和Netflix。",
    "C OK，那个APP怎么下载？",
)
MOSTLY_CHINESE = (
    "A 您好，请问您是机主本人吗？",
    "C Yes, speaking.",
    "A 好的，给您介绍一下我们的套餐，您看可以吗？",
)
WITH_PINYIN_NAMES = (
    "A Hello, this is Li Na from Northwind Beijing, am I speaking with Mr Wang Xiaoming?",
    "C Yes, you are. It's 王, what is it that you want from me?",
    "A We have a new plan for you, and it is called 全家享.",
)
SPANISH = (
    "A Buenos días, le llamo de Northwind, ¿hablo con el titular de la cuenta?",
    "C Sí, soy yo, dígame qué es lo que quiere.",
    "A Tenemos una nueva oferta para usted, con llamadas ilimitadas.",
)
JAPANESE = (
    "A もしもし、北風会社です。ご契約者様でいらっしゃいますか。",
    "C はい、そうですが、何でしょうか。",
)
KOREAN = ("A 안녕하세요, 북풍 회사입니다. 계약자 본인이신가요?", "C 네, 무슨 일이시죠? 말씀하세요.")


def rules(folder: Path, language: str) -> Checklist:
    said, rude = ("您好", "闭嘴") if language == "zh" else ("good morning", "shut up")
    path = folder / "c.yaml"
    path.write_text(RULES.format(language=language, phrase=said, rude=rude), "utf-8")
    return load(path)


def outcome(checklist: Checklist, said: Transcript) -> tuple[dict[str, str], list[str]]:
    """Verdicts by rule, and what is noted of the call's language."""
    judge = Judge(checklist)
    (ears,) = judge.listen([said])
    found = judge.findings(Call("t", Path("t.wav")), ears)
    notes = judge.noted(said, ears).notes
    told = [note.message.en for note in notes if note.code is NoteCode.OTHER_LANGUAGE]
    return {one.rule: str(one.verdict) for one in found}, told


@pytest.mark.parametrize("named", ["zh", "en", ""])
@pytest.mark.parametrize(
    ("language", "lines", "spoken"),
    [
        ("zh", ENGLISH, "English"),
        ("en", CHINESE, "Chinese"),
        ("en", WITH_BRANDS, "Chinese"),
        ("en", MOSTLY_CHINESE, "Chinese"),
        ("zh", WITH_PINYIN_NAMES, "English"),
        ("zh", JAPANESE, "Japanese"),
        ("en", JAPANESE, "Japanese"),
        ("zh", KOREAN, "Korean"),
        ("en", KOREAN, "Korean"),
        ("zh", SPANISH, "another language"),
        ("en", SPANISH, "another language"),
    ],
)
def test_words_of_another_language_are_not_judged_and_it_is_said(
    language: str, lines: tuple[str, ...], spoken: str, named: str, tmp_path: Path
) -> None:
    verdicts, told = outcome(rules(tmp_path, language), replace(dialogue(*lines), language=named))
    assert verdicts == {"said": "unknown", "rude": "unknown", "quiet": "pass"}
    (note,) = told
    assert f"the call is in {spoken} and" in note


@pytest.mark.parametrize("named", ["zh", "en", ""])
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", CHINESE),
        ("zh", WITH_BRANDS),
        ("zh", MOSTLY_CHINESE),
        ("en", ENGLISH),
        ("en", (ENGLISH[0].replace("Northwind", "Northwind 北风"), *ENGLISH[1:])),
    ],
)
def test_foreign_names_and_words_in_a_call_are_no_other_language(
    language: str, lines: tuple[str, ...], named: str, tmp_path: Path
) -> None:
    verdicts, told = outcome(rules(tmp_path, language), replace(dialogue(*lines), language=named))
    assert verdicts == {"said": "pass", "rude": "pass", "quiet": "pass"}
    assert told == []


@pytest.mark.parametrize(("language", "lines"), [("zh", ("A OK.", "C Bye.")), ("en", ("A 喂。", "C 再见。"))])
def test_a_few_words_are_taken_to_be_in_the_language_that_was_named(
    language: str, lines: tuple[str, ...], tmp_path: Path
) -> None:
    _, told = outcome(rules(tmp_path, language), replace(dialogue(*lines), language=language))
    assert told == []
