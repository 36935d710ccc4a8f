"""The command as its users run it, on transcripts: no recognition, so it is quick."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CHECKLIST = Path("rules/outbound.yaml").absolute()
LINES = (
    ("agent", "您好，我是中国移动客服，请问您是机主本人吗"),
    ("customer", "是的，我是"),
    ("agent", "今天没有别的事，感谢您的接听，祝您生活愉快，再见"),
)


def write_call(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    turns = [
        {"role": role, "start": 5.0 * index, "end": 5.0 * index + 4, "text": text}
        for index, (role, text) in enumerate(LINES)
    ]
    path.write_text(json.dumps({"turns": turns}, ensure_ascii=False), "utf-8")


def command(folder: Path, *options: str) -> list[str]:
    fixed = ["--checklist", str(CHECKLIST), "--out", str(folder / "out"), "--lang", "en"]
    return [sys.executable, "-m", "speechqa", "score", str(folder / "in"), *fixed, *options]


def score(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    environ = {**os.environ, "SPEECHQA_CACHE": str(folder / "cache")}
    return subprocess.run(
        command(folder, *options), capture_output=True, text=True, env=environ, timeout=120, check=False
    )


def cards(folder: Path) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in (folder / "out" / "scorecards.jsonl").read_text("utf-8").splitlines()
    ]


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


def test_an_output_folder_that_cannot_be_made_stops_the_run_at_the_start(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    (tmp_path / "out").write_text("a file")
    done = score(tmp_path)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a size limit that the system enforces")
def test_a_full_disk_is_named_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    import resource

    write_call(tmp_path / "in" / "a.json")
    environ = {**os.environ, "SPEECHQA_CACHE": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command(tmp_path),
        capture_output=True,
        text=True,
        env=environ,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)),
    )
    assert done.returncode == 2
    assert "disk full" in done.stderr
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_keeps_what_was_finished(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    for index in range(400):
        write_call(tmp_path / "in" / f"{index:03}.json")
    environ = {**os.environ, "SPEECHQA_CACHE": str(tmp_path / "cache")}
    transcripts = tmp_path / "out" / "transcripts"
    with subprocess.Popen(
        command(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
    ) as process:
        while process.poll() is None and not (transcripts.is_dir() and len(list(transcripts.iterdir())) > 9):
            pass
        process.send_signal(number)
        _, talk = process.communicate(timeout=60)
    assert process.returncode == code
    finished = cards(tmp_path)
    assert 0 < len(finished) < 400
    assert (tmp_path / "out" / "report.html").read_text("utf-8").rstrip().endswith("</html>")
    assert list((tmp_path / "out").rglob(".speechqa*")) == []
    assert f"{400 - len(finished)} calls were not scored" in talk
