"""`rules diff` tells what a change does to past calls, for people and for scripts."""

import json
import sys
from pathlib import Path

import pytest

from tests.authoring.said_calls import BYE, HEAD, HELLO
from tests.cli.command import Done, cards, ran, score, write_call

OPENINGS = ("您好，我是客服", "早上好，我是客服", "喂，我的号码是13800138000")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three calls of two agents, and two checklists that greet in different ways."""
    for name, opening in zip("abc", OPENINGS, strict=True):
        write_call(tmp_path / "in" / f"{name}.json", opening)
    (tmp_path / "calls.csv").write_text(
        "recording,agent_id\na.json,张三\nb.json,李四\nc.json,李四\n", "utf-8"
    )
    (tmp_path / "old.yaml").write_text(f"{HEAD}rules:\n{HELLO}{BYE}", "utf-8")
    (tmp_path / "new.yaml").write_text(f"{HEAD}rules:\n{HELLO.replace('您好', '早上好')}{BYE}", "utf-8")
    return tmp_path


def diff(folder: Path, *options: str, lang: str = "en", on: str = "in", new: str = "new.yaml") -> Done:
    files = [str(folder / "old.yaml"), str(folder / new), "--on", str(folder / on)]
    return ran(folder, [sys.executable, "-m", "speechqa", "rules", "diff", *files, "--lang", lang, *options])


def test_each_flip_has_both_readings_and_the_place_to_listen_to(folder: Path) -> None:
    done = diff(folder, "--calls", str(folder / "calls.csv"))
    assert done.returncode == 1
    assert done.stdout.splitlines()[:5] == [
        "3 calls",
        "changed (1): hello 问候",
        "",
        "hello 问候: 2 verdicts changed, 1 for the agent, 1 against",
        "  pass -> fail 1, fail -> pass 1",
    ]
    assert "  a  pass -> fail  against the agent  listen at 00:00" in done.stdout
    assert "    old: 00:00 “您好” (by text)" in done.stdout
    assert "McNemar's exact p = 1.000, the difference may be mere chance" in done.stdout
    assert "  张三: -30.00 points on average, n = 1, 1 moved, few calls" in done.stdout
    assert "  a  passed 100 -> not passed 70" in done.stdout


def test_it_speaks_chinese(folder: Path) -> None:
    done = diff(folder, "--calls", str(folder / "calls.csv"), lang="zh")
    assert "hello 问候：2 通结论改变，对坐席有利 1，不利 1" in done.stdout
    assert (
        "  判不通过：只在旧表 1 通，只在新表 1 通；McNemar 精确检验 p = 1.000，差异可能只是偶然"
        in done.stdout
    )
    assert "  李四：平均 +15.00 分，n = 2，1 通有变化，样本少" in done.stdout


def test_flips_beyond_the_limit_are_counted(folder: Path) -> None:
    done = diff(folder, "--limit", "0")
    assert "    old:" not in done.stdout
    assert done.stdout.count("  2 more; --limit shows more") == 2


def test_the_json_has_every_flip(folder: Path) -> None:
    done = diff(folder, "--format", "json", "--limit", "0", "--calls", str(folder / "calls.csv"))
    found = json.loads(done.stdout)
    assert (found["calls"], found["changed"], found["unread"]) == (3, ["hello"], [])
    (rule,) = found["rules"]
    assert rule["fails"] == {"only_old": 1, "only_new": 1, "p": 1.0}
    assert [(one["call_id"], one["old"]["verdict"], one["favour"]) for one in rule["flips"]] == [
        ("a", "pass", "against_agent"),
        ("b", "fail", "agent"),
    ]
    assert rule["flips"][0]["old"]["hits"][0]["heard"] == "您好"
    assert {one["agent_id"]: one["mean"] for one in found["agents"]} == {"张三": -30.0, "李四": 15.0}


def test_the_same_rules_end_with_0(folder: Path) -> None:
    done = diff(folder, new="old.yaml")
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["3 calls", "no rule is another", "no verdict and no score is another"]


def test_a_result_folder_brings_what_it_knows_of_its_calls(folder: Path) -> None:
    checklist = folder / "old.yaml"
    score(folder, "--calls", str(folder / "calls.csv"), checklist=checklist)
    assert len(cards(folder)) == 3
    done = diff(folder, on="out")
    assert "  张三: -30.00 points on average" in done.stdout


def test_reviews_give_precision_and_recall(folder: Path) -> None:
    reviews = folder / "reviews.csv"
    reviews.write_text("call_id,rule,verdict\na,hello,合格\nb,hello,合格\nc,hello,不合格\n", "utf-8")
    done = diff(folder, "--reviews", str(reviews))
    told = done.stdout[done.stdout.index("against the reviewers") :].splitlines()
    assert told[1] == "all rules: 3 reviewed"
    assert told[2].startswith("  old: precision of fails 50% (9%-91%, n = 2, too few to go by), recall 100%")
    assert told[4] == "hello: 3 reviewed"


def test_faults_of_the_reviews_end_it(folder: Path) -> None:
    reviews = folder / "reviews.csv"
    reviews.write_text("call_id,rule,verdict\na,hello,不错\n", "utf-8")
    done = diff(folder, "--reviews", str(reviews), lang="zh")
    assert (done.returncode, done.stdout) == (2, "")
    assert "reviews.csv:2:9: verdict 应为 合格、不合格、不适用" in done.stderr


def test_columns_that_rules_need_and_nobody_gave_are_told(folder: Path) -> None:
    new = folder / "new.yaml"
    rule = BYE.replace("require", "when: {metadata: agent_id, eq: 张三}, require")
    new.write_text(f"{HEAD}rules:\n{HELLO}{rule}", "utf-8")
    assert "rules ask for agent_id, which 3 of 3 calls lack" in diff(folder).stderr
    assert "agent_id" not in diff(folder, "--calls", str(folder / "calls.csv")).stderr


def test_a_broken_transcript_is_left_out_and_told(folder: Path) -> None:
    (folder / "in" / "d.json").write_text('{"turns": [{}]}')
    done = diff(folder)
    assert done.stdout.startswith("3 calls")
    assert "skipped d: " in done.stderr


def test_numbers_of_customers_are_masked(folder: Path) -> None:
    new = folder / "new.yaml"
    new.write_text(f"{HEAD}rules:\n{HELLO.replace('您好', '[您好, 我的号码是13800138000]')}{BYE}", "utf-8")
    for form in ("text", "json"):
        done = diff(folder, "--format", form)
        assert "我的号码是*********00" in done.stdout
        assert "13800138000”" not in done.stdout


@pytest.mark.parametrize("missing", ["on", "new"])
def test_what_is_not_there_is_told_without_a_result(folder: Path, missing: str) -> None:
    done = diff(folder, on="nowhere") if missing == "on" else diff(folder, new="nowhere.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere" in done.stderr
