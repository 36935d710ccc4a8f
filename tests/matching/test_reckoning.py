"""What a finding costs or earns: by the hit, at most so many, doubled for some calls; and the sum told."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechqa.assessment import Finding, Verdict
from speechqa.call import Lang, Role, Transcript, Turn, Word
from speechqa.checklist import Checklist
from speechqa.scoring import scorecard
from tests.matching.lines import checklist, dialogue, judged

PROMISES = "forbid: {by: agent, phrases: [绝对, 绝对不会, 百分之百, 稳赚不赔]}"
BY_HIT = "deduct: {points: 2, per: hit}"
CAPPED = "deduct: {points: 2, per: hit, at_most: 5}"


def rules(folder: Path, keys: str, asks: str, moments: str = "{}") -> Checklist:
    return checklist(folder, f"  - {{id: r, title: 甲, because: 乙, {keys}, {asks}}}\n", moments)


def found(rules: Checklist, *lines: str, **metadata: str) -> Finding:
    return judged(rules, dialogue(*lines), metadata)[0]


@pytest.mark.parametrize(
    ("lines", "hits", "deducted"),
    [
        (["A 您好，给您介绍一下"], 0, 0),
        (["A 这个绝对没问题"], 1, 2),
        (["A 绝对没问题", "C 真的？", "A 百分之百的"], 2, 4),
        (["A 绝对不会扣费的"], 1, 2),  # two phrases, one place
        (["A 绝对绝对没问题"], 2, 4),
        (["A 绝对没问题，百分之百，稳赚不赔"], 3, 6),
        (["C 绝对不行，百分之百骗人的"], 0, 0),  # not the agent
        (["A 绝对", "C 啊", "A 绝对", "C 啊", "A 绝对", "C 啊", "A 绝对"], 4, 8),
        (["A 绝对" + "，绝对" * 11], 12, 24),
    ],
)
def test_each_time_that_something_forbidden_is_said_costs(
    tmp_path: Path, lines: list[str], hits: int, deducted: float
) -> None:
    finding = found(rules(tmp_path, BY_HIT, PROMISES), *lines)
    assert finding.deducted == deducted
    assert len(finding.hits) == min(hits, 8)


def test_the_sum_is_told_with_its_cap(tmp_path: Path) -> None:
    finding = found(rules(tmp_path, CAPPED, PROMISES), "A 绝对没问题，百分之百，稳赚不赔")
    assert (finding.points, finding.deducted) == (5, 5)
    assert finding.because.zh == "乙。见 00:00 “绝对”（按文字）。扣分：3 处 × 2 分 = 6 分，封顶 5 分"
    assert finding.because.en.endswith("; deducted: 3 × 2 = 6, capped at 5")


def test_a_rule_that_is_simply_failed_tells_no_sum(tmp_path: Path) -> None:
    finding = found(rules(tmp_path, "deduct: 5", PROMISES), "A 绝对没问题，百分之百")
    assert (finding.deducted, finding.because.zh) == (5, "乙。见 00:00 “绝对”（按文字）")


@pytest.mark.parametrize(
    ("asks", "lines", "deducted"),
    [
        # any: each by itself
        ("forbid: {any: [{by: agent, phrases: 绝对}, {by: agent, phrases: 赶紧办}]}",
         ["A 绝对好，绝对值，赶紧办"], 6),
        # all: as many as of the rarest
        ("forbid: {all: [{by: agent, phrases: 绝对}, {by: agent, phrases: 赶紧办}]}",
         ["A 绝对好，绝对值，赶紧办"], 2),
        ("forbid: {all: [{by: agent, phrases: 绝对}, {not: {by: agent, phrases: 有风险}}]}",
         ["A 绝对好，绝对值，赶紧办"], 4),
        # what is missing counts once, beside what was said
        ("require: {all: [{not: {by: agent, phrases: 绝对}}, {by: agent, phrases: 有风险}]}",
         ["A 绝对好，绝对值，赶紧办"], 6),
        ("require: {all: [{not: {by: agent, phrases: 绝对}}, {by: agent, phrases: 有风险}]}",
         ["A 绝对好，有风险，赶紧办"], 2),
        ("require: {all: [{not: {by: agent, phrases: 绝对}}, {by: agent, phrases: 有风险}]}",
         ["A 挺好的，赶紧办"], 2),
        # the calls table is no place in the call
        ("forbid: {all: [{metadata: team, eq: 一组}, {by: agent, phrases: 绝对}]}",
         ["A 绝对好，绝对值，赶紧办"], 4),
        ("forbid: {at_least: {count: 2, of: [{by: agent, phrases: 绝对}, {by: agent, phrases: 赶紧办}]}}",
         ["A 绝对好，绝对值，赶紧办"], 2),
        ("forbid: {happened: 推销, after: first 拒绝}",
         ["A 办个流量包", "C 不需要", "A 流量包很划算", "C 别说了", "A 流量包只要十块"], 4),
    ],
)  # fmt: skip
def test_hits_of_several_conditions_are_counted_fairly(
    tmp_path: Path, asks: str, lines: list[str], deducted: float
) -> None:
    moments = "{推销: {by: agent, phrases: 流量包}, 拒绝: {by: customer, phrases: [不需要, 别说了]}}"
    finding = found(rules(tmp_path, BY_HIT, asks, moments), *lines, team="一组")
    assert (finding.verdict, finding.deducted) == (Verdict.FAIL, deducted)


def spoken(*sure: float) -> Transcript:
    """A turn of the agent that says 绝对好 several times, each so surely."""
    words = tuple(
        Word(text, at + place / 3, at + (place + 1) / 3, confidence)
        for at, confidence in enumerate(sure)
        for place, text in enumerate("绝对好")
    )
    return Transcript(
        60.0, "zh", "t", (Turn(Role.AGENT, 0.0, float(len(sure)), "绝对好" * len(sure), None, words),)
    )


def test_hits_too_unsure_to_accuse_anybody_are_left_out_and_said_to_be(tmp_path: Path) -> None:
    (sure,) = judged(rules(tmp_path, BY_HIT, PROMISES), spoken(0.98, 0.97, 0.96))
    (mixed,) = judged(rules(tmp_path, BY_HIT, PROMISES), spoken(0.98, 0.41, 0.97))
    assert (sure.deducted, mixed.deducted) == (6, 4)
    assert mixed.because.zh.endswith("扣分：2 处 × 2 分 = 4 分；另有 1 处把握不足，未计")


@pytest.mark.parametrize(
    ("keys", "lines", "added", "told"),
    [
        ("add: 3", ["A 天气转凉，注意身体"], 3, ""),
        ("add: 3", ["A 再见"], 0, "乙。这是加分项，未加分，也不扣分"),
        ("add: {points: 1, per: hit}", ["A 天气转凉，注意身体"], 2, "加分：2 处 × 1 分 = 2 分"),
        ("add: {points: 1, per: hit, at_most: 1}", ["A 天气转凉，注意身体"], 1,
         "加分：2 处 × 1 分 = 2 分，封顶 1 分"),
        ("add: {points: 1, per: hit}", ["C 天气转凉，注意身体", "A 好的"], 0, "也不扣分"),
    ],
)  # fmt: skip
def test_a_bonus_is_added_when_it_was_earned_and_nothing_is_lost_when_not(
    tmp_path: Path, keys: str, lines: list[str], added: float, told: str
) -> None:
    finding = found(rules(tmp_path, keys, "require: {by: agent, phrases: [天气转凉, 注意身体]}"), *lines)
    assert (finding.added, finding.deducted) == (added, 0)
    assert finding.because.zh.endswith(told)
    assert told or "分" not in finding.because.zh
    assert (finding.bonus, finding.unearned) == (True, not added)


GREETING = "require: {by: agent, window: first 15 s, phrases: 您好}"
NEW = "counts: {times: 2, when: {metadata: level, eq: 新}}"


@pytest.mark.parametrize(
    ("keys", "metadata", "points", "deducted", "told"),
    [
        (f"deduct: 5, {NEW}", {"level": "新"}, 10, 10, "扣分：5 分，按 2 倍计 = 10 分"),
        (f"deduct: 5, {NEW}", {"level": "老"}, 5, 5, ""),
        (f"deduct: 5, {NEW}", {}, 5, 5, "是否按 2 倍计无法确定，只计一倍"),
        ("deduct: 5, counts: {times: 1.5, when: {by: customer, phrases: 投诉}}", {}, 7.5, 7.5,
         "扣分：5 分，按 1.5 倍计 = 7.5 分"),
    ],
)  # fmt: skip
def test_points_count_double_where_the_checklist_says_so(
    tmp_path: Path, keys: str, metadata: dict[str, str], points: float, deducted: float, told: str
) -> None:
    finding = found(rules(tmp_path, keys, GREETING), "A 喂，哪位", "C 我要投诉", **metadata)
    assert (finding.points, finding.deducted) == (points, deducted)
    assert finding.because.zh.endswith(told)


def test_the_cap_of_what_counts_double_counts_double_too(tmp_path: Path) -> None:
    finding = found(rules(tmp_path, f"{CAPPED}, {NEW}", PROMISES), "A 绝对好，绝对值，绝对行", level="新")
    assert (finding.points, finding.deducted) == (10, 10)
    assert finding.because.zh.endswith("扣分：3 处 × 2 分 = 6 分，封顶 5 分，按 2 倍计 = 10 分")


def test_a_new_agents_greeting_counts_double(tmp_path: Path) -> None:
    newcomers = "counts: {times: 2, when: {metadata: hired_at, newer_than: 90 days}}"
    greeting = rules(tmp_path, f"deduct: 5, {newcomers}", GREETING)
    began = {"started_at": "2026-11-20 09:30:00"}
    new = found(greeting, "A 喂", "C 喂", hired_at="2026-10-08", **began)
    old = found(greeting, "A 喂", "C 喂", hired_at="2021-03-01", **began)
    nobody_knows = found(greeting, "A 喂", "C 喂", **began)
    assert [one.deducted for one in (new, old, nobody_knows)] == [10, 5, 5]
    assert nobody_knows.because.zh.endswith("只计一倍")


def test_a_set_score_holds_the_score_down_and_says_so(tmp_path: Path) -> None:
    held = rules(tmp_path, "set_score: 60", GREETING)
    call = dialogue("A 喂，哪位", "C 喂")
    (finding,) = judged(held, call)
    assert (finding.at_most, finding.deducted) == (60, 0)
    assert finding.because.zh.endswith("不通过时得分最高 60 分")
    assert scorecard(held, (finding,), call).score == 60
    assert found(held, "A 您好", "C 喂").at_most is None


FLOW = """  - id: r
    title: 甲
    because: 乙
    deduct: {points: 5, per: hit}
    require: {flow: 投诉}
