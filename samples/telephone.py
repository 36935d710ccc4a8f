"""What a telephone line and a recorder do to speech: level, room, cross-talk, noise and band.

It sounds like a line; it says nothing about how real callers are recognised.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, fftconvolve, lfilter, sosfiltfilt

from speechqa.call import Seconds

Line: TypeAlias = npt.NDArray[np.float64]  # shape (n,), or (channels, n) for a recording; in [-1, 1], 8 kHz

RATE = 8_000  # Hz; of a telephone line
BAND = (300.0, 3400.0)  # Hz; ITU-T G.712
FRAME = RATE // 50  # samples; 20 ms
LIMIT = 0.9  # no peak above this: recorders limit, they do not clip


@dataclass(frozen=True, slots=True)
class Side:
    """How one side of a call sounds."""

    level_db: float  # RMS while speaking, dB below full scale
    noise_db: float  # RMS of the line noise, dB below full scale
    leak_db: float  # what is heard of the other side here, against its own level
    leak_delay: Seconds
    room: Seconds | None  # reverberation time; None for a handset at the ear
    breaths: bool


def at_level(speech: Line, level_db: float) -> Line:
    """The speech with its loud frames (within 25 dB of the loudest) at `level_db` of full scale, RMS."""
    frames = speech[: len(speech) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.mean(frames**2, axis=1)
    active = power[power > power.max() * 10**-2.5]
    return np.asarray(speech * (10 ** (level_db / 20) / np.sqrt(active.mean())))


def in_room(speech: Line, reverberation: Seconds, chance: np.random.Generator) -> Line:
    """The speech as a hands-free phone hears it: a noise tail that falls by 60 dB in `reverberation`."""
    n = round(reverberation * RATE)
    tail = chance.standard_normal(n) * 10 ** (-3 * np.arange(n) / n)
    tail[: RATE // 100] = 0  # the first wall is at least 10 ms away
    tail *= 0.35 / np.sqrt(np.sum(tail**2))
    return np.asarray(speech + fftconvolve(speech, tail)[: len(speech)])


def breath(chance: np.random.Generator) -> Line:
    """A breath drawn before speaking: 0.2-0.35 s of soft noise."""
    n = round(chance.uniform(0.2, 0.35) * RATE)
    hiss = lfilter([1], [1, -0.7], chance.standard_normal(n))
    return np.asarray(hiss * np.hanning(n) * 10 ** (chance.uniform(-50, -44) / 20))


def click(chance: np.random.Generator) -> Line:
    """A switch or a bad contact: 4 ms that ring and die away."""
    n = RATE // 250
    return np.asarray(chance.standard_normal(n) * np.exp(-np.arange(n) / 8) * chance.uniform(0.05, 0.15))


def line_noise(n: int, level_db: float, chance: np.random.Generator) -> Line:
    """Noise with the fall of a real line towards high tones, mains hum, and a level that wanders."""
    hiss = lfilter([1], [1, -0.85], chance.standard_normal(n))
    time = np.arange(n) / RATE
    hum = sum(np.sin(2 * np.pi * 50 * k * time + chance.uniform(0, 6)) / k for k in (7, 9, 11))
    noise = _in_band(hiss / np.std(hiss) + 0.8 * hum)
    wander = 1 + 0.3 * np.interp(
        time, np.arange(0, time[-1] + 4, 2), chance.uniform(-1, 1, int(time[-1] // 2) + 3)
    )
    noise *= wander
    return np.asarray(noise * (10 ** (level_db / 20) / np.sqrt(np.mean(noise**2))))


def on_the_line(own: Line, other: Line, side: Side, chance: np.random.Generator) -> Line:
    """One channel as the recorder gets it: own sound, a little of the other side, clicks, noise, band."""
    delay = round(side.leak_delay * RATE)
    leak = np.concatenate([np.zeros(delay), other[: len(other) - delay]]) * 10 ** (side.leak_db / 20)
    line = own + leak
    for _ in range(chance.poisson(len(own) / RATE / 40)):  # one in 40 s
        sound = click(chance)
        at = int(chance.integers(0, len(line) - len(sound)))
        line[at : at + len(sound)] += sound
    return _limited(_in_band(line) + line_noise(len(line), side.noise_db, chance))


def mixed(agent: Line, customer: Line) -> Line:
    """Both sides on one channel."""
    return _limited(agent + customer)


def _in_band(line: Line) -> Line:
    return np.asarray(sosfiltfilt(butter(4, BAND, "bandpass", fs=RATE, output="sos"), line))


def _limited(line: Line) -> Line:
    """Peaks above half of full scale pressed softly below LIMIT."""
    knee = 0.5
    over = np.maximum(np.abs(line) - knee, 0) / (LIMIT - knee)
    return np.asarray(np.where(over > 0, np.sign(line) * (knee + (LIMIT - knee) * np.tanh(over)), line))
