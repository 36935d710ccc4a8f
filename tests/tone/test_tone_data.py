"""The labelled dialogues that a tone classifier is to learn from, and be tried with."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

MODELS = Path(__file__).resolve().parents[2] / "models" / "tone"
AGENT = {"warm", "neutral", "cold", "impatient", "rude"}
CUSTOMER = {"calm", "confused", "dissatisfied", "angry", "strong_refusal"}
NEAR = 0.6  # share of common pairs of characters from which two texts are one
SHORT = 6  # characters up to which texts may be alike

Labelled: TypeAlias = tuple[str, str, str, str | None]  # role, words, label, second label


def dialogues(part: str) -> dict[str, list[Labelled]]:
    files = sorted((MODELS / part).glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    read = [json.loads(line) for line in lines]
    assert {one["source"] for one in read} == {"written"}
    return {one["scenario"]: [(r, t, first, second) for r, t, first, second in one["turns"]] for one in read}


def turns(part: str) -> Iterator[Labelled]:
    for scenario in dialogues(part).values():
        yield from scenario


def pairs(text: str) -> frozenset[str]:
    said = [character for character in text if character.isalnum()]
    return frozenset(map("".join, pairwise(said))) if len(said) > SHORT else frozenset()


def is_near(mine: frozenset[str], others: list[frozenset[str]]) -> bool:
    return any(len(mine & one) > NEAR * len(mine | one) for one in others if mine & one)


def test_every_turn_has_labels_of_its_side() -> None:
    for role, text, label, second in (*turns("data"), *turns("test")):
        theirs = {"agent": AGENT, "customer": CUSTOMER}[role]
        assert text.strip()
        assert label in theirs
        assert second is None or second in theirs - {label}


def test_each_label_has_hundreds_of_turns() -> None:
    labels = [label for _, _, label, _ in turns("data")]
    assert len(labels) >= 3000
    assert min(map(labels.count, AGENT | CUSTOMER)) >= 400


def test_no_scenario_and_no_longer_turn_of_one_part_is_in_the_other() -> None:
    assert dialogues("data").keys().isdisjoint(dialogues("test"))
    there = [found for _, text, _, _ in turns("test") if (found := pairs(text))]
    assert [text for _, text, _, _ in turns("data") if is_near(pairs(text), there)] == []