"""


@pytest.mark.parametrize(
    ("lines", "deducted"),
    [
        (["A 非常理解您的心情", "C 嗯", "A 我们这样处理", "C 好", "A 感谢您的反馈"], 0),
        (["A 非常理解您的心情", "C 嗯", "A 感谢您的反馈"], 5),
        (["A 感谢您的反馈", "C 嗯"], 10),
        (["A 我们这样处理", "C 嗯", "A 非常理解您的心情", "C 哦", "A 感谢您的反馈"], 5),
    ],
)
def test_each_missed_step_of_a_flow_costs(tmp_path: Path, lines: list[str], deducted: float) -> None:
    steps = (
        "[{step: 安抚, said: {by: agent, phrases: 理解您}}, "
        "{step: 方案, said: {by: agent, phrases: 这样处理}}, "
        "{step: 致谢, said: {by: agent, phrases: 感谢您}}]"
    )
    flow = checklist(tmp_path, FLOW, moments=f"{{}}\nflows: {{投诉: {{steps: {steps}}}}}")
    assert found(flow, *lines).deducted == deducted


SAID = st.lists(st.sampled_from(["绝对", "百分之百", "稳赚不赔", "您好", "流量包", "，"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(said=SAID)
def test_saying_one_more_forbidden_thing_never_costs_less_and_never_more_than_the_cap(
    tmp_path: Path, said: list[str]
) -> None:
    capped = rules(tmp_path, CAPPED, PROMISES)
    before, after = found(capped, "A " + "".join(said)), found(capped, "A " + "".join([*said, "，绝对"]))
    assert before.deducted <= after.deducted <= 5
    assert after.verdict is Verdict.FAIL


def test_the_words_are_there_in_both_languages(tmp_path: Path) -> None:
    finding = found(rules(tmp_path, f"{CAPPED}, {NEW}", PROMISES), "A 绝对好，绝对值，绝对行")
    assert finding.because.text(Lang.EN).endswith(
        "; deducted: 3 × 2 = 6, capped at 5; whether it counts 2 times is not known, so it counts once"
    )
