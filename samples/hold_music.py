"""Music on hold: four soft chords, made here so that nobody's music is in the samples."""

import numpy as np
import numpy.typing as npt

from speechqa.call import Seconds

CHORDS = ((60, 64, 67, 72), (57, 60, 64, 69), (53, 57, 60, 65), (55, 59, 62, 67))  # MIDI notes: C Am F G
CHORD = 2.4  # s
LEVEL_DB = -27  # RMS, dB below full scale


def hold_music(seconds: Seconds, rate: int) -> npt.NDArray[np.float64]:
    """Shape (round(seconds * rate),); fades in and out over half a second."""
    n = round(seconds * rate)
    music = np.zeros(n)
    for beat in range(int(seconds / (CHORD / 4)) + 1):
        start = round(beat * CHORD / 4 * rate)
        chord = CHORDS[beat // 4 % 4]
        if beat % 4 == 0:
            for note in chord[:3]:
                _add(music, start, _note(note, CHORD * 1.3, 0.12, rate))
        _add(music, start, _note(chord[(0, 2, 3, 1)[beat % 4]] + 12, CHORD / 2, 0.02, rate))
    fade = np.minimum(1, np.minimum(np.arange(n), np.arange(n)[::-1]) / (rate / 2))
    music *= fade
    return np.asarray(music * (10 ** (LEVEL_DB / 20) / np.sqrt(np.mean(music**2))))


def _add(music: npt.NDArray[np.float64], start: int, note: npt.NDArray[np.float64]) -> None:
    room = music[start : start + len(note)]
    room += note[: len(room)]


def _note(midi: int, seconds: Seconds, attack: Seconds, rate: int) -> npt.NDArray[np.float64]:
    time = np.arange(round(seconds * rate)) / rate
    pitch = 440 * 2 ** ((midi - 69) / 12)  # Hz
    tone = sum(np.sin(2 * np.pi * pitch * k * time) / k**2 for k in (1, 2, 3, 4))
    return np.asarray(tone * np.minimum(1, time / attack) * np.exp(-2.5 * time / seconds))
