"""What a condition listens for, in a few words, as the rule's author named it."""

from speechqa.call import Message
from speechqa.checklist.events import Happened, Spoke
from speechqa.checklist.facts import Entity, Metadata, Stated
from speechqa.checklist.flows import FlowFollowed
from speechqa.checklist.operators import Leaf
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.replies import Answered
from speechqa.checklist.timing import Interruption, Measured, ResponseTime, Silence, SpeakingRate
from speechqa.checklist.voice import Loudness, Pitch, ToneHeard
from speechqa.checklist.words import Like, Pattern, Phrases, Repeat


def name(leaf: Leaf) -> Message:
    """The operator as part of a sentence: 没有听到……"""
    match leaf:
        case Happened():
            return _same(f"“{leaf.moment}”")
        case Phrases(wanted=wanted) | Like(examples=wanted):
            return _wordings(wanted)
        case Pattern():
            return _same(f"“{leaf.means or leaf.expression}”")
        case Repeat():
            return Message(f"同一句话说 {leaf.times} 遍", f"the same thing said {leaf.times} times")
        case Answered():
            return Message(f"对“{leaf.question}”的答复", f"such a reply to “{leaf.question}”")
        case Spoke():
            return Message("说话", "speech")
        case Metadata() | Stated():
            return _same(leaf.field)
        case Entity():
            return _same(leaf.kind)
        case Silence():
            return Message(f"静默（{leaf.length.written}）", f"silence ({leaf.length.written})")
        case ResponseTime():
            return Message(f"等待（{leaf.length.written}）", f"a wait ({leaf.length.written})")
        case SpeakingRate():
            return Message(f"语速（{leaf.rate.written}）", f"speaking rate ({leaf.rate.written})")
        case Interruption():
            return Message(f"插话（{leaf.overlap.written}）", f"an interruption ({leaf.overlap.written})")
        case Measured():
            return _same(f"{leaf.measure} {leaf.range.written}")
        case ToneHeard():
            return _same("、".join(leaf.labels))
        case Loudness():
            return Message(f"音量（{leaf.above.written}）", f"loudness ({leaf.above.written})")
        case Pitch():
            return Message(f"音高（{leaf.above.written}）", f"pitch ({leaf.above.written})")
        case FlowFollowed():
            return _same(f"“{leaf.step or leaf.flow}”")


def _wordings(wanted: tuple[Phrase, ...]) -> Message:
    some = "".join(f"“{phrase.text}”" for phrase in wanted[:2])
    return Message(f"{some}等说法", f"{some} or the like")


def _same(text: str) -> Message:
    return Message(text, text)
