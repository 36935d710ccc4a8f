"""Tone of the turns: ten labels, five a side, from words and, where it was measured, from the voice.

`tones` marks the turns that anybody can be sure about, and follows both sides along the call; `tones_of` does
so for several calls at once. The model is trained by `speechqa tone train` (models/tone).
"""

from speechqa.tone.marks import tones, tones_of

__all__ = ["tones", "tones_of"]
