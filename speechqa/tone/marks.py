"""The turns of a call whose tone is worth telling.

A turn is marked where the classifier is sure enough. For the hostile labels of a side (impatient or rude;
angry or refusing) what counts is that it is one of the two: they are told apart less surely than from the
rest. Under the bar there is no mark, and for neutral and calm turns there is none either.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from speechqa.call import ToneLabel, ToneMark, Transcript, Turn
from speechqa.tone import lexicon, model_file
from speechqa.tone.classifier import Classifier, Probabilities
from speechqa.tone.explain import cues
from speechqa.tone.features import Reading, Said
from speechqa.tone.labels import COUNT, HOSTILE, LABELS, PLAIN
from speechqa.tone.lines import Places
from speechqa.tone.order import Order
from speechqa.tone.views import read, sounding, view
from speechqa.tone.voice import Strain, strain, voice_cues, with_voice

SURE = 0.6  # probability from which a mark is made; models/tone/README.md tells what it costs
SURE_HOSTILE = 0.94  # ... a hostile one, which is an accusation
SURE_OUTRIGHT = 0.7  # ... where a wording of the lexicon witnesses it, too
TOGETHER = 20_000  # characters of calls that are judged at once: more do not stay near the processor
_HAN = re.compile("[\u4e00-\u9fff]")  # in other scripts the classifier knows nothing


class Decision(NamedTuple):
    """A label, and how sure it is."""

    label: ToneLabel
    confidence: float


def tones(transcript: Transcript, model: Classifier | None = None) -> tuple[ToneMark, ...]:
    """The tone of every turn that has a telling one, by words and, where it was measured, by voice.

    Raises ToneModelError when the shipped model cannot be used.
    """
    return tones_of([transcript], model)[0]


def tones_of(
    transcripts: Sequence[Transcript], model: Classifier | None = None
) -> list[tuple[ToneMark, ...]]:
    """`tones` of several calls: together they take less than one after the other."""
    if not any(_chinese(turn.text) for one in transcripts for turn in one.turns):
        return [() for _ in transcripts]
    model = model or model_file.loaded(model_file.located())
    return [marks for together in _handfuls(transcripts) for marks in _tones_of(together, model)]


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


def _tones_of(transcripts: Sequence[Transcript], model: Classifier) -> list[tuple[ToneMark, ...]]:
    turns = [turn for one in transcripts for turn in one.turns]
    read_turns, heard = _reading(model, transcripts), [voice for one in transcripts for voice in strain(one)]
    by_words = model.judged(read_turns)
    hostile = lexicon.outright(read_turns.hits, [turn.role for turn in turns])
    decisions = _decisions(_with_voices(by_words, heard, turns), read_turns.order.speaker, hostile)
    told = [
        (at, decision)
        for at, decision in enumerate(decisions)
        if decision is not None and decision.label not in PLAIN and _chinese(turns[at].text)
    ]
    spans = cues(model, read_turns, [(at, decision.label) for at, decision in told])
    marks: list[list[ToneMark]] = [[] for _ in transcripts]
    calls = [(call, at) for call, one in enumerate(transcripts) for at in range(len(one.turns))]
    for (at, decision), telling in zip(told, spans, strict=True):
        text, (call, turn) = turns[at].text, calls[at]
        quotes = tuple(dict.fromkeys(text[start:end] for start, end in telling))
        by_voice = voice_cues(by_words[at], heard[at], turns[at].role)
        marks[call].append(ToneMark(turn, decision.label, round(decision.confidence, 3), quotes, by_voice))
    return list(map(tuple, marks))


def probabilities(transcript: Transcript, model: Classifier | None = None) -> Probabilities:
    """By turn and label, words and voice together. Shape (turns, 5); equal where the role is unknown."""
    model = model or model_file.loaded(model_file.located())
    by_words = model.judged(_reading(model, [transcript]))
    return _with_voices(by_words, strain(transcript), transcript.turns)


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
    bars = np.full(len(rows), SURE_HOSTILE)
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
_HOSTILE = np.array([*([label in HOSTILE for label in labels] for labels in _LABELS), [False] * COUNT])


def quoted(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Stretches of a text by their spans in its view, each once."""
    plain = view(text)
    quotes = []
    for span in spans:
        start, end = plain.source_span(*span)
        quotes.append(text[start:end])
    return tuple(dict.fromkeys(quotes))


def _chinese(text: str) -> bool:
    return _HAN.search(text) is not None
