"""Each operator as a sentence that can be read aloud, said and denied: 坐席说“您好” / 坐席没有说“您好”."""

from speechqa.authoring.prose import facts, timing, voice, words
from speechqa.authoring.prose.deeds import Deed, joined, told
from speechqa.authoring.prose.where import NOTHING, SIDES, if_never, where
from speechqa.call import Message
from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.events import Happened, Spoke
from speechqa.checklist.operators.facts import Entity, Metadata, Stated
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.timing import Interruption, Measured, ResponseTime, Silence, SpeakingRate
from speechqa.checklist.operators.voice import Loudness, Pitch, ToneHeard
from speechqa.checklist.operators.words import Like, Pattern, Phrases, Repeat


def sentence(leaf: Leaf, holds: bool = True) -> Message:
    """The operator as a sentence; with `holds` false, that it does not hold."""
    said = _sentence(leaf, holds)
    return joined(
        said if isinstance(said, Message) else told(leaf.scope, said, holds), if_never(leaf.scope, holds)
    )


def _sentence(leaf: Leaf, holds: bool) -> Message | Deed:
    match leaf:
        case Phrases():
            return words.phrases(leaf)
        case Pattern():
            return words.pattern(leaf)
        case Like():
            return words.like(leaf)
        case Repeat():
            return words.repeat(leaf)
        case Answered():
            return words.answered(leaf, holds)
        case Happened():
            return _happened(leaf, holds)
        case Spoke():
            return Deed("说话", "speaks", "speak")
        case Metadata():
            return facts.compared(leaf, holds)
        case Entity():
            return facts.entities(leaf)
        case Stated():
            return facts.stated(leaf)
        case Silence():
            return timing.silence(leaf, holds)
        case ResponseTime():
            return timing.response(leaf)
        case SpeakingRate():
            return timing.rate(leaf, holds)
        case Interruption():
            return timing.interruption(leaf)
        case Measured():
            return timing.measured(leaf, holds)
        case ToneHeard():
            return voice.tone(leaf)
        case Loudness() | Pitch():
            return voice.louder(leaf)
        case FlowFollowed():
            return _followed(leaf, holds)


def _happened(leaf: Happened, holds: bool) -> Message:
    place = where(leaf.scope)
    by = SIDES[leaf.scope.by] if leaf.scope.by else NOTHING
    who = f" by {by.en}" if by.en else ""
    verb = "happens" if holds else "does not happen"
    return Message(
        f"{by.zh}{place.zh}{'' if holds else '没有'}出现“{leaf.moment}”",
        f"“{leaf.moment}”{who} {verb}{place.en}",
    )


def _followed(leaf: FlowFollowed, holds: bool) -> Message:
    place, name = where(leaf.scope), f"“{leaf.flow}”"
    if leaf.step is not None:
        return Message(
            f"{place.zh}话术流程{name}的“{leaf.step}”这一步{'做到了' if holds else '没有做到'}",
            f"step “{leaf.step}” of the script {name} is {'' if holds else 'not '}done{place.en}",
        )
    return Message(
        f"{place.zh}{'按' if holds else '没有按'}话术流程{name}走完",
        f"the script {name} is {'' if holds else 'not '}followed{place.en}",
    )
