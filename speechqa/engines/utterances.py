"""Where somebody speaks: Silero VAD, thresholds set for telephone audio.

The defaults of Silero (threshold 0.5) lose most of a telephone call: through 300-3400 Hz, mu-law and
noise the median probability of speech falls from 0.98 to 0.5-0.6, in the worst voice to 0.3. Noise,
hum, single tones, ring tone, DTMF and chords stay below 0.12 at every level tried. So the thresholds lie
between, and the signal is brought to one level first, which lifts the probability of faint speech.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Seconds
from speechqa.engines.short_answers import QUIET, frame_levels, overlooked
from speechqa.engines.silero import FRAME, probabilities

if TYPE_CHECKING:
    from speechqa.audio import Samples
    from speechqa.engines.stretches import Stretch

SPEECH = 0.20  # probability at which an utterance begins
STAY = 0.10  # and below which it may end
SURE = 0.30  # an utterance must reach this once
MIN_SPEECH: Seconds = 0.10  # shorter is a click; a quick 对 has 0.15 s
MIN_SILENCE: Seconds = 0.45  # shorter pauses stay inside the utterance
PAD_BEFORE: Seconds = 0.15  # soft beginnings come before the probability rises
PAD_AFTER: Seconds = 0.20
LEVEL = 0.05  # peak level (99.5 %) given to the detector
SILENT = 1e-4  # peak of a channel with nothing on it, -80 dBFS
STANDS_OUT = 1.6  # 4 dB over the channel's quiet: steady noise is never speech, however long it lasts
LEAK_RATIO = 4.0  # 12 dB: cross-talk is at least this much weaker than its source
LEAK_ALIKE = 0.5  # correlation with the other channel from which it counts as its echo
LEAK_LAG = 800  # samples = 50 ms searched for the echo


@dataclass(frozen=True, slots=True)
class Utterance:
    """Speech between two silences of one channel, with its audio."""

    channel: int
    start: Seconds  # on the channel's clock
    samples: npt.NDArray[np.float32]  # shape (n,), 16 kHz

    @property
    def end(self) -> Seconds:
        return self.start + len(self.samples) / SAMPLE_RATE


def utterances(stretch: "Stretch") -> tuple[Utterance, ...]:
    """Utterances channel by channel, each in order of start; cross-talk of the other channel left out."""
    with ThreadPoolExecutor(len(stretch.samples)) as pool:
        spans = list(pool.map(speech_spans, stretch.samples))
    found = [
        Utterance(channel, stretch.start + first / SAMPLE_RATE, stretch.samples[channel, first:last].copy())
        for channel in range(len(stretch.samples))
        for first, last in spans[channel]
        if not _leaked(stretch.samples, channel, first, last)
    ]
    return tuple(sorted(found, key=lambda utterance: (utterance.channel, utterance.start)))


def speech_spans(samples: npt.NDArray[np.float32]) -> tuple[tuple[int, int], ...]:
    """Padded [first, last) sample spans of speech in one channel, in order, not overlapping."""
    if len(samples) == 0:
        return ()
    peak = float(np.percentile(np.abs(samples), 99.5))
    if peak < SILENT:
        return ()
    spans = _spans_of(probabilities(samples * (LEVEL / peak)))
    levels = frame_levels(samples)
    quiet = float(np.percentile(levels, QUIET))
    spans = [span for span in spans if _loudest(levels, span) > STANDS_OUT * quiet]
    return _padded(sorted([*spans, *overlooked(samples, spans)]), len(samples))


def _loudest(levels: npt.NDArray[np.float64], span: tuple[int, int]) -> float:
    return float(levels[span[0] // FRAME : max(span[1] // FRAME, span[0] // FRAME + 1)].max(initial=0.0))


def _spans_of(likely: list[float]) -> list[tuple[int, int]]:
    """Sample spans where the probability rose to SPEECH, until it stayed under STAY for MIN_SILENCE."""
    patience = round(MIN_SILENCE * SAMPLE_RATE / FRAME)
    spans: list[tuple[int, int]] = []
    begin, last, top = -1, 0, 0.0
    for frame, probability in enumerate([*likely, *[0.0] * (patience + 1)]):
        if begin < 0:
            if probability >= SPEECH:
                begin, last, top = frame, frame, probability
            continue
        if probability >= STAY:
            last, top = frame, max(top, probability)
        elif frame - last > patience:
            if top >= SURE and (last + 1 - begin) * FRAME >= MIN_SPEECH * SAMPLE_RATE:
                spans.append((begin * FRAME, (last + 1) * FRAME))
            begin = -1
    return spans


def _padded(spans: list[tuple[int, int]], n: int) -> tuple[tuple[int, int], ...]:
    before, after = round(PAD_BEFORE * SAMPLE_RATE), round(PAD_AFTER * SAMPLE_RATE)
    padded = []
    free = 0  # first sample that no earlier span has
    for index, (first, last) in enumerate(spans):
        room = spans[index + 1][0] if index + 1 < len(spans) else n
        last = min(last, n)
        end = min(last + after, max(last, room - before), n)
        padded.append((max(first - before, free), end))
        free = end
    return tuple(padded)


def _leaked(samples: "Samples", channel: int, first: int, last: int) -> bool:
    """Whether this span is only a faint copy of what another channel says at the same time."""
    own = samples[channel, first:last]
    for other in range(len(samples)):
        loud = samples[other, first:last]
        if other != channel and _rms(loud) > LEAK_RATIO * _rms(own) and _likeness(own, loud) > LEAK_ALIKE:
            return True
    return False


def _rms(samples: npt.NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))


def _likeness(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float:
    """Highest normalised correlation of a with b delayed by up to LEAK_LAG samples either way, 0-1."""
    size = 1 << (len(a) + len(b) - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    near = np.concatenate([product[: LEAK_LAG + 1], product[-LEAK_LAG:]])
    return float(np.abs(near).max() / (_rms(a) * _rms(b) * len(a)))
