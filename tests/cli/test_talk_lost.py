"""A run whose talk nobody takes: the pipe of stderr is closed, its disk is full, or there is no stderr."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.command import Done, cards, command, environment, whole_results, write_call

CALLS = 3


def ran(folder: Path, shell: str) -> Done:
    """The command as a shell runs it: `"$@"` is the command."""
    for number in range(CALLS):
        write_call(folder / "in" / f"{number}.json")
    return subprocess.run(
        ["bash", "-c", shell, "bash", *command(folder)],
        capture_output=True,
        encoding="utf-8",
        env=environment(folder),
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "shell",
    [
        pytest.param('"$@" 2> >(exec 0<&-)', id="a reader that goes away"),
        pytest.param('"$@" 2>/dev/full', id="a full disk"),
        pytest.param('"$@" 2>&-', id="closed before the start"),
        pytest.param('"$@" <&- 2>&-', id="closed with stdin"),
    ],
)
def test_talk_that_nobody_takes_costs_no_report(tmp_path: Path, shell: str) -> None:
    if "/dev/full" in shell and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    done = ran(tmp_path, shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(cards(tmp_path)) == CALLS  # no talk among the rows
    assert whole_results(tmp_path)


def test_a_run_without_any_stream_writes_its_files(tmp_path: Path) -> None:
    assert ran(tmp_path, '"$@" <&- >&- 2>&-').returncode == 0
    assert whole_results(tmp_path)


def test_a_pipe_that_is_full_stops_nobody(tmp_path: Path) -> None:
    """Its reader sleeps, and it was set not to wait, as some terminals do."""
    write_call(tmp_path / "in" / "a.json")
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    for size in (4_096, 1):
        with suppress(BlockingIOError):
            while os.write(writing, bytes(size)):
                pass
    done = subprocess.run(
        command(tmp_path),
        stdout=subprocess.PIPE,
        stderr=writing,
        env=environment(tmp_path),
        timeout=120,
        check=False,
    )
    os.close(reading)
    os.close(writing)
    assert done.returncode == 0
    assert whole_results(tmp_path)
