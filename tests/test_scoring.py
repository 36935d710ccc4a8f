"""From findings to a scorecard: sums that a supervisor can follow with a pencil."""

from dataclasses import replace

import pytest

from speechqa.assessment import Flag, Scorecard, SectionScore, Verdict
from speechqa.call import Message, Note, NoteCode, ToneLabel, Transcript
from speechqa.checklist.operators.voice import ToneHeard
from speechqa.checklist.points import Points, Stakes, Veto
from speechqa.checklist.sections import Section
from speechqa.checklist.values import Marks, Severity
from speechqa.checklist.where import Scope
from speechqa.scoring import scorecard
from tests.scoring_cases import (
    CALL,
    FAIL,
    NA,
    NOTHING,
    PASS,
    UNKNOWN,
    Case,
    card,
    costs,
    earns,
    found,
    holds_to,
    made,
)

ATTITUDE, ACCURACY = Section("态度", 20), Section("准确", 30, pass_mark=60)


def section(result: Scorecard, name: str) -> SectionScore:
    return next(one for one in result.sections if one.name == name)


@pytest.mark.parametrize(
    ("verdicts", "score", "coverage"),
    [
        ([PASS, PASS], 100.0, 1.0),
        ([PASS, FAIL], 70.0, 1.0),
        ([FAIL, NA], 90.0, 1.0),
        ([FAIL, UNKNOWN], 90.0, 0.25),
        ([UNKNOWN, UNKNOWN], None, 0.0),
        ([NA, NA], None, 0.0),
    ],
)
def test_failed_rules_cost_their_points_and_unknown_ones_cost_coverage(
    verdicts: list[Verdict], score: float | None, coverage: float
) -> None:
    result = card(list(zip([costs(10), costs(30)], verdicts, strict=True)))
    assert result.score == score
    assert result.coverage == coverage


@pytest.mark.parametrize(
    ("cases", "score", "sums"),
    [
        ([(costs(10), FAIL), (earns(3), PASS)], 93.0, "100 − 10（甲0）+ 3（甲1）= 93"),
        ([(costs(10), FAIL), (earns(3), FAIL)], 90.0, "100 − 10（甲0）= 90"),
        ([(costs(2), FAIL), (earns(5), PASS)], 100.0, "100 − 2（甲0）+ 5（甲1）= 103，按 100 计"),
        ([(costs(60), FAIL), (costs(70), FAIL), (earns(5), PASS)], 0.0,
         "100 − 60（甲0）− 70（甲1）+ 5（甲2）= −25，按 0 计"),
        ([(holds_to(60), FAIL), (costs(10), FAIL)], 60.0, "100 − 10（甲1）= 90，最高 60（甲0）"),
        ([(holds_to(60), FAIL), (costs(50), FAIL)], 50.0, "100 − 50（甲1）= 50，最高 60（甲0）"),
        ([(holds_to(60), FAIL), (holds_to(40), FAIL)], 40.0, "100，最高 60（甲0），最高 40（甲1）"),
        ([(holds_to(60), PASS), (costs(10), PASS)], 100.0, "100"),
        ([(holds_to(60), UNKNOWN), (costs(10), FAIL)], 90.0, "100 − 10（甲1）= 90"),
        ([(earns(3), UNKNOWN), (costs(10), NA)], None, "没有可判定的规则，不计入"),
    ],
)  # fmt: skip
def test_bonuses_and_set_scores_are_told_as_a_sum(cases: list[Case], score: float | None, sums: str) -> None:
    result = card(cases)
    assert result.score == score
    assert result.reckoning is not None
    assert result.reckoning.zh == sums


def test_a_plain_checklist_needs_no_sum() -> None:
    result = card([(costs(10), FAIL), (costs(5, Veto.CALL), PASS)])
    assert (result.reckoning, result.sections) == (None, ())


def test_a_veto_makes_the_score_zero_and_keeps_what_it_was() -> None:
    result = card([(costs(10, Veto.CALL), FAIL), (costs(5), PASS)])
    assert (result.score, result.score_before_veto, result.passed) == (0.0, 90.0, False)
    assert result.vetoed_by == ("r0",)
    assert Flag.VETOED in result.flags


