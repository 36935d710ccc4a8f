"""The four files of a run appear together or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from speechqa.errors import OutputError
from speechqa.processes import Helpers, Pool
from speechqa.report import write_all, write_html, write_xlsx
from tests.report.runs import failed, many, run, scored

NAMES = ["report.html", "scorecards.csv", "scorecards.jsonl", "scorecards.xlsx"]


def test_a_run_becomes_four_files_in_a_folder_made_for_them(tmp_path: Path) -> None:
    paths = write_all(run(scored(), failed()), tmp_path / "new" / "out")
    assert sorted(path.name for path in paths) == NAMES
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == NAMES


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_all(run(scored(), failed()), tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("room", [2_000, 10_000, 30_000])
def test_a_full_disk_leaves_the_files_of_the_last_run(tmp_path: Path, room: int) -> None:
    """The limit on file sizes stands in for a full disk; `room` decides which of the files meets it."""
    old = write_all(run(failed()), tmp_path)
    before = [path.read_bytes() for path in old]
    program = f"""
import resource, signal
from pathlib import Path
from speechqa.errors import OutputError
from speechqa.report import write_all
from tests.report.runs import many, run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
calls = run(*many(30))
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    write_all(calls, Path({str(tmp_path)!r}))
except OutputError as error:
    print(error.code)
"""
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "E_DISK_FULL"
    assert [path.read_bytes() for path in old] == before
    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES


def test_with_help_the_files_are_what_one_process_would_write(tmp_path: Path) -> None:
    calls = run(*many(250), failed())
    with Pool() as crew:
        write_all(calls, tmp_path, Helpers(crew))
    write_xlsx(calls, tmp_path / "alone.xlsx")
    write_html(calls, tmp_path / "alone.html")
    assert (tmp_path / "scorecards.xlsx").read_bytes() == (tmp_path / "alone.xlsx").read_bytes()
    assert (tmp_path / "report.html").read_bytes() == (tmp_path / "alone.html").read_bytes()


def test_an_output_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError) as caught:
        write_all(run(scored()), tmp_path / "out")
    assert caught.value.code == "E_OUTPUT"


def test_importing_the_report_loads_no_heavy_library() -> None:
    program = "import sys, speechqa.report; print({'jinja2', 'xlsxwriter', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
