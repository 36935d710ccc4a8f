"""The command as its users run it, on transcripts: no recognition, so it is quick."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.command import cards, score, write_call

IN_SECTIONS = """speechqa: 1
id: points
version: '1'
title: 分大项
sections: {态度: {weight: 20}, 准确: {weight: 30}}
rules:
  - {id: hello, title: 问候, section: 态度, add: 5, because: 没有问候, require: {by: agent, phrases: 您好}}
  - {id: fee, title: 资费, section: 准确, deduct: 50, because: 没有资费, require: {phrases: 每月…元}}
"""


def test_a_folder_of_transcripts_becomes_all_the_files(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    write_call(tmp_path / "in" / "sub" / "b.json")
    done = score(tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "report.html",
        "scorecards.csv",
        "scorecards.jsonl",
        "scorecards.xlsx",
        "transcripts",
    ]
    assert sorted(path.name for path in (tmp_path / "out" / "transcripts").iterdir()) == ["a.json", "b.json"]
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["a", "b"]
    assert "2 calls scored, 0 failed" in done.stderr


def test_scores_of_sections_stand_after_the_score(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    (tmp_path / "in" / "bad.json").write_text('{"turns": [{"role": "boss"}]}', "utf-8")
    (tmp_path / "points.yaml").write_text(IN_SECTIONS, "utf-8")
    done = score(tmp_path, checklist=tmp_path / "points.yaml")
    good, bad = (line.split("\t") for line in done.stdout.splitlines())
    assert good == ["a", "70", "100", "50", "", "below the mark", "100%"]
    assert (len(bad), bad[:4]) == (7, ["bad", "failed", "", ""])
    assert cards(tmp_path)[0]["sections"] == [
        {"name": "态度", "weight": 20, "score": 100, "score_before_veto": 100, "vetoed_by": []},
        {"name": "准确", "weight": 30, "score": 50, "score_before_veto": 50, "vetoed_by": []},
    ]


def test_json_prints_the_scorecards_and_nothing_else(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    done = score(tmp_path, "--json")
    assert [json.loads(line) for line in done.stdout.splitlines()] == cards(tmp_path)


def test_one_bad_file_is_a_row_with_a_reason_and_the_others_are_scored(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    (tmp_path / "in" / "bad.json").write_text('{"turns": [{"role": "boss"}]}')
    (tmp_path / "in" / "empty.wav").touch()
    os.mkfifo(tmp_path / "in" / "pipe.wav")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    done = score(tmp_path)
    assert done.returncode == 1
    assert {card["call_id"]: (card["error"] or {}).get("code") for card in cards(tmp_path)} == {  # type: ignore[attr-defined]
        "a": None,
        "bad": "E_TRANSCRIPT",
        "empty": "E_EMPTY",
    }
    assert "pipe.wav: not a regular file (FIFO)" in done.stderr
    assert "loop: a folder read already" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["笑😀.json", "a\nb.json", os.fsdecode(b"\xff\xfe.json"), "=cmd|x.json"])
def test_names_of_any_kind_are_scored_and_shown_without_harm(tmp_path: Path, name: str) -> None:
    write_call(tmp_path / "in" / name)
    done = score(tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert len(list((tmp_path / "out" / "transcripts").glob("*.json"))) == 1


def test_calls_of_the_table_carry_their_ids_and_metadata(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    (tmp_path / "calls.csv").write_text("recording,call_id,team\na.wav,C-1,north\ngone.wav,C-2,south\n")
    done = score(tmp_path, "--calls", str(tmp_path / "calls.csv"))
    assert done.returncode == 1
    assert [(card["call_id"], card["status"], card["metadata"]) for card in cards(tmp_path)] == [
        ("C-1", "scored", {"team": "north"}),
        ("C-2", "failed", {"team": "south"}),
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("call_id\n1\n", "calls.csv:1:1: expected a column recording"),
        ("recording,recording\na,b\n", "calls.csv:1:11:"),
    ],
)
def test_a_faulty_table_stops_the_run_before_anything_is_written(
    tmp_path: Path, table: str, expected: str
) -> None:
    write_call(tmp_path / "in" / "a.json")
    (tmp_path / "calls.csv").write_text(table)
    done = score(tmp_path, "--calls", str(tmp_path / "calls.csv"))
    assert done.returncode == 2
    assert expected in done.stderr
    assert not (tmp_path / "out").exists()


def test_inputs_without_a_call_are_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").write_text("hello")
    done = score(tmp_path)
    assert done.returncode == 2
    assert "no recording and no transcript" in done.stderr
