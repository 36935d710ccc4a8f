"""CHECKLISTS 10 of the shipped complaint checklist.

理解, 赞美, 转移注意, 解决问题 with a time, 给予建议, in that order, none before the customer had finished.
"""

from pathlib import Path

import pytest

from speechqa.assessment import Finding
from speechqa.call import Transcript
from speechqa.checklist import load
from tests.matching.lines import dialogue, judged
from tests.matching.timed import timed

COMPLAINT = load(Path(__file__).parents[2] / "rules" / "complaint.yaml")
CLAIM = "C 你们多扣我二十块钱，打了三次电话都没解决，我要投诉"
UNDERSTOOD = "A 实在抱歉，您的心情我理解"
PRAISED = "A 也感谢您把问题反映给我们"
MOVED = "A 我先帮您查一下，您说的是哪一笔"
WHICH = "C 五号那笔"
SOLVED = "A 我给您退二十元，二十四小时内到账"
ADVISED = "A 建议您把自动续费关掉"
STEPS = ("acknowledge", "praise", "divert", "solution", "solution-time", "advice", "listen-first")
SCRIPT = (CLAIM, UNDERSTOOD, PRAISED, MOVED, WHICH, SOLVED, ADVISED)


def complaint(rule: str, transcript: Transcript) -> Finding:
    return next(one for one in judged(COMPLAINT, transcript) if one.rule == rule)


def failed_steps(*lines: str) -> set[str]:
    findings = judged(COMPLAINT, dialogue(*lines))
    return {one.rule for one in findings if one.rule in STEPS and one.verdict != "pass"}


def test_a_complaint_taken_by_the_script_fails_no_step() -> None:
    assert failed_steps(*SCRIPT) == set()


@pytest.mark.parametrize(
    ("left_out", "rules"),
    [
        (UNDERSTOOD, {"acknowledge"}),
        (PRAISED, {"praise"}),
        (MOVED, {"divert"}),
        (SOLVED, {"solution", "solution-time"}),
        (ADVISED, {"advice"}),
    ],
)
def test_a_step_that_was_never_said_fails_its_rule_alone(left_out: str, rules: set[str]) -> None:
    lines = tuple(line for line in SCRIPT if line != left_out)
    assert failed_steps(*lines) == rules


def test_a_solution_without_a_time_fails() -> None:
    lines = tuple("A 我给您退二十元" if line == SOLVED else line for line in SCRIPT)
    assert failed_steps(*lines) == {"solution-time"}


def test_out_of_order_is_told_apart_from_never_said() -> None:
    late = complaint("praise", dialogue(CLAIM, UNDERSTOOD, MOVED, WHICH, SOLVED, ADVISED, PRAISED))
    never = complaint("praise", dialogue(CLAIM, UNDERSTOOD, MOVED, WHICH, SOLVED, ADVISED))
    assert (late.verdict, never.verdict) == ("fail", "fail")
    assert "没有说" in never.because.zh
    assert "没有说" not in late.because.zh
    assert "之后" in late.because.zh


def test_a_solution_before_the_customer_had_told_the_matter_fails() -> None:
    assert "listen-first" in failed_steps("A 您好，我给您退二十元，今天到账", *SCRIPT)


def test_cutting_in_on_a_complaint_fails() -> None:
    call = timed("C 0 你们多扣我二十块钱打了三次电话都没解决 8", "A 4 那个是您订的会员费 7")
    assert complaint("listen-first", call).verdict == "fail"


def test_a_customer_who_hangs_up_excuses_the_steps_still_to_come() -> None:
    call = dialogue(CLAIM, UNDERSTOOD, "C 懒得跟你说，挂了")
    assert complaint("advice", call).verdict == "not_applicable"
    assert complaint("acknowledge", call).verdict != "fail"


def test_what_applies_is_told_by_the_calls_table_too() -> None:
    quiet = dialogue("C 我上周买的那台", "A 您说")
    for metadata, verdict in (({}, "not_applicable"), ({"call_type": "投诉"}, "fail")):
        findings = judged(COMPLAINT, quiet, metadata)
        assert next(one for one in findings if one.rule == "apology").verdict == verdict
