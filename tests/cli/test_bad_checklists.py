"""A checklist with faults: every fault with its place, exit 2, nothing written, in no time and memory.

Rows 22, 23 and 24 of bad input (see test_bad_input); each kind of slip alone is in tests/checklist.
"""

import sys
from pathlib import Path

import pytest

from tests.cli.command import ran, score, write_call

HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: 试\n"
MANY_FAULTS = f"""{HEAD}passmark: 80
rules:
  - {{id: a, title: 甲, because: 乙, deduct: lots, require: {{phrases: 您好}}}}
  - {{id: a, title: 甲, because: 乙, dedukt: 5, require: {{phrases: 您好}}}}
  - {{id: b, title: 甲, because: 乙, require: {{pattern: '(a+)+(?=b)'}}}}
  - {{id: c, title: 甲, because: 乙, require: {{pattern: '('}}}}
"""
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LARGE = 50_000_000  # bytes
MEMORY = 150_000  # KiB at the peak, Python and its libraries included; the large file alone has 50 000
MEASURED = """
import re, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))  # s for all of them; a bomb that goes off takes hours
sys.argv[1:1] = ["rules", "check"]
from speechqa.cli import main
try:
    main()
except SystemExit as end:
    print(end.code, re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def test_every_fault_is_told_with_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    path = tmp_path / "rules.yaml"
    path.write_text(MANY_FAULTS, "utf-8")
    done = score(tmp_path, checklist=path)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "out").exists()
    *faults, last = done.stderr.splitlines()
    places = [fault.removeprefix(f"{path}:").split(":")[0] for fault in faults]
    assert places == sorted(places, key=int)
    assert set(places) == {"5", "7", "8", "9", "10"}
    assert "use but_not" in done.stderr  # the way out of look-ahead
    assert last.startswith(f"{len(faults)} faults; nothing was scored or written. Correct what is listed")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "标题: 外呼\n".encode("gbk"),
            "rules.yaml:1:1: 编码不是 UTF-8（可能是 GBK）：请在编辑器中另存为 UTF-8",
        ),
        (b"rules:\n\t- a\n", "rules.yaml:2:1: "),
        (b"", "rules.yaml:1:1: "),
    ],
    ids=["gbk", "tab", "empty"],
)
def test_faults_are_told_in_chinese_too(tmp_path: Path, content: bytes, expected: str) -> None:
    write_call(tmp_path / "in" / "a.json")
    path = tmp_path / "rules.yaml"
    path.write_bytes(content)
    done = score(tmp_path, checklist=path, lang="zh")
    assert done.returncode == 2
    assert expected in done.stderr
    assert "共 1 处问题，本次没有评分，也没有写入任何文件；请按上面的位置改正后重新运行" in done.stderr


def test_a_checklist_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    done = score(tmp_path, checklist=tmp_path / "gone.yaml", lang="zh")
    assert done.returncode == 2
    assert "gone.yaml:1:1: 无法读取" in done.stderr


def test_hostile_files_are_refused_quickly_and_in_little_memory(tmp_path: Path) -> None:
    hostile = {
        "bomb.yaml": BOMB,
        "deep.yaml": "[" * 100_000,
        "tag.yaml": "a: !!python/object/apply:os.system ['touch gone']\n",
        "large.yaml": "a: " + "x" * LARGE,
    }
    for name, text in hostile.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = ran(tmp_path, [sys.executable, "-c", MEASURED, *(str(tmp_path / name) for name in hostile)])
    faults = done.stdout.splitlines()
    code, peak = (int(number) for number in faults.pop().split())
    assert code == 2
    assert [Path(fault.split(":")[0]).name for fault in faults] == list(hostile)
    assert peak < MEMORY
    assert not Path("gone").exists()