def test_an_unknown_veto_rule_asks_for_a_listener() -> None:
    result = card([(costs(10, Veto.CALL), UNKNOWN), (costs(50), PASS)])
    assert result.vetoed_by == ()
    assert Flag.UNKNOWN_CRITICAL in result.flags


def test_a_call_has_not_passed_while_a_veto_is_open_but_may_have_failed() -> None:
    veto, rule = costs(10, Veto.CALL), costs(50)
    assert card([(veto, UNKNOWN), (rule, PASS)]).passed is None
    assert card([(veto, UNKNOWN), (rule, FAIL)]).passed is False
    assert card([(veto, PASS), (rule, PASS)]).passed is True


def test_a_score_is_the_mean_of_its_sections_by_weight() -> None:
    result = card(
        [
            (costs(10, section="态度"), FAIL),
            (costs(40, section="准确"), FAIL),
            (costs(5, section="准确"), PASS),
        ],
        (ATTITUDE, ACCURACY),
    )
    assert [(one.name, one.weight, one.score) for one in result.sections] == [
        ("态度", 20, 90.0),
        ("准确", 30, 60.0),
    ]
    assert result.score == 72.0
    assert result.reckoning == Message(*["(态度 20 × 90 + 准确 30 × 60) ÷ 50 = 72"] * 2)
    assert section(result, "准确").reckoning.en == "100 − 40 (甲1) = 60"


@pytest.mark.parametrize("verdict", [UNKNOWN, NA])
def test_a_section_in_which_nothing_was_judged_leaves_the_mean(verdict: Verdict) -> None:
    result = card(
        [(costs(10, section="态度"), FAIL), (costs(40, section="准确"), verdict)],
        (ATTITUDE, Section("准确", 30)),
    )
    assert (result.score, section(result, "准确").score) == (90.0, None)
    assert result.reckoning is not None
    assert result.reckoning.zh == "(态度 20 × 90) ÷ 20 = 90"
    assert section(result, "准确").reckoning.zh == "没有可判定的规则，不计入"


def test_a_section_of_no_weight_is_told_but_not_counted() -> None:
    result = card(
        [(costs(10, section="态度"), FAIL), (costs(40, section="备查"), FAIL)], (ATTITUDE, Section("备查", 0))
    )
    assert (result.score, section(result, "备查").score, result.coverage) == (90.0, 60.0, 1.0)
    alone = card(
        [(costs(10, section="态度"), NA), (costs(40, section="备查"), FAIL)], (ATTITUDE, Section("备查", 0))
    )
    assert (alone.score, alone.passed, alone.coverage) == (None, None, 0.0)


def test_a_veto_of_a_section_takes_that_section_only_and_keeps_what_it_was() -> None:
    result = card(
        [(costs(10, section="态度"), FAIL), (costs(20, Veto.SECTION, "准确"), FAIL)], (ATTITUDE, ACCURACY)
    )
    accuracy = section(result, "准确")
    assert (accuracy.score, accuracy.score_before_veto, accuracy.vetoed_by) == (0.0, 80.0, ("r1",))
    assert (section(result, "态度").score, section(result, "态度").vetoed_by) == (90.0, ())
    assert (result.score, result.score_before_veto) == (36.0, 84.0)
    assert result.vetoed_by == ()
    assert Flag.VETOED in result.flags
    assert accuracy.reckoning.zh == "100 − 20（甲1）= 80，被一票否决（甲1），记 0"


def test_a_veto_of_the_call_stands_above_the_sections() -> None:
    result = card(
        [(costs(10, Veto.CALL, section="态度"), FAIL), (costs(20, section="准确"), PASS)],
        (ATTITUDE, ACCURACY),
    )
    assert (result.score, result.score_before_veto, result.passed) == (0.0, 96.0, False)
    assert section(result, "态度").score == 90.0


def test_a_set_score_holds_its_section_down() -> None:
    result = card([(holds_to(60, "态度"), FAIL), (costs(20, section="准确"), PASS)], (ATTITUDE, ACCURACY))
    assert [one.score for one in result.sections] == [60.0, 100.0]
    assert result.score == 84.0


def test_a_section_below_its_own_mark_keeps_a_call_from_passing() -> None:
    heavy = Section("态度", 300)
    above = card([(costs(5, section="态度"), PASS), (costs(40, section="准确"), FAIL)], (ACCURACY, heavy))
    below = card([(costs(5, section="态度"), PASS), (costs(41, section="准确"), FAIL)], (ACCURACY, heavy))
    assert (above.passed, Flag.BELOW_MARK in above.flags) == (True, False)
    assert (below.passed, Flag.BELOW_MARK in below.flags) == (False, True)
    assert below.score is not None
    assert below.score > 80


