"""Tone of the turns: ten labels, five a side, from words and, where it was measured, from the voice.

`tones` marks the turns of a call whose tone is worth telling, `tones_of` those of several calls at once;
`probabilities` and `course` follow it along the call. The model is trained by `speechqa tone train`
(models/tone).
"""

from speechqa.tone.course import course
from speechqa.tone.marks import probabilities, tones, tones_of

__all__ = ["course", "probabilities", "tones", "tones_of"]
