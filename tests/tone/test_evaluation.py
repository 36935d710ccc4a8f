import numpy as np
import pytest

from speechqa.call import Role, ToneLabel
from speechqa.tone.classifier import Probabilities
from speechqa.tone.dialogues import Dialogue, LabelledTurn
from speechqa.tone.evaluation import evaluated_by
from speechqa.tone.labels import LABELS

AGENT = LABELS[Role.AGENT]


def dialogue(*labels: ToneLabel, second: ToneLabel | None = None) -> Dialogue:
    return Dialogue("x", "written", tuple(LabelledTurn(Role.AGENT, "好", one, second) for one in labels))


def row(label: ToneLabel, sure: float) -> list[float]:
    rest = (1 - sure) / (len(AGENT) - 1)
    return [sure if one is label else rest for one in AGENT]


def answers(*said: tuple[ToneLabel, float]) -> Probabilities:
    return np.array([row(label, sure) for label, sure in said])


def test_a_classifier_that_is_right_and_knows_it_has_no_fault() -> None:
    (side,) = evaluated_by(
        lambda one: answers(*((turn.label, 1.0) for turn in one.turns if turn.label)), [dialogue(*AGENT)]
    )
    assert (side.macro_f1, side.hostile_f1, side.calibration_error) == (1.0, 1.0, 0.0)
    assert side.right_where_marked.rate == side.marked.rate == side.found.rate == 1.0
    assert side.false_alarms.hits == 0


def test_one_that_is_always_sure_and_mostly_wrong_is_badly_calibrated() -> None:
    (side,) = evaluated_by(
        lambda one: answers(*((ToneLabel.RUDE, 1.0) for _ in one.turns)), [dialogue(*AGENT)]
    )
    assert side.calibration_error == pytest.approx(0.8)
    assert (side.false_alarms.hits, side.false_alarms.of) == (2, 2)
    assert side.recall[AGENT.index(ToneLabel.RUDE)].rate == 1.0
    assert side.precision[AGENT.index(ToneLabel.RUDE)].rate == pytest.approx(0.2)


def test_an_unsure_one_is_not_counted_as_an_alarm() -> None:
    (side,) = evaluated_by(lambda _: answers((ToneLabel.RUDE, 0.55)), [dialogue(ToneLabel.WARM)])
    assert (side.marked.hits, side.false_alarms.hits) == (0, 0)
    assert side.confusion[0][AGENT.index(ToneLabel.RUDE)] == 1


def test_a_second_label_is_right_too_but_not_for_f1() -> None:
    (side,) = evaluated_by(
        lambda _: answers((ToneLabel.COLD, 0.9)), [dialogue(ToneLabel.IMPATIENT, second=ToneLabel.COLD)]
    )
    assert side.right_or_second.rate == 1.0
    assert side.macro_f1 == 0.0


def test_hostile_labels_taken_for_each_other_are_hostile_all_the_same() -> None:
    (side,) = evaluated_by(lambda _: answers((ToneLabel.RUDE, 0.9)), [dialogue(ToneLabel.IMPATIENT)])
    assert (side.hostile_f1, side.f1[AGENT.index(ToneLabel.RUDE)]) == (1.0, 0.0)
