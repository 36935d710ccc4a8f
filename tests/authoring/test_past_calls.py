"""Calls to try rules on come from a folder of transcripts, with what is known of them."""

import json
from pathlib import Path

import pytest

from speechqa import calls_table
from speechqa.authoring.past_calls import past_calls, unknown_columns
from speechqa.errors import TranscriptError, UsageError
from tests.authoring.said_calls import written
from tests.cli.command import write_call


def cards(folder: Path, **metadata: dict[str, str]) -> None:
    lines = [{"call_id": name, "status": "scored", "metadata": known} for name, known in metadata.items()]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "scorecards.jsonl").write_text(text, "utf-8")


def test_any_folder_of_transcripts_will_do(tmp_path: Path) -> None:
    for name in ("b", "a", "deeper/c"):
        write_call(tmp_path / f"{name}.json")
    (tmp_path / "notes.txt").write_text("…")
    (tmp_path / "call.wav").write_bytes(b"RIFF")
    calls = past_calls(tmp_path)
    assert [past.call.call_id for past in calls] == ["a", "b", "c"]
    assert calls[0].transcript().turns[1].text == "是的，我是"


def test_a_result_folder_knows_the_metadata_of_its_calls(tmp_path: Path) -> None:
    write_call(tmp_path / "transcripts" / "a.json")
    write_call(tmp_path / "transcripts" / "b.json")
    cards(tmp_path, a={"agent_id": "张三", "team": "一组"})
    assert [past.call.metadata for past in past_calls(tmp_path)] == [{"agent_id": "张三", "team": "一组"}, {}]


def test_the_table_of_calls_knows_better(tmp_path: Path) -> None:
    write_call(tmp_path / "transcripts" / "a.json")
    cards(tmp_path, x1={"agent_id": "张三", "team": "一组"})
    table = tmp_path / "calls.csv"
    table.write_text("recording,call_id,agent_id\na.wav,x1,李四\nother.wav,x2,王五\n", "utf-8")
    (past,) = past_calls(tmp_path, calls_table.read(table))
    assert past.call.call_id == "x1"
    assert past.call.metadata == {"agent_id": "李四", "team": "一组"}


def test_a_folder_without_transcripts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no transcript in"):
        past_calls(tmp_path)


def test_scorecards_that_are_none_are_refused(tmp_path: Path) -> None:
    write_call(tmp_path / "a.json")
    (tmp_path / "scorecards.jsonl").write_text('{"call_id": 3}\n')
    with pytest.raises(UsageError, match="no scorecards as speechqa writes them"):
        past_calls(tmp_path)


def test_a_broken_transcript_is_met_when_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"turns": [{"role": "robot"}]}')
    (past,) = past_calls(tmp_path)
    with pytest.raises(TranscriptError):
        past.transcript()


def test_columns_that_rules_ask_for_and_calls_lack_are_named(tmp_path: Path) -> None:
    rules = written(
        tmp_path,
        """rules:
  - id: new
    title: 甲
    because: 乙
    deduct: 5
    when: {all: [{metadata: team, eq: 一组}, {metadata: vip, exists: yes}]}
    require: {spoke: agent}
""",
    )
    write_call(tmp_path / "in" / "a.json")
    write_call(tmp_path / "in" / "b.json")
    cards(tmp_path / "in", a={"team": "一组"})
    assert unknown_columns(past_calls(tmp_path / "in"), rules) == (("team", 1),)


def test_of_what_the_product_sheet_knows_only_the_product_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "fees.csv").write_text("product,monthly_fee\n宽带,30\n", "utf-8")
    required = "{by: agent, stated: monthly_fee, as: amount}"
    rule = f"  - {{id: fee, title: 甲, because: 乙, deduct: 5, require: {required}}}\n"
    rules = written(tmp_path, f"products: {{file: fees.csv, key: product}}\nrules:\n{rule}")
    write_call(tmp_path / "in" / "a.json")
    assert unknown_columns(past_calls(tmp_path / "in"), rules) == (("product", 1),)
