"""Simulated recognition errors in English: as many words as asked for, near in sound, the same for a seed."""

import json
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from speechqa.authoring.examples import spoken
from speechqa.authoring.noise import noisy_transcript, survival
from speechqa.authoring.noise.english import WORD, distance, shipped
from speechqa.call import Role, Transcript
from speechqa.checklist import load
from speechqa.checklist.values import Line

RULES = Path(__file__).resolve().parents[2] / "rules"
SAID = "Good morning, this is Amy. It's $19.99 a month, and you can't cancel it, can you?"


def said(*lines: str) -> Transcript:
    return spoken(tuple(Line(Role.AGENT, line) for line in lines), "en")


def noisy(text: str, rate: float, seed: int) -> str:
    """A single turn as it would be recognised."""
    return noisy_transcript(said(text), rate, seed).turns[0].text


def words(text: str) -> list[str]:
    return [word[0].lower() for word in WORD.finditer(text)]


@pytest.fixture(scope="module")
def turns() -> list[str]:
    checklist = load(RULES / "outbound-en.yaml")
    return [line.text for rule in checklist.rules for one in rule.examples for line in one.dialogue]


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.2, 0.3, 0.4])
def test_as_many_words_are_wrong_as_were_asked_for(turns: list[str], rate: float) -> None:
    wrong = total = 0
    for seed in range(8):
        for true, heard in zip(turns, noisy_transcript(said(*turns), rate, seed).turns, strict=True):
            wrong += Levenshtein.distance(words(true), words(heard.text))
            total += len(words(true))
    assert wrong / total == pytest.approx(rate, abs=0.025)


def test_without_errors_every_word_and_mark_stays() -> None:
    assert noisy(SAID, 0.0, 1) == SAID


def test_the_same_seed_gives_the_same_errors_and_another_one_others() -> None:
    assert noisy(SAID, 0.4, 1) == noisy(SAID, 0.4, 1)
    assert len({noisy(SAID, 0.4, seed) for seed in range(10)}) > 5


def test_short_words_without_stress_are_lost_and_others_are_not() -> None:
    true, lost = Counter[str](), Counter[str]()
    for seed in range(400):
        heard = set(words(noisy("I want to speak to the manager about a refund", 0.3, seed)))
        true.update(("the", "manager"))
        lost.update({"the", "manager"} - heard)
    changed = sum("manager" not in noisy("the manager", 0.3, seed) for seed in range(400))
    kept_place = sum(len(words(noisy("the manager", 0.3, seed))) == 2 for seed in range(400))
    assert changed > 60
    assert kept_place > 250
    assert lost["the"] > 0.7 * lost["manager"]


@pytest.mark.parametrize(
    ("one", "among"),
    [
        ("cancel", {"council", "counsel"}),
        ("fifteen", {"fifty"}),
        ("can't", {"can"}),
        ("owner", {"own", "over"}),
        ("dollars", {"dollar"}),
        ("apologise", {"apologize", "apologies"}),
    ],
)
def test_a_word_is_taken_for_one_that_sounds_like_it(one: str, among: set[str]) -> None:
    assert among & set(shipped().likely(one, 6))


def test_a_word_that_nobody_knows_is_misheard_too() -> None:
    assert len(shipped().likely("zzyzxberg", 3)) == 3


def test_voiced_and_voiceless_sounds_are_nearer_than_others() -> None:
    assert distance("bit", "pit") < distance("bit", "sit")
    assert distance("bit", "bit") == 0.0


def test_a_long_word_may_be_heard_as_two() -> None:
    heard = {noisy("the account is closed", 0.6, seed) for seed in range(300)}
    assert any("a count" in one for one in heard)


def test_misheard_words_have_times_in_their_turn_and_lower_confidences(turns: list[str]) -> None:
    true = said(*turns)
    right, wrong = list[float](), list[float]()
    for turn, heard in zip(true.turns, noisy_transcript(true, 0.2, 3).turns, strict=True):
        assert all(turn.start <= word.start < word.end <= turn.end + 1e-6 for word in heard.words)
        assert [word.text.lower() for word in heard.words] == words(heard.text)
        for word in heard.words:
            (right if word.text in turn.text else wrong).append(word.confidence or 0.0)
    assert sum(wrong) / len(wrong) < sum(right) / len(right) - 0.15


@pytest.mark.parametrize("name", ["outbound-en", "inbound-en"])
def test_without_errors_every_shipped_example_survives(name: str) -> None:
    rules = load(RULES / f"{name}.yaml")
    few = replace(rules, rules=tuple(replace(rule, examples=rule.examples[:1]) for rule in rules.rules))
    assert all(one.right == 1 for one in survival(few, cers=(0.0,), draws=1))


def test_most_verdicts_stay_on_a_good_line() -> None:
    rules = load(RULES / "inbound-en.yaml")
    survived = list(survival(rules, cers=(0.1,), draws=4))
    assert sum(one.right for one in survived) / len(survived) > 0.75


def test_the_table_says_where_its_words_and_sounds_are_from() -> None:
    table = json.loads((files("speechqa.authoring.noise") / "english.json").read_text("utf-8"))
    assert "Whisper" in table["about"]["words"]
    assert "CMUdict" in table["about"]["sounds"]
    assert "Carnegie Mellon University" in table["about"]["licence of the sounds"]
    assert len(table["sounds"]) > 5_000
    used = {letter for sound in table["sounds"].values() for letter in sound}
    assert used <= set(table["about"]["letters"])
