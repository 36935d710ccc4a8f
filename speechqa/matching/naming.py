"""What a condition listens for, in a few words, as the rule's author named it."""

from speechqa.call import Message
from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.events import Happened, Spoke
from speechqa.checklist.operators.facts import Entity, EntityKind, Metadata, Stated
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.timing import Interruption, Measured, ResponseTime, Silence, SpeakingRate
from speechqa.checklist.operators.voice import Loudness, Pitch, ToneHeard
from speechqa.checklist.operators.words import Like, Pattern, Phrases, Repeat
from speechqa.checklist.phrases import Phrase
from speechqa.matching.bounds import MEASURES, bounds
from speechqa.tone_words import either

_ENTITIES = {
    EntityKind.PHONE: Message("电话号码", "a telephone number"),
    EntityKind.ID_CARD: Message("身份证号", "an identity card number"),
    EntityKind.BANK_CARD: Message("银行卡号", "a bank card number"),
    EntityKind.AMOUNT: Message("金额", "an amount"),
    EntityKind.DATE: Message("日期", "a date"),
    EntityKind.HOTLINE: Message("热线号码", "a hotline number"),
    EntityKind.STAFF_NUMBER: Message("工号", "a staff number"),
}


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
            return _ENTITIES[leaf.kind]
        case Silence():
            return _bounded(leaf, Message("静默", "silence"))
        case ResponseTime():
            return _bounded(leaf, Message("等待", "a wait"))
        case SpeakingRate():
            return _bounded(leaf, Message("语速", "a speed"))
        case Interruption():
            return _bounded(leaf, Message("抢话", "an interruption"))
        case Measured():
            return _bounded(leaf, MEASURES[leaf.measure])
        case ToneHeard():
            told = either(leaf.labels)
            return Message(f"{told.zh}的语气", f"a tone that is {told.en}")
        case Loudness():
            return _bounded(leaf, Message("比平时响的话", "words louder than usual"))
        case Pitch():
            return _bounded(leaf, Message("比平时高的话", "words higher than usual"))
        case FlowFollowed():
            return _same(f"“{leaf.step or leaf.flow}”")


def _wordings(wanted: tuple[Phrase, ...]) -> Message:
    some = "".join(f"“{phrase.text}”" for phrase in wanted[:2])
    return Message(f"{some}等说法", f"{some} or the like")


def _bounded(leaf: Leaf, measured: Message) -> Message:
    wanted = bounds(leaf)
    return Message(f"{measured.zh}（{wanted.zh}）", f"{measured.en} ({wanted.en})") if wanted else measured


def _same(text: str) -> Message:
    return Message(text, text)
