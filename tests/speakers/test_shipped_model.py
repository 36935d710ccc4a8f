"""A model that is missing or another one is refused, and its message says how to get it."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Message
from speechqa.errors import ModelError
from speechqa.speakers import segmentation_model, voiceprint_model
from speechqa.speakers.shipped_model import ShippedModel

SHIPPED = (segmentation_model.MODEL, voiceprint_model.MODEL)


@pytest.mark.parametrize("model", SHIPPED)
def test_what_we_ship_is_what_we_know(model: ShippedModel) -> None:
    assert model.located().is_file()
    assert model.fingerprint == model.sha256[:8]


def test_a_missing_model_is_named_with_how_to_get_it() -> None:
    missing = ShippedModel(Path("models", "nowhere", "none.onnx"), "0" * 64, Message("某模型", "some model"))
    with pytest.raises(ModelError) as caught:
        missing.session()
    assert caught.value.code == "E_MODEL"
    assert "the some model is missing. Get it with: git checkout models/nowhere" in caught.value.message.en
    assert "缺少某模型" in caught.value.message.zh
    assert missing.fingerprint == "none"


def test_a_model_that_is_another_one_is_refused_with_both_sums() -> None:
    shipped = SHIPPED[0]
    with pytest.raises(ModelError) as caught:
        replace(shipped, sha256="0" * 64).located()
    assert f"expected sha256 {'0' * 64}, got {shipped.sha256}" in caught.value.message.en
