"""Who speaks: from levels to a layout, from words to turns, from voices and what they say to roles.

survey(blocks)                            -> Survey        levels and likeness of the channels
arrange(survey, layout, agent)            -> Arrangement   what each channel means, and what to recognise
conversation(words, arrangement, blocks)  -> Conversation  the turns, and what to know about their roles
told_apart(words, speech, arrangement, read) the same, where a channel may be dead
holds(turns, sounding, duration)          -> Hold, ...     where the customer waits
speech_notes(speech, duration, arrangement)                what a listener must know about its sides
"""

from speechqa.speakers.arrangement import Arrangement, arrange, speech_notes
from speechqa.speakers.conversation import Conversation, conversation, fingerprint, told_apart
from speechqa.speakers.holds import Kept, holds, music, without_inventions, without_speech
from speechqa.speakers.survey import Survey, survey
from speechqa.speakers.turns import turns

__all__ = [
    "Arrangement",
    "Conversation",
    "Kept",
    "Survey",
    "arrange",
    "conversation",
    "fingerprint",
    "holds",
    "music",
    "speech_notes",
    "survey",
    "told_apart",
    "turns",
    "without_inventions",
    "without_speech",
]
