"""A --calls table with faults: all of them told with their places, and nothing begun."""

from pathlib import Path

import pytest

from tests.cli.command import cards, score, write_call


def faulty(folder: Path, table: str | bytes, lang: str = "en") -> str:
    """What is complained of; asserts that nothing was scored or written."""
    write_call(folder / "in" / "a.json")
    write_call(folder / "in" / "b.json")
    path = folder / "calls.csv"
    path.write_bytes(table.encode() if isinstance(table, str) else table)
    done = score(folder, "--calls", str(path), lang=lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (folder / "out").exists()
    return done.stderr


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("call_id,team\n1,north\n", "calls.csv:1:1: expected a column recording"),
        ("recordng,team\na.wav,north\n", "is 'recordng' meant for it?"),
        ("recording,team,team\na.wav,x,y\n", "calls.csv:1:16: "),
        ("recording\na.wav\na.wav\n", "calls.csv:3:1: recording 'a.wav' is there already in line 2"),
        ("recording,call_id\na.wav,1\nb.wav,1\n", "calls.csv:3:7: call_id '1' is there already in line 2"),
        ("recording,call_id\na.wav,../../etc/x\n", "calls.csv:2:7: call_id '../../etc/x' cannot name a file"),
        ("recording,call_id\na.wav,/etc/x\n", "calls.csv:2:7: call_id '/etc/x' cannot name a file"),
        ('recording,call_id\na.wav,"1\n2"\n', "calls.csv:2:7: call_id '1\\n2' cannot name a file"),
        ("recording,layout\na.wav,quad\n", "calls.csv:2:7: layout: expected stereo or mono, got 'quad'"),
        ("", "calls.csv:1:1: empty; expected a heading row"),
        (b"recording\n\xff\xff\xff\n", "calls.csv:2:1: expected UTF-8 or GBK, got byte 0xff; save the sheet"),
    ],
)
def test_a_fault_stops_the_run_with_its_line_and_column(
    tmp_path: Path, table: str | bytes, expected: str
) -> None:
    told = faulty(tmp_path, table)
    assert expected in told
    assert "nothing was scored or written. Correct what is listed above and run again" in told


def test_all_faults_are_told_at_once_and_in_chinese_too(tmp_path: Path) -> None:
    told = faulty(tmp_path, "recording,call_id,layout\na.wav,../x,quad\n,2,mono\n", lang="zh")
    assert "calls.csv:2:7: call_id '../x' 不能用作文件名" in told
    assert "calls.csv:2:12: layout 应为 stereo 或 mono，实为 'quad'" in told
    assert "calls.csv:3:1: recording 为空，应填录音的文件名或路径" in told
    assert "共 3 处问题，本次没有评分" in told


def test_rows_without_a_recording_are_failed_calls_and_the_others_are_scored(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    table = tmp_path / "calls.csv"
    table.write_bytes("recording,call_id,team\na.wav,一号,北区\n../a.mp3,二号,北区\n".encode("gbk"))
    done = score(tmp_path, "--calls", str(table), lang="zh")
    assert done.returncode == 1
    first, second = cards(tmp_path)
    assert (first["call_id"], first["status"], first["metadata"]) == ("一号", "scored", {"team": "北区"})
    assert (second["call_id"], second["status"]) == ("二号", "failed")
    assert second["error"] == {
        "code": "E_MISSING",
        "message": "通话信息表第 3 行的录音 ../a.mp3 不在本次输入中；请补上该录音，或从表中删去这一行",
    }


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    done = score(tmp_path, "--calls", str(tmp_path / "gone.csv"), lang="zh")
    assert done.returncode == 2
    assert "gone.csv:1:1: 无法读取（文件或目录不存在）；请检查路径" in done.stderr
