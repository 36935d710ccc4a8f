"""What decided about a turn: the stretches of its text with the weight each has for a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from speechqa.call import ToneLabel
from speechqa.tone import lexicon
from speechqa.tone.classifier import Classifier
from speechqa.tone.features import WORDINGS, Reading, Said
from speechqa.tone.first_level import FirstLevel, Table
from speechqa.tone.labels import COUNT, LABELS
from speechqa.tone.lines import END, Lines, Places
from speechqa.tone.ngrams import Weighed
from speechqa.tone.order import SPEAKERS

Weights: TypeAlias = npt.NDArray[np.float64]

FEWEST = 0.1  # weight of a stretch that is worth telling
SHORTEST, LONGEST = 2, 10  # characters of a stretch
CUES = 3
_TO_OTHERS = COUNT / (COUNT - 1)  # from a weight against the labels' mean to one against the others' mean
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


def cues(
    classifier: Classifier, call: Reading, marks: Sequence[tuple[int, ToneLabel]]
) -> list[list[tuple[int, int]]]:
    """Of turns and their labels: the stretches of the text that speak most for it, the most telling first."""
    if not marks:
        return []
    turns = np.array([turn for turn, _ in marks])
    weights = _by_place(classifier.first_level, call, turns, [label for _, label in marks])
    found = _stretches(call.lines, turns, weights, CUES)
    sources, firsts = call.lines.sources, (call.lines.starts[turns] + 1).tolist()
    return [
        [(int(sources[first + one.start]), int(sources[first + one.end - 1]) + 1) for one in several]
        for first, several in zip(firsts, found, strict=True)
    ]


def pieces(classifier: Classifier, turn: Said, label: ToneLabel) -> tuple[Piece, ...]:
    """Stretches of the view that do not overlap, for the label and then against it; none of little weight."""
    call, only = classifier.features.reading([turn.role], [turn.view]), np.zeros(1, np.intp)
    weights = _by_place(classifier.first_level, call, only, [label])
    (supporting,) = _stretches(call.lines, only, weights, len(weights))
    against = -weights
    for one in supporting:
        against[one.start + 1 : one.end + 1] = _TAKEN
    (opposing,) = _stretches(call.lines, only, against, len(weights))
    against_it = (one._replace(weight=-one.weight) for one in reversed(opposing))
    return tuple(one._replace(weight=round(one.weight, 3)) for one in (*supporting, *against_it))


def _stretches(lines: Lines, turns: Places, weights: Weights, most: int) -> list[list[Piece]]:
    """Of turns: the heaviest stretch, then the heaviest of what is left, as long as they weigh enough."""
    left, sizes = _laid_out(lines, turns, weights), lines.sizes()[turns].tolist()
    found = list[list[Piece]]([] for _ in sizes)
    for _ in range(most):
        best = _heaviest(left)
        for row, (start, end, weight) in enumerate(best):
            if weight >= FEWEST:
                found[row].append(Piece(start, min(end, sizes[row]), weight))
                left[row, start:end] = _TAKEN
        if all(weight < FEWEST for _, _, weight in best):
            break
    return found


def _heaviest(left: Weights) -> list[tuple[int, int, float]]:
    """By row: start, end and weight of the heaviest stretch; of equal ones the shortest, and the first."""
    rows, width = left.shape
    sums = np.full((rows, width + LONGEST + 1), -np.inf)  # beyond the end there is no stretch
    sums[:, 0] = 0.0
    np.cumsum(left, axis=1, out=sums[:, 1 : width + 1])
    ends = sliding_window_view(sums, width, axis=1)[:, SHORTEST : LONGEST + 1]  # by row, length and start
    candidates = (ends - sums[:, None, :width]).reshape(rows, -1)
    best = candidates.argmax(axis=1)
    length, start = np.divmod(best, width)
    found = (start, start + length + SHORTEST, candidates[np.arange(rows), best])
    return list(zip(*(part.tolist() for part in found), strict=True))


def _laid_out(lines: Lines, turns: Places, weights: Weights) -> Weights:
    """By turn and character; after its last one _TAKEN."""
    sizes, firsts = lines.sizes()[turns], lines.starts[turns] + 1
    column = np.arange(max(int(sizes.max()), SHORTEST))
    places = np.minimum(firsts[:, None] + column, len(weights) - 1)
    table = np.where(column < sizes[:, None], weights[places], _TAKEN)
    table[sizes == 1, 1] = 0.0  # a view of one character is a stretch as well
    return table


class _Asked(NamedTuple):
    """The places of turns, and what is asked of them."""

    places: Places
    side: Places
    column: Places  # of the label
    inside: npt.NDArray[np.bool_]  # no edge


def _by_place(first: FirstLevel, call: Reading, turns: Places, labels: Sequence[ToneLabel]) -> Weights:
    """What each character of these turns adds: a run's or a wording's weight is shared out among its own."""
    columns = np.full(len(call.order.speaker), -1)
    columns[turns] = [
        LABELS[SPEAKERS[speaker]].index(label)
        for speaker, label in zip(call.order.speaker[turns].tolist(), labels, strict=True)
    ]
    by_place = columns[call.lines.line]
    places = (by_place >= 0).nonzero()[0]
    asked = _Asked(
        places,
        call.order.speaker[call.lines.line[places]],
        by_place[places],
        call.lines.codes[places] > ord(END),
    )
    weights = np.zeros(len(by_place))
    weights[places] = _shared_out(first.characters, call.characters, asked)
    weights[places] += _shared_out(first.sounds, call.sounds, asked)
    several = [
        (hit.line, shift + hit.kind, hit.start, hit.end)
        for shift, hits in zip((0, len(lexicon.names())), call.hits, strict=True)
        for hit in hits
        if columns[hit.line] >= 0
    ]
    line, wording, start, end = np.array(several, np.intp).reshape(-1, 4).T
    by_wording = first.dense[call.order.speaker[line], wording, columns[line]] * WORDINGS / lexicon.MOST
    each = by_wording * _TO_OTHERS / (end - start)
    for begin, stop, weight in zip(start.tolist(), end.tolist(), each.tolist(), strict=True):
        weights[begin:stop] += weight
    return weights


def _shared_out(table: Table, has: Weighed, asked: _Asked) -> Weights:
    """Of a vocabulary's runs, by place asked for. They lie side by side, and no run goes beyond its line."""
    at = (has.known[:, asked.places] + asked.side * table.shape[1]) * COUNT + asked.column
    weighed = table.ravel().take(at) * has.amounts[:, asked.places] * _TO_OTHERS
    reached = np.concatenate([[0], asked.inside.cumsum()])
    weights, last = np.zeros(len(asked.places)), len(asked.places)
    for length, run in enumerate(weighed, start=1):
        ends = np.minimum(np.arange(length, last + length), last)
        each = run / np.maximum(reached[ends] - reached[:-1], 1)
        for shift in range(length):
            weights[shift:] += each[: last - shift]
    return weights
