"""Warnings about what is recognised in one language only, in a checklist for calls in another."""

from collections.abc import Iterator

from speechqa.authoring.checking.source import Source, warning
from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.facts import Entity, Stated
from speechqa.checklist.operators.voice import ToneHeard
from speechqa.errors import Fault
from speechqa.matching.things.english import ENTITIES, FACTS
from speechqa.text import MANDARIN


def only_in_mandarin(read: Source) -> Iterator[Fault]:
    """An operator that stays unknown in calls of the checklist's language."""
    if read.checklist.language == MANDARIN:
        return
    for one in read.asked():
        key, what = _unheard(one.leaf)
        if not key:
            continue
        yield warning(
            "only-mandarin",
            read.key_of(one.node, key),
            f"{what} 目前只能识别中文通话，在这份质检表 (language: {read.checklist.language}) 里永远是待定；"
            "请改用 phrases 或 pattern 写出要听的话",
            f"{what} is recognised in Mandarin calls only and stays unknown in this checklist (language: "
            f"{read.checklist.language}); write what is to be heard with phrases or pattern",
        )


def _unheard(leaf: Leaf) -> tuple[str, str]:
    """The key of an operator that English calls have no reader for, and what of it; empty for others."""
    match leaf:
        case ToneHeard():
            return "tone", "tone"
        case Entity() if leaf.kind not in ENTITIES:
            return "entity", f"entity: {leaf.kind}"
        case Stated() if leaf.kind not in FACTS:
            return "stated", f"stated as: {leaf.kind}"
        case _:
            return "", ""
