"""`rules diff` tells what a change does to past calls, for people and for scripts."""

import json
import re
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
    assert "1 only by the new; only 2 calls, too few to see a pattern" in done.stdout
    assert "p = " not in done.stdout
    assert "  张三: -30.00 points on average, n = 1, 1 moved, few calls" in done.stdout
    assert "  a  passed 100 -> not passed 70" in done.stdout


def test_it_speaks_chinese(folder: Path) -> None:
    done = diff(folder, "--calls", str(folder / "calls.csv"), lang="zh")
    assert "hello 问候：2 通结论改变，对坐席有利 1，不利 1" in done.stdout
    assert "  判不通过：只在旧表 1 通，只在新表 1 通；只有 2 通，看不出规律" in done.stdout
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


def test_what_chance_may_do_is_said_in_words_and_the_test_named_once(folder: Path) -> None:
    for name in "defgh":
        write_call(folder / "in" / f"{name}.json", OPENINGS[0])
    done = diff(folder, lang="zh")
    assert "只在旧表 1 通，只在新表 6 通；差异可能只是偶然（精确检验 p = 0.125）" in done.stdout
    assert done.stdout.count("McNemar") == 1
    assert "精确检验：McNemar" in done.stdout.splitlines()[-1]


def test_reviews_give_precision_and_recall_in_a_table(folder: Path) -> None:
    for name in "de":
        write_call(folder / "in" / f"{name}.json", OPENINGS[0])
    verdicts = "a,hello,合格\nb,hello,合格\nc,hello,不合格\nd,hello,合格\ne,问候,合格\na,bye,合格\n"
    reviews = folder / "reviews.csv"
    reviews.write_text(f"call_id,rule,verdict\n{verdicts}", "utf-8")
    told = diff(folder, "--reviews", str(reviews)).stdout
    head, every, hello = told[told.index("against the reviewers") :].splitlines()[1:4]
    assert re.split(" {2,}", head) == [
        "rule",
        "reviewed",
        "precision old -> new",
        "recall old -> new",
        "left to a listener (fails) old -> new",
    ]
    assert every.startswith("all rules  6         1/2 (9%-91%) -> 1/4 (5%-70%)  1/1 (21%-100%)")
    assert hello.startswith("hello      5         1/2 (9%-91%) -> 1/4 (5%-70%)  1/1 (21%-100%)")
    assert told.rstrip().endswith("too few reviewed (under 5) to tell: bye 1")


def test_few_reviews_get_one_line(folder: Path) -> None:
    reviews = folder / "reviews.csv"
    reviews.write_text("call_id,rule,verdict\na,hello,合格\n", "utf-8")
    done = diff(folder, "--reviews", str(reviews), lang="zh")
    told = done.stdout[done.stdout.index("与复核结果对照") :].splitlines()
    assert told[1:] == ["复核太少（不到 5 项），看不出准不准：全部规则 1 项、hello 1 项"]


def test_reviews_that_count_for_nothing_are_told_by_row(folder: Path) -> None:
    reviews = folder / "reviews.csv"
    rows = "a,helo,合格\nx1,hello,合格\nx2,hello,合格\nx2,bye,合格\nx3,bye,合格\nx4,bye,合格\n"
    reviews.write_text(f"call_id,rule,verdict\n{rows}", "utf-8")
    done = diff(folder, "--reviews", str(reviews), lang="zh")
    assert "reviews.csv:2:3: 没有规则 helo，这一行不计；是不是 hello？" in done.stderr
    assert "有 4 通复核过的通话不在 --on 里，不计：x1、x2、x3……" in done.stderr


def test_rules_that_change_by_a_list_are_told_with_the_list(folder: Path) -> None:
    body = f"{HEAD}phrases:\n  问候: [您好]\nrules:\n{HELLO.replace('您好', '<问候>')}{BYE}"
    (folder / "old.yaml").write_text(body, "utf-8")
    (folder / "new.yaml").write_text(body.replace("[您好]", "[早上好, 上午好]"), "utf-8")
    zh = diff(folder, lang="zh").stdout
    assert zh.splitlines()[1] == (
        "改动的列表：问候（加 早上好、上午好，删 您好）；因此受影响的规则 1 条：hello 问候"
    )
    assert "有改动的规则" not in zh
    found = json.loads(diff(folder, "--format", "json").stdout)
    assert found["edits"] == [
        {
            "kind": "phrases",
            "name": "问候",
            "added": ["早上好", "上午好"],
            "removed": ["您好"],
            "rules": ["hello"],
        }
    ]


def test_faults_of_the_reviews_end_it(folder: Path) -> None:
    reviews = folder / "reviews.csv"
    reviews.write_text("call_id,rule,verdict\na,hello,不错\n", "utf-8")
    done = diff(folder, "--reviews", str(reviews), lang="zh")
    assert (done.returncode, done.stdout) == (2, "")
    assert "reviews.csv:2:9: verdict 应为 合格、不合格、不适用" in done.stderr


ONLY = BYE.replace("require", "when: {metadata: agent_id, eq: 张三}, require")


def test_columns_that_changed_rules_need_and_nobody_gave_are_told(folder: Path) -> None:
    (folder / "new.yaml").write_text(f"{HEAD}rules:\n{HELLO}{ONLY}", "utf-8")
    assert "rules ask for agent_id, which 3 of 3 calls lack" in diff(folder).stderr
    assert "agent_id" not in diff(folder, "--calls", str(folder / "calls.csv")).stderr


def test_a_column_that_the_table_lacks_is_to_be_added_to_it(folder: Path) -> None:
    (folder / "new.yaml").write_text(f"{HEAD}rules:\n{HELLO}{ONLY.replace('agent_id', 'vip')}", "utf-8")
    done = diff(folder, "--calls", str(folder / "calls.csv"), lang="zh")
    assert "calls.csv 里没有 vip 这一列（或整列为空），规则要用到它；请补上这一列" in done.stderr


def test_what_only_unchanged_rules_need_is_not_mentioned(folder: Path) -> None:
    for name, hello in (("old", HELLO), ("new", HELLO.replace("您好", "早上好"))):
        (folder / f"{name}.yaml").write_text(f"{HEAD}rules:\n{hello}{ONLY}", "utf-8")
    done = diff(folder)
    assert (done.returncode, done.stderr) == (1, "")


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
