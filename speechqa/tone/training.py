"""Trains the classifier on labelled dialogues."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING, TypeAlias
from warnings import catch_warnings, simplefilter

import numpy as np
import numpy.typing as npt

from speechqa.call import Message, Role, ToneLabel
from speechqa.errors import UsageError
from speechqa.tone.classifier import Classifier, Linear, Probabilities, Side, by_words, surroundings
from speechqa.tone.dialogues import Dialogue, LabelledTurn, heard
from speechqa.tone.features import Features, said
from speechqa.tone.labels import COUNT, LABELS

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Mishear: TypeAlias = Callable[[str, float, int], str]  # of a text, an error rate and a seed

COPIES = (0.1, 0.25)  # character error rates at which each dialogue is heard once more
_APART = 1_000_003_000  # seeds of the copies, from each other and from those that tests use
CUTS, PIECES = 5, (1, 1, 2, 3, 4)  # seed, turns of a piece
_NEVER = -20.0  # bias of a label that a fold has no turn of
FEWEST = 8  # dialogues with turns of a label
FOLDS = 6  # of the writers: the second level must see what the first says of hands that it does not know
WORDS, CALL = 2.0, 0.1  # inverse strength of regularisation
DOUBT = 0.2  # weight of a turn's second label, where it has one; makes probabilities truer for unknown hands
ROUNDS, CLOSE = 60, 1e-3  # of the solver, and where it stops; what comes after changes no label


def trained(dialogues: Sequence[Dialogue], mishear: Mishear) -> Classifier:
    """The same dialogues give the same classifier. Raises UsageError when a label has too few dialogues."""
    _require_all_labels(dialogues)
    features = Features.of([said(turn.role, turn.text).view for one in dialogues for turn in one.turns])
    material = [*dialogues, *misheard_copies(dialogues, mishear), *cut_up(dialogues)]
    by_dialogue = [features.rows([said(turn.role, turn.text) for turn in one.turns]) for one in material]
    return Classifier(features, _sides(material, by_dialogue))


def _require_all_labels(dialogues: Sequence[Dialogue]) -> None:
    scarce = [
        f"{label} {count}"
        for labels in LABELS.values()
        for label in labels
        if (count := sum(any(turn.label is label for turn in one.turns) for one in dialogues)) < FEWEST
    ]
    if scarce:
        raise UsageError(
            "E_USAGE",
            Message(
                f"每个标签至少要出现在 {FEWEST} 通对话里，不够的有：{'、'.join(scarce)}；"
                "请补充数据，或与自带的 models/tone/data 放在一起训练",
                f"each label needs {FEWEST} dialogues at least; too few: {', '.join(scarce)}; "
                "add some, or train together with the shipped models/tone/data",
            ),
        )


def misheard_copies(dialogues: Sequence[Dialogue], mishear: Mishear) -> list[Dialogue]:
    """Each dialogue as a recogniser gets it, so that sound carries where spelling fails."""
    copies: list[Dialogue] = []
    for number, rate in enumerate(COPIES, start=1):
        copies += heard(dialogues, partial(_misheard, mishear, rate, number * _APART))
    return copies


def cut_up(dialogues: Sequence[Dialogue]) -> list[Dialogue]:
    """The dialogues in pieces of 1 to 4 turns, so that a turn is also known with little around it."""
    chance, cut = Random(CUTS), list[Dialogue]()  # noqa: S311  (no secret)
    for one in dialogues:
        at = 0
        while at < len(one.turns):
            end = at + chance.choice(PIECES)
            cut.append(replace(one, turns=one.turns[at:end]))
            at = end
    return cut


def _misheard(mishear: Mishear, rate: float, first_seed: int, text: str, seed: int) -> str:
    return mishear(text, rate, first_seed + seed)


def _sides(material: Sequence[Dialogue], by_dialogue: "Sequence[csr_array]") -> Mapping[Role, Side]:
    from scipy.sparse import vstack

    turns = [turn for one in material for turn in one.turns]
    rows, roles = vstack(by_dialogue, format="csr"), [turn.role for turn in turns]
    labels = np.array([turn.label.value if turn.label else "" for turn in turns])
    mine = {
        role: np.array([turn.role is role and turn.label is not None for turn in turns]) for role in LABELS
    }
    fold_of = np.repeat(folds(material), [len(one.turns) for one in material])
    alone = np.full((len(roles), COUNT), 1 / COUNT)
    for fold in range(fold_of.max() + 1):
        there, here = fold_of != fold, np.flatnonzero(fold_of == fold)
        levels = {role: _by_words(rows, labels, there & mine[role], role) for role in LABELS}
        alone[here] = by_words(rows[here], [roles[at] for at in here], levels)
    around = _around(material, alone)
    return {
        role: Side(
            _by_words(rows, labels, mine[role], role),
            _by_call(around, turns, role),
        )
        for role in LABELS
    }


def folds(material: Sequence[Dialogue]) -> npt.NDArray[np.intp]:
    """By dialogue: its fold, of FOLDS at most. The dialogues of a writer share one.

    Where one writer has most of them, too little would be left to learn from: then those of a scenario do.
    """
    written = Counter(one.writer for one in material)
    scattered = max(written.values()) * 2 <= len(material)
    names = [one.writer if scattered else one.scenario for one in material]
    numbers = {name: number % FOLDS for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], dtype=np.intp)


def _by_words(
    rows: "csr_array", labels: npt.NDArray[np.str_], used: npt.NDArray[np.bool_], role: Role
) -> Linear:
    from sklearn.utils.class_weight import compute_sample_weight

    at = np.flatnonzero(used)
    return _linear(rows[at], labels[at], role, WORDS, compute_sample_weight("balanced", labels[at]))


def _by_call(around: npt.NDArray[np.float64], turns: Sequence[LabelledTurn], role: Role) -> Linear:
    """A turn that two readers would hear differently counts for both labels."""
    mine = [(at, turn) for at, turn in enumerate(turns) if turn.role is role]
    told = [(at, turn.label, 1.0 if turn.second is None else 1 - DOUBT) for at, turn in mine]
    told += [(at, turn.second, DOUBT) for at, turn in mine if turn.second is not None]
    places, labels, weights = zip(
        *((at, str(label), weight) for at, label, weight in told if label), strict=True
    )
    return _linear(around[list(places)], np.array(labels), role, CALL, np.array(weights))


def _linear(
    rows: "csr_array | npt.NDArray[np.float64]",
    labels: npt.NDArray[np.str_],
    role: Role,
    strength: float,
    weights: npt.NDArray[np.float64],
) -> Linear:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=ROUNDS, tol=CLOSE)
    with catch_warnings():
        simplefilter("ignore")  # that it stopped at the last round
        model.fit(rows, labels, sample_weight=weights)
    linear = Linear(
        np.zeros((rows.shape[1], COUNT), dtype=np.float32), np.full(COUNT, _NEVER, dtype=np.float32)
    )
    columns = [LABELS[role].index(ToneLabel(label)) for label in model.classes_]
    linear.weights[:, columns] = model.coef_.T
    linear.bias[columns] = model.intercept_
    return linear


def _around(material: Sequence[Dialogue], alone: Probabilities) -> npt.NDArray[np.float64]:
    blocks, at = [], 0
    for one in material:
        end = at + len(one.turns)
        blocks.append(surroundings(alone[at:end], [turn.role for turn in one.turns]))
        at = end
    return np.vstack(blocks)
