"""The operators on words: `phrases` and `pattern`.

A phrase is true by text or by sound. What is not quite there is a *doubt* when a recogniser made
the words (it may have misheard), and only a near miss when the words are a person's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from speechqa.call import Hit, Witness
from speechqa.checklist.operators import Pattern, Phrase, Phrases
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place

if TYPE_CHECKING:
    from speechqa.matching.by_sound import Heard

SURE_WORDS = 0.8  # mean confidence of words that are taken as they are spelt: what they resemble is no doubt
_MOST_NEAR = 3  # near misses told

_NEGATED = re.compile(
    r"(?:不(?!但|仅|只|光|管)|没(?!问题)|别|未|无法|谁也|哪敢|怎么敢|难以|禁止|并非)[^，。！？；,.!?;]{0,8}$"
)
_QUOTED = re.compile(
    r"(?:[您你]|客户|有人|他们)(?:刚才|刚刚|之前|是|要)?(?:说|讲|问|提|担心|以为|觉得|听)[^，。！？；,.!?;]{0,12}$"
)
_BREAK = re.compile(r"[，。！？；、,.!?;]")


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that a condition wants, and where it was heard or nearly heard."""

    order: int  # of the phrase among those of the condition
    phrase: Phrase
    places: "tuple[Heard, ...]"


class Ears:
    """Where the phrases of a checklist were heard in one conversation; nothing of those that were not."""

    def __init__(self, wanting: "Wanting", heard: "Mapping[str, tuple[Heard, ...]]") -> None:
        self.heard = heard  # by the phrase's text
        self._said: dict[int, list[Said]] = defaultdict(list)  # by the id of the condition
        for text, places in heard.items():
            for condition, order, phrase in wanting.of(text):
                self._said[condition].append(Said(order, phrase, places))

    def said(self, condition: Phrases) -> list[Said]:
        """What was heard of the phrases that a condition of the checklist wants, in its order."""
        return sorted(self._said.get(id(condition), ()), key=lambda said: said.order)


class Wanting:
    """Which conditions want a phrase: calls have few of a checklist's phrases, and many conditions ask."""

    def __init__(self, conditions: Iterable[Phrases]) -> None:
        self._kept = tuple(conditions)  # so that no other object gets their ids
        self._of: dict[str, list[tuple[int, int, Phrase]]] = defaultdict(list)
        for condition in self._kept:
            for order, phrase in enumerate(condition.wanted):
                self._of[phrase.text].append((id(condition), order, phrase))

    def of(self, text: str) -> Sequence[tuple[int, int, Phrase]]:
        """Id of the condition, place of the phrase among its phrases, the phrase."""
        return self._of.get(text, ())


def phrases(condition: Phrases, place: Place, ears: Ears) -> Outcome:
    """Whether enough of the wanted phrases were said in the place."""
    conversation = place.conversation
    sure: dict[Hit, Phrase] = {}
    unsure: list[Hit] = []
    near: list[Hit] = []
    excepted: list[Span] | None = None
    for said in ears.said(condition):
        for heard in said.places:
            span = conversation.span(heard.start, heard.end)
            if span.turn not in place.turns and span.turn not in place.doubtful:
                continue
            if excepted is None:
                excepted = _spans(condition.not_inside, conversation, ears)
            if _inside(span, excepted) or _excused(span, condition, conversation):
                continue
            hit = conversation.hit(span, said.phrase.text, heard.by, heard.confidence)
            if place.may_hold(hit):
                unsure.append(hit)
            elif place.holds(hit):
                accepted = heard.enough and (heard.by is Witness.TEXT or condition.by_sound)
                if accepted:
                    sure[hit] = said.phrase
                elif conversation.confidence(span) < SURE_WORDS:
                    unsure.append(hit)
                else:
                    near.append(hit)
    hits = _apart(list(sure))
    if len({sure[hit] for hit in sure}) >= condition.at_least and len(hits) >= condition.min_hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits), doubts=_best(unsure))
    return place.without(_best(unsure), _best(near))


