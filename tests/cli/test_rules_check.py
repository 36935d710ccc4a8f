"""`speechqa rules check`: faults with their lines for people, JSON for scripts, SARIF for code hosts."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from speechqa.authoring.checking.fault_kinds import KINDS
from tests.cli.command import CHECKLIST, Done, ran

HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: 试\n"
EXAMPLES = "examples: [{verdict: pass, call: 坐席：您好}, {verdict: fail, call: 坐席：喂}]"
RULE = f"{{id: a, title: 甲, because: 乙, deduct: 30, require: {{phrases: 您好}}, {EXAMPLES}}}"
FINE = f"{HEAD}rules:\n  - {RULE}\n"
WARNED = FINE.replace("because: 乙", "because: 甲")
WRONG = WARNED.replace("because: 甲, deduct: 30", "because: 甲, dedcut: 30, deduct: lots")


def check(folder: Path, *arguments: str, lang: str = "en", **files: str) -> Done:
    """The command on files of these names and contents, run in their folder."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    paths = [str(folder / f"{name}.yaml") for name in files]
    fixed = [sys.executable, "-m", "speechqa", "rules", "check", *paths, "--lang", lang]
    return ran(folder, [*fixed, *arguments])


def test_each_fault_is_shown_with_its_line_and_a_caret(tmp_path: Path) -> None:
    done = check(tmp_path, a=WRONG)
    path = tmp_path / "a.yaml"
    line = WRONG.splitlines()[5]
    shown = f"    {line[:-1]}"[:60]
    assert (done.returncode, done.stderr) == (2, "")
    out = done.stdout.splitlines()
    assert out[0] == f"{path}:6:35: unknown key dedcut; did you mean deduct?"
    assert out[1].startswith(shown)
    assert out[2] == " " * 4 + " " * (34 + 2) + "^~~~~~"  # two Chinese characters before it take two columns
    assert out[3] == f'{path}:6:55: deduct: expected a number 0-100, got "lots"'
    assert out[-1] == "1 file: 2 errors, 0 warnings"


def test_faults_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    done = check(tmp_path, a=WRONG, b=FINE, c=HEAD + "rules: []\n", d=WARNED, lang="zh")
    assert done.returncode == 2
    assert f"{tmp_path / 'b.yaml'}: 没有问题，1 条规则，1 个短语" in done.stdout
    assert f"{tmp_path / 'c.yaml'}:5:8: rules: 至少要有一条规则" in done.stdout
    assert f"{tmp_path / 'd.yaml'}:6:32: 警告：because 与 title 相同" in done.stdout
    assert f"{tmp_path / 'd.yaml'}: 可以使用，1 条规则，1 个短语" in done.stdout
    assert done.stdout.endswith("4 个文件：3 处错误，1 处警告\n")


def test_a_file_without_faults_is_one_line(tmp_path: Path) -> None:
    done = check(tmp_path, a=FINE)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'a.yaml'}: no faults, 1 rules, 1 phrases\n")


def test_warnings_alone_fail_only_when_asked(tmp_path: Path) -> None:
    assert check(tmp_path, a=WARNED).returncode == 0
    assert check(tmp_path, "--strict", a=WARNED).returncode == 1
    assert check(tmp_path, "--strict", a=FINE).returncode == 0
    assert check(tmp_path, "--strict", a=WRONG).returncode == 2


def test_json_is_all_that_stands_on_stdout(tmp_path: Path) -> None:
    done = check(tmp_path, "--format", "json", a=WRONG, b=WARNED, lang="zh")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (2, "")
    assert (report["errors"], report["warnings"]) == (2, 1)
    assert report["files"] == [
        {"path": str(tmp_path / "a.yaml"), "rules": None, "phrases": None},
        {"path": str(tmp_path / "b.yaml"), "rules": 1, "phrases": 1},
    ]
    assert report["faults"][0] == {
        "path": str(tmp_path / "a.yaml"),
        "line": 6,
        "column": 35,
        "level": "error",
        "code": "unknown-key",
        "message": "未知的键 dedcut，是不是 deduct？",
    }
    assert report["faults"][2]["level"] == "warning"


@pytest.mark.parametrize("text", [WRONG, WARNED, FINE], ids=["errors", "warnings", "none"])
def test_sarif_has_what_the_standard_asks_for(tmp_path: Path, text: str) -> None:
    log = json.loads(check(tmp_path, "--format", "sarif", a=text).stdout)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "speechqa"
    assert all(part.isdigit() for part in driver["semanticVersion"].split("."))
    kinds = [rule["id"] for rule in driver["rules"]]
    assert len(set(kinds)) == len(kinds)
    assert all(rule["shortDescription"]["text"] == KINDS[rule["id"]].en for rule in driver["rules"])
    for result in run["results"]:
        check_result(result, kinds, text)
    assert len(run["results"]) == {WRONG: 2, WARNED: 1, FINE: 0}[text]


def test_sarif_gives_no_region_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = ran(
        tmp_path,
        [
            sys.executable,
            "-m",
            "speechqa",
            "rules",
            "check",
            str(tmp_path / "none.yaml"),
            "--format",
            "sarif",
        ],
    )
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": (tmp_path / "none.yaml").as_uri()}}}
    ]


def check_result(result: dict[str, Any], kinds: list[str], text: str) -> None:
    assert set(result) == {"ruleId", "ruleIndex", "level", "message", "locations"}
    assert kinds[result["ruleIndex"]] == result["ruleId"]
    assert result["level"] in {"none", "note", "warning", "error"}
    assert result["message"]["text"]
    (location,) = result["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"]["uri"].startswith("file:///")
    region = place["region"]
    line = text.splitlines()[region["startLine"] - 1]
    assert 1 <= region["startColumn"] <= len(line)


def test_sarif_names_a_relative_file_as_it_was_given(tmp_path: Path) -> None:
    name = "质检 表.yaml"
    path = Path("rules") / name
    assert not path.exists()
    done = ran(tmp_path, [sys.executable, "-m", "speechqa", "rules", "check", str(path), "--format", "sarif"])
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "rules/%E8%B4%A8%E6%A3%80%20%E8%A1%A8.yaml"
    assert result["ruleId"] == "unreadable"


def test_an_unknown_format_is_named_with_the_known_ones(tmp_path: Path) -> None:
    done = check(tmp_path, "--format", "xml", a=FINE)
    assert done.returncode == 2
    assert "expected one of" in done.stderr
    assert "sarif" in done.stderr


def test_the_shipped_checklist_has_no_errors(tmp_path: Path) -> None:
    done = ran(tmp_path, [sys.executable, "-m", "speechqa", "rules", "check", str(CHECKLIST)])
    assert done.returncode == 0, done.stdout
