"""Tone of the turns: ten labels, five a side, from words and, where it was measured, from the voice.

`tones` marks the turns of a call whose tone is worth telling; `probabilities` and `course` follow it along
the call. The model is trained by `speechqa tone train` (models/tone).
"""

from speechqa.tone.course import course
from speechqa.tone.marks import probabilities, tones

__all__ = ["course", "probabilities", "tones"]
