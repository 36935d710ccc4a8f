"""`speechqa rules show`, `explain`, `schema` and `new`: what a rule author reads and begins with."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.command import CHECKLIST, Done, environment, ran

RULES = """speechqa: 1
id: t
version: '1'
title: 试用
moments:
  介绍: {by: agent, phrases: 给您推荐}
rules:
  - {id: hello, title: 问候, because: 没有问候, deduct: 10, require: {by: agent, phrases: 您好}}
  - id: fee
    title: 资费
    because: 没说资费
    deduct: 5
    when: {happened: 介绍}
    require: {by: agent, phrases: 资费}
"""
TURNS = [
    {"role": "agent", "start": 0, "end": 4, "text": "喂，给您推荐宽带，打幺三八零零一三八零零零咨询"},
    {"role": "customer", "start": 5, "end": 8, "text": "资费呢，您好"},
]


def rules(folder: Path, *arguments: str, lang: str = "zh") -> Done:
    return ran(folder, [sys.executable, "-m", "speechqa", "rules", *arguments, "--lang", lang])


@pytest.fixture
def checklist(tmp_path: Path) -> Path:
    path = tmp_path / "c.yaml"
    path.write_text(RULES, "utf-8")
    return path


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """A transcript as a run leaves it."""
    path = tmp_path / "out" / "transcripts" / "call-7.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"call_id": "call-7", "turns": TURNS}, ensure_ascii=False), "utf-8")
    return path


def test_show_tells_the_shipped_checklist_in_both_languages(tmp_path: Path) -> None:
    zh, en = rules(tmp_path, "show", str(CHECKLIST)), rules(tmp_path, "show", str(CHECKLIST), lang="en")
    assert (zh.returncode, zh.stderr, en.returncode, en.stderr) == (0, "", 0, "")
    assert "1. 开场问候（greeting）：扣 5 分，轻重：一般\n   必须：坐席在开口 15 秒内说“您好”" in zh.stdout
    assert "Must: the agent says one of" in en.stdout


def test_show_tells_only_the_rules_that_are_named(tmp_path: Path, checklist: Path) -> None:
    done = rules(tmp_path, "show", str(checklist), "fee", "--format", "markdown")
    assert done.returncode == 0
    assert "### 1. 资费（fee）：扣 5 分，轻重：一般" in done.stdout
    assert "- **适用的情形**：出现“介绍”" in done.stdout
    assert "问候" not in done.stdout


def test_show_asks_which_rule_was_meant(tmp_path: Path, checklist: Path) -> None:
    done = rules(tmp_path, "show", str(checklist), "fees")
    assert (done.returncode, done.stdout) == (2, "")
    assert "是不是 fee？" in done.stderr


def test_a_rule_may_be_named_by_its_title(tmp_path: Path, checklist: Path) -> None:
    done = rules(tmp_path, "show", str(checklist), "资费")
    assert (done.returncode, done.stderr) == (0, "")
    assert "资费（fee）" in done.stdout
    assert "问候" not in done.stdout


def test_a_rule_that_is_not_there_is_answered_with_ids_and_titles(tmp_path: Path, checklist: Path) -> None:
    done = rules(tmp_path, "show", str(checklist), "礼貌结束")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有规则 礼貌结束；有：hello（问候）、fee（资费）" in done.stderr


def test_a_title_of_several_rules_names_none_of_them(tmp_path: Path, checklist: Path) -> None:
    checklist.write_text(RULES.replace("title: 问候", "title: 资费"), "utf-8")
    done = rules(tmp_path, "show", str(checklist), "资费")
    assert (done.returncode, done.stdout) == (2, "")
    assert "不止一条规则叫 资费；有：hello（资费）、fee（资费）" in done.stderr


@pytest.mark.parametrize("command", ["show", "test"])
def test_those_who_score_nothing_are_not_told_that_nothing_was_scored(
    command: str, tmp_path: Path, checklist: Path
) -> None:
    checklist.write_text(RULES.replace("deduct: 5", "deduct: 5分"), "utf-8")
    done = rules(tmp_path, command, str(checklist))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[1:] == ["共 1 处问题；请按上面的位置改正后重新运行"]


@pytest.mark.parametrize("command", ["show", "test"])
def test_a_checklist_that_is_not_there_has_no_place_to_correct(command: str, tmp_path: Path) -> None:
    done = rules(tmp_path, command, str(tmp_path / "none.yaml"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{tmp_path / 'none.yaml'}: 无法读取质检表（文件或目录不存在）；请检查路径"
    ]


def test_explain_finds_a_call_of_a_run_by_its_id(tmp_path: Path, checklist: Path, call: Path) -> None:
    where = ("--checklist", str(checklist), "--on", str(call.parents[1]))
    done = rules(tmp_path, "explain", "call-7", "fee", *where)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "call-7：资费 (fee) 不通过"
    for said in (
        "分值：扣 5 分，轻重：一般。这一通扣 5 分。",
        "  适用的情形：有，规则适用",
        "    ✓ 出现“介绍”",
        "  必须：没做到",
        "    ✗ 坐席说“资费”",
        "        看了全程，坐席 1 句",
        "        有，但是客户说的：",
        "          客户 00:05 “资费”（按文字），把握 100%",
    ):
        assert said in lines


def test_explain_mentions_only_columns_that_its_rule_needs(
    tmp_path: Path, checklist: Path, call: Path
) -> None:
    vip = "  - {id: vip, title: 贵宾, because: 乙, deduct: 1, require: {metadata: vip, eq: 是}}\n"
    checklist.write_text(RULES + vip, "utf-8")
    where = ("--checklist", str(checklist), "--on", str(call.parents[1]))
    assert rules(tmp_path, "explain", "call-7", "fee", *where).stderr == ""
    assert (
        "规则用到通话信息 vip，1 通里有 1 通没有"
        in rules(tmp_path, "explain", "call-7", "vip", *where).stderr
    )


def test_explain_tells_of_a_moment_that_did_not_happen_what_decided_it(tmp_path: Path, call: Path) -> None:
    hung_up = "{all: [{metadata: hung_up_by, exists: yes}, {metadata: hung_up_by, eq: customer}]}"
    path = tmp_path / "hung.yaml"
    moments = f"moments:\n  挂断: {hung_up}\n  没声: {{silence: over 60 s}}\n  先走: {{happened: 没声}}\n"
    rule = "{id: r, title: 甲, because: 乙, add: 2, require: {all: [{happened: 挂断}, {happened: 先走}]}}"
    path.write_text(f"speechqa: 1\nid: t\nversion: '1'\ntitle: 试\n{moments}rules:\n  - {rule}\n", "utf-8")
    lines = rules(tmp_path, "explain", str(call), "r", "--checklist", str(path)).stdout.splitlines()
    assert lines[0] == "call-7：甲 (r) 未加分"
    assert lines[2] == "分值：加 2 分。这一通没有加分。"
    start = lines.index("规则里的时刻")
    assert lines[start + 1 : start + 4] == [
        "  ✗ “挂断”：没有出现",
        "      ✗ 通话信息里的“hung_up_by”有填写",
        "          这通的通话信息里没有“hung_up_by”，所以这一条算“没有”",
    ]
    assert "这些时刻又用到" not in "".join(lines), "nothing behind them happened"


def test_explain_reads_a_transcript_by_its_name(tmp_path: Path, checklist: Path, call: Path) -> None:
    done = rules(tmp_path, "explain", str(call), "hello", "--checklist", str(checklist), lang="en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "there, but said by the customer:" in done.stdout


def test_explain_hides_personal_numbers(tmp_path: Path, checklist: Path, call: Path) -> None:
    checklist.write_text(RULES.replace("phrases: 资费}", "pattern: 打.*咨询}"), "utf-8")
    done = rules(tmp_path, "explain", str(call), "fee", "--checklist", str(checklist))
    assert "打*********零零咨询" in done.stdout
    assert "幺三八" not in done.stdout


@pytest.mark.parametrize(
    ("name", "on", "said"),
    [
        ("call-8", True, "是不是 call-7？"),
        ("call-7", False, "请用 --on 指定 speechqa score 的结果目录"),
    ],
)
def test_explain_says_how_a_call_is_named(
    name: str, on: bool, said: str, tmp_path: Path, checklist: Path, call: Path
) -> None:
    folder = ("--on", str(call.parents[1])) if on else ()
    done = rules(tmp_path, "explain", name, "fee", "--checklist", str(checklist), *folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_schema_is_json_alone(tmp_path: Path) -> None:
    done = rules(tmp_path, "schema")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    terms = rules(tmp_path, "schema", "--terms")
    assert (terms.returncode, terms.stderr) == (0, "")
    assert set(json.loads(terms.stdout)["properties"]) == {"speechqa", "title", "phrases"}
    assert (
        "  # yaml-language-server: $schema=checklist.schema.json\n"
        in rules(tmp_path, "schema", "--help").stdout
    )


def written_by_new(folder: Path, *arguments: str) -> Done:
    command = [sys.executable, "-m", "speechqa", "rules", "new", *arguments, "--lang", "zh"]
    return subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**environment(folder), "PYTHONPATH": str(CHECKLIST.parents[1])},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(("typed", "direction"), [("outbound", "outbound"), ("呼入", "inbound")])
def test_new_asks_nothing_where_there_is_no_terminal_and_what_it_writes_is_sound(
    typed: str, direction: str, tmp_path: Path
) -> None:
    done = written_by_new(tmp_path, "--direction", typed, "--greeting", "您好", "--forbid", "保证收益")
    path = tmp_path / f"{direction}.yaml"
    assert (done.returncode, done.stdout) == (0, "")
    assert f"已写好 {direction}.yaml" in done.stderr
    assert rules(tmp_path, "check", str(path), "--strict").returncode == 0
    assert rules(tmp_path, "test", str(path)).returncode == 0


def test_new_leaves_a_file_alone_unless_forced(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("# 我写的\n", "utf-8")
    refused = written_by_new(tmp_path, "mine.yaml")
    assert refused.returncode == 2
    assert "已经存在" in refused.stderr
    assert mine.read_text("utf-8") == "# 我写的\n"
    assert written_by_new(tmp_path, "mine.yaml", "--force").returncode == 0
    assert mine.read_text("utf-8").startswith("# 外呼质检")


def test_new_refuses_what_no_checklist_can_have(tmp_path: Path) -> None:
    done = written_by_new(tmp_path, "--id", "外呼")
    assert (done.returncode, list(tmp_path.glob("*.yaml"))) == (2, [])
    assert "小写字母" in done.stderr


def test_new_refuses_a_direction_that_is_none(tmp_path: Path) -> None:
    done = written_by_new(tmp_path, "--direction", "哪个")
    assert (done.returncode, list(tmp_path.glob("*.yaml"))) == (2, [])
    assert "请回答 外呼 (outbound) 或 呼入 (inbound)" in done.stderr


def interviewed(folder: Path, answers: Sequence[str]) -> str:
    """What a terminal shows while the questions are answered."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "speechqa", "rules", "new", "--lang", "zh"]
    environ = {**environment(folder), "PYTHONPATH": str(CHECKLIST.parents[1])}
    with subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environ
    ) as asking:
        os.close(theirs)
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end was closed
                break
            if not part:
                break
            shown += part
        assert asking.wait(timeout=120) == 0, shown.decode()
    os.close(ours)
    return shown.decode()


