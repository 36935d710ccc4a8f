"""What Whisper's encoder is given: a log-mel spectrogram, the same on every processor.

faster-whisper computes it in single precision, where the order in which a library adds depends on the
processor: with other kernels of OpenBLAS 14 of 14 sample calls were transcribed with other confidences, some
with other words, and one lost a third of its coverage. Here all is added in double precision and rounded at
the end, so that what differs is far below what is kept.

Source of the spectrogram: Radford et al., Robust Speech Recognition via Large-Scale Weak Supervision (2022),
section 2.2; the filters are the recogniser's own.
"""

import numpy as np
import numpy.typing as npt

HOP = 160  # samples at 16 kHz: a frame each 10 ms
SPAN = 400  # samples of a frame
_FLOOR = 1e-10  # power under which there is nothing
_RANGE = 8.0  # powers of ten under the loudest that count


class LogMel:
    """`filters`: shape (mels, SPAN // 2 + 1)."""

    def __init__(self, filters: npt.NDArray[np.float32]) -> None:
        self._filters = filters.astype(np.float64)
        self._window = np.hanning(SPAN + 1)[:-1]

    def __call__(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Shape (mels, samples // HOP), for one channel at 16 kHz, at least SPAN // 2 samples long."""
        padded = np.pad(samples.astype(np.float64), (0, HOP))
        padded = np.pad(padded, SPAN // 2, mode="reflect")
        frames = np.lib.stride_tricks.sliding_window_view(padded, SPAN)[::HOP][: len(samples) // HOP]
        spectrum = np.fft.rfft(frames * self._window, axis=-1)
        power = spectrum.real**2 + spectrum.imag**2
        loudness = np.log10(np.maximum(self._filters @ power.T, _FLOOR))
        loudness = np.maximum(loudness, loudness.max() - _RANGE)
        log_mel: npt.NDArray[np.float64] = (loudness + 4.0) / 4.0
        return log_mel.astype(np.float32)
