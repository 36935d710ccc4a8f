"""Flows: what was said in order, late, in the wrong place or never; branches, and calls that broke off."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Witness
from speechqa.call import Role, Transcript, Turn, Word
from speechqa.checklist import Checklist, load
from speechqa.errors import ChecklistError
from tests.matching.lines import dialogue, judged

HEAD = """
speechqa: 1
id: t
version: '1'
title: 投诉
moments:
  客户说完: {by: customer, phrases: [就是这个事, 你们说怎么办, 你说咋整]}
  挂断: {by: customer, phrases: [我挂了, 不说了]}
  理解: {by: agent, phrases: [理解您的心情, 换做是我, 确实着急]}
  赞美: {by: agent, phrases: [感谢您的反馈, 谢谢您告诉我们, 您说得很详细]}
  转移: {by: agent, phrases: [咱们先看, 我们先把问题, 帮您查一下]}
  解决:
    by: agent
    means: 有时限的方案
    pattern: '(今天|明天|后天|[0-9一二三两四五]+个?(小时|工作日|天)).{0,12}(处理|答复|回电|退|修)'
  建议: {by: agent, phrases: [建议您, 您以后可以, 下次您可以]}
flows:
  complaint:
    steps:
      - {step: 理解, said: {happened: 理解}}
      - {step: 赞美, said: {happened: 赞美}}
      - {step: 转移, said: {happened: 转移}}
      - {step: 解决, said: {happened: 解决}}
      - {step: 建议, said: {happened: 建议}}
    ends_at: [挂断]
  heard-out:
    steps:
      - {step: 听完, said: {happened: 客户说完}}
      - {step: 理解, said: {happened: 理解}, within: 2 turns}
      - {step: 解决, said: {happened: 解决}, within: 20 s}
  fee:
    steps:
      - {step: 资费, said: {by: agent, phrases: [每个月, 一个月]}}
      - {step: 同意, said: {by: customer, phrases: [可以, 办吧, 好的]}}
  branches:
    steps:
      - {step: 问候, said: {by: agent, phrases: 您好}, within: 5 s}
      - choose:
          - {when: {metadata: product, eq: 宽带}, steps: [{step: 上门, said: {by: agent, phrases: 上门}}]}
          - {when: {by: customer, phrases: 老人}, steps: [{step: 耐心, said: {by: agent, phrases: 慢慢来}}]}
          - steps: [{step: 回访, said: {by: agent, phrases: 回访}}]
      - {step: 回执, said: {by: agent, phrases: 短信}, when: {metadata: sms, eq: "yes"}}
      - {step: 致谢, said: {by: agent, phrases: 感谢}, optional: yes}
      - {step: 道别, said: {by: agent, phrases: 再见}}
