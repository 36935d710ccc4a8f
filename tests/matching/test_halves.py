"""Why a rule failed: which half of it, and the words that show it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Finding, Hit, Witness
from speechqa.call import Role
from speechqa.checklist import load
from speechqa.matching.evidence import distinct
from tests.matching.lines import checklist, dialogue, judged

OUTBOUND = load(Path(__file__).parents[2] / "rules" / "outbound.yaml")
HITS = st.builds(
    lambda turn, first, length: Hit(
        Role.AGENT,
        float(first),
        float(first + length),
        "",
        "",
        Witness.TEXT,
        1.0,
        turn,
        (first, first + length) if length else None,
    ),
    st.sampled_from([None, 0, 1]),
    st.integers(0, 4),
    st.integers(0, 4),
)
MOMENTS = "{pitch: {by: agent, phrases: 给您推荐}, no: {by: customer, phrases: 别再打}}"


def failed(tmp_path: Path, require: str, *lines: str, when: str = "") -> Finding:
    rule = f"  - {{id: r, title: 甲, because: 乙, deduct: 5{when}, require: {require}}}\n"
    finding = judged(checklist(tmp_path, rule, MOMENTS), dialogue(*lines))[0]
    assert finding.verdict == "fail"
    return finding


def outbound(rule: str, *lines: str) -> Finding:
    finding = next(one for one in judged(OUTBOUND, dialogue(*lines)) if one.rule == rule)
    assert finding.verdict == "fail"
    return finding


def test_what_is_missing_is_told_with_the_moment_it_is_bound_to(tmp_path: Path) -> None:
    finding = failed(tmp_path, "{by: agent, phrases: 抱歉, after: no}", "C 别再打了", "A 好的")
    assert "no（00:00 “别再打”）之后没有听到“抱歉”" in finding.because.zh
    assert "no “抱歉” or the like after no (00:00 “别再打”)" in finding.because.en
    assert [hit.heard for hit in finding.hits] == ["别再打"]


def test_only_the_half_that_failed_is_told(tmp_path: Path) -> None:
    both = "{all: [{not: {happened: pitch, after: no}}, {by: agent, phrases: 抱歉, after: no}]}"
    silent = failed(tmp_path, both, "C 别再打了", "A 好的")
    pushing = failed(tmp_path, both, "C 别再打了", "A 抱歉，给您推荐一款")
    assert "抱歉" in silent.because.zh
    assert "推荐" not in silent.because.zh
    assert "见 00:01 “给您推荐”（按文字），在no（00:00 “别再打”）之后" in pushing.because.zh
    assert "没有听到" not in pushing.because.zh


def test_two_things_missing_in_one_place_are_told_together(tmp_path: Path) -> None:
    both = "{all: [{by: agent, phrases: 抱歉, after: no}, {by: agent, phrases: 再见, after: no}]}"
    finding = failed(tmp_path, both, "C 别再打了", "A 好的")
    assert finding.because.zh.count("之后没有听到") == 1
    assert "“抱歉”等说法、“再见”等说法" in finding.because.zh


def test_what_was_said_in_the_wrong_place_is_shown(tmp_path: Path) -> None:
    finding = failed(tmp_path, "{happened: no, before: pitch}", "A 给您推荐一款", "C 别再打了")
    assert "说在了别处：00:01 “别再打”" in finding.because.zh
    assert [hit.heard for hit in finding.near_misses] == ["别再打"]


@pytest.mark.parametrize(("scope", "shown"), [("turns: last 1", "那行吧"), ("window: first 5 s", "喂")])
def test_a_start_or_an_end_that_lacks_something_is_quoted(tmp_path: Path, scope: str, shown: str) -> None:
    finding = failed(tmp_path, f"{{by: agent, {scope}, phrases: 您好}}", "A 喂", "C 不要", "A 那行吧")
    assert f"“{shown}”" in finding.because.zh
    assert [hit.heard for hit in finding.near_misses] == [shown]


def test_the_cause_of_a_rule_is_evidence_where_there_is_no_other(tmp_path: Path) -> None:
    finding = failed(
        tmp_path, "{by: agent, phrases: 资费}", "A 给您推荐一款", when=", when: {happened: pitch}"
    )
    assert [hit.heard for hit in finding.hits] == ["给您推荐"]


def test_the_same_words_are_shown_once(tmp_path: Path) -> None:
    wanted = "{not: {any: [{phrases: 百分之百保证}, {phrases: 百分之百}]}}"
    finding = failed(tmp_path, wanted, "A 百分之百保证")
    assert [hit.heard for hit in finding.hits] == ["百分之百保证"]


def test_a_long_turn_is_cut_in_the_sentence_and_whole_in_the_evidence(tmp_path: Path) -> None:
    said = "这个事情是这样的" * 6
    finding = failed(tmp_path, "{by: agent, turns: last 1, phrases: 您好}", f"A {said}")
    assert said not in finding.because.zh
    assert "…”" in finding.because.zh
    assert finding.near_misses[0].heard == said


def test_an_order_without_consent_shows_the_order_and_the_vague_reply() -> None:
    finding = outbound(
        "consent", "A 每个月三十块，给您办理可以吗？", "C 嗯，再说吧。", "A 已经给您办理成功了。"
    )
    assert finding.because.zh.count("没有听到") == 1
    assert [hit.turn for hit in finding.hits] == [2]
    assert [hit.heard for hit in finding.near_misses] == ["嗯，再说吧。"]


def test_an_order_before_the_fee_shows_where_the_fee_came() -> None:
    finding = outbound("consent", "A 给您办理可以吗？", "C 可以。", "A 已经给您办理成功了，每个月三十块。")
    assert "没有听到“资费说明”、“说明资费后的同意”，说在了别处" in finding.because.zh
    assert any("三十块" in hit.heard for hit in finding.near_misses)


def test_a_pitch_before_the_owner_confirmed_shows_both() -> None:
    finding = outbound(
        "owner-confirmation", "A 您好，给您推荐一款流量包。", "C 嗯？", "A 请问您是机主本人吗？", "C 是的。"
    )
    assert "推荐" in finding.hits[0].heard
    assert "说在了别处" in finding.because.zh
    assert [hit.heard for hit in finding.near_misses] == ["是的。"]


ANCHORS = "{pitch: {by: agent, phrases: 流量包}}"


@pytest.mark.parametrize(
    ("rule", "lines", "told"),
    [
        (
            "forbid: {by: agent, phrases: 三十块, before: first pitch}",
            ("A 三十块", "A 流量包"),
            "见 00:00 “三十块”（按文字），在pitch（00:01 “流量包”）之前",
        ),
        (
            "forbid: {by: agent, phrases: 三十块, around: first pitch, within: 1 turns}",
            ("A 三十块", "A 流量包"),
            "见 00:00 “三十块”（按文字），在pitch（00:01 “流量包”）前后",
        ),
        (
            "require: {by: agent, phrases: 三十块, around: first pitch, within: 1 turns}",
            ("A 流量包",),
            "pitch（00:00 “流量包”）前后没有听到“三十块”等说法",
        ),
        (
            "require: {by: agent, phrases: 三十块, after: each pitch, within: 1 turns}",
            ("A 流量包", "A 三十块", "C 喂", "A 流量包", "A 再见"),
            "pitch（00:02 “流量包”）之后没有听到“三十块”等说法，说在了别处：00:01 “三十块”（按文字）",
        ),
        (
            "require: {by: agent, phrases: 三十块, after: last pitch}",
            ("A 流量包", "A 三十块", "C 喂", "A 流量包"),
            "pitch（00:02 “流量包”）之后没有听到“三十块”等说法，说在了别处：00:01 “三十块”（按文字）",
        ),
        (
            "require: {by: agent, phrases: 您好, turns: first 1}",
            ("A 喂", "A 您好"),
            "没有听到“您好”等说法，说在了别处：00:00 “您好”（按文字）",
        ),
        (
            "require: {by: agent, phrases: {all: [您好, 工号]}}",
            ("A 您好请讲",),
            "没有听到“您好”“工号”等说法，最接近的是 00:00 “您好”（按文字）",
        ),
    ],
)
def test_a_sentence_says_on_which_side_of_which_occurrence(
    tmp_path: Path, rule: str, lines: tuple[str, ...], told: str
) -> None:
    rules = checklist(tmp_path, f"  - {{id: r, title: 甲, because: 乙, {rule}}}\n", ANCHORS)
    (finding,) = judged(rules, dialogue(*lines))
    assert finding.verdict == "fail"
    assert finding.because.zh == f"乙。{told}"


def inside(hit: Hit, other: Hit) -> bool:
    if hit.span is None or other.span is None:
        return hit == other
    return hit.turn == other.turn and other.span[0] <= hit.span[0] and hit.span[1] <= other.span[1]


@given(st.lists(HITS, max_size=10))
def test_words_inside_other_words_are_left_out_and_the_rest_keep_their_order(hits: list[Hit]) -> None:
    kept = list(distinct(hits))
    assert all(any(inside(hit, other) for other in kept) for hit in hits)
    assert not any(inside(kept[at], other) for at in range(len(kept)) for other in kept[:at] + kept[at + 1 :])
    assert [hits.index(hit) for hit in kept] == sorted(hits.index(hit) for hit in kept)
