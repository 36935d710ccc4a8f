"""Two checklists on the same calls say what each would say by itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Verdict
from speechqa.authoring.anatomy import inside, rebuilt
from speechqa.authoring.backtest import MANY, Backtest, backtest
from speechqa.authoring.past_calls import PastCall, past_calls
from speechqa.checklist import Checklist, load
from speechqa.checklist.operators.words import Phrases
from speechqa.matching import Judge
from speechqa.scoring import scorecard
from speechqa.tone import tones
from tests.authoring.said_calls import BYE, HELLO, said, written

OUTBOUND = Path("rules/outbound.yaml")


def alone(rules: Checklist, calls: Sequence[PastCall]) -> list[tuple[float | None, tuple[Verdict, ...]]]:
    judge = Judge(rules)
    cards = []
    for past in calls:
        transcript = past.transcript()
        findings = judge.findings(past.call, judge.listen([transcript])[0], tones(transcript))
        cards.append(scorecard(rules, findings, transcript))
    return [(card.score, tuple(finding.verdict for finding in card.findings)) for card in cards]


def test_a_flip_has_both_readings(tmp_path: Path) -> None:
    old = written(tmp_path, f"rules:\n{HELLO}")
    new = written(tmp_path, "rules:\n" + HELLO.replace("您好", "早上好"), "new.yaml")
    (one,) = backtest([said("a", "A 您好，这里是移动", "C 喂")], old, new).calls
    (flip,) = one.flips
    assert (flip.old.verdict, flip.new.verdict) == (Verdict.PASS, Verdict.FAIL)
    assert [hit.heard for hit in flip.old.hits] == ["您好"]
    assert (one.old.score, one.new.score) == (100, 70)


def without(rules: Checklist, number: int) -> Checklist:
    """The checklist with one of its lists of phrases, counted through, shorter by its first phrase."""
    lists = [part for part in inside((rules.moments, rules.rules)) if isinstance(part, Phrases)]
    chosen = [one for one in lists if len(one.wanted) > 1][number]

    def change(value: object) -> object:
        return replace(chosen, wanted=chosen.wanted[1:]) if value is chosen else value

    moments, changed = rebuilt(rules.moments, change), rebuilt(rules.rules, change)
    return replace(rules, moments=moments, rules=changed)


@pytest.mark.parametrize("number", [0, 5, -1])
def test_rules_judged_once_come_out_as_by_themselves(number: int) -> None:
    old = load(OUTBOUND)
    new = without(old, number)
    calls = past_calls(Path("samples/reference"))
    test = backtest(calls, old, new)
    assert [(one.old.score, one.old.verdicts) for one in test.calls] == alone(old, calls)
    assert [(one.new.score, one.new.verdicts) for one in test.calls] == alone(new, calls)
    assert set() < test.alike < {rule.id for rule in old.rules}


def test_several_processes_say_what_one_says(tmp_path: Path) -> None:
    old = written(tmp_path, f"rules:\n{HELLO}{BYE}")
    new = written(tmp_path, f"rules:\n{HELLO.replace('您好', '早上好')}{BYE}", "new.yaml")
    openings = ("您好", "早上好", "喂")
    calls = [said(f"c{n}", f"A {openings[n % 3]}，再见") if n % 7 else said(f"c{n}") for n in range(MANY + 9)]

    def told(test: Backtest) -> tuple[object, ...]:
        return test.calls, test.unread

    many = backtest(calls, old, new)
    halves = [backtest(part, old, new) for part in (calls[:100], calls[100:])]
    assert told(many) == tuple(one + other for one, other in zip(*map(told, halves), strict=True))


def test_a_call_that_cannot_be_read_is_told_and_the_others_are_judged(tmp_path: Path) -> None:
    rules = written(tmp_path, f"rules:\n{HELLO}")
    test = backtest([said("broken"), said("whole", "A 您好")], rules, rules)
    assert [one.call.call_id for one in test.calls] == ["whole"]
    assert [(one.call.call_id, one.failure.code) for one in test.unread] == [("broken", "E_TRANSCRIPT")]


def test_a_rule_that_only_one_has_does_not_flip(tmp_path: Path) -> None:
    old, new = written(tmp_path, f"rules:\n{HELLO}"), written(tmp_path, f"rules:\n{HELLO}{BYE}", "new.yaml")
    (one,) = backtest([said("a", "A 您好")], old, new).calls
    assert not one.flips
    assert (one.old.score, one.new.score) == (100, 90)
