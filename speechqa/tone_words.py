"""What people call each tone."""

from collections.abc import Mapping
from types import MappingProxyType

from speechqa.call import Message, ToneLabel

TONES: Mapping[ToneLabel, Message] = MappingProxyType(
    {
        ToneLabel.WARM: Message("热情礼貌", "warm"),
        ToneLabel.NEUTRAL: Message("平稳", "neutral"),
        ToneLabel.COLD: Message("冷淡", "cold"),
        ToneLabel.IMPATIENT: Message("不耐烦", "impatient"),
        ToneLabel.RUDE: Message("粗鲁", "rude"),
        ToneLabel.CALM: Message("平静", "calm"),
        ToneLabel.CONFUSED: Message("疑惑", "confused"),
        ToneLabel.DISSATISFIED: Message("不满", "dissatisfied"),
        ToneLabel.ANGRY: Message("愤怒", "angry"),
        ToneLabel.STRONG_REFUSAL: Message("强烈拒绝", "strong refusal"),
    }
)

PLAIN = frozenset({ToneLabel.NEUTRAL, ToneLabel.CALM})
TENSE = frozenset(ToneLabel) - PLAIN - {ToneLabel.WARM, ToneLabel.CONFUSED}  # what a supervisor looks for


def either(labels: tuple[ToneLabel, ...]) -> Message:
    """不耐烦或粗鲁."""
    return Message(
        "或".join(TONES[label].zh for label in labels), " or ".join(TONES[label].en for label in labels)
    )
