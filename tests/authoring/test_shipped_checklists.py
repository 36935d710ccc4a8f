"""The checklists that come with speechqa say what the standards say."""

from pathlib import Path

import pytest

from speechqa.authoring.examples import Trial, trials
from speechqa.checklist import load
from speechqa.checklist.operators import leaves
from speechqa.checklist.operators.timing import Silence, SpeakingRate

RULES = sorted((Path(__file__).parents[2] / "rules").glob("*.yaml"))
TRIALS = [trial for path in RULES for trial in trials(load(path))]


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: f"{trial.rule.id}:{trial.example.line}")
def test_every_example_comes_out_as_its_author_says(trial: Trial) -> None:
    assert trial.finding.verdict == trial.example.verdict, trial.finding.because.zh


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_rule_has_an_example_that_passes_and_one_that_fails(path: Path) -> None:
    for rule in load(path).rules:
        verdicts = {str(example.verdict) for example in rule.examples}
        # No example can be silent or fast: those rules fail in test_sentences_inbound.py.
        timed = all(isinstance(leaf, Silence | SpeakingRate) for leaf in leaves(rule.require))
        assert {"pass"} | (set() if timed else {"fail"}) <= verdicts, rule.id


def test_outbound_has_the_thirteen_rules_of_the_standard() -> None:
    outbound = next(load(path) for path in RULES if path.stem == "outbound")
    assert [rule.id for rule in outbound.rules] == [
        "greeting",
        "owner-confirmation",
        "vulnerable-customer",
        "strong-objection",
        "disclosure-content",
        "disclosure-fee",
        "disclosure-hotline",
        "disclosure-function",
        "disclosure-cancellation",
        "consent",
        "closing",
        "forbidden-phrases",
        "agent-tone",
    ]
