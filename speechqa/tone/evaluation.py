"""How well the classifier does on labelled dialogues."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.call import Role, ToneLabel
from speechqa.statistics import Interval, wilson
from speechqa.tone.classifier import Classifier, Probabilities
from speechqa.tone.dialogues import Dialogue, LabelledTurn
from speechqa.tone.features import said
from speechqa.tone.labels import FRIENDLY, HOSTILE, LABELS
from speechqa.tone.marks import decided

BINS = 10  # of the reliability diagram
Predict: TypeAlias = Callable[[Dialogue], Probabilities]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def rate(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> Interval:
        return wilson(self.hits, self.of)


@dataclass(frozen=True, slots=True)
class Bin:
    """Turns whose likeliest label has a probability in one tenth."""

    low: float  # where the tenth begins
    turns: int
    expected: float  # mean probability
    right: float  # share


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One side."""

    role: Role
    labels: tuple[ToneLabel, ...]
    confusion: tuple[tuple[int, ...], ...]  # true label, likeliest label
    hostile: tuple[tuple[int, int], tuple[int, int]]  # the same for hostile against the rest
    right_or_second: Share  # the likeliest label is one of the reader's two
    marked: Share  # turns that are not left in the abstain band
    right_where_marked: Share
    false_alarms: Share  # friendly or neutral turns that are marked hostile
    found: Share  # hostile turns that are marked hostile
    reliability: tuple[Bin, ...]

    @property
    def turns(self) -> int:
        return sum(map(sum, self.confusion))

    @property
    def precision(self) -> tuple[Share, ...]:
        return tuple(
            Share(self.confusion[at][at], sum(row[at] for row in self.confusion))
            for at in range(len(self.labels))
        )

    @property
    def recall(self) -> tuple[Share, ...]:
        return tuple(Share(row[at], sum(row)) for at, row in enumerate(self.confusion))

    @property
    def f1(self) -> tuple[float, ...]:
        return tuple(_f1(self.confusion, at) for at in range(len(self.labels)))

    @property
    def macro_f1(self) -> float:
        return sum(self.f1) / len(self.f1)

    @property
    def hostile_f1(self) -> float:
        return _f1(self.hostile, 1)

    @property
    def calibration_error(self) -> float:
        """Expected: mean distance of probability and share that is right, over the turns."""
        return sum(one.turns * abs(one.expected - one.right) for one in self.reliability) / max(self.turns, 1)


def evaluated(classifier: Classifier, dialogues: Sequence[Dialogue]) -> tuple[Evaluation, ...]:
    """Of each side that has turns."""
    return evaluated_by(
        lambda one: classifier.probabilities([said(turn.role, turn.text) for turn in one.turns]), dialogues
    )


def evaluated_by(predict: Predict, dialogues: Sequence[Dialogue]) -> tuple[Evaluation, ...]:
    """The same for anything that gives probabilities."""
    rows = np.vstack([predict(one) for one in dialogues])
    turns = [turn for one in dialogues for turn in one.turns]
    found = []
    for role in LABELS:
        at = [place for place, turn in enumerate(turns) if turn.role is role and turn.label is not None]
        if at:
            found.append(_of_side(role, [turns[place] for place in at], rows[at]))
    return tuple(found)


def _of_side(role: Role, turns: Sequence[LabelledTurn], rows: Probabilities) -> Evaluation:
    labels = LABELS[role]
    true = np.array([labels.index(turn.label) for turn in turns if turn.label is not None])
    likeliest = rows.argmax(axis=1)
    hostile = np.array([label in HOSTILE for label in labels])
    threatening = rows[:, hostile].sum(axis=1) > 0.5
    told = [decided(row, said(role, turn.text)) for row, turn in zip(rows, turns, strict=True)]
    marked = [one.label is turn.label for one, turn in zip(told, turns, strict=True) if one is not None]
    alarm = np.array([one is not None and one.label in HOSTILE for one in told])
    friendly = np.array([turn.label in FRIENDLY for turn in turns])
    either = sum(labels[at] in (turn.label, turn.second) for at, turn in zip(likeliest, turns, strict=True))
    return Evaluation(
        role,
        labels,
        _table(true, likeliest, len(labels)),
        _table(hostile[true].astype(np.intp), threatening.astype(np.intp), 2),  # type: ignore[arg-type]
        Share(either, len(turns)),
        Share(len(marked), len(turns)),
        Share(sum(marked), len(marked)),
        Share(int((alarm & friendly).sum()), int(friendly.sum())),
        Share(int((alarm & hostile[true]).sum()), int(hostile[true].sum())),
        _reliability(rows.max(axis=1), likeliest == true),
    )


def _table(true: npt.NDArray[np.intp], said: npt.NDArray[np.intp], size: int) -> tuple[tuple[int, ...], ...]:
    counts = np.bincount(true * size + said, minlength=size * size).reshape(size, size)
    return tuple(tuple(int(one) for one in row) for row in counts)


def _reliability(sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> tuple[Bin, ...]:
    tenth = np.minimum((sure * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(number / BINS, int(here.sum()), float(sure[here].mean()), float(right[here].mean()))
        for number in range(BINS)
        if (here := tenth == number).any()
    )


def _f1(confusion: Sequence[Sequence[int]], at: int) -> float:
    both = sum(confusion[at]) + sum(row[at] for row in confusion)
    return 2 * confusion[at][at] / both if both else 0.0
