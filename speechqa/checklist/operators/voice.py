"""Operators on how it was said: tone, loudness, pitch.

{by: agent, tone: [impatient, rude], count: 2, min_confidence: 0.6, in_words: yes}
{by: agent, loudness: over 8 dB, count: 2}     above the speaker's own median
{by: customer, pitch: over 30 %}               above the speaker's own median
"""

from dataclasses import dataclass
from typing import TypeAlias

from speechqa.call import ToneLabel
from speechqa.checklist.form import Form, one_of
from speechqa.checklist.operators.leaf import Operator
from speechqa.checklist.ranges import Measure, Range, range_of
from speechqa.checklist.reading import Reader, Reading
from speechqa.checklist.yaml.nodes import Sequence


@dataclass(frozen=True, slots=True)
class ToneHeard(Operator):
    """True when at least `turns` turns in the scope carry one of the labels."""

    labels: tuple[ToneLabel, ...]
    turns: int = 1
    min_confidence: float = 0.5
    in_words: bool = False  # count hostile turns only where a wording says it outright


@dataclass(frozen=True, slots=True)
class Loudness(Operator):
    """True when `count` turns are so much louder than the median of the speaker's turns."""

    above: Range  # dB
    count: int = 1


@dataclass(frozen=True, slots=True)
class Pitch(Operator):
    """True when `count` turns are so much higher than the median of the speaker's turns."""

    above: Range  # %, of the median
    count: int = 1


Voice: TypeAlias = ToneHeard | Loudness | Pitch


def _tone(form: Form, reading: Reading) -> ToneHeard:
    written = form.node("tone")
    nodes = written.items if isinstance(written, Sequence) else [written] if written else []
    labels = [one_of(item, "tone", ToneLabel, reading.faults) for item in nodes]
    return ToneHeard(
        reading.scope(form),
        tuple(label for label in labels if label is not None),
        turns=form.count("count", 1),
        min_confidence=form.number("min_confidence", 0.5, 0, 1),
        in_words=form.flag("in_words", default=False),
    )


def _loudness(form: Form, reading: Reading) -> Loudness:
    return Loudness(reading.scope(form), range_of(form, "loudness", Measure.DECIBEL), form.count("count", 1))


def _pitch(form: Form, reading: Reading) -> Pitch:
    return Pitch(reading.scope(form), range_of(form, "pitch", Measure.PERCENT), form.count("count", 1))


READERS = (
    Reader("tone", _tone, ("count", "min_confidence", "in_words")),
    Reader("loudness", _loudness, ("count",)),
    Reader("pitch", _pitch, ("count",)),
)
