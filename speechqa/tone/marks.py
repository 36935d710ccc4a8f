"""How a call was said: which turns have a tone that anybody can be sure of, and how it went along the call.

A turn is marked where the classifier is sure enough. For the hostile labels of a side (impatient or rude;
angry or refusing) what counts is that it is one of the two: they are told apart less surely than from the
rest. Under the bar there is no mark.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from speechqa.call import NO_TONES, Message, Role, ToneLabel, ToneMark, Tones, Transcript, Turn
from speechqa.errors import ToneModelError
from speechqa.tone import lexicon, model_file
from speechqa.tone.classifier import Classifier, Probabilities
from speechqa.tone.course import courses
from speechqa.tone.explain import cues
from speechqa.tone.features import Reading, Said
from speechqa.tone.labels import COUNT, HOSTILE, LABELS
from speechqa.tone.lines import Places
from speechqa.tone.order import Order
from speechqa.tone.quotes import quotes
from speechqa.tone.views import read, sounding
from speechqa.tone.voice import Strain, strain, voice_cues, with_voice
from speechqa.tone_words import TENSE

NO_MODEL = Message(
    "语气模型用不了，语气需人工听", "the tone model cannot be used; how it was said needs a listener"
)
SURE = 0.6  # probability from which a mark is made; models/tone/README.md tells what it costs
SURE_HOSTILE: Mapping[Role, float] = MappingProxyType(
    {Role.AGENT: 0.94, Role.CUSTOMER: 0.9}
)  # ... a hostile one; of an agent it is an accusation
SURE_OUTRIGHT = 0.7  # ... where a wording of the lexicon witnesses it, too
TOGETHER = 20_000  # characters of calls that are judged at once: more do not stay near the processor
_HAN = re.compile("[\u4e00-\u9fff]")  # in other scripts the classifier knows nothing


class Decision(NamedTuple):
    """A label, and how sure it is."""

    label: ToneLabel
    confidence: float


def tones(transcript: Transcript) -> Tones:
    """By the model in use, from words and, where it was measured, voice. Without a model, why not."""
    return tones_of([transcript])[0]


def tones_of(transcripts: Sequence[Transcript]) -> list[Tones]:
    """`tones` of several calls: together they take less than one after the other."""
    chinese = [any(_chinese(turn.text) for turn in one.turns) for one in transcripts]
    if not any(chinese):
        return [NO_TONES for _ in transcripts]
    model = _model()
    if model is None:
        return [Tones(unknown=NO_MODEL) if known else NO_TONES for known in chinese]
    judged = (
        told
        for together in _handfuls([one for one, known in zip(transcripts, chinese, strict=True) if known])
        for told in tones_by(model, together)
    )
    return [next(judged) if known else NO_TONES for known in chinese]


@lru_cache(maxsize=1)
def _model() -> Classifier | None:
    """None where it cannot be used: then calls are judged without."""
    try:
        return model_file.loaded(model_file.located())
    except ToneModelError:
        return None


def _handfuls(transcripts: Sequence[Transcript]) -> Iterator[list[Transcript]]:
    together, size = list[Transcript](), 0
    for one in transcripts:
        length = sum(len(turn.text) for turn in one.turns)
        if together and size + length > TOGETHER:
            yield together
            together, size = [], 0
        together.append(one)
        size += length
    yield together


def tones_by(model: Classifier, transcripts: Sequence[Transcript]) -> list[Tones]:
    """By a given model."""
    turns = [turn for one in transcripts for turn in one.turns]
    reading, heard = _reading(model, transcripts), [voice for one in transcripts for voice in strain(one)]
    by_words = model.judged(reading)
    together = _with_voices(by_words, heard, turns)
    outright = frozenset(lexicon.outright(reading.hits, [turn.role for turn in turns]))
    decisions = _decisions(together, reading.order.speaker, outright)
    tense = [
        (at, told.label) for at, told in enumerate(decisions) if told is not None and told.label in TENSE
    ]
    quoted = {
        at: quotes(turns[at].text, spans)
        for (at, _), spans in zip(tense, cues(model, reading, tense), strict=True)
    }
    places = [place for one in transcripts for place in range(len(one.turns))]
    marks = [
        None
        if told is None or not _chinese(turn.text)
        else ToneMark(
            place,
            told.label,
            round(told.confidence, 3),
            quoted.get(at, ()),
            at in outright and told.label in HOSTILE,
            voice_cues(by_words[at], heard[at], turn.role),
        )
        for at, (place, turn, told) in enumerate(zip(places, turns, decisions, strict=True))
    ]
    ends = list(accumulate(len(one.turns) for one in transcripts))
    return [
        Tones(
            tuple(mark for mark in marks[start:end] if mark is not None),
            courses([turn.role for turn in turns[start:end]], together[start:end]),
        )
        for start, end in zip([0, *ends], ends, strict=False)
    ]


def _reading(model: Classifier, transcripts: Sequence[Transcript]) -> Reading:
    turns = [turn for one in transcripts for turn in one.turns]
    calls = [call for call, one in enumerate(transcripts) for _ in one.turns]
    return model.features.reading([turn.role for turn in turns], [turn.text for turn in turns], calls)


def _with_voices(
    by_words: Probabilities, heard: Sequence[Strain | None], turns: Sequence[Turn]
) -> Probabilities:
    together = by_words.copy()
    for at, (turn, voice) in enumerate(zip(turns, heard, strict=True)):
        if voice is not None:
            together[at] = with_voice(by_words[at], voice, turn.role)
    return together


def decided(row: Probabilities, turn: Said) -> Decision | None:
    """What a turn of these probabilities is; None in the abstain band, and for an unknown role."""
    lines = read([turn.view])
    hits = lexicon.found(lines, sounding(lines))
    (decision,) = _decisions(row[None], Order.of([turn.role]).speaker, lexicon.outright(hits, [turn.role]))
    return decision


def _decisions(rows: Probabilities, who: Places, outright: Collection[int]) -> list[Decision | None]:
    """Of turns; those that are hostile by a wording are given."""
    hostile = _HOSTILE[who]
    together = np.where(hostile, rows, 0.0).sum(axis=1)
    bars = _BARS[who]
    bars[list(outright)] = SURE_OUTRIGHT
    which, best = np.where(hostile, rows, -1.0).argmax(axis=1), rows.argmax(axis=1)
    turns = np.arange(len(rows))
    plainly = (rows[turns, best] >= SURE) & ~hostile[turns, best] & (who < len(LABELS))
    column = np.where(together >= bars, which, np.where(plainly, best, -1))
    confidence = np.where(together >= bars, together, rows[turns, best])
    return [
        None if at < 0 else Decision(_LABELS[speaker][at], sure)
        for speaker, at, sure in zip(who.tolist(), column.tolist(), confidence.tolist(), strict=True)
    ]


_LABELS = tuple(LABELS.values())
_BARS = np.array([*(SURE_HOSTILE[role] for role in LABELS), np.inf])
_HOSTILE = np.array([*([label in HOSTILE for label in labels] for labels in _LABELS), [False] * COUNT])


def _chinese(text: str) -> bool:
    return _HAN.search(text) is not None
