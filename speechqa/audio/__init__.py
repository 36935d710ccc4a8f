"""Recordings in, samples out: what a file is, what is wrong with it, and its sound at 16 kHz.

    probe(path)       -> Recording     what the content (not the name) says
    open_audio(path)  -> AudioStream   .blocks() of samples, .notes() for the card, .seconds()

Everything that cannot be heard raises AudioError with one of its codes; nothing else escapes.
"""

from speechqa.audio.decode import Samples
from speechqa.audio.files import require_settled, state
from speechqa.audio.probe import probe
from speechqa.audio.stream import SAMPLE_RATE, AudioOptions, AudioStream, at_speed, open_audio

__all__ = [
    "SAMPLE_RATE",
    "AudioOptions",
    "AudioStream",
    "Samples",
    "at_speed",
    "open_audio",
    "probe",
    "require_settled",
    "state",
]
