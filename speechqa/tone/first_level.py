"""The first level of the classifier on the turns of a call: the scores that rows times weights would give.

Rows are never made. What a turn has of a vocabulary is looked up in tables of weights, a table for each side
and one more position, 0, for what is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.tone.features import BEFORE, Features, Reading, blocks
from speechqa.tone.labels import COUNT, LABELS
from speechqa.tone.lines import Lines, Places
from speechqa.tone.ngrams import Weighed
from speechqa.tone.order import SPEAKERS

if TYPE_CHECKING:
    from speechqa.tone.classifier import Linear

Table: TypeAlias = npt.NDArray[np.float32]  # (sections, positions, scores)


@dataclass(frozen=True, slots=True, eq=False)
class FirstLevel:
    """Weights of both sides, arranged by what is looked up.

    A weight is told against the mean of the labels: that changes no probability, and explains one.
    """

    characters: Table  # by side
    sounds: Table  # by side
    around: Table  # by speaker; what it adds to a later turn of the first side, then of the second
    dense: Table  # by side
    bias: npt.NDArray[np.float32]  # (sides, COUNT)

    @classmethod
    def of(cls, features: Features, levels: "Sequence[Linear]") -> Self:
        """`levels` in the order of LABELS."""
        at = blocks(features)
        weights = [level.weights - level.weights.mean(axis=1, keepdims=True) for level in levels]
        around = [
            [
                side[at.around_own if speaker is listener else at.around_other] * BEFORE
                for listener, side in zip(LABELS, weights, strict=True)
            ]
            for speaker in SPEAKERS
        ]
        return cls(
            _table([side[at.characters] for side in weights]),
            _table([side[at.sounds] for side in weights]),
            _table([np.hstack(sides) for sides in around]),
            np.stack([side[at.dense] for side in weights]),
            np.stack([level.bias for level in levels]),
        )

    def scores(self, turns: Reading) -> npt.NDArray[np.float32]:
        """By turn and label of its side. Shape (turns, COUNT); of an unknown role they mean nothing."""
        side = turns.order.speaker % len(LABELS)
        added = _summed(self.around, turns.around, turns.lines, turns.order.speaker)
        later = np.concatenate([added, np.zeros_like(added[:1])])  # -1: there is no turn before
        later = later.reshape(-1, len(LABELS), COUNT)
        scores: npt.NDArray[np.float32] = (
            _summed(self.characters, turns.characters, turns.lines, side)
            + _summed(self.sounds, turns.sounds, turns.heard, side)
            + later[turns.order.other, side]
            + later[turns.order.own, side]
            + (turns.dense @ self.dense)[side, np.arange(len(side))]
            + self.bias[side]
        )
        return scores


def _table(sections: Sequence[npt.NDArray[np.float32]]) -> Table:
    """With position 0."""
    return np.array([np.vstack([np.zeros_like(weights[:1]), weights]) for weights in sections], order="C")


def _summed(table: Table, has: Weighed, lines: Lines, section: Places) -> npt.NDArray[np.float32]:
    """By line; sections by line, too."""
    rows = table.reshape(-1, table.shape[-1])
    weights = rows.take(has.known + section[lines.line] * table.shape[1], axis=0)
    by_place = np.einsum("kp,kpl->pl", has.amounts, weights)
    return np.add.reduceat(by_place, lines.starts, axis=0)
