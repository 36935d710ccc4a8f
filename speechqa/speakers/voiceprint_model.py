"""The voiceprint model: 1.48 s of speech in, 192 numbers out that are alike for one voice.

CAM++ of 3D-Speaker (Apache-2.0), see models/speaker/README.md. Voiceprints are computed, used and dropped.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Message
from speechqa.speakers.shipped_model import ShippedModel

Features: TypeAlias = npt.NDArray[np.float32]  # (frames, BANDS), a frame every 10 ms
Voiceprints: TypeAlias = npt.NDArray[np.float32]  # (n, 192), each of length 1

MODEL = ShippedModel(
    Path("models", "speaker", "campplus.onnx"),
    "4980bc9686601eb796892fb66ad13c1e6aee1efd1da4da04a011284125f98892",
    Message("声纹模型", "voiceprint model"),
)
BANDS = 80
WINDOW = 148  # frames that the model takes
BATCH = 8  # windows computed at once
FULL_SCALE = 32_768  # Kaldi's samples are 16-bit numbers


def features(samples: npt.NDArray[np.float32]) -> Features:
    """Kaldi's filter banks of one channel at 16 kHz: logarithms of the energy in BANDS bands."""
    import kaldi_native_fbank

    options = kaldi_native_fbank.FbankOptions()
    options.frame_opts.samp_freq = SAMPLE_RATE
    options.frame_opts.dither = 0
    options.frame_opts.window_type = "povey"
    options.mel_opts.num_bins = BANDS
    bank = kaldi_native_fbank.OnlineFbank(options)
    bank.accept_waveform(SAMPLE_RATE, (samples * FULL_SCALE).tolist())
    bank.input_finished()
    frames = [bank.get_frame(index) for index in range(bank.num_frames_ready)]
    return np.array(frames, np.float32).reshape(-1, BANDS)


def voiceprints(windows: Sequence[Features]) -> Voiceprints:
    """A voiceprint of each window of at most WINDOW frames; a shorter one is repeated to fill it.

    Raises ModelError where the model is missing or damaged.
    """
    if not windows:
        return np.zeros((0, 192), np.float32)
    levelled = [window - window.mean(axis=0) for window in windows]
    filled = np.stack([np.resize(window, (WINDOW, BANDS)) for window in levelled])
    session = MODEL.session()
    parts = [
        session.run(None, {"features": filled[at : at + BATCH]})[0] for at in range(0, len(filled), BATCH)
    ]
    found = np.concatenate(parts)
    units: Voiceprints = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return units
