"""A checklist with faults: every fault with its place, exit 2, nothing written, in no time and memory.

Rows 22, 23 and 24 of bad input (see test_bad_input); each kind of slip alone is in tests/checklist.
"""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import environment, score, write_call

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
MEMORY = 70_000_000  # bytes that the command may take, beside some 20 MB of code: 100 MB are promised
WORK = 20  # s of the processor: a bomb that goes off takes hours
HEADED = HEAD + "phrases:\n  many:\n" + "".join(f"    - 词{number}\n" for number in range(3_000))
HOSTILE = {  # what the file says: what is said of it
    "bomb": (BOMB, ":1:4: anchors (&name) are not allowed"),
    "deep": ("[" * 10_000, ":1:25: nested deeper than 24 levels"),
    "deep on lines": ("[\n" * 10_000, ":25:1: nested deeper than 24 levels"),
    "tag": ("a: !!python/object/apply:os.system ['touch gone']\n", ":1:4: YAML tags (!...) are not allowed"),
    "long tag": ("a: !" + "x" * 250_000, ":1:20001: expected at most 20,000 characters in a line"),
    "large": ("a: " + "x" * 50_000_000, ":1:1: expected at most 300,000 bytes"),
    "entries": ("a:\n" + "- x\n" * 70_000, ":14999:3: more than 15,000 entries"),
    "keys": ("".join(f"k{number}: x\n" for number in range(7_000)), ":200:1: too many faults to go on"),
    "lists": (
        HEADED + "moments:\n  a:\n    any:\n" + "    - {phrases: [<many>, x]}\n" * 2_000,
        "references bring in more than 200,000 phrases",
    ),
    "chain": (
        HEAD + "moments:\n" + "".join(f"  m{n}: {{happened: m{n + 1}}}\n" for n in range(3_000)),
        "unknown moment m3000; did you mean m300?",
    ),
}


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
    assert "gone.yaml: 无法读取" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to RLIMIT_DATA")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_little_memory_and_work(tmp_path: Path, name: str) -> None:
    content, expected = HOSTILE[name]
    path = tmp_path / "rules.yaml"
    path.write_text(content, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "speechqa", "rules", "check", str(path), "--lang", "en"],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
        preexec_fn=limited,
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert expected in done.stdout
    assert not Path("gone").exists()


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
