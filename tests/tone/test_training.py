from pathlib import Path

import numpy as np
import pytest

from speechqa.call import Role
from speechqa.errors import UsageError
from speechqa.tone.card import Made, card
from speechqa.tone.dialogues import read
from speechqa.tone.evaluation import evaluated
from speechqa.tone.features import said, schema
from speechqa.tone.model_file import loaded, located
from speechqa.tone.pictures import confusion, reliability
from speechqa.tone.training import COPIES, FOLDS, cut_up, folds, misheard_copies, trained

DIALOGUES = read(Path("models/tone/data"))[:40]


def lost(text: str, rate: float, seed: int) -> str:
    """A recogniser that drops every fifth character."""
    return "".join(one for at, one in enumerate(text) if (at + seed) % 5) if rate else text


def test_the_same_dialogues_give_the_same_classifier() -> None:
    turns = [said(turn.role, turn.text) for turn in DIALOGUES[0].turns]
    one, two = (trained(DIALOGUES, lost) for _ in range(2))
    assert np.array_equal(one.probabilities(turns), two.probabilities(turns))


def test_what_it_was_trained_on_it_knows_and_it_learns_from_each_side() -> None:
    sides = evaluated(trained(DIALOGUES, lost), DIALOGUES)
    assert {side.role for side in sides} == {Role.AGENT, Role.CUSTOMER}
    assert all(side.macro_f1 > 0.8 for side in sides)


def test_a_label_that_hardly_occurs_is_told_before_anything_is_trained() -> None:
    with pytest.raises(UsageError, match="each label needs 8 dialogues at least; too few: warm 1"):
        trained(DIALOGUES[:1], lost)


def test_copies_keep_roles_and_labels() -> None:
    copies = misheard_copies(DIALOGUES, lost)
    assert len(copies) == len(COPIES) * len(DIALOGUES)
    for number, copy in enumerate(copies):
        whole = DIALOGUES[number % len(DIALOGUES)]
        assert copy.scenario == whole.scenario
        assert [(turn.role, turn.label) for turn in copy.turns] == [
            (turn.role, turn.label) for turn in whole.turns
        ]


def test_the_dialogues_of_a_writer_share_a_fold() -> None:
    dialogues = read(Path("models/tone/data"))
    fold_of = dict(zip((one.writer for one in dialogues), folds(dialogues).tolist(), strict=True))
    assert [fold_of[one.writer] for one in dialogues] == folds(dialogues).tolist()
    assert set(fold_of.values()) == set(range(FOLDS))


def test_where_one_writer_has_most_a_scenario_and_its_pieces_share_a_fold() -> None:
    material = [*DIALOGUES, *cut_up(DIALOGUES)]
    assert {one.writer for one in material} == {"a"}
    fold_of = dict(zip((one.scenario for one in material), folds(material).tolist(), strict=True))
    assert [fold_of[one.scenario] for one in material] == folds(material).tolist()
    assert set(fold_of.values()) == set(range(FOLDS))


def test_the_shipped_model_finds_hostility_in_dialogues_of_another_hand() -> None:
    for side in evaluated(loaded(located()), read(Path("models/tone/test"))):
        # writers left out of training, the worst of twelve: agents .834, customers .798; ECE .051, .050
        assert side.hostile_f1 > {Role.AGENT: 0.76, Role.CUSTOMER: 0.72}[side.role]
        assert side.false_alarms.rate < 0.02
        assert side.calibration_error < 0.08


def test_the_card_tells_figures_with_intervals_and_the_picture_all_counts() -> None:
    sides = evaluated(loaded(located()), DIALOGUES[:5])
    made = Made("ab" * 32, 1000, (("skops", "1.0"),), schema(), DIALOGUES, 0, (("Test split", 5, sides),))
    told, drawn = card(made), confusion(sides)
    assert f"sha256 `{'ab' * 32}`" in told
    assert f"| macro-F1 | {sides[0].macro_f1:.3f} |" in told
    share = sides[0].recall[1]
    assert f"({share.hits} of {share.of}; {share.interval.low:.1%} to {share.interval.high:.1%})" in told
    assert drawn.count("<rect") == 1 + 2 * 25
    assert reliability(sides).count("<circle") == sum(len(side.reliability) for side in sides)
    assert all(one.low <= one.expected <= one.low + 0.1 for side in sides for one in side.reliability)
