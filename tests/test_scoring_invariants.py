"""What can never happen to a score, whatever the rules and the verdicts."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Flag, Verdict
from speechqa.checklist.points import Points, Stakes, Veto
from speechqa.checklist.sections import Section
from tests.scoring_cases import FAIL, NA, PASS, UNKNOWN, Case, card

NAMES = st.sampled_from(["态度", "准确", "合规"])
POINTS = st.floats(0, 100, width=16)
VETOES = st.sampled_from([None, None, None, Veto.CALL, Veto.SECTION])


def stakes_in(section: str) -> st.SearchStrategy[Stakes]:
    vetoes = VETOES if section else st.sampled_from([None, None, Veto.CALL])
    takes = st.builds(
        Stakes,
        deduct=st.builds(Points, POINTS),
        set_score=st.none() | POINTS,
        veto=vetoes,
        section=st.just(section),
    )
    gives = st.builds(Stakes, add=st.builds(Points, POINTS), section=st.just(section))
    return takes | takes | gives


VERDICTS = st.sampled_from(Verdict)
PLAIN = st.lists(st.tuples(stakes_in(""), VERDICTS), min_size=1, max_size=8)
IN_SECTIONS = st.lists(
    NAMES.flatmap(lambda name: st.tuples(stakes_in(name), VERDICTS)), min_size=1, max_size=10
)
SECTIONS = st.tuples(
    *(
        st.builds(Section, st.just(name), st.floats(0, 50, width=16), st.none() | POINTS)
        for name in ("态度", "准确")
    ),
    st.builds(Section, st.just("合规"), st.floats(1, 50, width=16)),
)
ANY = st.one_of(st.tuples(PLAIN, st.just(())), st.tuples(IN_SECTIONS, SECTIONS))


@given(ANY)
def test_scores_are_within_0_and_100_and_vetoes_dominate(
    drawn: tuple[list[Case], tuple[Section, ...]],
) -> None:
    cases, sections = drawn
    result = card(cases, sections)
    for score in (result.score, result.score_before_veto, *(one.score for one in result.sections)):
        assert score is None or 0 <= score <= 100
    assert 0 <= result.coverage <= 1
    vetoed = any(stakes.veto is Veto.CALL and verdict is FAIL for stakes, verdict in cases)
    assert bool(result.vetoed_by) == vetoed
    if vetoed:
        assert (result.score, result.passed) == (0, False)
        assert Flag.VETOED in result.flags
    for one in result.sections:
        failed = [s for s, v in cases if v is FAIL and s.section == one.name and s.veto is Veto.SECTION]
        assert bool(one.vetoed_by) == bool(failed)
        assert not failed or one.score == 0


@given(ANY, st.data())
def test_failing_a_rule_never_raises_a_score_above_passing_it(
    drawn: tuple[list[Case], tuple[Section, ...]], data: st.DataObject
) -> None:
    cases, sections = drawn
    at = data.draw(st.integers(0, len(cases) - 1))
    passing, failing = (
        card([*cases[:at], (cases[at][0], verdict), *cases[at + 1 :]], sections) for verdict in (PASS, FAIL)
    )
    if passing.score is not None and failing.score is not None:
        assert failing.score <= passing.score
    for before, after in zip(passing.sections, failing.sections, strict=True):
        assert before.score is None or after.score is None or after.score <= before.score


@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(
    drawn: tuple[list[Case], tuple[Section, ...]], chance: Random
) -> None:
    cases, sections = drawn
    shuffled = list(cases)
    chance.shuffle(shuffled)
    one, other = card(cases, sections), card(shuffled, sections)
    assert one.score == other.score
    assert one.score_before_veto == other.score_before_veto
    assert (one.passed, one.flags) == (other.passed, other.flags)
    assert one.coverage == pytest.approx(other.coverage, abs=1e-4)


@given(PLAIN, st.data())
def test_a_rule_that_is_not_applicable_or_unknown_never_costs(cases: list[Case], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(cases) - 1))
    verdict = data.draw(st.sampled_from([NA, UNKNOWN]))
    left_out = card([*cases[:at], (cases[at][0], verdict), *cases[at + 1 :]])
    failing = card([*cases[:at], (cases[at][0], FAIL), *cases[at + 1 :]])
    without = card([*cases[:at], *cases[at + 1 :]]) if len(cases) > 1 else None
    assert failing.score is not None
    assert left_out.score is None or left_out.score >= failing.score
    assert without is None or left_out.score == without.score


@given(ANY, st.data())
def test_what_is_unknown_lowers_coverage_and_what_does_not_apply_does_not(
    drawn: tuple[list[Case], tuple[Section, ...]], data: st.DataObject
) -> None:
    cases, sections = drawn
    at = data.draw(st.integers(0, len(cases) - 1))
    known, unknown = (
        card([*cases[:at], (cases[at][0], verdict), *cases[at + 1 :]], sections)
        for verdict in (PASS, UNKNOWN)
    )
    assert unknown.coverage <= known.coverage


@given(IN_SECTIONS, SECTIONS)
def test_the_sum_that_is_told_gives_the_score(cases: list[Case], sections: tuple[Section, ...]) -> None:
    result = card(cases, sections)
    counted = [(one.weight, one.score) for one in result.sections if one.score is not None and one.weight]
    if counted and not result.vetoed_by:
        mean = sum(weight * score for weight, score in counted) / sum(weight for weight, _ in counted)
        assert result.score == pytest.approx(mean, abs=0.005_001)
