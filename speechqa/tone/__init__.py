"""Tone of the agent's turns, from words alone.

A lexicon of wordings that people hear as impatient, rude or warm. It finds what is said outright,
not what is said politely in a sharp voice, so it never claims more than its confidence: a wording
is worth `WORDING`, each further one in the turn adds half of what is left to certainty.
"""

from speechqa.tone.words import tones

__all__ = ["tones"]
