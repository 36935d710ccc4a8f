"""The model of an engine in memory: on which device, with which arithmetic, on how many threads."""

import logging
from typing import TYPE_CHECKING

import numpy as np

from speechqa.call import Message
from speechqa.engines import EngineOptions
from speechqa.engines.weights import Weights
from speechqa.errors import ModelError
from speechqa.processes import cores

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

WORKERS = 2  # parts of a batch decoded at the same time on a CPU


def resolved_device(device: str) -> str:
    """ "auto" as what this machine has: cuda when there is a GPU for it, else cpu."""
    import ctranslate2

    ctranslate2.set_log_level(logging.CRITICAL)
    if device != "auto":
        return device
    return "cuda" if ctranslate2.get_cuda_device_count() > 0 else "cpu"


def arithmetic(device: str) -> str:
    """ctranslate2's compute type for a device as `resolved_device` names it."""
    return "int8" if device == "cpu" else "float16"  # on a CPU float32 takes twice the time of int8


def loaded(weights: Weights, options: EngineOptions) -> "WhisperModel":
    """The model in memory. Raises ModelError when it cannot be loaded on that device."""
    device = resolved_device(options.device)
    threads = options.threads or cores()
    workers = min(WORKERS, threads)
    from faster_whisper import WhisperModel

    try:
        model = WhisperModel(
            str(weights.folder),
            device=device,
            compute_type=arithmetic(device),
            cpu_threads=threads // workers,
            num_workers=workers if device == "cpu" else 1,
            local_files_only=True,
        )
        _try(model)
    except Exception as error:  # ctranslate2 raises RuntimeError and ValueError, tokenizers bare Exception
        raise ModelError("E_MODEL", cannot_load(device, weights, reason=str(error))) from error
    return model


def _try(model: "WhisperModel") -> None:
    """The libraries of a GPU are looked for when something is first reckoned."""
    from ctranslate2 import StorageView

    silence = np.zeros((1, model.model.n_mels, 2), dtype=np.float32)
    model.model.encode(StorageView.from_array(silence))


def cannot_load(device: str, weights: Weights, reason: str) -> Message:
    """What to do depends on whether the GPU or the model is at fault."""
    if device != "cpu" and "model" not in reason:
        return Message(
            f"无法在显卡上加载识别模型 {weights.folder}：{reason}。"
            "识别引擎需要与显卡驱动相配的 CUDA 12、cuBLAS 和 cuDNN 9（pip install nvidia-cublas-cu12 "
            "nvidia-cudnn-cu12，并把它们的 lib 目录加入 LD_LIBRARY_PATH）；"
            "设置环境变量 CUDA_VISIBLE_DEVICES=-1 可改用 CPU。",
            f"{weights.folder}: cannot load the recognition model on the GPU: {reason}. The recogniser needs "
            "CUDA 12, cuBLAS and cuDNN 9 that fit the driver (pip install nvidia-cublas-cu12 "
            "nvidia-cudnn-cu12, with their lib folders in LD_LIBRARY_PATH); "
            "CUDA_VISIBLE_DEVICES=-1 makes it use the CPU.",
        )
    return Message(
        f"无法加载识别模型 {weights.folder}（设备 {device}）：{reason}。"
        f"请运行 speechqa models verify {weights.name} 检查。",
        f"{weights.folder}: cannot load the recognition model on {device}: {reason}. "
        f"Check it with: speechqa models verify {weights.name}",
    )
