import json
from pathlib import Path

import numpy as np
import pytest

from speechqa.call import Role, ToneLabel
from speechqa.errors import UsageError
from speechqa.tone.dialogues import Dialogue, LabelledTurn, heard, read, without_near_copies
from speechqa.tone.evaluation import evaluated_by

DATA = Path("models/tone/data")
TEST = Path("models/tone/test")


def line(*turns: list[str | None], **more: str) -> str:
    return json.dumps({"scenario": "x1", "turns": turns, **more}, ensure_ascii=False)


def dialogue(*texts: str) -> Dialogue:
    return Dialogue("x1", "written", tuple(LabelledTurn(Role.AGENT, text, ToneLabel.WARM) for text in texts))


def test_a_line_is_a_dialogue_and_a_folder_all_its_files(tmp_path: Path) -> None:
    turn: list[str | None] = ["agent", "您好", "neutral", "warm"]
    (tmp_path / "b.jsonl").write_text(line(turn, source="reviewed") + "\n\n", "utf-8")
    (tmp_path / "a.jsonl").write_text(line(turn[:3]), "utf-8")
    first, second = read(tmp_path)
    assert first.turns == (LabelledTurn(Role.AGENT, "您好", ToneLabel.NEUTRAL),)
    assert (first.source, second.source) == ("written", "reviewed")
    assert (first.writer, second.writer) == ("a", "b")
    assert second.turns[0].second is ToneLabel.WARM


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        line(["agent", "您好", "calm", None]),
        line(["customer", "您好", "cold", None]),
        line(["agent", "您好", "neutral", "angry"]),
        line(["boss", "您好", "neutral", None]),
        line(["agent", "您好", None, "warm"]),
        line(["agent", None, "neutral", None]),
        json.dumps({"turns": []}),
    ],
)
def test_a_faulty_line_is_named_with_what_was_expected(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(line(["agent", "您好", "neutral", None]) + "\n" + text + "\n", "utf-8")
    with pytest.raises(UsageError, match=r"own\.jsonl:2: expected scenario and turns"):
        read(file)


def test_a_turn_that_nobody_labelled_stands_around_the_others(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(line(["customer", "喂", None, None], ["agent", "您好", "neutral", None]), "utf-8")
    (found,) = read(file)
    assert [turn.label for turn in found.turns] == [None, ToneLabel.NEUTRAL]
    (side,) = evaluated_by(lambda one: np.full((len(one.turns), 5), 0.2), [found])
    assert (side.role, side.turns) == (Role.AGENT, 1)


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no labelled dialogues"):
        read(tmp_path)
    with pytest.raises(UsageError, match="no such file"):
        read(tmp_path / "missing.jsonl")


def test_turns_that_another_set_nearly_has_are_left_out() -> None:
    mine = dialogue("您好，这里是宽带客服中心", "今天天气不错啊朋友们", "好的")
    others = dialogue("您好这里是，宽带客服中心呀", "好的")
    kept, dropped = without_near_copies([mine], [others])
    assert dropped == 1
    assert [turn.text for turn in kept[0].turns] == ["今天天气不错啊朋友们", "好的"]


def test_every_turn_is_misheard_by_another_seed() -> None:
    seeds: list[int] = []
    heard([dialogue("一", "二"), dialogue("三")], lambda text, seed: seeds.append(seed) or text)  # type: ignore[func-returns-value]
    assert len(set(seeds)) == 3


def test_what_is_shipped_is_large_enough_and_apart_from_its_test_split() -> None:
    data, test = read(DATA), read(TEST)
    assert sum(len(one.turns) for one in data) >= 3000
    assert {one.source for one in data} == {"written"}
    assert {one.scenario for one in data}.isdisjoint(one.scenario for one in test)
    assert len({one.scenario for one in data}) == len(data)
    assert without_near_copies(data, test)[1] == 0
