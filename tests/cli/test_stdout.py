"""Where the rows of a run go: terminals that are not UTF-8, and readers that go away."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import cards, command, environment, running, whole_results, write_call

MANY = 120  # calls: more lines than a pipe's reader takes at once


def printed(folder: Path, encoding: str, *options: str) -> bytes:
    """Stdout of a terminal with that encoding, about one faulty file whose name has an emoji."""
    (folder / "in").mkdir()
    (folder / "in" / "笑😀.json").write_text('{"turns": [{"role": "boss"}]}')
    done = subprocess.run(
        command(folder, *options, lang="zh"),
        capture_output=True,
        env=environment(folder, PYTHONUTF8="0", PYTHONIOENCODING=encoding),
        timeout=120,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    return done.stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_what_a_terminal_cannot_show_is_escaped(tmp_path: Path, encoding: str) -> None:
    row = printed(tmp_path, encoding).decode(encoding)
    assert r"\U0001f600.json" in row
    assert ("转写文件的格式见 README" if encoding == "gbk" else r"\u8f6c\u5199\u6587\u4ef6") in row


def test_json_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    (line,) = printed(tmp_path, "gbk", "--json").decode("utf-8").splitlines()
    assert [json.loads(line)] == cards(tmp_path)


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_reader_that_goes_away_costs_nothing(tmp_path: Path, options: tuple[str, ...]) -> None:
    for number in range(MANY):
        write_call(tmp_path / "in" / f"{number:03}.json")
    with running(tmp_path, command(tmp_path, *options)) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, talk = process.communicate(timeout=120)
    assert process.returncode == 0, talk
    assert "results: " in talk
    assert whole_results(tmp_path)
