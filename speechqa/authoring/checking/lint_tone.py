"""Warnings about tones that nobody in the place can have."""

from collections.abc import Iterator

from speechqa.authoring.checking.source import Source, warning
from speechqa.call import Role
from speechqa.checklist.operators.voice import ToneHeard
from speechqa.errors import Fault
from speechqa.tone.labels import HOSTILE, LABELS
from speechqa.tone_words import TONES, either


def tones_of_nobody(read: Source) -> Iterator[Fault]:
    """A tone of the other side than `by` says, which never occurs; friendly ones that should be in words."""
    for one in read.asked():
        leaf = one.leaf
        if not isinstance(leaf, ToneHeard):
            continue
        for label in leaf.labels:
            side = next(role for role, labels in LABELS.items() if label in labels)
            if leaf.scope.by not in (None, side):
                whose = ("坐席", "an agent's") if side is Role.AGENT else ("客户", "a customer's")
                yield warning(
                    "tone-of-nobody",
                    read.value_of(one.node, "tone"),
                    f"“{label}”（{TONES[label].zh}）是{whose[0]}才有的语气，by: {leaf.scope.by} 永远听不到；"
                    f"可用的有 {'、'.join(LABELS[leaf.scope.by])}",
                    f'"{label}" is {whose[1]} tone and is never heard by: {leaf.scope.by}; '
                    f"there are {', '.join(LABELS[leaf.scope.by])}",
                )
        if leaf.in_words and not HOSTILE.intersection(leaf.labels):
            told = either(tuple(label for labels in LABELS.values() for label in labels if label in HOSTILE))
            yield warning(
                "tone-of-nobody",
                read.key_of(one.node, "in_words"),
                f"in_words 只用于{told.zh}，这里永远听不到；请去掉 in_words",
                f"in_words is for tones that are {told.en}; this is never heard: leave it out",
            )
