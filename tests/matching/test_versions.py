"""Where the audio may say something else, nobody is accused of not having said it."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Verdict, Witness
from speechqa.call import Transcript
from speechqa.checklist import Checklist
from speechqa.matching.versions import SUREST
from tests.matching.lines import dialogue, judged, one_rule

HOTLINE = "{by: agent, phrases: [打10086]}"


def heard(*lines: str, **otherwise: tuple[str, ...]) -> Transcript:
    """The lines; `turn_1=(…)` is what the second of them may say too."""
    said = dialogue(*lines)
    turns = (
        replace(turn, otherwise=otherwise.get(f"turn_{at}", (turn.text,)))
        for at, turn in enumerate(said.turns)
    )
    return replace(said, turns=tuple(turns))


@pytest.fixture
def hotline(tmp_path: Path) -> Checklist:
    return one_rule(tmp_path, HOTLINE)


def found(rules: Checklist, said: Transcript) -> Finding:
    return judged(rules, said)[0]


def test_what_few_readings_have_is_for_a_listener(hotline: Checklist) -> None:
    said = heard("A 有问题打一领您看行吗", turn_0=("有问题打一领您看行吗",) * 2 + ("有问题打10086您看行吗",))
    finding = found(hotline, said)
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.deducted == 0
    assert [(hit.heard, hit.by, hit.turn) for hit in finding.near_misses] == [("打10086", Witness.AUDIO, 0)]
    assert "打10086" in finding.because.zh
    assert "打10086" in finding.because.en


def test_what_most_readings_have_was_said_and_what_the_text_has_instead_is_told(hotline: Checklist) -> None:
    said = heard("A 有问题打一领", turn_0=("有问题打10086", "问题打10086", "有问题打一领"))
    finding = found(hotline, said)
    assert finding.verdict is Verdict.PASS
    assert finding.deducted == 0
    assert [(hit.heard, hit.by, hit.confidence) for hit in finding.hits] == [
        ("打10086", Witness.AUDIO, 0.667)
    ]
    assert "识别为“有问题打一领”" in finding.because.zh
    assert "recognised as “有问题打一领”" in finding.because.en


def test_the_share_of_the_readings_is_how_sure_it_is(hotline: Checklist) -> None:
    said = heard("A 打一领", turn_0=("打一领", "打10086", "打一林", "大一领"))
    assert found(hotline, said).near_misses[0].confidence == 0.25


def test_no_number_of_readings_is_held_for_certain(hotline: Checklist) -> None:
    assert found(hotline, heard("A 打一领", turn_0=("打10086",) * 12)).confidence == SUREST


@pytest.mark.parametrize(
    ("readings", "verdict"),
    [
        ((), Verdict.UNKNOWN),
        (("立即生效",) * 3, Verdict.PASS),
        (("立即生效", "利息生效", "利息生笑"), Verdict.UNKNOWN),
        (("利息生效",) * 3, Verdict.UNKNOWN),
        (("立刻生小",) * 3, Verdict.UNKNOWN),
    ],
)
def test_what_the_text_leaves_open_readings_settle_for_the_better_or_not_at_all(
    tmp_path: Path, readings: tuple[str, ...], verdict: Verdict
) -> None:
    said = heard("A 利息生效", turn_0=readings)
    unsure = tuple(replace(word, confidence=0.55) for word in said.turns[0].words)
    said = replace(said, turns=(replace(said.turns[0], words=unsure),))
    assert found(one_rule(tmp_path, "{by: agent, phrases: [立即生效]}"), said).verdict is verdict


@pytest.mark.parametrize("otherwise", [(), ("再见",), ("再见", "再讲"), ("再见！",)])
def test_a_fail_stands_where_no_hypothesis_has_it(hotline: Checklist, otherwise: tuple[str, ...]) -> None:
    assert found(hotline, heard("A 再见", turn_0=otherwise)).verdict is Verdict.FAIL


def test_a_version_that_passes_by_words_of_the_call_itself_excuses_nobody(tmp_path: Path) -> None:
    """Here by losing what was said, not by what was said instead."""
    rules = one_rule(tmp_path, "{all: [{by: agent, phrases: [您好]}, {not: {by: agent, phrases: [快点]}}]}")
    said = heard("A 您好", "A 你快点", turn_1=("你快点", "你看点"))
    assert found(rules, said).verdict is Verdict.FAIL


def test_what_nobody_may_say_is_not_excused_by_a_version_without_it(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{not: {by: agent, phrases: [包赚]}}")
    assert found(rules, heard("A 这个包赚", turn_0=("这个包赚", "这个包装"))).verdict is Verdict.FAIL


def test_a_version_never_accuses(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{not: {by: agent, phrases: [包赚]}}")
    assert found(rules, heard("A 这个包装", turn_0=("这个包装", "这个包赚"))).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("readings", "verdict"),
    [
        (("您看一般办",) * 3, Verdict.NOT_APPLICABLE),
        (("您看一般办", "您看一般办", "您看宽带办"), Verdict.NOT_APPLICABLE),
        (("您看宽带办", "您看宽带办", "您看一般办"), Verdict.UNKNOWN),
        (("您看宽带打10086办",) * 3, Verdict.PASS),
    ],
)
def test_a_rule_that_most_readings_give_cause_for_is_for_a_listener(
    tmp_path: Path, readings: tuple[str, ...], verdict: Verdict
) -> None:
    rules = one_rule(tmp_path, HOTLINE, keys=", when: {by: agent, phrases: [宽带]}")
    finding = found(rules, heard("A 您看一般办", turn_0=readings))
    assert finding.verdict is verdict
    assert finding.deducted == 0


def test_versions_hear_all_turns_otherwise_at_once(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{all: [{by: agent, phrases: [资费十元]}, {by: agent, phrases: [打10086]}]}")
    said = heard("A 自飞是圆", "C 喂", "A 打一领", turn_0=("资费十元", "自飞"), turn_2=("打10086", "打一"))
    assert found(rules, said).verdict is Verdict.PASS


def test_turns_with_few_readings_have_each_as_often_as_the_others(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{all: [{by: agent, phrases: [资费十元]}, {by: agent, phrases: [打10086]}]}")
    one = ("资费十元",) * 4 + ("自飞",) * 8
    said = heard("A 自飞是圆", "C 喂", "A 打一领", turn_0=one, turn_2=("打10086", "打一"))
    assert found(rules, said).verdict is Verdict.UNKNOWN


def test_a_denial_of_the_customer_stays_where_the_agent_is_heard_otherwise(tmp_path: Path) -> None:
    moments = "{问: {by: agent, phrases: [本人吗]}}"
    rules = one_rule(tmp_path, "{answered: 问, as: yes, asked_for: fact}", moments=moments)
    said = heard("A 是本人吗", "C 不是", turn_0=("是本人吗", "是本人嘛"))
    assert found(rules, said).verdict is Verdict.FAIL
