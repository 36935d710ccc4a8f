"""Who speaks on which channel: from levels to a layout, from words to turns.

survey(blocks)                 -> Survey        levels and likeness of the channels
arrange(survey, layout, agent) -> Arrangement   what each channel means, and what to recognise
turns(words, arrangement)      -> Turn, ...     the conversation
speech_notes(speech, duration, arrangement)     what a listener must know about its sides
"""

from speechqa.speakers.arrangement import Arrangement, arrange, speech_notes
from speechqa.speakers.survey import Survey, survey
from speechqa.speakers.turns import turns

__all__ = ["Arrangement", "Survey", "arrange", "speech_notes", "survey", "turns"]
