"""Finding what a pattern looks for where a recogniser may have misheard it.

Words that the recogniser was sure of are compared as they are spelt, the others as they sound (`sounding`):
营业听 is 营业厅 where 听 is unsure. What is found so proves nothing and accuses nobody. It is asked for
before somebody is accused of not having said it, and is then a listener's to decide.

An expression is a class of sentences, and so is met by chance sooner than a phrase: what a syllable tells is
how few of the expression's own syllables would do in its place, and what stands there for `.` tells nothing.
To let one syllable be wrong was tried: places that need it are hardly likelier to have the words than any
other (4 % of 47,000 under simulated errors, against 26 % of those that sound alike with 14 to 18 bits).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import exp, log2
from typing import NamedTuple

from speechqa.checklist.operators.words import Pattern
from speechqa.matching.by_pattern import excepted
from speechqa.matching.conversation import SEAM, Conversation, Span
from speechqa.matching.searching import Text
from speechqa.matching.sounding import NONE, asked_for, sounding
from speechqa.sound import share

UNSURE = 0.8  # confidence of a word under which it may be another one that sounds alike
UNCLEAR = 0.6  # confidence of a word that is probably another one
MIN_UNCLEAR = 2  # of them in a sentence that may have been any
MIN_BITS = 12.0  # that the syllables of a match must tell: one in five was said then, and of fewer one in ten
MIN_TELLING = 2  # of them must tell something
_START, _BY_BITS = -3.3, 0.155  # log odds that it was said, by bits; counted under simulated errors


@dataclass(frozen=True, slots=True)
class Alike:
    """Where an expression was found by sound, and the probability that it was said there."""

    span: Span
    confidence: float


class _Sentence(NamedTuple):
    """The view of a sentence, and where in the turn's view it begins."""

    turn: int
    start: int
    sound: str


class _Told(NamedTuple):
    """What the syllables of a match tell."""

    bits: float
    syllables: int

    @property
    def enough(self) -> bool:
        return self.bits >= MIN_BITS and self.syllables >= MIN_TELLING

    @property
    def confidence(self) -> float:
        return round(1 / (1 + exp(-(_START + _BY_BITS * self.bits))), 3)


class Misheard:
    """One conversation as its recogniser may have misheard it."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._heard: dict[int, list[_Sentence]] = {}  # by turn
        self._views: dict[frozenset[int], tuple[list[_Sentence], list[int], Text]] = {}

    def places(self, condition: Pattern, turns: frozenset[int]) -> Iterator[Alike]:
        """Where some turns sound as the expression asks, and `but_not` is not in the clause.

        No match goes beyond a sentence, and ^ and $ mean its edges.
        """
        for span, sentence in self._sounding(condition.expression, turns):
            if excepted(condition, span, self._conversation):  # first: most are, and what it tells costs more
                continue
            first, last = span.start - sentence.start, span.end - sentence.start
            told = _told(condition.expression, sentence.sound, first, last)
            if told.enough:
                yield Alike(span, told.confidence)

    def _sounding(self, expression: str, turns: frozenset[int]) -> Iterator[tuple[Span, _Sentence]]:
        """Where some turns sound so, and in which sentence."""
        sentences, ends, sound = self._joined(turns)
        for first, last in _matches(expression, sound):
            number = bisect_right(ends, first)
            sentence = sentences[number]
            at = sentence.start - (ends[number] - len(sentence.sound) - 1)
            if last - first >= MIN_TELLING:
                yield Span(sentence.turn, at + first, at + last), sentence

    def _joined(self, turns: frozenset[int]) -> tuple[list[_Sentence], list[int], Text]:
        """The sentences of some turns, where each ends in their joined view, and that view."""
        if turns not in self._views:
            sentences = [one for turn in sorted(turns) for one in self._sentences(turn)]
            ends = list(accumulate(len(one.sound) + 1 for one in sentences))
            self._views[turns] = sentences, ends, Text(SEAM.join(one.sound for one in sentences))
        return self._views[turns]

    def unclear(self, turn: int) -> bool:
        """Whether nobody can tell what the last sentence of a turn was."""
        sentences = self._sentences(turn)
        last = sentences[-1].start if sentences else 0
        return sum(self._conversation.unsure(turn, UNCLEAR)[last:]) >= MIN_UNCLEAR

    def _sentences(self, turn: int) -> "list[_Sentence]":
        """Those of a turn, each unsure character as the symbol of its folded syllable."""
        if turn not in self._heard:
            first, end = self._conversation.stretch(turn)
            view, unsure = self._conversation.text[first:end], self._conversation.unsure(turn, UNSURE)
            if any(unsure):
                characters = zip(view, self._conversation.folded[first:end], unsure, strict=True)
                view = "".join([sound if doubted else one for one, sound, doubted in characters])
            edges = [0]
            while edges[-1] < len(view):
                edges.append(self._conversation.sentence_end(first + edges[-1]) - first)
            self._heard[turn] = [_Sentence(turn, start, view[start:stop]) for start, stop in pairwise(edges)]
        return self._heard[turn]


def _matches(expression: str, sound: Text) -> list[tuple[int, int]]:
    """Non-empty matches in lines of a view."""
    searched = sounding(expression)
    if searched is None:
        return []
    return [(start, end) for start, end in searched.of(sound)(0, len(sound.text)) if start < end]


@lru_cache(maxsize=1 << 12)  # several rules ask for one moment
def _told(expression: str, sound: str, start: int, end: int) -> _Told:
    """What the syllables of a match tell: nothing where any other would do."""
    bits, syllables, asked = 0.0, 0, asked_for(expression)
    for place in range(start, end):
        if _instead(expression, sound, place, (NONE,)):
            continue
        would_do = sum(map(share, _instead(expression, sound, place, asked)))
        bits -= log2(would_do) if would_do else 0.0
        syllables += 1
    return _Told(bits, syllables)


def _instead(expression: str, sound: str, place: int, symbols: tuple[str, ...]) -> list[str]:
    """Which of some symbols would do in a place of a view: there would still be a match over it."""
    before, behind = sound[:place], sound[place + 1 :]
    lines = Text(SEAM.join(before + one + behind for one in symbols))
    width = len(sound) + len(SEAM)
    return [
        symbols[start // width]
        for start, end in _matches(expression, lines)
        if start % width <= place < start % width + end - start
    ]
