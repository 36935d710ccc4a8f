"""The segmentation model: 10 s of sound in, 59 times a second how likely it is that two speak at once.

pyannote segmentation-3.0 (MIT), see models/segmentation/README.md. It also says which of up to three voices
speak; those are not used, since it takes alike voices for one.
"""

from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.audio import SAMPLE_RATE
from speechqa.call import Message
from speechqa.speakers.shipped_model import ShippedModel

Shares: TypeAlias = npt.NDArray[np.float32]  # by frame, 0-1

MODEL = ShippedModel(
    Path("models", "segmentation", "segmentation.onnx"),
    "706f6600ead221b84a283e6bb50d010a095692f8726dde861c5144a981d8193c",
    Message("同时说话模型", "segmentation model"),
)
WINDOW = 10 * SAMPLE_RATE  # samples that the model takes
FRAMES = 589  # of a window
HOP = 270  # samples from a frame to the next
MIDDLE = 495  # samples from the start of a window to the middle of its first frame
TWO = slice(4, 7)  # of the classes: nobody, each of three voices, each two of them


def at_once(samples: npt.NDArray[np.float32]) -> Shares:
    """By frame, (FRAMES,), how likely two speak at once in a window; a shorter one is filled with silence.

    Raises ModelError where the model is missing or damaged.
    """
    window = np.pad(samples, (0, WINDOW - len(samples))).reshape(1, 1, WINDOW)
    logarithms = MODEL.session().run(None, {"samples": window})[0][0]
    shares: Shares = np.exp(logarithms[:, TWO]).sum(axis=1)
    return shares
