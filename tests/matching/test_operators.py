"""answered, happened, spoke, tone, metadata and their combinations."""

from pathlib import Path

import pytest

from speechqa.call import Call, Message, Tones
from speechqa.matching import Judge
from tests.matching.lines import checklist, dialogue, judged, one_rule, verdict

ASKED = "{asked: {by: agent, phrases: 给您办理可以吗}}"
CONSENT = "{answered: asked, as: yes, asked_for: consent}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 给您办理可以吗", "C 可以"), "pass"),
        (("A 给您办理可以吗", "C 不可以"), "fail"),
        (("A 给您办理可以吗", "C 嗯？", "A 就是流量包", "C 哦可以"), "pass"),
        (("A 给您办理可以吗", "C 我考虑一下", "A 那好", "C 可以"), "fail"),
        (("A 给您办理可以吗", "C 不用", "A 给您办理可以吗", "C 行，办吧"), "pass"),
        (("C 可以", "A 给您办理可以吗"), "fail"),
        (("A 您好", "C 可以"), "fail"),
    ],
)
def test_a_question_is_answered_by_the_other_side_after_it(
    tmp_path: Path, lines: tuple[str, ...], expected: str
) -> None:
    assert verdict(one_rule(tmp_path, CONSENT, ASKED), dialogue(*lines)) == expected


def test_the_answer_is_the_evidence(tmp_path: Path) -> None:
    (finding,) = judged(one_rule(tmp_path, CONSENT, ASKED), dialogue("A 给您办理可以吗", "C 可以，办吧"))
    assert [hit.heard for hit in finding.hits] == ["可以，办吧"]


