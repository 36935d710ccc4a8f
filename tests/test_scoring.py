from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import ChecklistRef, Finding, Flag, Message, Note, NoteCode, Scorecard, Transcript, Verdict
from speechqa.checklist.logic import All
from speechqa.checklist.values import Checklist, Marks, Rule, Severity
from speechqa.scoring import scorecard

CALL = Transcript(10.0, "zh", "t", ())
NOTHING = Message("", "")


def made(rules: list[tuple[float, bool]]) -> Checklist:
    """A checklist of rules with these points and vetoes."""
    made_rules = tuple(
        Rule(f"r{place}", "甲", points, All(()), NOTHING, veto=veto, severity=Severity.NORMAL)
        for place, (points, veto) in enumerate(rules)
    )
    return Checklist(ChecklistRef("t", "1", "0"), "试", Path("c"), Marks(), {}, made_rules)


def card(rules: list[tuple[float, bool]], verdicts: list[Verdict], call: Transcript = CALL) -> Scorecard:
    findings = tuple(
        Finding(f"r{place}", "甲", verdict, 1.0, points, points if verdict is Verdict.FAIL else 0.0, NOTHING)
        for place, ((points, _), verdict) in enumerate(zip(rules, verdicts, strict=True))
    )
    return scorecard(made(rules), findings, call)


PASS, FAIL, NA, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN
CASES = st.lists(
    st.tuples(st.tuples(st.floats(0, 100, width=16), st.booleans()), st.sampled_from(Verdict)),
    min_size=1,
    max_size=8,
)


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
    result = card([(10, False), (30, False)], verdicts)
    assert result.score == score
    assert result.coverage == coverage


def test_a_veto_makes_the_score_zero_and_keeps_what_it_was() -> None:
    result = card([(10, True), (5, False)], [FAIL, PASS])
    assert (result.score, result.score_before_veto, result.passed) == (0.0, 90.0, False)
    assert result.vetoed_by == ("r0",)
    assert Flag.VETOED in result.flags


def test_an_unknown_veto_rule_asks_for_a_listener() -> None:
    result = card([(10, True), (50, False)], [UNKNOWN, PASS])
    assert result.vetoed_by == ()
    assert Flag.UNKNOWN_CRITICAL in result.flags


def test_a_call_has_not_passed_while_a_veto_is_open_but_may_have_failed() -> None:
    rules: list[tuple[float, bool]] = [(10, True), (50, False)]
    assert card(rules, [UNKNOWN, PASS]).passed is None
    assert card(rules, [UNKNOWN, FAIL]).passed is False
    assert card(rules, [PASS, PASS]).passed is True


def test_a_note_that_asks_for_review_flags_the_card() -> None:
    call = Transcript(10.0, "zh", "t", (), notes=(Note(NoteCode.TRUNCATED, NOTHING, review=True),))
    assert Flag.AUDIO in card([(10, False)], [PASS], call).flags
    assert Flag.AUDIO not in card([(10, False)], [PASS]).flags


@given(CASES)
def test_a_score_is_within_0_and_100_and_a_veto_dominates(
    cases: list[tuple[tuple[float, bool], Verdict]],
) -> None:
    rules, verdicts = [case[0] for case in cases], [case[1] for case in cases]
    result = card(rules, verdicts)
    assert result.score is None or 0 <= result.score <= 100
    assert 0 <= result.coverage <= 1
    vetoed = any(veto and verdict is FAIL for (_, veto), verdict in cases)
    assert bool(result.vetoed_by) == vetoed
    if vetoed:
        assert result.score == 0
        assert result.passed is False


@given(CASES, st.data())
def test_failing_one_more_rule_never_raises_a_score(
    cases: list[tuple[tuple[float, bool], Verdict]], data: st.DataObject
) -> None:
    rules, verdicts = [case[0] for case in cases], [case[1] for case in cases]
    place = data.draw(st.integers(0, len(cases) - 1))
    before = card(rules, [*verdicts[:place], PASS, *verdicts[place + 1 :]]).score
    after = card(rules, [*verdicts[:place], FAIL, *verdicts[place + 1 :]]).score
    assert before is not None
    assert after is not None
    assert after <= before
