"""What a change of rules does, counted."""

from pathlib import Path

import pytest

from speechqa.assessment import Verdict
from speechqa.authoring.backtest import backtest
from speechqa.authoring.flips import Difference, Favour, Paired, accuracies, difference
from speechqa.authoring.reviews import Reviews, Share
from tests.authoring.said_calls import BYE, HELLO, SaidCall, said, written

FORBIDDEN = (
    "  - {id: promise, title: 承诺, because: 承诺了, deduct: 20, forbid: {by: agent, phrases: 绝对赚钱}}\n"
)
CALLS = (
    said("a1", "A 您好，绝对赚钱", metadata={"agent_id": "A"}),
    said("a2", "A 早上好，再见", metadata={"agent_id": "A"}),
    said("b1", "A 您好，再见", metadata={"agent_id": "B"}),
    said("c1", "A 您好"),
)


def compared(folder: Path, old: str, new: str, calls: tuple[SaidCall, ...] = CALLS) -> Difference:
    before, after = written(folder, f"rules:\n{old}"), written(folder, f"rules:\n{new}", "new.yaml")
    return difference(backtest(calls, before, after))


def test_flips_are_counted_by_rule_and_kind_and_favour(tmp_path: Path) -> None:
    found = compared(tmp_path, HELLO + BYE, HELLO.replace("您好", "早上好") + BYE)
    (rule,) = found.rules
    assert (rule.rule, [one.id for one in found.reworded]) == ("hello", ["hello"])
    assert rule.kinds == ((Verdict.PASS, Verdict.FAIL, 3), (Verdict.FAIL, Verdict.PASS, 1))
    assert (rule.in_favour(Favour.AGENT), rule.in_favour(Favour.AGAINST)) == (1, 3)
    assert [one.favour for one in rule.flips] == [Favour.AGAINST] * 3 + [Favour.AGENT]
    assert rule.fails == Paired(only_before=1, only_after=3)
    assert rule.fails.p == pytest.approx(2 * (1 + 4) / 16)


def test_points_move_by_agent(tmp_path: Path) -> None:
    found = compared(tmp_path, HELLO + BYE, HELLO.replace("您好", "早上好") + BYE)
    moves = {one.agent: (one.change.n, one.change.mean, one.moved) for one in found.agents}
    assert moves == {"A": (2, 0.0, 2), "B": (1, -30.0, 1), "": (1, -30.0, 1)}
    assert found.change is not None
    assert found.change.mean == -15.0


def test_calls_that_fail_now_are_told_with_both_results(tmp_path: Path) -> None:
    found = compared(tmp_path, HELLO, HELLO.replace("您好", "早上好"))
    assert [one.call.call_id for one in found.changed] == ["a1", "a2", "b1", "c1"]
    assert [(one.old.passed, one.new.passed) for one in found.changed][:2] == [(True, False), (False, True)]
    assert found.passed == Paired(only_before=3, only_after=1)


def test_a_veto_is_another_result_even_where_the_call_failed_before(tmp_path: Path) -> None:
    found = compared(tmp_path, FORBIDDEN, FORBIDDEN.replace("deduct: 20", "deduct: 20, veto: yes"))
    assert [(one.call.call_id, one.new.vetoed_by) for one in found.changed] == [("a1", ("promise",))]
    assert not found.rules


def test_other_points_move_scores_without_a_flip(tmp_path: Path) -> None:
    found = compared(tmp_path, BYE, BYE.replace("10", "15"))
    assert not found.rules
    assert [one.id for one in found.reworded] == ["bye"]
    assert not found.is_none
    assert {one.agent: one.change.mean for one in found.agents} == {"A": -2.5, "": -5.0}


def test_rules_that_came_or_went_are_named(tmp_path: Path) -> None:
    found = compared(tmp_path, HELLO, BYE)
    assert ([one.id for one in found.added], [one.id for one in found.removed]) == (["bye"], ["hello"])


def test_the_same_checklist_differs_in_nothing(tmp_path: Path) -> None:
    assert compared(tmp_path, HELLO, HELLO).is_none


def test_both_checklists_are_measured_against_reviewers(tmp_path: Path) -> None:
    old = written(tmp_path, f"rules:\n{HELLO}{BYE}")
    new = written(tmp_path, f"rules:\n{HELLO.replace('您好', '[您好, 早上好]')}{BYE}", "new.yaml")
    verdicts = {
        ("a1", "hello"): Verdict.PASS,
        ("a2", "hello"): Verdict.PASS,
        ("c1", "bye"): Verdict.FAIL,
        ("elsewhere", "hello"): Verdict.FAIL,
    }
    every, hello, bye = accuracies(backtest(CALLS, old, new), Reviews(verdicts))
    assert [one.rule for one in (every, hello, bye)] == ["", "hello", "bye"]
    assert (every.old.precision, every.new.precision) == (Share(1, 2), Share(1, 1))
    assert (hello.old.precision, hello.new.precision) == (Share(0, 1), Share(0, 0))
    assert (every.old.recall, every.new.recall, every.old.reviewed) == (Share(1, 1), Share(1, 1), 3)
