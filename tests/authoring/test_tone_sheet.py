"""What people tell about tones goes out as a table and comes back as dialogues to train on."""

import csv
import json
from pathlib import Path

import pytest

from speechqa.authoring.tone_sheet import as_heard, as_line, filled, write_sheet
from speechqa.call import Call, Lang, Role, ToneLabel, Transcript, Turn
from speechqa.errors import FaultsError
from speechqa.tone.dialogues import read

SAID = (
    (Role.AGENT, "您好，请问有什么可以帮您"),
    (Role.CUSTOMER, "=都三天了，到底修不修"),
    (Role.UNKNOWN, "嗯"),
    (Role.AGENT, "我刚才不是说过了吗"),
)


def transcript() -> Transcript:
    turns = tuple(Turn(role, 5.0 * at, 5.0 * at + 4, text) for at, (role, text) in enumerate(SAID))
    return Transcript(20.0, "zh", "t", turns)


def sheet(folder: Path, lang: Lang = Lang.ZH) -> Path:
    path = folder / "sheet.csv"
    calls = [(Call(name, Path(f"{name}.wav")), transcript()) for name in ("a", "b")]
    assert write_sheet(calls, path, lang) == 6
    return path


def with_cells(path: Path, cells: dict[tuple[int, str], str]) -> Path:
    """The sheet, with these cells by row (from 0) and column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for (row, column), text in cells.items():
        rows[row][column] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("lang", "column", "label"), [(Lang.ZH, "语气", "不耐烦"), (Lang.EN, "tone", "impatient")]
)
def test_what_a_reader_fills_in_is_a_label_and_the_rest_of_the_call_stands_around_it(
    tmp_path: Path, lang: Lang, column: str, label: str
) -> None:
    found = filled(with_cells(sheet(tmp_path, lang), {(2, column): label}))
    (call,) = found
    assert json.loads(as_line(call)) == {
        "scenario": "a",
        "source": "reviewed",
        "turns": [
            ["agent", SAID[0][1], None, None],
            ["customer", SAID[1][1], None, None],
            ["agent", SAID[3][1], "impatient", None],
        ],
    }


def test_the_rows_can_be_trained_on(tmp_path: Path) -> None:
    (call,) = filled(with_cells(sheet(tmp_path), {(2, "语气"): "不耐烦", (2, "另一种可能"): "rude"}))
    file = tmp_path / "ours.jsonl"
    file.write_text(as_line(call), "utf-8")
    (dialogue,) = read(file)
    told = [(turn.label, turn.second) for turn in dialogue.turns]
    assert told == [(None, None), (None, None), (ToneLabel.IMPATIENT, ToneLabel.RUDE)]


def test_labels_stand_at_the_turns_of_the_transcript(tmp_path: Path) -> None:
    (call,) = filled(with_cells(sheet(tmp_path), {(2, "语气"): "不耐烦"}))
    told = [(turn.role, turn.label) for turn in as_heard(call, transcript()).turns]
    assert told == [
        (Role.AGENT, None),
        (Role.CUSTOMER, None),
        (Role.UNKNOWN, None),
        (Role.AGENT, ToneLabel.IMPATIENT),
    ]


def test_the_sheet_tells_what_the_model_made_of_each_turn_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    with sheet(tmp_path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["轮次"] for row in rows] == ["1", "2", "4"] * 2
    assert rows[1]["原话"] == "'" + SAID[1][1]
    assert rows[2]["模型判断"] == "不耐烦"
    assert 0.5 < float(rows[2]["把握"]) <= 1


def test_nothing_filled_in_is_nothing_to_learn_from(tmp_path: Path) -> None:
    assert filled(sheet(tmp_path)) == ()


def test_every_cell_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    path = with_cells(
        sheet(tmp_path),
        {(0, "语气"): "愤怒", (1, "语气"): "生气", (1, "另一种可能"): "不满", (3, "角色"): "某人"},
    )
    with pytest.raises(FaultsError) as caught:
        filled(path)
    told = [(fault.line, fault.message.zh) for fault in caught.value.faults]
    assert [line for line, _ in told] == [2, 3, 5]
    assert told[0][1] == "坐席的语气应为 热情礼貌、平稳、冷淡、不耐烦、粗鲁，实为 '愤怒'"
    assert "客户的语气应为 平静、疑惑、不满、愤怒、强烈拒绝，实为 '生气'" in told[1][1]
    assert "角色应为 坐席 或 客户" in told[2][1]


def test_a_table_without_the_columns_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(FaultsError) as caught:
        filled(path)
    assert [fault.message.en for fault in caught.value.faults][-1] == "expected a column tone; have: a, b"
