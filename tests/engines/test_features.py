"""The encoder hears what faster-whisper would give it, and the same with every kernel of OpenBLAS."""

import os
import subprocess
import sys

import numpy as np
import pytest
from faster_whisper.feature_extractor import FeatureExtractor

from speechqa.engines.features import HOP, LogMel

THEIRS = FeatureExtractor()
DIGEST = """
import hashlib, numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from speechqa.engines.features import LogMel
samples = np.random.default_rng(3).normal(0, 0.1, 80_000).astype(np.float32)
print(hashlib.sha256(LogMel(FeatureExtractor().mel_filters)(samples).tobytes()).hexdigest())
"""


def sound(seconds: float, loudness: float = 0.1) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.random.default_rng(1).normal(0, loudness, int(seconds * 16_000)).astype(np.float32)


@pytest.mark.parametrize("seconds", [0.1, 0.333, 5.0, 30.0])
def test_it_is_what_the_recogniser_computes_but_for_rounding(seconds: float) -> None:
    samples = sound(seconds)
    ours, theirs = LogMel(THEIRS.mel_filters)(samples), THEIRS(samples)
    assert ours.shape == (80, len(samples) // HOP)
    assert ours.dtype == np.float32
    assert np.abs(ours - theirs[:, : ours.shape[1]]).max() < 1e-4


def test_silence_is_a_floor_and_no_number_is_lost() -> None:
    assert np.isfinite(LogMel(THEIRS.mel_filters)(sound(1.0, 0.0))).all()


def test_no_kernel_of_the_library_of_sums_changes_a_bit() -> None:
    digests = set()
    for kernel in ("Haswell", "Sandybridge", "Nehalem"):
        env = {**os.environ, "OPENBLAS_CORETYPE": kernel}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST], env=env, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1