def test_spoke_is_true_when_the_role_said_anything(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{spoke: agent, after: asked}", ASKED)
    assert verdict(rules, dialogue("A 给您办理可以吗", "C 不", "A 好的")) == "pass"
    assert verdict(rules, dialogue("A 给您办理可以吗", "C 不")) == "fail"


def test_tone_counts_turns(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{not: {by: agent, tone: [impatient, rude], count: 2}}")
    assert verdict(rules, dialogue("A 你到底办不办", "C 啊")) == "pass"
    assert verdict(rules, dialogue("A 你到底办不办", "C 啊", "A 听不懂吗")) == "fail"
    assert verdict(rules, dialogue("C 你到底办不办", "A 您好", "C 听不懂吗")) == "pass"


def test_a_customers_tone_is_heard_too(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: customer, tone: [strong_refusal, angry]}")
    assert verdict(rules, dialogue("A 给您推荐一款套餐", "C 别再打了，再打我投诉你们")) == "pass"
    assert verdict(rules, dialogue("A 给您推荐一款套餐", "C 行，您介绍一下吧")) == "fail"


def test_a_hostile_tone_can_be_asked_for_in_so_many_words(tmp_path: Path) -> None:
    sounding = one_rule(tmp_path, "{not: {by: agent, tone: [impatient, rude]}}")
    worded = one_rule(tmp_path, "{not: {by: agent, tone: [impatient, rude], in_words: yes}}")
    outright = dialogue("C 怎么退", "A 我不是跟你说了吗，你听不懂人话啊")
    only_sounds = dialogue("C 我没听清", "A 您这脑袋是不是就不转啊？")
    assert [verdict(rules, outright) for rules in (sounding, worded)] == ["fail", "fail"]
    assert [verdict(rules, only_sounds) for rules in (sounding, worded)] == ["fail", "pass"]


def test_without_the_model_a_rule_about_tone_is_for_a_listener(tmp_path: Path) -> None:
    judge = Judge(one_rule(tmp_path, "{not: {by: agent, tone: rude}}"))
    transcript = dialogue("A 您好", "C 你好")
    tones = Tones(unknown=Message("情绪模型损坏", "the tone model is damaged"))
    (found,) = judge.findings(Call("c", Path("c.wav")), judge.listen([transcript])[0], tones)
    assert (found.verdict, found.because.zh) == ("unknown", "情绪模型损坏")


@pytest.mark.parametrize(
    ("condition", "metadata", "expected"),
    [
        ("{metadata: team, eq: 一组}", {"team": "一组"}, "pass"),
        ("{metadata: team, eq: 一组}", {"team": "二组"}, "fail"),
        ("{metadata: team, eq: 一组}", {}, "unknown"),
        ("{metadata: team, exists: yes}", {}, "fail"),
        ("{metadata: team, in: [一组, 二组]}", {"team": "二组"}, "pass"),
        ("{metadata: days, lt: 90}", {"days": "30"}, "pass"),
        ("{metadata: days, lt: 90}", {"days": "100"}, "fail"),
        ("{metadata: hired, gt: '2026-01-01'}", {"hired": "2026-05-01"}, "pass"),
        ("{metadata: team, contains: 一}", {"team": "一组"}, "pass"),
        ("{metadata: team, ne: 一组}", {"team": "一组"}, "fail"),
    ],
)
def test_metadata_compares_a_column(
    tmp_path: Path, condition: str, metadata: dict[str, str], expected: str
) -> None:
    assert verdict(one_rule(tmp_path, condition), dialogue("A 您好"), metadata) == expected


def test_when_and_unless_decide_whether_a_rule_applies(tmp_path: Path) -> None:
    rules = one_rule(
        tmp_path,
        "{by: agent, phrases: 资费}",
        ASKED,
        keys=", when: {happened: asked}, unless: {by: customer, phrases: 不需要}",
    )
    assert verdict(rules, dialogue("A 您好")) == "not_applicable"
    assert verdict(rules, dialogue("A 给您办理可以吗", "C 喂")) == "fail"
    assert verdict(rules, dialogue("A 给您办理可以吗", "C 不需要")) == "not_applicable"
    assert verdict(rules, dialogue("A 资费，给您办理可以吗", "C 喂")) == "pass"


def test_doubt_if_leaves_a_fail_to_a_listener(tmp_path: Path) -> None:
    keys = ", doubt_if: {by: agent, phrases: 价钱好说}"
    rules = one_rule(tmp_path, "{by: agent, phrases: 三十块}", keys=keys)
    assert verdict(rules, dialogue("A 就三十块", "C 哦")) == "pass"
    assert verdict(rules, dialogue("A 就三十块，价钱好说", "C 哦")) == "pass"
    assert verdict(rules, dialogue("A 先办了吧", "C 哦")) == "fail"
    (finding,) = judged(rules, dialogue("A 价钱好说", "C 哦"))
    assert finding.verdict == "unknown"
    assert finding.deducted == 0
    assert [hit.heard for hit in finding.near_misses] == ["价钱好说"]
    assert "价钱好说" in finding.because.zh


def test_doubt_if_says_so_when_nothing_was_heard(tmp_path: Path) -> None:
    keys = ", doubt_if: {not: {happened: asked}}"
    rules = one_rule(tmp_path, "{by: agent, phrases: 三十块}", ASKED, keys=keys)
    assert verdict(rules, dialogue("A 给您办理可以吗", "C 哦")) == "fail"
    (finding,) = judged(rules, dialogue("A 您好", "C 哦"))
    assert finding.verdict == "unknown"
    assert "需人工听" in finding.because.zh


def test_doubt_if_does_not_make_a_rule_apply(tmp_path: Path) -> None:
    keys = ", when: {happened: asked}, doubt_if: {by: agent, phrases: 您好}"
    rules = one_rule(tmp_path, "{by: agent, phrases: 三十块}", ASKED, keys=keys)
    assert verdict(rules, dialogue("A 您好", "C 哦")) == "not_applicable"


def test_forbid_fails_with_the_evidence(tmp_path: Path) -> None:
    rules = checklist(tmp_path, "  - {id: r, title: 甲, because: 乙, forbid: {by: agent, phrases: 稳赚}}\n")
    (finding,) = judged(rules, dialogue("A 这个稳赚"))
    assert finding.verdict == "fail"
    assert [hit.heard for hit in finding.hits] == ["稳赚"]
    assert "稳赚" in finding.because.zh
