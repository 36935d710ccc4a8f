"""How the model is loaded, by device; without a GPU at hand."""

from pathlib import Path

import ctranslate2
import pytest

from speechqa.engines import EngineOptions
from speechqa.engines.loading import arithmetic, cannot_load, loaded, resolved_device
from speechqa.engines.weights import Weights, locate
from speechqa.errors import ModelError

WEIGHTS = Weights("base", Path("models") / "base", "0" * 64)
needs_no_gpu = pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="there is a GPU")


def test_a_gpu_reckons_in_float16_and_a_cpu_in_int8() -> None:
    assert (arithmetic("cuda"), arithmetic("cpu")) == ("float16", "int8")


@needs_no_gpu
def test_auto_is_the_cpu_where_there_is_no_gpu() -> None:
    assert resolved_device("auto") == "cpu"
    assert resolved_device("cuda") == "cuda"


@needs_no_gpu
def test_a_gpu_that_is_not_there_is_told_with_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"on the GPU: .*CUDA_VISIBLE_DEVICES=-1 makes it use the CPU"):
        loaded(locate("base"), EngineOptions(device="cuda"))


def test_libraries_that_are_missing_are_told_by_name() -> None:
    reason = "Library libcublas.so.12 is not found or cannot be loaded"
    told = cannot_load("cuda", WEIGHTS, reason)
    for text in (told.zh, told.en):
        assert reason in text
        assert "nvidia-cudnn-cu12" in text
        assert "speechqa models verify" not in text


def test_a_damaged_model_on_a_gpu_is_no_fault_of_the_gpu() -> None:
    told = cannot_load("cuda", WEIGHTS, "File model.bin is incomplete")
    assert "speechqa models verify base" in told.en
