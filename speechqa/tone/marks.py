"""How a call was said: which turns have a tone that anybody can be sure of, and how it went along the call.

A turn is marked where the classifier is sure enough. For the hostile labels of a side (impatient or rude;
angry or refusing) what counts is that it is one of the two: they are told apart less surely than from the
rest. Under the bar there is no mark.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from speechqa.call import Message, ToneLabel, ToneMark, Tones, Transcript
from speechqa.errors import ToneModelError
from speechqa.tone import model_file
from speechqa.tone.classifier import Classifier, Probabilities
from speechqa.tone.course import courses
from speechqa.tone.explain import cues
from speechqa.tone.features import Said
from speechqa.tone.labels import HOSTILE, LABELS
from speechqa.tone.lexicon import outright
from speechqa.tone.views import view
from speechqa.tone.voice import strain, voice_cues, with_voice
from speechqa.tone_words import TENSE

NO_MODEL = Message(
    "语气模型用不了，语气需人工听", "the tone model cannot be used; how it was said needs a listener"
)
SURE = 0.6  # probability from which a mark is made; models/tone/README.md tells what it costs
SURE_HOSTILE = 0.94  # ... a hostile one, which is an accusation
SURE_OUTRIGHT = 0.7  # ... where a wording of the lexicon witnesses it, too
_HAN = ("\u4e00", "\u9fff")  # in other scripts the classifier knows nothing


class Decision(NamedTuple):
    """A label, and how sure it is."""

    label: ToneLabel
    confidence: float


def tones(transcript: Transcript) -> Tones:
    """By the shipped model, from words and, where it was measured, voice. Without the model, why not."""
    if not any(map(_chinese, (turn.text for turn in transcript.turns))):
        return Tones()
    model = _model()
    return tones_by(model, transcript) if model else Tones(unknown=NO_MODEL)


def tones_by(model: Classifier, transcript: Transcript) -> Tones:
    """By a given one."""
    turns = [Said(turn.role, view(turn.text).text) for turn in transcript.turns]
    by_words, heard = model.probabilities(turns), strain(transcript)
    together = by_words.copy()
    marks = []
    for at, (turn, row, voice) in enumerate(zip(turns, by_words, heard, strict=True)):
        together[at] = with_voice(row, voice, turn.role)
        decision = decided(together[at], turn)
        if decision is None or not _chinese(turn.view):
            continue
        tense = decision.label in TENSE
        shown = quoted(transcript.turns[at].text, cues(model, turn, decision.label)) if tense else ()
        told = voice_cues(row, voice, turn.role)
        plainly = decision.label in HOSTILE and outright(turn.view, turn.role)
        marks.append(ToneMark(at, decision.label, round(decision.confidence, 3), shown, plainly, told))
    return Tones(tuple(marks), courses([turn.role for turn in turns], together))


@lru_cache(maxsize=1)
def _model() -> Classifier | None:
    """None where it cannot be used: then calls are judged without."""
    try:
        return model_file.loaded(model_file.located())
    except ToneModelError:
        return None


def decided(row: Probabilities, turn: Said) -> Decision | None:
    """What a turn of these probabilities is; None in the abstain band, and for an unknown role."""
    labels = LABELS.get(turn.role, ())
    if not labels:
        return None
    hostile = [at for at, label in enumerate(labels) if label in HOSTILE]
    together = float(row[hostile].sum())
    sure = together >= SURE_HOSTILE or (together >= SURE_OUTRIGHT and outright(turn.view, turn.role))
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
