"""How far each turn lies above its speaker's own neutral voice, and what that says about the tone.

Five measures (`voice_measures`) are compared with the speaker's usual ones in this call (`voice_usual`), each
in units of how much neutral turns differ, and put together into the strain: 0 a neutral turn, 1 the spread
of neutral turns, RAISED a raised voice. A voice that is raised from the first word to the last is not found,
and a speaker who is always loud is not raised.

It tells an aroused voice, and not why: joy, a bad line and a customer hard of hearing raise voices as well,
so that words decide and the voice only shifts them (`with_voice`).

The weights rest on what is published, and on resynthesised speech (tests/bench/bench_tone_voice.py), on which
MOST and RAISED were chosen: there are no recordings of angry people that may be shipped. Hot anger raises the
pitch and widens its range, and is louder and mostly faster (Murray and Arnott 1993; Banse and Scherer 1996;
Juslin and Laukka 2003, over 104 studies): acted, some 3 to 6 semitones, 5 to 10 dB and 10 to 20 %, with great
differences between people. Cold anger does all of it less, and is not found here more often than not. Against
the spread of neutral turns level and pitch tell the most, rate and range half of that, answering in haste
least. No single measure reaches RAISED: a microphone that moved, a bad pitch or a formula reeled off is no
anger.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.call import Message, Role, Sent, Transcript
from speechqa.tone.voice_measures import NEUTRAL, Measure, Voice, voices
from speechqa.tone.voice_usual import Usual, usual

Probabilities: TypeAlias = npt.NDArray[np.float64]

WEIGHTS: Mapping[Measure, float] = MappingProxyType(
    {Measure.LEVEL: 1.0, Measure.PITCH: 1.0, Measure.RANGE: 0.5, Measure.RATE: 0.5, Measure.HASTE: 0.25}
)
TOGETHER: Mapping[tuple[Measure, Measure], float] = MappingProxyType(
    {(Measure.LEVEL, Measure.PITCH): 0.4, (Measure.PITCH, Measure.RANGE): 0.3}
)  # correlations in neutral speech; the others are near 0
MOST = 2.5  # units that one measure counts at most, either way
HALVED = -7.0  # semitones: nobody speaks so much lower; every other period was missed
RAISED = 2.0  # strain
CALM = -1.0  # strain under which a voice is plainly calm
TELLING = 1.0  # units from which a measure is told as a cue
SHIFT = ((-3.0, -0.5, 1.0, 3.3, 4.2), (-0.75, 0.0, 0.0, 2.3, 4.0))  # strain -> added log odds of hostility
HOSTILE: Mapping[Role, tuple[float, ...]] = MappingProxyType(
    {
        Role.AGENT: (0.0, 0.0, 0.0, 1.0, 1.0),  # warm, neutral, cold, impatient, rude
        Role.CUSTOMER: (0.0, 0.0, 0.4, 1.0, 1.0),  # calm, confused, dissatisfied, angry, strong refusal
    }
)  # share of the shift that each label has, in the order of the probabilities
SURE = 0.5  # probability of hostile words
UNLIKELY = 0.25  # the same, of words that are anything but hostile


@dataclass(frozen=True, slots=True)
class Part(Sent):
    """What one measure adds to the strain."""

    measure: Measure
    above: float  # the speaker's usual, in the measure's own unit
    units: float  # the same in spreads of neutral turns, at most MOST either way
    weight: float  # of the strain, in its units

    @property
    def cue(self) -> Message | None:
        """What a listener would say of it; None when it is not plainly raised."""
        return _CUES[self.measure](self.above) if self.units >= TELLING else None


@dataclass(frozen=True, slots=True)
class Strain(Sent):
    """How raised a turn's voice is against its speaker's usual one; the parts with the greatest first."""

    value: float
    parts: tuple[Part, ...]

    @property
    def cues(self) -> tuple[Message, ...]:
        """What made a raised voice, the most telling first."""
        return tuple(cue for part in self.parts if (cue := part.cue) is not None)


def strain(transcript: Transcript) -> tuple[Strain | None, ...]:
    """Of each turn; None without level and pitch, of an unknown speaker, or one with too few turns."""
    measured = voices(transcript)
    by_speaker = _usuals(measured)
    return tuple(None if voice is None else _strain(voice, by_speaker[voice.speaker]) for voice in measured)


def with_voice(probabilities: Probabilities, heard: Strain | None, role: Role) -> Probabilities:
    """The words' probabilities of a turn, shape (5,) in the order of HOSTILE, after hearing its voice.

    The odds of hostile labels rise with a raised voice and fall a little with a plainly calm one. Words that
    are neutral (0.05 or less for hostility) do not become likely hostile below a strain of 3.3, which needs
    level, pitch and more far above the usual together; at most they have 0.75 then.
    """
    if heard is None or role not in HOSTILE:
        return probabilities
    shift = float(np.interp(heard.value, *SHIFT))
    shifted = probabilities * np.exp(shift * np.asarray(HOSTILE[role]))
    return np.asarray(shifted / shifted.sum())


def voice_cues(probabilities: Probabilities, heard: Strain | None, role: Role) -> tuple[Message, ...]:
    """What the voice adds to a mark's cues: first where it and the words disagree, then what was raised.

    `probabilities` are the words' own, before `with_voice`.
    """
    if heard is None or role not in HOSTILE:
        return ()
    hostile = float(probabilities[np.asarray(HOSTILE[role]) >= 1.0].sum())
    if heard.value >= RAISED:
        polite = role is Role.AGENT and int(np.argmax(probabilities)) == 0
        apart = (_POLITE_SHARP if polite else _PLAIN_SHARP,) if hostile < UNLIKELY else ()
        return (*apart, *heard.cues)
    return (_HARSH_CALM,) if heard.value <= CALM and hostile >= SURE else ()


def _usuals(measured: tuple[Voice | None, ...]) -> Mapping[tuple[Role, int | None], Mapping[Measure, Usual]]:
    """By speaker, of each measure that enough of the turns have."""
    values: dict[tuple[Role, int | None], dict[Measure, list[tuple[float, float]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for voice in measured:
        if voice is not None:
            for measure, value in voice.values.items():
                values[voice.speaker][measure].append((value, NEUTRAL[measure].of(voice.syllables)))
    return {
        speaker: {
            measure: found
            for measure, pairs in by_measure.items()
            if (found := usual([value for value, _ in pairs], [spread for _, spread in pairs])) is not None
        }
        for speaker, by_measure in values.items()
    }


def _strain(voice: Voice, usuals: Mapping[Measure, Usual]) -> Strain | None:
    """What is missing adds nothing, and is not made up for by the rest."""
    parts: list[Part] = []
    for measure, value in voice.values.items():
        if measure in usuals:
            own = usuals[measure]
            if measure is Measure.PITCH and value - own.middle < HALVED:
                continue
            units = own.units(value, NEUTRAL[measure].of(voice.syllables))
            units = min(max(units, -MOST), MOST)
            parts.append(Part(measure, value - own.middle, units, units * WEIGHTS[measure] / _SCALE))
    if not any(part.measure in (Measure.LEVEL, Measure.PITCH) for part in parts):
        return None
    parts.sort(key=lambda part: (-part.weight, part.measure))
    return Strain(round(sum(part.weight for part in parts), 3), tuple(parts))


_SCALE = sqrt(
    sum(weight**2 for weight in WEIGHTS.values())
    + 2 * sum(alike * WEIGHTS[one] * WEIGHTS[two] for (one, two), alike in TOGETHER.items())
)  # spread of the weighted sum over neutral turns


def _louder(above: float) -> Message:
    return Message(f"比平时响 {above:.0f} 分贝", f"{above:.0f} dB louder than usual")


def _higher(above: float) -> Message:
    return Message(f"比平时高 {above:.1f} 个半音", f"{above:.1f} semitones higher than usual")


def _livelier(above: float) -> Message:
    return Message(
        f"音调起伏比平时大 {above:.1f} 个半音", f"pitch range {above:.1f} semitones wider than usual"
    )


def _faster(above: float) -> Message:
    share = 100 * (exp(above / 100) - 1)
    return Message(f"比平时快 {share:.0f}%", f"{share:.0f} % faster than usual")


def _hastier(above: float) -> Message:
    return Message(f"比平时早开口 {above:.1f} 秒", f"begins {above:.1f} s sooner than usual")


_CUES = MappingProxyType(
    {
        Measure.LEVEL: _louder,
        Measure.PITCH: _higher,
        Measure.RANGE: _livelier,
        Measure.RATE: _faster,
        Measure.HASTE: _hastier,
    }
)
_POLITE_SHARP = Message("话客气、声音尖", "polite words, sharp voice")
_PLAIN_SHARP = Message("话平和、声音尖", "plain words, sharp voice")
_HARSH_CALM = Message("话难听、声音平静", "harsh words, calm voice")
