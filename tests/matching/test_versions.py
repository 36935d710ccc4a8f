"""Where the audio may say something else, nobody is accused of not having said it."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Verdict, Witness
from speechqa.call import Transcript
from speechqa.checklist import Checklist
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


def test_what_another_hypothesis_has_said_is_for_a_listener(hotline: Checklist) -> None:
    said = heard("A 有问题打一领您看行吗", turn_0=("有问题打一领您看行吗", "有问题打10086您看行吗"))
    finding = found(hotline, said)
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.deducted == 0
    assert [(hit.heard, hit.by, hit.turn) for hit in finding.near_misses] == [("打10086", Witness.AUDIO, 0)]
    assert "打10086" in finding.because.zh
    assert "打10086" in finding.because.en


def test_the_share_of_the_versions_that_pass_is_how_sure_it_is(hotline: Checklist) -> None:
    said = heard("A 打一领", turn_0=("打一领", "打10086", "打一林", "大一领", "打10086吧"))
    assert found(hotline, said).near_misses[0].confidence == 0.5


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


def test_versions_hear_all_turns_otherwise_at_once(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{all: [{by: agent, phrases: [资费十元]}, {by: agent, phrases: [打10086]}]}")
    said = heard("A 自飞是圆", "C 喂", "A 打一领", turn_0=("资费十元",), turn_2=("打10086",))
    assert found(rules, said).verdict is Verdict.UNKNOWN


def test_a_denial_of_the_customer_stays_where_the_agent_is_heard_otherwise(tmp_path: Path) -> None:
    moments = "{问: {by: agent, phrases: [本人吗]}}"
    rules = one_rule(tmp_path, "{answered: 问, as: yes, asked_for: fact}", moments=moments)
    said = heard("A 是本人吗", "C 不是", turn_0=("是本人吗", "是本人嘛"))
    assert found(rules, said).verdict is Verdict.FAIL
