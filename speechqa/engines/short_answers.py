"""Short sounds that the speech detector passes over in a whole call and takes for speech when alone.

A lone 嗯 or 哦 of 0.25 s reaches 0.15-0.28 inside a call, for the detector remembers the silence before it
and the level is set by louder speech; alone and at its own level it reaches 0.8. Noise, tones, ringing and
music on hold stay out: their bumps are long, or improbable alone too.

Syllables of read Mandarin of 0.14-0.3 s, alone between louder sentences on a simulated line, 30 of each
level: found with (without) a second hearing 29 (29) as loud as the sentences, 28 (26) 10 dB fainter, 22 (18)
20 dB fainter. Of 72 sounds that are no speech (ringing, tones, DTMF, hum, music, noise, clicks, knocks; wide
band and telephone), the second hearing takes none for speech, the first one: knocks.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from speechqa.engines.silero import FRAME, probabilities

ABOVE = 2.0  # 6 dB: how far a sound stands out of the channel's quiet
QUIET = 20  # percentile of the levels of all frames that is taken for quiet
FAINTEST = 1e-4  # root mean square, -80 dBFS: quieter is nothing
SHORTEST, LONGEST = 4, 25  # frames = 0.13-0.8 s: longer sounds need no second hearing
ROOM = 30  # frames = 1 s heard before and after
LEVEL = 0.2  # peak level given to the detector
LIKELY = 0.5  # probability that its best frame must reach
HALF = 0.25  # probability that half of its frames must reach


def overlooked(
    samples: npt.NDArray[np.float32], known: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """[first, last) sample spans of short speech outside the known spans, in order."""
    levels = frame_levels(samples)
    loud = levels > max(FAINTEST, ABOVE * float(np.percentile(levels, QUIET)))
    taken = np.zeros(len(levels), dtype=bool)
    for first, last in known:
        taken[max(0, first // FRAME - 1) : last // FRAME + 2] = True
    return tuple(
        (first * FRAME, last * FRAME)
        for first, last in _runs(loud)
        if SHORTEST <= last - first <= LONGEST
        and not taken[first:last].any()
        and _is_speech(samples, first, last)
    )


def frame_levels(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Root mean square of each FRAME, the last one filled up with silence."""
    frames = np.pad(samples, (0, -len(samples) % FRAME)).reshape(-1, FRAME)
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / FRAME))


def _runs(loud: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """[first, last) frames of each run of loud ones."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    for first, last in edges.reshape(-1, 2):
        yield int(first), int(last)


def _is_speech(samples: npt.NDArray[np.float32], first: int, last: int) -> bool:
    before = max(0, first - ROOM)
    alone = samples[before * FRAME : (last + ROOM) * FRAME]
    own = samples[first * FRAME : last * FRAME]
    likely = probabilities(alone * np.float32(LEVEL / float(np.abs(own).max())))[
        first - before : last - before + 2
    ]
    return max(likely) >= LIKELY and float(np.median(likely)) >= HALF
