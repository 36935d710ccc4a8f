"""The voiceprint model: 1.48 s of speech in, 192 numbers out that are alike for one voice.

CAM++ of 3D-Speaker (Apache-2.0), see models/speaker/README.md. Voiceprints are computed, used and dropped.
"""

import sysconfig
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Message
from speechqa.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Features: TypeAlias = npt.NDArray[np.float32]  # (frames, BANDS), a frame every 10 ms
Voiceprints: TypeAlias = npt.NDArray[np.float32]  # (n, 192), each of length 1

FILE = Path("models", "speaker", "campplus.onnx")  # under the repository, or share/speechqa when installed
SHA256 = "4980bc9686601eb796892fb66ad13c1e6aee1efd1da4da04a011284125f98892"
HOW_TO_GET = "git checkout models/speaker; pip install --force-reinstall ."
BANDS = 80
WINDOW = 148  # frames that the model takes
BATCH = 8  # windows computed at once
FULL_SCALE = 32_768  # Kaldi's samples are 16-bit numbers


def installed() -> Path | None:
    """The model's file, unread; None where it is missing."""
    return next((place for place in _places() if place.is_file()), None)


def located() -> Path:
    """The model's file. Raises ModelError where it is missing or is not the one we shipped."""
    path = installed() or _places()[0]
    require_whole(path)
    return path


def require_whole(path: Path) -> None:
    """Raises ModelError when the file is not the model that we know, byte for byte."""
    try:
        got = sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError("E_MODEL", _missing(path)) from error
    if got != SHA256:
        raise ModelError("E_MODEL", _damaged(path, got))


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
    session = _session()
    parts = [
        session.run(None, {"features": filled[at : at + BATCH]})[0] for at in range(0, len(filled), BATCH)
    ]
    found = np.concatenate(parts)
    units: Voiceprints = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return units


def _places() -> tuple[Path, ...]:
    shared = Path(sysconfig.get_path("data")) / "share" / "speechqa"
    return Path(__file__).resolve().parents[2] / FILE, shared / FILE


@lru_cache(maxsize=1)
def _session() -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1  # two take longer: the windows are small
    options.log_severity_level = 3
    path = located()
    try:
        return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own kinds, without a common base
        raise ModelError("E_MODEL", _damaged(path, str(error))) from error


def _missing(path: Path) -> Message:
    return Message(
        f"{path}：缺少声纹模型。获取：{HOW_TO_GET}",
        f"{path}: the voiceprint model is missing. Get it with: {HOW_TO_GET}",
    )


def _damaged(path: Path, got: str) -> Message:
    return Message(
        f"{path}：声纹模型损坏，sha256 应为 {SHA256}，实际为 {got}。重新获取：{HOW_TO_GET}",
        f"{path}: the voiceprint model is damaged: expected sha256 {SHA256}, got {got}. "
        f"Get it again: {HOW_TO_GET}",
    )
