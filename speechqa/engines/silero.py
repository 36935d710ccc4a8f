"""Silero's probability of speech, as faster-whisper ships it, in calls of bounded memory."""

import numpy as np
import numpy.typing as npt

FRAME = 512  # samples = 32 ms, what one probability covers
CONTEXT = 64  # samples before a frame that are heard with it
AT_ONCE = 1000  # frames = 32 s


def probabilities(samples: npt.NDArray[np.float32]) -> list[float]:
    """Silero's probability of speech for each FRAME; AT_ONCE frames a call, its memory carried along.

    faster-whisper's own call takes 10 000 frames at once: 300 MB a channel, and slower for it.
    """
    from faster_whisper.vad import get_vad_model

    frames = np.pad(samples, (CONTEXT, -len(samples) % FRAME)).astype(np.float32)
    with_context = np.lib.stride_tricks.sliding_window_view(frames, CONTEXT + FRAME)[::FRAME]
    session = get_vad_model().session
    memory = np.zeros((1, 1, 128), dtype=np.float32)
    state = {"h": memory, "c": memory}
    found: list[float] = []
    for first in range(0, len(with_context), AT_ONCE):
        some = np.ascontiguousarray(with_context[first : first + AT_ONCE])
        output, state["h"], state["c"] = session.run(None, {"input": some, **state})
        found += output.ravel().tolist()
    return found
