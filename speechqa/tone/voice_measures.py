"""What of a turn's voice is compared with the speaker's usual one: five measures, each higher when raised.

The spreads are those of neutral turns in conversation, by how much is said: a short turn's pitch is the tone
of its few syllables. The spread of a long turn and what a syllable adds lie over what was measured on read
and spoken-by-machine Mandarin (level 1 dB, pitch 0.8 semitones, rate 8 % in turns of 13 to 25 syllables) and
near a role-played service call (1.1 dB and 1.5 semitones), as unacted speech varies more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, log2, sqrt
from types import MappingProxyType

from speechqa.call import Layout, Role, Transcript, Turn
from speechqa.spans import length, spans, union
from speechqa.text import normal_in, spoken_length

FEWEST_SYLLABLES = 4  # of a turn that has a rate
SHORTEST = 0.4  # s of speech, as well
BRIDGED = 0.2  # s between words that count as speaking
LEAST_HASTE, MOST_HASTE = -1.5, 1.0  # s; slower answers and longer cutting-in tell nothing more


class Measure(StrEnum):
    LEVEL = "level"  # dB
    PITCH = "pitch"  # semitones
    RANGE = "range"  # semitones
    RATE = "rate"  # 100 × natural logarithm of syllables a second: about per cent
    HASTE = "haste"  # s that the turn begins before the other side's end; below 0: after it


@dataclass(frozen=True, slots=True)
class Spread:
    """How much neutral turns of one speaker differ: sqrt(turn² + syllable² / n) for n syllables."""

    turn: float
    syllable: float

    def of(self, syllables: int) -> float:
        return sqrt(self.turn**2 + self.syllable**2 / max(syllables, 1))


NEUTRAL: Mapping[Measure, Spread] = MappingProxyType(
    {
        Measure.LEVEL: Spread(1.6, 4.0),
        Measure.PITCH: Spread(1.2, 5.0),
        Measure.RANGE: Spread(1.1, 4.0),
        Measure.RATE: Spread(9.0, 35.0),
        Measure.HASTE: Spread(0.6, 0.0),
    }
)


@dataclass(frozen=True, slots=True)
class Voice:
    """What was measured of one turn; a measure that is not there could not be taken."""

    speaker: tuple[Role, int | None]
    syllables: int
    values: Mapping[Measure, float]


def voices(transcript: Transcript) -> tuple[Voice | None, ...]:
    """Of each turn; None where it is not known whose voice it is, or it has neither level nor pitch."""
    turns = transcript.turns
    return tuple(
        _voice(turn, before, transcript.language) if _is_known(turn, transcript.layout) else None
        for turn, before in zip(turns, _ends_before(turns), strict=True)
    )


def _is_known(turn: Turn, layout: Layout | None) -> bool:
    whose = turn.role is not Role.UNKNOWN or (layout is Layout.STEREO and turn.channel is not None)
    return whose and not (turn.loudness is None and turn.pitch is None)


def _ends_before(turns: Sequence[Turn]) -> Iterator[float | None]:
    """When the other side stopped that spoke before each turn; None where the same side did, or nobody."""
    before: Turn | None = None
    for turn in turns:
        other = before is not None and (before.role, before.channel) != (turn.role, turn.channel)
        yield before.end if before is not None and other else None
        before = turn


def _voice(turn: Turn, before: float | None, language: str) -> Voice:
    syllables = spoken_length(normal_in(language, turn.text).text)
    spoken = length(union(spans(turn), BRIDGED))
    values: dict[Measure, float] = {}
    if turn.loudness is not None:
        values[Measure.LEVEL] = turn.loudness
    if turn.pitch is not None:
        values[Measure.PITCH] = 12 * log2(turn.pitch)
    if turn.pitch_range is not None:
        values[Measure.RANGE] = turn.pitch_range
    if turn.words and syllables >= FEWEST_SYLLABLES and spoken >= SHORTEST:
        values[Measure.RATE] = 100 * log(syllables / spoken)
    if before is not None:
        values[Measure.HASTE] = min(max(before - turn.start, LEAST_HASTE), MOST_HASTE)
    return Voice((turn.role, turn.channel), syllables, values)