def pattern(condition: Pattern, place: Place) -> Outcome:
    """Whether the expression is found in a turn of the place; no match goes beyond a sentence.

    `but_not` looks at the clause around a match.
    """
    conversation = place.conversation
    excluded = _compiled(condition.but_not) if condition.but_not else None
    wanted = condition.means or condition.expression
    hits: list[Hit] = []
    unsure: list[Hit] = []
    for span in _matches(condition, conversation, place.turns | place.doubtful):
        found = hits if span.turn in place.turns else unsure if span.turn in place.doubtful else None
        if found is None:
            continue
        hit = conversation.hit(span, wanted, Witness.TEXT, 1.0)
        if not place.covers(hit.start, hit.end):
            continue
        if excluded is None or not excluded.search(conversation.clause(span).encode()):
            found.append(hit)
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits))
    return place.without(tuple(unsure))


@lru_cache(maxsize=256)
def _compiled(expression: str) -> "re.Pattern[bytes]":
    """The expression over UTF-8, its ^ and $ meaning the edges of a turn in the joined view.

    Over text, the library encodes all of it for every search.
    """
    import re2

    options = re2.Options()
    options.never_capture = True  # spans of groups cost more than the search
    options.never_nl = True  # [^不] is no seam between two turns
    return re2.compile(f"(?m){expression}".encode(), options)  # type: ignore[no-any-return]


def _spans(excepted: tuple[Phrase, ...], conversation: Conversation, ears: Ears) -> list[Span]:
    return [
        conversation.span(heard.start, heard.end)
        for phrase in excepted
        for heard in ears.heard.get(phrase.text, ())
        if heard.by is Witness.TEXT
    ]


def _inside(span: Span, excepted: list[Span]) -> bool:
    return any(
        other.turn == span.turn and other.start <= span.start and span.end <= other.end for other in excepted
    )


def _excused(span: Span, condition: Phrases, conversation: Conversation) -> bool:
    """Whether the clause before the hit denies it or quotes the other side."""
    if not (condition.unless_negated or condition.unless_quoted):
        return False
    first, _ = conversation.normals[span.turn].source_span(span.start, span.end)
    clause = _BREAK.split(conversation.turns[span.turn].text[:first])[-1]
    denied = condition.unless_negated and _NEGATED.search(clause)
    return bool(denied or (condition.unless_quoted and _QUOTED.search(clause)))


def _matches(condition: Pattern, conversation: Conversation, turns: Set[int]) -> Iterator[Span]:
    """Non-empty matches from the first of the turns to the last, none beyond its sentence."""
    searched, text = _compiled(condition.expression), conversation.encoded(condition.scope.by)
    at_byte, place_of = conversation.byte_of, conversation.place_of
    at, stop = conversation.stretch(turns)
    while at < stop and (match := searched.search(text, at_byte(at), at_byte(stop))):
        start, last = map(place_of, match.span())
        if start >= stop:  # an empty match at the end
            return
        end = conversation.sentence_end(start)
        if last > end:
            match = searched.search(text, at_byte(start), at_byte(end))
            start, last = map(place_of, match.span()) if match else (end, end)
        if last == start:
            at = max(last, at) + (match is not None)
            continue
        yield conversation.span(start, last)
        at = last


def _apart(hits: list[Hit]) -> list[Hit]:
    """One hit a place: of overlapping ones the surest, then the longest; in order of time."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.confidence, hit.start - hit.end)):
        if not any(
            hit.turn == other.turn and hit.start < other.end and other.start < hit.end for other in kept
        ):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def _best(hits: list[Hit]) -> tuple[Hit, ...]:
    if not hits:
        return ()
    best = sorted(_apart(hits), key=lambda hit: -hit.confidence)[:_MOST_NEAR]
    return tuple(sorted(best, key=lambda hit: hit.start))
