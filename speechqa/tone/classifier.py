"""How likely each tone is of each turn of a call, from its words.

Two levels of multinomial logistic regression a side. The first sees a turn and the two before it
(`features`); the second sees what the first says of the turn, of those around it and of the whole call, and
is what makes the probabilities mean what they say. Anger comes in stretches, and what the other side answers
tells what was heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.call import Role
from speechqa.tone.features import Features, Said, before
from speechqa.tone.labels import COUNT

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
        scores = np.asarray(rows @ self.weights + self.bias, dtype=np.float64)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True, initial=0.0))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The two levels of a role."""

    words: Linear
    call: Linear


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """A trained model."""

    features: Features
    sides: Mapping[Role, Side]

    def probabilities(self, turns: Sequence[Said]) -> Probabilities:
        """Of each turn of a call by the labels of its role; all alike where the role is unknown."""
        if not turns:
            return np.empty((0, COUNT))
        roles = [turn.role for turn in turns]
        alone = by_words(
            self.features.rows(turns), roles, {role: side.words for role, side in self.sides.items()}
        )
        around = surroundings(alone, roles)
        sure = np.full_like(alone, 1 / COUNT)
        for role, side in self.sides.items():
            mine = np.array([one is role for one in roles])
            sure[mine] = side.call.probabilities(around[mine])
        return sure


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
    other_before, own_before = before(roles)
    other_after, own_after = (len(roles) - 1 - place[::-1] for place in before(roles[::-1]))
    unknown = np.full((1, COUNT), 1 / COUNT)
    # one row is more than the turns: -1 and, for what comes after, len(roles) mean that there is none
    logs = np.log(np.vstack([alone, unknown]) + _UNLIKELY)
    places = (own_before, own_after, other_before, other_after)
    means = {role: alone[[one is role for one in roles]].mean(axis=0) for role in set(roles)}
    own = [means[role] for role in roles]
    others = [means.get(_OTHER.get(role, role), unknown[0]) for role in roles]
    return np.hstack([logs[:-1], *(logs[place] for place in places), np.array(own), np.array(others)])


_OTHER = {Role.AGENT: Role.CUSTOMER, Role.CUSTOMER: Role.AGENT}
