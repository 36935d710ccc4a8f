"""Where an agent who did all right could lose points: the time and the certainty of what is relied on."""

from pathlib import Path

import pytest

from speechqa.assessment import Finding
from speechqa.call import Transcript
from tests.matching.lines import checklist, dialogue, judged, one_rule, verdict
from tests.matching.timed import timed

MOMENTS = (
    "{asked: {by: agent, phrases: 办理可以吗}, done: {by: agent, phrases: 办理成功},"
    " ok: {answered: asked, as: yes, asked_for: consent}, pitch: {by: agent, phrases: 流量包},"
    " both: {all: [{by: agent, phrases: 资费}, {by: customer, phrases: 可以}]},"
    " ordered: {metadata: order_id, exists: yes}, calm: {not: {by: customer, phrases: 不需要}},"
    " refused: {by: customer, phrases: 我们家真的不需要这个}}"
)


def found(folder: Path, rule: str, transcript: Transcript, **metadata: str) -> Finding:
    keys = "id: r, title: 甲, because: 乙, deduct: 5"
    (finding,) = judged(checklist(folder, f"  - {{{keys}, {rule}}}\n", MOMENTS), transcript, metadata)
    return finding


def test_an_answer_in_the_middle_of_a_running_turn_lies_before_what_that_turn_says_next(
    tmp_path: Path,
) -> None:
    call = timed("A 0 给您办理可以吗 2 2.7 好的已经办理成功 5", "C 2.1 可以 2.6")
    assert found(tmp_path, "require: {happened: ok, before: first done}", call).verdict == "pass"
    assert found(tmp_path, "require: {happened: ok, after: first done}", call).verdict == "fail"


def test_who_talks_on_after_a_moment_in_a_turn_begun_before_it_is_heard(tmp_path: Path) -> None:
    call = timed("A 0 我跟您说 1 3 流量包很好 5", "C 1.5 我们家真的不需要这个 2.8")
    rule = "forbid: {by: agent, phrases: 流量包, after: first refused}"
    assert found(tmp_path, rule, call).verdict == "fail"


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        (
            "when: {happened: refused}, require: {by: agent, phrases: 抱歉}",
            ("C 我们嘎真得不需药遮个", "A 哦"),
        ),
        (
            "forbid: {by: agent, phrases: 流量包, after: first refused}",
            ("C 我们嘎真得不需药遮个", "A 流量包"),
        ),
    ],
)
def test_a_fail_that_rests_on_a_moment_that_was_half_heard_is_for_a_listener(
    tmp_path: Path, rule: str, lines: tuple[str, ...]
) -> None:
    assert found(tmp_path, rule, dialogue(*lines)).verdict == "unknown"
    spelt = tuple(line.replace("我们嘎真得不需药遮个", "我们家真的不需要这个") for line in lines)
    assert found(tmp_path, rule, dialogue(*spelt)).verdict == "fail"


def test_a_moment_that_has_no_time_holds_for_the_whole_call(tmp_path: Path) -> None:
    call = dialogue("A 您好", "C 喂")
    assert found(tmp_path, "require: {happened: ordered}", call, order_id="7").verdict == "pass"
    assert found(tmp_path, "require: {happened: ordered}", call).verdict == "fail"
    assert found(tmp_path, "require: {happened: calm}", call).verdict == "pass"
    assert found(tmp_path, "require: {happened: calm}", dialogue("C 不需要")).verdict == "fail"


def test_what_the_calls_table_says_bounds_no_place(tmp_path: Path) -> None:
    ended = "{any: [{metadata: hung_up_by, eq: customer}, {by: customer, phrases: 我挂了}]}"
    moments = f"{{ended: {ended}}}"
    rule = "  - {id: r, title: 甲, because: 乙, require: {by: agent, phrases: 您好, %s: ended}}\n"
    call, known = dialogue("A 您好", "C 我挂了", "A 再见"), {"hung_up_by": "customer"}
    for side in ("before", "until"):
        (finding,) = judged(checklist(tmp_path, rule % side, moments), call, known)
        assert finding.verdict == "pass"
    (finding,) = judged(checklist(tmp_path, rule % "after", moments), call, known)
    assert finding.verdict == "fail"


