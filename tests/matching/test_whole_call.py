"""Measures of the whole call and of a part of it, and the sentences that checklists say with them."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding
from speechqa.call import Hold, HoldKind, Role, Transcript
from speechqa.checklist import load
from speechqa.errors import ChecklistError
from tests.matching.lines import checklist, judged, one_rule
from tests.matching.timed import mono, read, timed, wordless

# The agent talks for 8 s, the customer for 2 s; silence 1..3, 7..8, and from 13 on.
CALL = ("A 1 您好请讲 3", "C 5 怎么收费 7", "A 8 每个月三十块 14")
MOMENTS = "{asked: {by: customer, phrases: 怎么收费}}"


def found(folder: Path, condition: str, transcript: Transcript) -> Finding:
    return judged(one_rule(folder, condition, MOMENTS), transcript)[0]


def verdicts(folder: Path, rules: str, transcript: Transcript) -> dict[str, str]:
    return {finding.rule: finding.verdict for finding in judged(checklist(folder, rules), transcript)}


@pytest.mark.parametrize(
    ("condition", "reading", "expected"),
    [
        ("{by: agent, talk_ratio: over 80 %}", "坐席说话占 80%", "fail"),
        ("{by: agent, talk_ratio: at least 80 %}", "坐席说话占 80%", "pass"),
        ("{by: customer, talk_ratio: under 30 %}", "客户说话占 20%", "pass"),
        ("{by: agent, talk_ratio: over 70 %, window: first 6 s}", "坐席说话占 50%", "fail"),
        ("{by: agent, talk_ratio: over 95 %, after: asked}", "坐席说话占 100%", "pass"),
        ("{by: customer, talk_ratio: over 90 %, before: asked}", "客户说话占 0%", "fail"),
        ("{silence_ratio: at most 50 %}", "静默占 50%", "pass"),
        ("{silence_ratio: under 40 %}", "静默占 50%", "fail"),
        ("{silence_ratio: under 20 %, window: 7..13 s}", "静默占 0%", "pass"),
        ("{duration: under 30 s}", "时长 20.0 秒", "pass"),
        ("{duration: under 15 s}", "时长 20.0 秒", "fail"),
        ("{duration: over 12 s, after: asked}", "时长 13.0 秒", "pass"),
        ("{turn_count: over 2}", "说了 3 句", "pass"),
        ("{by: agent, turn_count: at least 3}", "坐席说了 2 句", "fail"),
        ("{by: agent, turn_count: under 2, after: asked}", "坐席说了 1 句", "pass"),
        ("{first_word_after: under 3 s}", "开口前等了 1.0 秒", "pass"),
        ("{by: agent, first_word_after: under 1 s}", "坐席开口前等了 1.0 秒", "fail"),
        ("{by: customer, first_word_after: over 4 s}", "客户开口前等了 5.0 秒", "pass"),
        ("{by: agent, first_word_after: under 2 s, after: asked}", "坐席开口前等了 1.0 秒", "pass"),
        ("{by: customer, first_word_after: under 9 s, after: asked}", "客户一直没有开口", "fail"),
        ("{tail: over 5 s}", "最后一句之后还有 6.0 秒", "pass"),
        ("{tail: under 5 s}", "最后一句之后还有 6.0 秒", "fail"),
        ("{by: customer, tail: over 10 s}", "客户最后一句之后还有 13.0 秒", "pass"),
    ],
)
def test_a_measure_of_the_call_or_of_a_part(
    tmp_path: Path, condition: str, reading: str, expected: str
) -> None:
    finding = found(tmp_path, condition, timed(*CALL, until=20))
    assert (finding.verdict, read((finding.hits + finding.near_misses)[-1]).zh) == (expected, reading)
    assert reading in finding.because.zh


def test_a_measure_that_is_forbidden_is_told_without_a_time(tmp_path: Path) -> None:
    rule = "  - {id: r, title: 甲, because: 说得太多, forbid: {by: agent, talk_ratio: over 75 %}}\n"
    (finding,) = judged(checklist(tmp_path, rule), timed(*CALL))
    assert finding.because.zh == "说得太多。坐席说话占 80%"
    (hit,) = finding.hits
    assert (hit.role, hit.start, hit.end, hit.turn) == (Role.AGENT, 0, 14, None)


def test_a_measure_out_of_range_is_told_with_the_range(tmp_path: Path) -> None:
    finding = found(tmp_path, "{by: agent, talk_ratio: 30..60 %}", timed(*CALL))
    assert finding.because.zh == "乙。坐席说话占 80%，应在 30 到 60%之间"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{by: agent, talk_ratio: over 80 %}", "unknown"),
        ("{by: agent, first_word_after: under 3 s}", "unknown"),
        ("{by: agent, first_word_after: under 0.5 s}", "fail"),  # nobody had spoken by then
        ("{by: agent, turn_count: over 5}", "fail"),  # there are but three
        ("{by: agent, turn_count: over 2}", "unknown"),
        ("{silence_ratio: under 60 %}", "pass"),
        ("{duration: under 30 s}", "pass"),
        ("{first_word_after: under 3 s}", "pass"),
    ],
)
def test_on_a_mono_recording_a_measure_may_still_be_certain(
    tmp_path: Path, condition: str, expected: str
) -> None:
    assert found(tmp_path, condition, mono(*CALL)).verdict == expected


def test_a_turn_of_an_unknown_speaker_moves_a_ratio_only_so_far(tmp_path: Path) -> None:
    call = timed(*CALL, "? 14.2 喂 14.7")
    assert found(tmp_path, "{by: agent, talk_ratio: over 70 %}", call).verdict == "pass"
    finding = found(tmp_path, "{by: agent, talk_ratio: over 80 %}", call)
    assert finding.verdict == "unknown"
    assert [read(hit).zh for hit in finding.near_misses] == ["坐席说话占 76–81%"]


@pytest.mark.parametrize(
    "condition",
    [
        "{by: agent, talk_ratio: over 80 %}",
        "{silence_ratio: over 10 %}",
        "{by: customer, turn_count: over 3}",
    ],
)
def test_a_side_that_was_not_recorded_leaves_it_unknown(tmp_path: Path, condition: str) -> None:
    finding = found(tmp_path, condition, timed("A 1 您好请讲 3", "A 8 每个月三十块 14"))
    assert finding.verdict == "unknown"
    assert "客户一侧没有语音" in finding.because.zh


def test_turn_times_do_for_measures_of_the_call(tmp_path: Path) -> None:
    call = wordless(*CALL, until=20)
    assert found(tmp_path, "{by: agent, talk_ratio: at least 80 %}", call).verdict == "pass"
    assert found(tmp_path, "{tail: over 5 s}", call).verdict == "pass"


def test_a_transcript_that_ends_with_its_last_word_does_not_tell_how_long_the_call_was(
    tmp_path: Path,
) -> None:
    assert found(tmp_path, "{tail: over 5 s}", wordless(*CALL)).verdict == "unknown"
    assert found(tmp_path, "{duration: over 10 s}", wordless(*CALL)).verdict == "pass"
    assert found(tmp_path, "{duration: over 15 s}", wordless(*CALL)).verdict == "unknown"
    assert found(tmp_path, "{tail: over 5 s}", timed(*CALL)).verdict == "fail"


def test_a_share_without_a_side_and_a_side_without_a_share_are_faults(tmp_path: Path) -> None:
    for condition in ("{talk_ratio: over 80 %}", "{by: agent, silence_ratio: over 80 %}"):
        with pytest.raises(ChecklistError, match="by"):
            one_rule(tmp_path, condition)


PICKED_UP = """
  - {id: greeting, title: 三秒内问候, because: 接听慢了, require: {all: [
      {by: agent, first_word_after: under 3 s}, {by: agent, window: first 3 s, phrases: [您好]}]}}
  - {id: dead-air, title: 静默, because: 没有说请稍等, forbid: {silence: over 7 s, excused_by: [请稍等]}}
  - {id: cut-in, title: 不抢话, because: 打断客户, forbid: {by: agent, interruption: over 0.5 s}}
  - {id: speed, title: 语速, because: 语速不合适, require: {by: agent, speaking_rate: 180..300}}
