"""The same sentence said otherwise: louder, higher, livelier, faster, by pitch-synchronous overlap-add.

TD-PSOLA (Moulines and Charpentier 1990): pieces of two periods around each closing of the voice are laid
closer together or further apart, and dropped or repeated. The formants stay, as they nearly do in a raised
voice; the flatter spectrum and the roughness of real shouting are not made. So it shows whether measures
follow what was changed, and not how real anger sounds.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.signal import butter, medfilt, sosfiltfilt

from samples.telephone import Line

STEP = 0.01  # seconds between pitches looked for, and between pieces where nothing is voiced
LOWEST, HIGHEST = 70, 400  # Hz
VOICED = 0.5  # correlation of a piece with the next period, above which it is voiced
STRAY = 0.2  # of a period, how far from where it is expected the next closing is looked for


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sentence is changed; the plain one leaves it as it is."""

    level: float = 0.0  # dB
    height: float = 0.0  # semitones
    range: float = 1.0  # times the distance of each pitch from the median, in semitones
    tempo: float = 1.0  # times as fast


def resynthesised(sound: Line, rate: int, manner: Manner) -> Line:
    """The sentence in the manner; round(n / tempo) samples."""
    marks, periods = _marks(sound, rate)
    made = np.zeros(round(len(sound) / manner.tempo))
    weight = np.full(len(made), 1e-3)
    voiced = periods > 0
    usual = float(np.median(periods[voiced])) if voiced.any() else 1.0
    at = float(marks[0])
    while at < len(made):
        near = int(np.argmin(np.abs(marks - at * manner.tempo)))
        period = float(periods[near]) or STEP * rate
        _add(made, weight, round(at), sound, int(marks[near]), round(period))
        if voiced[near]:
            period *= (period / usual) ** (manner.range - 1) * 2 ** (-manner.height / 12)
        at += max(period, rate / 1000)
    made /= np.maximum(weight, 0.5)
    kept = np.sqrt(np.mean(np.square(sound)) / (np.mean(np.square(made)) + 1e-12))
    return np.asarray(made * kept * 10 ** (manner.level / 20))


def _add(made: Line, weight: Line, at: int, sound: Line, mark: int, period: int) -> None:
    """Lays a piece of two periods around a mark of the sound around a place of what is made."""
    back = min(period, mark, at)
    ahead = min(period, len(sound) - mark, len(made) - at)
    if back + ahead <= 0:
        return
    window = np.hanning(2 * period + 1)[period - back : period + ahead]
    made[at - back : at + ahead] += sound[mark - back : mark + ahead] * window
    weight[at - back : at + ahead] += window


def _marks(sound: Line, rate: int) -> tuple[Line, Line]:
    """Where the pieces have their middles, and their periods in samples; 0 where nothing is voiced."""
    envelope = _envelope(sound, rate)
    found = _periods(envelope, rate)
    marks, periods = [0.0], [0.0]
    while (last := marks[-1]) < len(sound) - 1:
        period = found[min(int(last / (STEP * rate)), len(found) - 1)]
        following = last + (period or STEP * rate)
        if period and periods[-1]:
            around = np.arange(round(following - STRAY * period), round(following + STRAY * period) + 1)
            around = around[around < len(sound)]
            following = float(around[np.argmax(envelope[around])]) if len(around) else following
        marks.append(following)
        periods.append(period)
    return np.array(marks[:-1]), np.array(periods[:-1])


def _envelope(sound: Line, rate: int) -> Line:
    """How loud it is from moment to moment: it keeps the period of a voice whose lowest tones a line cut."""
    band = butter(2, (40, 600), "bandpass", fs=rate, output="sos")
    return np.asarray(sosfiltfilt(band, np.abs(sound)))


def _periods(envelope: Line, rate: int) -> Line:
    """The period of an envelope at each STEP, in samples, by correlation with what follows; 0: not voiced."""
    shortest, longest = rate // HIGHEST, rate // LOWEST
    padded = np.concatenate([envelope, np.zeros(3 * longest)])
    loud = np.mean(np.square(envelope)) * 1e-2
    found = np.zeros(int(len(envelope) / (STEP * rate)) + 1)
    for number in range(len(found)):
        at = int(number * STEP * rate)
        piece = padded[at : at + 3 * longest]
        here, later = piece[:longest], np.lib.stride_tricks.sliding_window_view(piece, longest)[: longest + 1]
        if np.mean(np.square(here)) < loud:
            continue
        size = np.sqrt(np.sum(np.square(here)) * np.sum(np.square(later), axis=1)) + 1e-12
        alike = (later @ here) / size
        peaks = [
            lag
            for lag, (before, after) in enumerate(pairwise(np.diff(alike)), start=1)
            if lag >= shortest and before > 0 >= after
        ]
        best = max((alike[lag] for lag in peaks), default=0.0)
        if best > VOICED:
            found[number] = next(lag for lag in peaks if alike[lag] > 0.9 * best)
    return np.asarray(medfilt(found, 5))
