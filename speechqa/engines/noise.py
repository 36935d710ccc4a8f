"""Speech in loud noise, with the noise taken down before it is recognised.

On a line whose steady noise is hardly softer than the voice, Whisper base makes up text, and goes on making
up the same from one utterance to the next. Usual lines are left as they are; docs/hearing.md has what was
tried.

Source: Ephraim and Malah, Speech enhancement using a minimum mean-square error log-spectral amplitude
estimator (1985); how much of a frame is speech is followed as in their paper of 1984.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.engines.stretches import Stretch
from speechqa.engines.utterances import Utterance

SPAN = 512  # samples = 32 ms of a frame
HOP = SPAN // 4
LOUD = 10 ** (12 / 10)  # power of speech over that of noise under which a line is noisy; usual ones: 15-40 dB
LEAST = 10 ** (-18 / 20)  # gain of what is only noise: silence would be unlike any line
FOLLOWED = 0.98  # how far the share of speech stays from one frame to the next
FAINTEST = 10**-2.5  # power of speech over that of noise that is always taken to be there
LOWER, UPPER = 0.1, 0.6  # quantiles of the levels between utterances that noise lies between
NOTHING = 1e-12  # power of digital silence, which is no noise
ENOUGH = SAMPLE_RATE // SPAN  # frames = 1 s, to know a noise by

_WINDOW = np.sqrt(np.hanning(SPAN + 1)[:-1])

Power = npt.NDArray[np.float64]  # by frequency, shape (SPAN // 2 + 1,)


def less_noisy(found: Sequence[Utterance], stretch: Stretch) -> Iterator[Utterance]:
    """The utterances of a stretch, in order; those of its noisy channels with less noise."""
    noises = [
        _noise(samples, [one for one in found if one.channel == channel], stretch.start)
        for channel, samples in enumerate(stretch.samples)
    ]
    for one in found:
        noise = noises[one.channel]
        yield one if noise is None else replace(one, samples=quieter(one.samples, noise))


def _noise(samples: npt.NDArray[np.float32], spoken: Sequence[Utterance], start: float) -> Power | None:
    """The noise between the utterances of a channel; None where it is soft, or too little is between them."""
    frames = samples[: len(samples) // SPAN * SPAN].reshape(-1, SPAN)
    between = np.ones(len(frames), bool)
    for one in spoken:
        first, last = (round((moment - start) * SAMPLE_RATE) for moment in (one.start, one.end))
        between[first // SPAN : last // SPAN + 1] = False
    powers = np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / SPAN
    between &= powers > NOTHING
    if not spoken or between.sum() < ENOUGH:
        return None
    low, high = np.quantile(powers[between], (LOWER, UPPER))
    steady = between & (powers >= low) & (powers <= high)
    speech = np.concatenate([one.samples for one in spoken])
    if np.mean(np.square(speech, dtype=np.float64)) > LOUD * powers[steady].mean():
        return None
    spectra = np.fft.rfft(frames[steady] * _WINDOW)
    noise: Power = np.mean(spectra.real**2 + spectra.imag**2, axis=0)
    return noise


def quieter(samples: npt.NDArray[np.float32], noise: Power) -> npt.NDArray[np.float32]:
    """Speech with that noise taken down, shape as given."""
    whole = np.pad(samples.astype(np.float64), (SPAN, SPAN + -len(samples) % HOP))
    frames = np.lib.stride_tricks.sliding_window_view(whole, SPAN)[::HOP]
    spectra = np.fft.rfft(frames * _WINDOW)
    over_noise = (spectra.real**2 + spectra.imag**2) / np.maximum(noise, NOTHING)
    cleaned = np.fft.irfft(spectra * _gains(over_noise), SPAN) * _WINDOW
    result = np.zeros(len(whole))
    for part in range(SPAN // HOP):  # frames overlap: each adds its quarters where they lie
        piece = cleaned[:, part * HOP : (part + 1) * HOP].ravel()
        result[part * HOP : part * HOP + len(piece)] += piece
    return (result[SPAN : SPAN + len(samples)] * HOP / (SPAN / 2)).astype(np.float32)


def _gains(over_noise: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of each frame and frequency; `over_noise` is the power of what is heard over that of noise."""
    from scipy.special import exp1

    gains = np.empty_like(over_noise)
    before = np.ones(over_noise.shape[1])  # power of the speech in the frame before, over that of noise
    for now, gain in zip(np.minimum(over_noise, 1e3), gains, strict=True):
        speech = np.maximum(FOLLOWED * before + (1 - FOLLOWED) * np.maximum(now - 1, 0), FAINTEST)
        share = speech / (1 + speech)
        gain[:] = np.clip(share * np.exp(0.5 * exp1(np.maximum(share * now, 1e-8))), LEAST, 1)
        before = gain**2 * now
    return gains