"""
GOOD = (
    "A 1 您好请讲 2",
    "C 3 我想查这个月的话费为什么多了 7",
    "A 7.5 好的请稍等 9",
    "A 20 您上个月多用了十个流量 23",
)
BAD = (
    "A 4 您好请讲 4.5",
    "C 5 我想查这个月的话费为什么多了 9",
    "A 8 这个是正常扣的 9.3",
    "A 20 您上个月多用了十个流量包 21.5",
)


def test_sentence_9_a_call_is_greeted_in_3_s_without_dead_air_or_cutting_in_at_180_to_300(
    tmp_path: Path,
) -> None:
    assert set(verdicts(tmp_path, PICKED_UP, timed(*GOOD)).values()) == {"pass"}
    assert set(verdicts(tmp_path, PICKED_UP, timed(*BAD)).values()) == {"fail"}


def test_sentence_15_on_hold_twice_for_over_30_s_in_total(tmp_path: Path) -> None:
    rule = """
  - {id: hold, title: 久等, because: 等待过长, forbid: {silence: over 10 s, count: 2, total: over 30 s}}
"""
    on_hold = ("C 0 喂 1", "A 2 稍等 3", "A 20 还在查 22", "A 40 查到了 42")
    for lines, expected in (
        (on_hold, "fail"),
        (on_hold[:3], "pass"),
        (("C 0 喂 1", "A 2 稍等 3", "A 14 查 15", "A 27 好了 28"), "pass"),
    ):
        assert verdicts(tmp_path, rule, timed(*lines)) == {"hold": expected}


def test_sentence_16_the_agent_spoke_over_80_percent_of_the_time(tmp_path: Path) -> None:
    rule = """
  - {id: monologue, title: 让客户说话, because: 坐席说得太多, forbid: {by: agent, talk_ratio: over 80 %}}
"""
    assert verdicts(tmp_path, rule, timed("A 0 您好我们这个套餐 9", "C 9 嗯 10")) == {"monologue": "fail"}
    assert verdicts(tmp_path, rule, timed("A 0 您好我们这个套餐 7", "C 7 嗯 10")) == {"monologue": "pass"}


def test_the_sentences_are_a_checklist_by_themselves(tmp_path: Path) -> None:
    checklist(tmp_path, PICKED_UP)
    assert len(load(tmp_path / "c.yaml").rules) == 4


@pytest.mark.parametrize(
    ("condition", "reading"),
    [
        ("{silence_ratio: at least 50 %}", "静默占 50%（其中在线等待 4.5 秒）"),
        ("{silence_ratio: under 20 %, window: 7..13 s}", "静默占 0%"),
        ("{tail: over 5 s}", "最后一句之后还有 6.0 秒（其中在线等待 4.5 秒）"),
    ],
)
def test_what_of_a_wait_is_a_hold_is_told(tmp_path: Path, condition: str, reading: str) -> None:
    held = replace(timed(*CALL, until=20), holds=(Hold(15, 19.5, HoldKind.MUSIC),))
    finding = found(tmp_path, condition, held)
    assert (finding.verdict, read(finding.hits[-1]).zh) == ("pass", reading)
