"""Which function judges which operator."""

from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.events import Happened, Spoke
from speechqa.checklist.operators.facts import Entity, Metadata, Stated
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.timing import Interruption, Measured, ResponseTime, Silence, SpeakingRate
from speechqa.checklist.operators.voice import Loudness, Pitch, ToneHeard
from speechqa.checklist.operators.words import Like, Pattern, Phrases, Repeat
from speechqa.matching import events, facts, wordings
from speechqa.matching.flow import followed
from speechqa.matching.known import Known
from speechqa.matching.likeness import like, repeat
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place
from speechqa.matching.replies import answered
from speechqa.matching.things import english
from speechqa.matching.things.entities import entity, stated
from speechqa.matching.timing import pauses, speaking, voice
from speechqa.matching.timing.whole_call import measured
from speechqa.text import ENGLISH


def judged(leaf: Leaf, place: Place, known: Known) -> Outcome:
    """What an operator comes to in one place of a call."""
    match leaf:  # what most are comes first
        case Happened():
            return events.happened(known.occurrences(leaf.moment), place)
        case Pattern():
            return wordings.pattern(leaf, place, known.ears)
        case Phrases():
            return wordings.phrases(leaf, place, known.ears)
        case ToneHeard() if place.conversation.language == ENGLISH:
            return Outcome(Truth.UNKNOWN, 0.0, blind=english.MANDARIN_ONLY)
        case Entity() if place.conversation.language == ENGLISH:
            return english.entity(leaf, place)
        case Stated() if place.conversation.language == ENGLISH:
            return english.stated(leaf, place, known.metadata)
        case Like():
            return like(leaf, place)
        case Repeat():
            return repeat(leaf, place, known.ears)
        case Answered():
            return answered(leaf, known.occurrences(leaf.question), place)
        case Spoke():
            return events.spoke(place)
        case Metadata():
            return facts.metadata(leaf, known.metadata)
        case Entity():
            return entity(leaf, place)
        case Stated():
            return stated(leaf, place, known.metadata)
        case Silence():
            return pauses.silence(leaf, place, known.ears)
        case ResponseTime():
            return pauses.response_time(leaf, place)
        case SpeakingRate():
            return speaking.speaking_rate(leaf, place)
        case Interruption():
            return speaking.interruption(leaf, place)
        case Measured():
            return measured(leaf, place)
        case ToneHeard():
            return voice.tone(leaf, place, known)
        case Loudness():
            return voice.loudness(leaf, place)
        case Pitch():
            return voice.pitch(leaf, place)
        case FlowFollowed():
            return followed(leaf, place, known)
