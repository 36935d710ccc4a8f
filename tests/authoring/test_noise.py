"""Simulated recognition errors: as many as asked for, of the real kind, the same for the same seed."""

import json
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from speechqa.authoring.examples import spoken
from speechqa.authoring.noise import noisy_transcript, survival
from speechqa.call import Role
from speechqa.checklist import load
from speechqa.checklist.values import Line
from speechqa.sound import folded, syllables
from tests.bench.cer import bare, errors
from tests.matching.lines import checklist

DIALOGUES = Path(__file__).resolve().parents[1] / "bench" / "dialogues"
OUTBOUND = Path(__file__).resolve().parents[2] / "rules" / "outbound.yaml"
TABLE = json.loads((files("speechqa.authoring.noise") / "confusions.json").read_text("utf-8"))
SAID = "您好，我是移动客服，工号三零二七，打扰您了。请问您是这个号码的机主，张先生本人吗？"


def noisy(text: str, cer: float, seed: int) -> str:
    """A single turn as it would be recognised."""
    return noisy_transcript(spoken((Line(Role.AGENT, text),)), cer, seed).turns[0].text


@pytest.fixture(scope="module")
def turns() -> list[str]:
    rows = (DIALOGUES / "dev.jsonl").read_text("utf-8") + (DIALOGUES / "dev2.jsonl").read_text("utf-8")
    return [text for line in rows.splitlines() for _, text in json.loads(line)["turns"]]


@pytest.mark.parametrize("cer", [0.05, 0.1, 0.2, 0.3, 0.4])
def test_as_many_characters_are_wrong_as_were_asked_for(turns: list[str], cer: float) -> None:
    counted = [errors(text, noisy(text, cer, seed)) for seed, text in enumerate(turns)]
    wrong, total = (sum(part) for part in zip(*counted, strict=True))
    assert wrong / total == pytest.approx(cer, abs=0.015)


def test_the_same_seed_gives_the_same_errors_and_another_one_others() -> None:
    assert noisy(SAID, 0.3, 1) == noisy(SAID, 0.3, 1)
    assert len({noisy(SAID, 0.3, seed) for seed in range(10)}) > 5


def test_no_errors_are_made_where_none_are_asked_for() -> None:
    assert noisy(SAID, 0.0, 1) == SAID


def test_punctuation_stays(turns: list[str]) -> None:
    for seed, text in enumerate(turns[:300]):
        heard = noisy(text, 0.3, seed)
        assert [one for one in heard if not one.isalnum()] == [one for one in text if not one.isalnum()]


def test_half_of_the_errors_of_a_usual_line_sound_the_same(turns: list[str]) -> None:
    pairs = [
        (one, new)
        for seed, text in enumerate(turns)
        if len(heard := bare(noisy(text, 0.2, seed))) == len(said := bare(text))
        for one, new in zip(said, heard, strict=True)
        if one != new
    ]
    alike = sum(folded(syllables(one)) == folded(syllables(new)) for one, new in pairs) / len(pairs)
    assert 0.3 < alike < 0.7


def test_turns_are_lost_whole_no_more_often_than_in_the_material(turns: list[str]) -> None:
    times, lost = Counter[int](), Counter[int]()
    longest = len(TABLE["silent"])
    for seed, text in enumerate(turns * 3):
        if length := min(len(bare(text)), longest):
            times[length] += 1
            lost[length] += not bare(noisy(text, 0.2, seed))
    for length, count in times.items():
        real = TABLE["silent"][length - 1]
        assert lost[length] / count <= real + 3 * (real / count) ** 0.5
    assert lost[longest] / times[longest] < 0.03


def test_misheard_words_have_times_in_their_turn_and_lower_confidences() -> None:
    said = spoken(tuple(Line(Role.AGENT, SAID) for _ in range(60)))
    right, wrong = list[float](), list[float]()
    for turn, heard in zip(said.turns, noisy_transcript(said, 0.2, 3).turns, strict=True):
        assert all(turn.start <= word.start < word.end <= turn.end + 1e-6 for word in heard.words)
        assert "".join(word.text for word in heard.words) == bare(heard.text)
        for word in heard.words:
            (right if word.text in SAID else wrong).append(word.confidence or 0.0)
    assert sum(wrong) / len(wrong) < sum(right) / len(right) - 0.15


def test_the_table_says_what_it_was_fitted_on() -> None:
    material = TABLE["about"]["material"]
    assert sum(one["characters"] for one in material) > 10_000
    assert all(0.1 < one["error_rate"] < 0.5 for one in material)


def test_a_long_phrase_survives_more_errors_than_a_short_one(tmp_path: Path) -> None:
    example = "{verdict: pass, call: '坐席：请问您是这个号码的机主本人吗，费用每月'}"
    rules = "".join(
        f"  - {{id: {name}, title: 甲, because: 乙, deduct: 5, require: {{by: agent, phrases: {phrase}}}, "
        f"examples: [{example}]}}\n"
        for name, phrase in (("long", "您是这个号码的机主本人吗"), ("short", "费用"))
    )
    long, short = survival(checklist(tmp_path, rules), cers=(0.2,), draws=60)
    assert long.tallies[0].draws == short.tallies[0].draws == 60
    assert long.wrong < short.wrong
    assert long.right + long.unknown + long.wrong == pytest.approx(1)


def test_without_errors_every_shipped_example_survives() -> None:
    rules = load(OUTBOUND)
    few = replace(rules, rules=tuple(replace(rule, examples=rule.examples[:1]) for rule in rules.rules))
    assert all(one.right == 1 for one in survival(few, cers=(0.0,), draws=1))
