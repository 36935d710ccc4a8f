"""The turns of a call whose tone is worth telling.

A turn is marked where the classifier is sure enough. For the hostile labels of a side (impatient or rude;
angry or refusing) what counts is that it is one of the two: they are told apart less surely than from the
rest. Under the bar there is no mark, and for neutral and calm turns there is none either.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from speechqa.call import Role, ToneLabel, ToneMark, Transcript
from speechqa.tone import model_file
from speechqa.tone.classifier import Classifier, Probabilities
from speechqa.tone.explain import cues
from speechqa.tone.features import Said
from speechqa.tone.labels import HOSTILE, LABELS, PLAIN
from speechqa.tone.lexicon import outright
from speechqa.tone.views import view
from speechqa.tone.voice import strain, voice_cues, with_voice

SURE = 0.6  # probability from which a mark is made; models/tone/README.md tells what it costs
SURE_HOSTILE: Mapping[Role, float] = MappingProxyType(
    {Role.AGENT: 0.94, Role.CUSTOMER: 0.9}
)  # ... a hostile one; of an agent it is an accusation
SURE_OUTRIGHT = 0.7  # ... where a wording of the lexicon witnesses it, too
_HAN = ("\u4e00", "\u9fff")  # in other scripts the classifier knows nothing


class Decision(NamedTuple):
    """A label, and how sure it is."""

    label: ToneLabel
    confidence: float


def tones(transcript: Transcript, model: Classifier | None = None) -> tuple[ToneMark, ...]:
    """The tone of every turn that has a telling one, by words and, where it was measured, by voice.

    Raises ToneModelError when the shipped model cannot be used.
    """
    if not any(map(_chinese, (turn.text for turn in transcript.turns))):
        return ()
    model = model or model_file.loaded(model_file.located())
    turns = [Said(turn.role, view(turn.text).text) for turn in transcript.turns]
    by_words, heard = model.probabilities(turns), strain(transcript)
    marks = []
    for at, (turn, row, voice) in enumerate(zip(turns, by_words, heard, strict=True)):
        decision = decided(with_voice(row, voice, turn.role), turn)
        if decision is None or decision.label in PLAIN or not _chinese(turn.view):
            continue
        shown = quoted(transcript.turns[at].text, cues(model, turn, decision.label))
        told = voice_cues(row, voice, turn.role)
        marks.append(ToneMark(at, decision.label, round(decision.confidence, 3), shown, told))
    return tuple(marks)


def probabilities(transcript: Transcript, model: Classifier | None = None) -> Probabilities:
    """By turn and label, words and voice together. Shape (turns, 5); equal where the role is unknown."""
    model = model or model_file.loaded(model_file.located())
    turns = [Said(turn.role, view(turn.text).text) for turn in transcript.turns]
    rows = zip(turns, model.probabilities(turns), strain(transcript), strict=True)
    together = [with_voice(row, voice, turn.role) for turn, row, voice in rows]
    return np.array(together).reshape(len(turns), -1) if turns else model.probabilities(turns)


def decided(row: Probabilities, turn: Said) -> Decision | None:
    """What a turn of these probabilities is; None in the abstain band, and for an unknown role."""
    labels = LABELS.get(turn.role, ())
    if not labels:
        return None
    hostile = [at for at, label in enumerate(labels) if label in HOSTILE]
    together = float(row[hostile].sum())
    sure = together >= SURE_HOSTILE[turn.role] or (
        together >= SURE_OUTRIGHT and outright(turn.view, turn.role)
    )
    if sure:
        return Decision(labels[max(hostile, key=lambda at: float(row[at]))], together)
    best = int(row.argmax())
    if labels[best] in HOSTILE or row[best] < SURE:
        return None
    return Decision(labels[best], float(row[best]))


def quoted(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Stretches of a text by their spans in its view, each once."""
    plain = view(text)
    quotes = []
    for span in spans:
        start, end = plain.source_span(*span)
        quotes.append(text[start:end])
    return tuple(dict.fromkeys(quotes))


def _chinese(text: str) -> bool:
    return any(_HAN[0] <= one <= _HAN[1] for one in text)