rules:
"""


def rules(tmp_path: Path, require: str) -> Checklist:
    path = tmp_path / "c.yaml"
    path.write_text(f"{HEAD}  - {{id: r, title: 甲, because: 乙, deduct: 5, require: {require}}}\n", "utf-8")
    return load(path)


def found(tmp_path: Path, require: str, lines: str, metadata: Mapping[str, str] | None = None) -> Finding:
    transcript = dialogue(*(line.strip() for line in lines.split("|")))
    return judged(rules(tmp_path, require), transcript, metadata)[0]


U, Z, T, S, A = (
    "A 您的事我听明白了，确实着急",
    "A 感谢您的反馈",
    "A 咱们先看账单",
    "A 明天中午前给您答复",
    "A 建议您关掉自动续费",
)
DONE = "C 扣了我三十块，就是这个事"


@pytest.mark.parametrize(
    ("lines", "expected", "told"),
    [
        ((DONE, U, Z, T, S, A), "pass", ""),
        ((DONE, U, "C 嗯", Z, "C 是", T, S, "C 好", A), "pass", ""),
        ((DONE, f"{U}，谢谢您告诉我们，帮您查一下，两个工作日内处理好，您以后可以看短信"), "pass", ""),
        ((DONE, U, Z, T, S, A, U, Z), "pass", ""),
        ((DONE, S, U, Z, T, S, A), "pass", ""),
        ((DONE, U, Z, T, S), "fail", "“建议”没有说"),
        ((DONE, T, S), "fail", "“理解”“赞美”“建议”没有说"),
        ((DONE, U, Z, T, "A 会给您处理的", A), "fail", "“解决”没有说"),
        ((DONE, T, U, Z, S, A), "fail", "“转移”说在“理解”之前（00:0"),
        ((DONE, U, T, Z, S, A), "fail", "之间（"),
        ((DONE, A, U, Z, T, S), "fail", "“建议”说在“理解”之前"),
        ((DONE, Z, T, S, A, U), "fail", "“理解”说在“建议”之后"),
        ((DONE, S, T, Z, U), "fail", "“建议”没有说"),
        ((DONE, "A 哦", "A 那您想怎么样"), "fail", "“理解”“赞美”“转移”“解决”“建议”没有说"),
        ((DONE, U, Z, "C 不说了，我挂了"), "pass", ""),
        ((DONE, U, T, "C 我挂了"), "fail", "“赞美”没有说"),
        ((DONE, U, Z, "C 我挂了", T, S, A), "pass", ""),
        ((DONE, U, T, "C 我挂了", Z), "fail", "“赞美”没有说"),
        ((DONE, "C 我挂了"), "not_applicable", ""),
        ((DONE, "C 我挂了", U, Z, T, S, A), "not_applicable", ""),
    ],
)
def test_a_complaint_is_understood_praised_turned_solved_and_advised_in_order(
    tmp_path: Path, lines: tuple[str, ...], expected: str, told: str
) -> None:
    finding = found(tmp_path, "{flow: complaint}", "|".join(lines))
    assert (finding.verdict, told in finding.because.zh) == (expected, True), finding.because.zh


@pytest.mark.parametrize(
    ("lines", "expected", "told"),
    [
        ((DONE, U, S), "pass", ""),
        ((U, DONE, S), "fail", "“听完”说在“理解”和“解决”之间（00:04，应在“理解”之前）"),
        (("C 我跟你说", U, "C 你别打断我，你们说怎么办", "A 您消消气", U, S), "pass", ""),
        ((DONE, S, U), "fail", "“理解”说在“解决”之后（00:07）"),
        ((DONE, "A 嗯", "C 急死我了", "A 哦", U, S), "fail", "“理解”说晚了（00:07，应在“听完”后 2 句内）"),
        ((DONE, U, *("C 你听我说我真的很生气啊",) * 9, S), "fail", "应在“理解”后 20 秒内）"),
        (("C 喂", U, S), "fail", "“听完”没有说"),
    ],
)
def test_nothing_is_said_before_the_customer_had_finished_and_each_step_in_its_time(
    tmp_path: Path, lines: tuple[str, ...], expected: str, told: str
) -> None:
    finding = found(tmp_path, "{flow: heard-out}", "|".join(lines))
    assert (finding.verdict, told in finding.because.zh) == (expected, True), finding.because.zh


@pytest.mark.parametrize(
    ("lines", "expected", "told"),
    [
        ("A 每个月三十块，给您办吗|C 可以", "pass", ""),
        ("A 给您办吗|C 办吧|A 一个月三十块", "fail", "“资费”说在“同意”之后（00:02）"),
        ("A 给您办吗|C 办吧", "fail", "“资费”没有说"),
        ("A 给您办吗|C 办吧|A 一个月三十块|C 好的", "pass", ""),
        ("A 每个月三十块|C 太贵了", "fail", "“同意”没有说"),
    ],
)
def test_a_fee_after_the_consent_is_told_apart_from_one_never_said(
    tmp_path: Path, lines: str, expected: str, told: str
) -> None:
    finding = found(tmp_path, "{flow: fee}", lines)
    assert (finding.verdict, told in finding.because.zh) == (expected, True), finding.because.zh


BROADBAND = {"product": "宽带", "sms": "no"}


@pytest.mark.parametrize(
    ("lines", "metadata", "expected", "told"),
    [
        ("A 您好|A 明天上门|A 再见", BROADBAND, "pass", ""),
        ("A 您好|A 明天回访|A 再见", BROADBAND, "fail", "“上门”没有说"),
        ("C 喂|A 您好|A 明天回访|A 再见", {"product": "手机", "sms": "no"}, "pass", ""),
        ("A 您好|C 我是老人家|A 您慢慢来|A 再见", {"product": "手机", "sms": "no"}, "pass", ""),
        ("A 您好|C 我是老人家|A 明天回访|A 再见", {"product": "手机", "sms": "no"}, "fail", "“耐心”没有说"),
        ("A 您好|A 明天上门|A 感谢|A 再见", BROADBAND, "pass", ""),
        ("A 感谢接听|A 您好|A 明天上门|A 再见", BROADBAND, "pass", ""),
        ("A 您好|A 明天上门|A 再见", {"product": "宽带", "sms": "yes"}, "fail", "“回执”没有说"),
        ("A 您好|A 明天上门|A 发您短信|A 再见", {"product": "宽带", "sms": "yes"}, "pass", ""),
        ("A 您好|A 明天上门|A 再见", {"sms": "no"}, "unknown", "product"),
        ("C 喂|A 您好|A 明天上门|A 明天回访|A 再见", {"sms": "no"}, "pass", ""),
        ("A 您好|A 明天上门", {"sms": "no"}, "fail", "“道别”没有说"),
        ("C 喂|A 您好|A 明天上门|A 再见", {"product": "宽带"}, "unknown", "sms"),
        ("C 喂喂喂你是哪里的呀找谁呢什么事|A 您好|A 上门|A 再见", BROADBAND, "pass", ""),
        (
            "C 喂你好你是哪里呀我在开车呢你等一下啊我先把车停一停好了你现在可以说了|A 您好|A 上门|A 再见",
            BROADBAND,
            "fail",
            "“问候”说晚了（00:0",
        ),
    ],
)
def test_branches_hang_on_metadata_and_on_what_the_customer_said(
    tmp_path: Path, lines: str, metadata: dict[str, str], expected: str, told: str
) -> None:
    finding = found(tmp_path, "{flow: branches}", lines, metadata)
    assert (finding.verdict, told in finding.because.zh) == (expected, True), finding.because.zh


@pytest.mark.parametrize(
    ("step", "lines", "expected"),
    [
        ("上门", "A 您好|A 明天上门|A 再见", "pass"),
        ("上门", "A 您好|A 再见", "fail"),
        ("上门", "A 您好|A 再见|A 上门", "fail"),
        ("回访", "A 您好|A 上门|A 再见", "not_applicable"),
        ("致谢", "A 您好|A 上门|A 再见", "not_applicable"),
        ("致谢", "A 您好|A 上门|A 感谢|A 再见", "pass"),
        ("道别", "A 您好", "fail"),
    ],
)
def test_one_step_can_be_asked_for_alone(tmp_path: Path, step: str, lines: str, expected: str) -> None:
    assert found(tmp_path, f"{{flow: branches, step: {step}}}", lines, BROADBAND).verdict == expected


def test_a_step_that_a_break_off_excused_is_not_asked_for(tmp_path: Path) -> None:
    lines = "|".join((DONE, U, T, "C 我挂了"))
    assert found(tmp_path, "{flow: complaint, step: 建议}", lines).verdict == "not_applicable"
    assert found(tmp_path, "{flow: complaint, step: 赞美}", lines).verdict == "fail"


def test_the_scope_of_the_operator_says_where_steps_count(tmp_path: Path) -> None:
    early = "|".join((U, Z, T, S, A, DONE))
    finding = found(tmp_path, "{flow: complaint, after: 客户说完}", early)
    assert finding.verdict == "fail"
    assert "“理解”“赞美”“转移”“解决”“建议”没有说" in finding.because.zh
    never = found(tmp_path, "{flow: complaint, after: 客户说完}", "C 喂")
    assert never.verdict == "not_applicable"


def test_evidence_is_what_was_said_in_order_and_what_was_said_instead(tmp_path: Path) -> None:
    finding = found(tmp_path, "{flow: complaint}", "|".join((DONE, T, U, Z, S, A)))
    assert [hit.heard for hit in finding.hits] == [
        "确实着急",
        "感谢您的反馈",
        "明天中午前给您答复",
        "建议您",
    ]
    assert [(hit.heard, hit.by) for hit in finding.near_misses] == [("咱们先看", Witness.TEXT)]
    assert "came before “理解”" in finding.because.en


def test_steps_are_told_by_what_is_wrong_with_them(tmp_path: Path) -> None:
    finding = found(tmp_path, "{flow: complaint}", "|".join((DONE, T, S, U, Z)))
    assert finding.because.zh.startswith("乙。")
    assert "“理解”说在“解决”之后（00:08）；“赞美”说在“解决”之后（00:10）；" in finding.because.zh
    assert finding.because.zh.endswith("“建议”没有说")


def test_a_step_that_was_perhaps_said_leaves_the_flow_unknown(tmp_path: Path) -> None:
    said = dialogue(DONE, U, Z, T, S, A)
    turns = [replace(one, role=Role.UNKNOWN) if one.text in Z else one for one in said.turns]
    (finding,) = judged(rules(tmp_path, "{flow: complaint}"), replace(said, turns=tuple(turns)))
    assert finding.verdict == "unknown"
    assert "需人工听" in finding.because.zh


def test_a_surely_missing_step_fails_the_flow_whatever_else_is_unsure(tmp_path: Path) -> None:
    lines = "A 您好|A 明天上门|A 明天回访"
    assert found(tmp_path, "{flow: branches}", lines, {}).verdict == "fail"


def test_order_and_distance_go_by_word_times_inside_a_turn(tmp_path: Path) -> None:
    words = [("您好", 4.0), ("明天上门", 12.0), ("再见", 13.0)]
    text = "，".join(word for word, _ in words)
    timed = tuple(Word(word, start, start + 0.8, None) for word, start in words)
    turns = (
        Turn(Role.CUSTOMER, 0.0, 1.0, "喂", words=(Word("喂", 0.0, 1.0, None),)),
        Turn(Role.AGENT, 4.0, 14.0, text, words=timed),
    )
    call = Transcript(14.0, "zh", "imported", turns)
    assert judged(rules(tmp_path, "{flow: branches}"), call, BROADBAND)[0].verdict == "pass"
    late = replace(turns[1], words=(replace(timed[0], start=6.0, end=6.8), *timed[1:]))
    (finding,) = judged(rules(tmp_path, "{flow: branches}"), replace(call, turns=(turns[0], late)), BROADBAND)
    assert "“问候”说晚了（00:06，应在通话开始后 5 秒内）" in finding.because.zh


def test_a_script_with_too_many_open_branches_is_for_a_listener(tmp_path: Path) -> None:
    steps = "".join(
        f"      - {{step: s{n}, said: {{by: agent, phrases: 您好}}, when: {{metadata: m{n}, eq: a}}}}\n"
        for n in range(7)
    )
    path = tmp_path / "c.yaml"
    head = HEAD.replace("rules:\n", f"  open:\n    steps:\n{steps}rules:\n")
    path.write_text(
        f"{head}  - {{id: r, title: 甲, because: 乙, deduct: 5, require: {{flow: open}}}}\n", "utf-8"
    )
    (finding,) = judged(load(path), dialogue("A 您好", "C 喂"))
    assert finding.verdict == "unknown"
    assert "流程走哪一支无法判断" in finding.because.zh


def test_branches_after_one_without_a_condition_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    swapped = HEAD.replace(
        "- steps: [{step: 回访",
        "- {steps: [{step: 空, said: {by: agent, phrases: 空}}]}\n          - steps: [{step: 回访",
    )
    path.write_text(
        f"{swapped}  - {{id: r, title: 甲, because: 乙, deduct: 5, require: {{flow: fee}}}}\n", "utf-8"
    )
    with pytest.raises(ChecklistError, match="choose"):
        load(path)


def test_where_nobody_knows_whether_the_call_broke_off_the_reason_says_why(tmp_path: Path) -> None:
    mute = found(tmp_path, "{flow: complaint}", f"{U}|{Z}")
    assert mute.verdict == "unknown"
    assert "客户一侧没有语音" in mute.because.zh
    heard = found(tmp_path, "{flow: complaint}", f"{U}|{Z}|? 我挂了|C 喂")
    assert heard.verdict == "unknown"
    assert "单声道" in heard.because.zh or "我挂了" in heard.because.zh
