"""Operators on the voice in words."""

from speechqa.authoring.prose.deeds import Deed, brackets, joined
from speechqa.authoring.prose.ranges import bounds, times
from speechqa.authoring.prose.where import NOTHING
from speechqa.call import Message
from speechqa.checklist.operators.voice import Loudness, Pitch, ToneHeard
from speechqa.tone_words import either

_IN_WORDS = Message("用词明说的", "in so many words")


def tone(leaf: ToneHeard) -> Deed:
    """出现不耐烦或粗鲁的语气."""
    told = either(leaf.labels)
    many = leaf.turns > 1
    often = f" in at least {leaf.turns} turns" if many else ""
    sure = Message(f"把握 {leaf.min_confidence:.0%} 以上", f"{leaf.min_confidence:.0%} sure or more")
    return Deed(
        f"出现{f' {leaf.turns} 句以上' if many else ''}{told.zh}的语气",
        f"sounds {told.en}{often}",
        f"sound {told.en}{often}",
        brackets(sure, _IN_WORDS if leaf.in_words else NOTHING),
    )


def louder(leaf: Loudness | Pitch) -> Deed:
    """把声音提高超过 8 分贝（和自己平时比）."""
    loud = isinstance(leaf, Loudness)
    above = bounds(leaf.above, " 分贝" if loud else "%", " dB" if loud else " %")
    what = f"{'louder' if loud else 'higher'} than usual by {above.en}"
    aside = joined(times(leaf.count), Message("（和自己平时比）", ""))
    return Deed(f"把{'声音' if loud else '音调'}提高{above.zh}", f"speaks {what}", f"speak {what}", aside)
