"""The model of an engine in memory: on which device, with which arithmetic, on how many threads."""

import logging
from typing import TYPE_CHECKING

from speechqa.call import Message
from speechqa.engines import EngineOptions
from speechqa.engines.weights import Weights
from speechqa.errors import ModelError
from speechqa.processes import cores

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

WORKERS = 2  # parts of a batch decoded at the same time on a CPU
ARITHMETIC = {"cpu": "int8", "cuda": "float16"}  # float32 takes twice the time of int8 on a CPU


def resolved_device(device: str) -> str:
    """ "auto" as what this machine has: cuda when there is a GPU for it, else cpu."""
    import ctranslate2

    ctranslate2.set_log_level(logging.CRITICAL)
    if device != "auto":
        return device
    return "cuda" if ctranslate2.get_cuda_device_count() > 0 else "cpu"


def loaded(weights: Weights, options: EngineOptions) -> "WhisperModel":
    """The model in memory. Raises ModelError when it cannot be loaded on that device."""
    device = resolved_device(options.device)
    threads = options.threads or cores()
    workers = min(WORKERS, threads)
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(
            str(weights.folder),
            device=device,
            compute_type=ARITHMETIC.get(device, "default"),
            cpu_threads=threads // workers,
            num_workers=workers if device == "cpu" else 1,
            local_files_only=True,
        )
    except Exception as error:  # ctranslate2 raises RuntimeError and ValueError, tokenizers bare Exception
        raise ModelError("E_MODEL", _cannot_load(options, weights, str(error))) from error


def _cannot_load(options: EngineOptions, weights: Weights, reason: str) -> Message:
    return Message(
        f"无法加载识别模型 {weights.folder}（设备 {options.device}）：{reason}。"
        f"请运行 speechqa models verify {options.model} 检查。",
        f"{weights.folder}: cannot load the recognition model on {options.device}: {reason}. "
        f"Check it with: speechqa models verify {options.model}",
    )
