"""How likely each tone is of each turn of a call, from its words.

Two levels of multinomial logistic regression a side. The first sees a turn and the two before it
(`features`); the second sees what the first says of the turn, of those around it and of the whole call, and
is what makes the probabilities mean what they say. Anger comes in stretches, and what the other side answers
tells what was heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.call import Role
from speechqa.tone.features import Features, Reading, Said
from speechqa.tone.first_level import FirstLevel
from speechqa.tone.labels import COUNT, LABELS
from speechqa.tone.order import SPEAKERS, Order

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Probabilities: TypeAlias = npt.NDArray[np.float64]  # (turns, COUNT), rows sum to 1, columns as LABELS

_UNLIKELY = 0.01  # added to probabilities before their logarithm is taken


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Scores by label."""

    weights: npt.NDArray[np.float32]  # (features, COUNT)
    bias: npt.NDArray[np.float32]  # (COUNT,)

    def probabilities(self, rows: "csr_array | npt.NDArray[np.float64]") -> Probabilities:
        """Softmax of the scores."""
        return _softmax(rows @ self.weights + self.bias)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The two levels of a role."""

    words: Linear
    call: Linear


@dataclass(frozen=True, eq=False)
class Classifier:
    """A trained model."""

    features: Features
    sides: Mapping[Role, Side]

    def probabilities(self, turns: Sequence[Said]) -> Probabilities:
        """Of each turn of a call by the labels of its role; all alike where the role is unknown."""
        roles = [turn.role for turn in turns]
        return self.judged(self.features.reading(roles, [turn.view for turn in turns]))

    def judged(self, turns: Reading) -> Probabilities:
        """The same of turns that were read, of one call or several."""
        speaker = turns.order.speaker
        sure = np.full((len(speaker), COUNT), 1 / COUNT)
        if not len(sure):
            return sure
        alone = _softmax(self.first_level.scores(turns))
        alone[speaker == len(LABELS)] = 1 / COUNT
        around = surroundings_in(alone, turns.order)
        for number, role in enumerate(LABELS):
            mine = (speaker == number).nonzero()[0]
            sure[mine] = self.sides[role].call.probabilities(around[mine])
        return sure

    @cached_property
    def first_level(self) -> FirstLevel:
        """Arranged for a call's turns: a hundredth of a second's work."""
        return FirstLevel.of(self.features, [self.sides[role].words for role in LABELS])


def _softmax(scores: npt.NDArray[np.floating[Any]]) -> Probabilities:
    scores = np.asarray(scores, np.float64)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True, initial=0.0))
    return np.asarray(scores / scores.sum(axis=1, keepdims=True))


def by_words(rows: "csr_array", roles: Sequence[Role], levels: Mapping[Role, Linear]) -> Probabilities:
    """What the first level says."""
    alone = np.full((len(roles), COUNT), 1 / COUNT)
    for role, level in levels.items():
        mine = np.flatnonzero([one is role for one in roles])
        if len(mine):
            alone[mine] = level.probabilities(rows[mine])
    return alone


def surroundings(alone: Probabilities, roles: Sequence[Role]) -> npt.NDArray[np.float64]:
    """By turn what the second level sees.

    Logarithms of the first level's probabilities of this turn, of the own turns and the other side's before
    and after; then the means over the call of the own side and of the other.
    """
    return surroundings_in(alone, Order.of(roles))


def surroundings_in(alone: Probabilities, order: Order) -> npt.NDArray[np.float64]:
    """`surroundings` of the turns of calls."""
    other_after, own_after = order.after()
    # one row is more than the turns: -1 and, for what comes after, their number mean that there is none
    logs = np.log(np.concatenate([alone, np.full((1, COUNT), 1 / COUNT)]) + _UNLIKELY)
    turns = np.arange(len(alone))
    places = np.stack([turns, order.own, own_after, order.other, other_after], axis=1)
    own = order.call * len(SPEAKERS) + order.speaker
    other = order.call * len(SPEAKERS) + _OTHER[order.speaker]
    sides = (int(order.call.max(initial=0)) + 1) * len(SPEAKERS)
    spoken = np.bincount(own, minlength=sides)[:, None]
    sums = np.stack([np.bincount(own, column, sides) for column in alone.T], axis=1)
    means = np.where(spoken, sums / np.maximum(spoken, 1), 1 / COUNT)
    return np.hstack([logs[places].reshape(len(turns), -1), means[own], means[other]])


_OTHER = np.array([1, 0, 2])  # of SPEAKERS; an unknown one has none