def test_a_section_with_a_mark_of_which_nothing_is_known_leaves_a_pass_open() -> None:
    rules = [costs(5, section="态度"), costs(40, section="准确")]
    assert card(list(zip(rules, (PASS, UNKNOWN), strict=True)), (ATTITUDE, ACCURACY)).passed is None
    assert card(list(zip(rules, (PASS, NA), strict=True)), (ATTITUDE, ACCURACY)).passed is True
    unmarked = replace(ACCURACY, pass_mark=None)
    assert card(list(zip(rules, (PASS, UNKNOWN), strict=True)), (ATTITUDE, unmarked)).passed is True


@pytest.mark.parametrize(
    ("unknown", "known", "coverage"),
    [
        (costs(30, section="准确"), costs(10, section="态度"), 200 / (200 + 900)),
        (holds_to(60, "准确"), costs(10, section="态度"), 200 / (200 + 1200)),
        (earns(5, "准确"), costs(10, section="态度"), 200 / (200 + 150)),
        (Stakes(section="准确"), costs(10, section="态度"), 200 / (200 + 30)),
    ],
)
def test_what_is_unknown_weighs_what_it_can_cost_in_the_call(
    unknown: Stakes, known: Stakes, coverage: float
) -> None:
    result = card([(unknown, UNKNOWN), (known, PASS)], (ATTITUDE, ACCURACY))
    assert result.coverage == round(coverage, 4)


def test_points_by_the_hit_weigh_their_cap() -> None:
    by_hit = [Points(2, at_most=10), Points(2)]
    assert [points.most for points in by_hit] == [10, 2]


def test_a_note_that_asks_for_review_flags_the_card() -> None:
    call = Transcript(10.0, "zh", "t", (), notes=(Note(NoteCode.TRUNCATED, NOTHING, review=True),))
    assert Flag.AUDIO in card([(costs(10), PASS)], call=call).flags
    assert Flag.AUDIO not in card([(costs(10), PASS)]).flags


def test_only_the_flags_that_the_checklist_asks_for_are_raised() -> None:
    stakes = [costs(30, Veto.CALL), costs(10, Veto.CALL)]
    checklist = made(stakes, marks=Marks(review_when=(Flag.VETOED, Flag.AUDIO)))
    findings = tuple(
        found(rule, verdict) for rule, verdict in zip(checklist.rules, (FAIL, UNKNOWN), strict=True)
    )
    call = Transcript(10.0, "zh", "t", (), notes=(Note(NoteCode.TRUNCATED, NOTHING, review=True),))
    assert scorecard(checklist, findings, call).flags == (Flag.VETOED, Flag.AUDIO)
    every = replace(checklist, marks=Marks())
    assert set(scorecard(every, findings, call).flags) == {
        Flag.VETOED,
        Flag.BELOW_MARK,
        Flag.UNKNOWN_CRITICAL,
        Flag.AUDIO,
    }


def test_a_critical_rule_that_is_unknown_asks_for_a_listener() -> None:
    checklist = made([costs(5), costs(5)])
    critical = replace(
        checklist, rules=(replace(checklist.rules[0], severity=Severity.CRITICAL), checklist.rules[1])
    )
    findings = (found(checklist.rules[0], UNKNOWN), found(checklist.rules[1], PASS))
    assert Flag.UNKNOWN_CRITICAL in scorecard(critical, findings, CALL).flags
    assert Flag.UNKNOWN_CRITICAL not in scorecard(checklist, findings, CALL).flags


@pytest.mark.parametrize(("stakes", "flagged"), [(costs(5), True), (earns(5), False)])
def test_a_tone_that_cost_points_flags_the_call_and_one_that_earned_none_does_not(
    stakes: Stakes, flagged: bool
) -> None:
    checklist = made([stakes])
    rule = replace(checklist.rules[0], require=ToneHeard(Scope(), (ToneLabel.WARM,)))
    result = scorecard(replace(checklist, rules=(rule,)), (found(rule, FAIL),), CALL)
    assert (Flag.TONE in result.flags) is flagged