def test_a_moment_of_two_parts_begins_when_both_were_said(tmp_path: Path) -> None:
    rule = "forbid: {by: agent, phrases: 流量包, after: first both}"
    assert found(tmp_path, rule, dialogue("A 资费", "A 流量包", "C 可以")).verdict == "pass"
    assert found(tmp_path, rule, dialogue("A 资费", "C 可以", "A 流量包")).verdict == "fail"


def test_parts_that_have_no_place_in_a_call_are_not_asked_for(tmp_path: Path) -> None:
    parts = "{by: agent, phrases: 甲甲, after: pitch}, {by: agent, phrases: 乙乙, after: done}"
    rule = f"require: {{at_least: {{count: 2, of: [{parts}, {{by: agent, phrases: 您好}}]}}}}"
    assert found(tmp_path, rule, dialogue("A 您好")).verdict == "pass"
    assert found(tmp_path, rule, dialogue("A 您好", "A 流量包")).verdict == "fail"


def test_what_is_not_known_of_a_doubt_leaves_a_fail_to_a_listener(tmp_path: Path) -> None:
    rule = "require: {by: agent, phrases: 您好}, doubt_if: {metadata: line, eq: 内线}"
    assert found(tmp_path, rule, dialogue("A 喂"), line="外线").verdict == "fail"
    assert found(tmp_path, rule, dialogue("A 喂"), line="内线").verdict == "unknown"
    assert found(tmp_path, rule, dialogue("A 喂")).verdict == "unknown"


def test_an_earlier_moment_by_somebody_of_unknown_role_leaves_it_open(tmp_path: Path) -> None:
    rule = "forbid: {by: agent, phrases: 资费, before: first pitch}"
    assert found(tmp_path, rule, dialogue("A 资费", "A 流量包")).verdict == "fail"
    assert found(tmp_path, rule, dialogue("? 流量包", "A 资费", "A 流量包")).verdict == "unknown"


@pytest.mark.parametrize(
    "rule", ["forbid: {", "require: {not: {", "require: {by: agent, phrases: {none: [流量包]},"]
)
@pytest.mark.parametrize(("if_never", "expected"), [("fail", "fail"), ("pass", "pass")])
def test_if_never_speaks_of_the_rule_also_where_a_condition_is_turned_round(
    tmp_path: Path, rule: str, if_never: str, expected: str
) -> None:
    inner = "" if "none" in rule else "by: agent, phrases: 流量包,"
    closing = "}" if "not:" in rule else ""
    text = f"{rule}{inner} before: first done, if_never: {if_never}}}{closing}"
    assert found(tmp_path, text, dialogue("A 流量包")).verdict == expected


@pytest.mark.parametrize(
    ("phrase", "said", "verdict_of_it"),
    [
        ("不要钱", "您要不要？钱是一个月三十。", "fail"),
        ("不要钱", "这个不要钱。", "pass"),
        ("谢谢！再见", "谢谢！再见。", "pass"),
        ("'114'", "您的号码是13811412345", "fail"),
        ("'114'", "请打114查询", "pass"),
        ("0元", "一共是100元", "fail"),
        ("0元", "首月0元", "pass"),
        ("ok", "这本book很好", "fail"),
        ("ok", "那就ok了", "pass"),
        ("工号0", "我的工号023", "pass"),
    ],
)
def test_a_phrase_ends_at_a_sentence_and_a_number_is_not_part_of_another(
    tmp_path: Path, phrase: str, said: str, verdict_of_it: str
) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, phrases: [{phrase}]}}")
    assert verdict(rules, dialogue(f"A {said}")) == verdict_of_it


def test_a_call_begins_with_its_first_word_and_not_with_its_first_turn(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, window: first 5 s, phrases: 您好}")
    turn = timed("A 10 您好 12").turns[0]
    early = type(turn)(turn.role, 0.0, turn.end, turn.text, words=turn.words)
    assert verdict(rules, Transcript(20.0, "zh", "t", (early,))) == "pass"


def test_a_turn_without_a_word_takes_no_place(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, turns: last 1, phrases: 再见}")
    assert verdict(rules, dialogue("A 再见", "A ")) == "pass"
