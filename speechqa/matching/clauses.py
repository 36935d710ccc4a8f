"""Clauses and sentences of a turn, as spans of its normalised view."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from speechqa.matching.conversation import Conversation, Span

_CLAUSE_ENDS = re.compile(r"[。！？!?；;，,、…—：:]|(?<!\d)\.|\.(?!\d)|(?<=[^\x00-\x7f])\s+")
_SENTENCE_ENDS = re.compile(r"[。！？!?；;…]")


def clauses(turn: int, conversation: Conversation) -> list[Span]:
    """The words between two marks of punctuation, or blanks where a recogniser writes those."""
    return list(_parts(turn, conversation, _CLAUSE_ENDS))


def sentences(turn: int, conversation: Conversation) -> list[Span]:
    """The words up to each full stop; the whole turn where there is none."""
    return list(_parts(turn, conversation, _SENTENCE_ENDS))


def _parts(turn: int, conversation: Conversation, ends: "re.Pattern[str]") -> Iterator[Span]:
    view, text = conversation.normals[turn], conversation.turns[turn].text
    marks = (bisect_left(view.offsets, mark.start()) for mark in ends.finditer(text))
    for start, end in pairwise((0, *marks, len(view.text))):
        if start < end:
            yield Span(turn, start, end)