def test_new_asks_on_a_terminal_again_until_it_is_answered_and_enter_accepts(tmp_path: Path) -> None:
    shown = interviewed(
        tmp_path,
        [
            "哪个",
            "呼入",
            "法语",
            "",
            "Bad Id",
            "kefu",
            "客服热线",
            "您好，江城水务；早上好 上午好",
            "",
            "0",
            "85",
        ],
    )
    assert "请重填：请回答 外呼 (outbound) 或 呼入 (inbound)" in shown
    assert "请重填：请回答 zh（中文）或 en（英语）" in shown
    assert "请重填：只能用小写字母、数字和连字符" in shown
    assert "请重填：请填 1 到 100 的整数" in shown
    assert "Error" not in shown
    text = (tmp_path / "kefu.yaml").read_text("utf-8")
    for said in (
        "id: kefu\n",
        "title: 客服热线\n",
        "问候: ['您好，江城水务', 早上好, 上午好]",
        "pass_mark: 85 ",
        "客户不满",
        "不归我管",
    ):
        assert said in text


def test_new_asks_in_which_language_the_calls_are(tmp_path: Path) -> None:
    answers = ["呼入", "英语", "service", "Service line", "good day; hello, this is Amy", "", ""]
    shown = interviewed(tmp_path, answers)
    assert "not my problem" in shown  # what English callers must not hear, by default
    text = (tmp_path / "service.yaml").read_text("utf-8")
    for said in (
        "language: en ",
        "问候: [good day, 'hello, this is Amy']",
        "not my problem",
        "pass_mark: 80 ",
    ):
        assert said in text


def test_new_takes_the_language_of_the_calls(tmp_path: Path) -> None:
    done = written_by_new(tmp_path, "english.yaml", "--language", "en")
    assert done.returncode == 0
    assert "language: en " in (tmp_path / "english.yaml").read_text("utf-8")
    refused = written_by_new(tmp_path, "other.yaml", "--language", "fr")
    assert refused.returncode == 2
    assert "zh（中文）或 en（英语）" in refused.stderr
