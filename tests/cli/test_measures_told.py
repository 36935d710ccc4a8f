"""What was measured, in an English report: not a word of it is Chinese."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.command import cards, ran, score

CHECKLIST = """speechqa: 1
id: measures
version: '1'
title: Measures
language: en
rules:
"""
RULES = {
    "silence": "forbid: {silence: over 7 s}",
    "together": "require: {silence: over 10 s, count: 2, total: over 60 s}",
    "response": "forbid: {by: agent, response_time: over 3 s}",
    "speed": "forbid: {by: agent, speaking_rate: over 60, per: turn, min_characters: 3}",
    "overall": "require: {by: agent, speaking_rate: under 60, min_characters: 3}",
    "talk": "require: {by: agent, talk_ratio: under 10 %}",
    "quiet": "require: {silence_ratio: under 10 %}",
    "length": "require: {duration: at most 70 s}",
    "turns": "require: {by: agent, turn_count: over 9}",
    "first": "require: {by: agent, first_word_after: under 3 s}",
    "last": "require: {by: agent, tail: over 9 s}",
    "cut": "forbid: {by: agent, interruption: over 0.5 s, min_characters: 1}",
}
SAID = (  # nothing that is Chinese by itself
    ("customer", 0.5, 3.0, "hello hello"),
    ("agent", 7.0, 12.0, "good morning this is the line"),
    ("customer", 32.0, 40.0, "why did you charge me so much last month"),
    ("agent", 38.5, 44.0, "please let me finish one thing first"),
    ("agent", 60.0, 66.0, "thank you for calling and goodbye"),
)
HAN = re.compile(r"[\u4e00-\u9fff]+")


def spoken(role: str, start: float, end: float, text: str) -> dict[str, object]:
    parts = text.split()
    step = (end - start) / len(parts)
    words = [
        {"text": f" {part}", "start": start + step * at, "end": start + step * (at + 1), "confidence": 0.95}
        for at, part in enumerate(parts)
    ]
    return {"role": role, "start": start, "end": end, "text": text, "words": words}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A call that fails every rule, scored in English."""
    folder = tmp_path_factory.mktemp("measures")
    (folder / "in").mkdir()
    call = {"turns": [spoken(*line) for line in SAID], "duration": 70.04, "layout": "stereo"}
    (folder / "in" / "a.json").write_text(json.dumps(call))
    rules = [
        f"  - {{id: {rule}, title: {rule}, because: wrong, deduct: 5, {asked}}}\n"
        for rule, asked in RULES.items()
    ]
    (folder / "c.yaml").write_text(CHECKLIST + "".join(rules))
    done = score(folder, lang="en", checklist=folder / "c.yaml")
    assert done.returncode == 0, done.stderr
    return folder


def test_every_rule_that_measures_fails_and_says_so_in_english(folder: Path) -> None:
    (card,) = cards(folder)
    findings = card["findings"]
    assert isinstance(findings, list)
    assert {one["rule"]: one["verdict"] for one in findings} == dict.fromkeys(RULES, "fail")
    assert HAN.findall(json.dumps(findings, ensure_ascii=False)) == []
    page = (folder / "out" / "report.html").read_text("utf-8")
    assert HAN.findall(re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)) == []


def test_a_value_that_misses_its_bound_by_little_is_told_with_enough_digits(folder: Path) -> None:
    (card,) = cards(folder)
    findings = card["findings"]
    assert isinstance(findings, list)
    told = {one["rule"]: one["because"] for one in findings}
    assert told["length"] == "wrong (70.04 s long, expected at most 70 s)"


@pytest.mark.parametrize("rule", ["silence", "talk", "cut"])
def test_it_is_explained_in_english(folder: Path, rule: str) -> None:
    arguments = ["rules", "explain", "a", rule, "--on", str(folder / "out"), "--lang", "en"]
    command = [sys.executable, "-m", "speechqa", *arguments, "--checklist", str(folder / "c.yaml")]
    done = ran(folder, command)
    assert (done.returncode, HAN.findall(done.stdout)) == (0, [])


def test_a_difference_is_told_in_english(folder: Path) -> None:
    old, new = folder / "c.yaml", folder / "new.yaml"
    new.write_text(old.read_text().replace("over 7 s", "over 27 s").replace("at most 70", "at most 80"))
    command = [sys.executable, "-m", "speechqa", "rules", "diff", str(old), str(new), "--lang", "en"]
    for options in ((), ("--format", "json")):
        done = ran(folder, [*command, "--on", str(folder / "out"), *options])
        assert (done.returncode, HAN.findall(done.stdout)) == (1, []), done.stderr
