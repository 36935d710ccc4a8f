"""What decided about a turn: the stretches of its text with the weight each has for a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from speechqa.call import ToneLabel
from speechqa.tone import lexicon
from speechqa.tone.classifier import Classifier
from speechqa.tone.features import WORDINGS, Said, blocks
from speechqa.tone.labels import LABELS
from speechqa.tone.ngrams import Vocabulary, runs
from speechqa.tone.views import sounded

FEWEST = 0.1  # weight of a stretch that is worth telling
SHORTEST, LONGEST = 2, 10  # characters of a stretch
CUES = 3
_TAKEN = -1e6  # weight of a character that is in a stretch already


class Piece(NamedTuple):
    """A stretch of the view, half-open, and what it adds to the label's score against the others' mean."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for a label in a turn, and against it."""

    label: ToneLabel
    probability: float  # in the call
    alone: float  # of the turn by itself, without the call around it
    pieces: tuple[Piece, ...]  # the most telling first, those that speak against it last


def explained(classifier: Classifier, turns: Sequence[Said], at: int, label: ToneLabel) -> Explanation:
    """Why turn `at` has, or has not, a label of its side."""
    column = LABELS[turns[at].role].index(label)
    return Explanation(
        label,
        float(classifier.probabilities(turns)[at, column]),
        float(classifier.probabilities(turns[at : at + 1])[0, column]),
        pieces(classifier, turns[at], label),
    )


def cues(classifier: Classifier, turn: Said, label: ToneLabel) -> tuple[tuple[int, int], ...]:
    """Stretches of the view that speak most for a label, the most telling first."""
    return tuple((one.start, one.end) for one in pieces(classifier, turn, label)[:CUES] if one.weight > 0)


def pieces(classifier: Classifier, turn: Said, label: ToneLabel) -> tuple[Piece, ...]:
    """Stretches that do not overlap, for the label and then against it; none of little weight."""
    weights = _by_character(classifier, turn, label)
    found = list[Piece]()
    for sign in (1, -1):
        left = sign * weights
        left[[at for one in found for at in range(one.start, one.end)]] = _TAKEN
        while (best := _heaviest(left)) is not None and best.weight >= FEWEST:
            found.append(best._replace(weight=sign * round(best.weight, 3)))
            left[best.start : best.end] = _TAKEN
    return tuple(sorted(found, key=lambda one: -one.weight))


def _heaviest(weights: npt.NDArray[np.float64]) -> Piece | None:
    """The stretch with the largest sum."""
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    best: Piece | None = None
    for length in range(min(SHORTEST, len(weights)), min(LONGEST, len(weights)) + 1):
        if length:
            by_start = sums[length:] - sums[:-length]
            start = int(by_start.argmax())
            if best is None or by_start[start] > best.weight:
                best = Piece(start, start + length, float(by_start[start]))
    return best


def _by_character(classifier: Classifier, turn: Said, label: ToneLabel) -> npt.NDArray[np.float64]:
    """What each character adds: the weight of a run or a wording is shared out among its characters."""
    level, features = classifier.sides[turn.role].words, classifier.features
    column = LABELS[turn.role].index(label)
    others = np.delete(level.weights, column, axis=1).mean(axis=1)
    leaning = (level.weights[:, column] - others).astype(np.float64)
    spans, heard = blocks(features), sounded(turn.view)
    weights = np.zeros(len(turn.view))
    _share_out(features.characters, leaning[spans.characters], turn.view, weights)
    _share_out(features.sounds, leaning[spans.sounds], heard, weights)
    of_kinds = leaning[spans.wordings].reshape(2, -1) * WORDINGS / lexicon.MOST
    for by_kind, known, view in (
        (of_kinds[0], lexicon.by_characters(), turn.view),
        (of_kinds[1], lexicon.by_sound(), heard),
    ):
        for hit in known.found([view]):
            weights[hit.start : hit.end] += by_kind[hit.kind] / (hit.end - hit.start)
    return weights


def _share_out(
    vocabulary: Vocabulary, leaning: npt.NDArray[np.float64], view: str, weights: npt.NDArray[np.float64]
) -> None:
    found = runs([view], vocabulary.longest)
    at, known = vocabulary.places(found.codes)
    at, start, length = at[known], found.start[known], found.length[known]
    times = np.bincount(at, minlength=len(leaning))
    row = vocabulary.weighed([view]).toarray()[0]
    for place, first, many in zip(at.tolist(), start.tolist(), length.tolist(), strict=True):
        begin, end = max(first, 0), min(first + many, len(view))
        weights[begin:end] += row[place] * leaning[place] / times[place] / (end - begin)
