"""The operators on words: `phrases` and `pattern`.

A phrase is true by text or by sound. What is not quite there is a *doubt* when a recogniser made
the words (it may have misheard), and only a near miss when the words are a person's.
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from typing import Protocol

from speechqa.call import Hit, Message, Role, Witness
from speechqa.checklist.operators import Pattern, Phrase, Phrases
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.hearing import Heard
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place

SURE_WORDS = 0.8  # mean confidence of words that are taken as they are spelt: what they resemble is no doubt
WORD_FLOOR = 0.45  # mean word confidence under which nothing can be said to be missing
_MOST_NEAR = 3  # near misses told

_NEGATED = re.compile(
    r"(?:不(?!但|仅|只|光|管)|没(?!问题)|别|未|无法|谁也|哪敢|怎么敢|难以|禁止|并非)[^，。！？；,.!?;]{0,8}$"
)
_QUOTED = re.compile(
    r"(?:[您你]|客户|有人|他们)(?:刚才|刚刚|之前|是|要)?(?:说|讲|问|提|担心|以为|觉得|听)[^，。！？；,.!?;]{0,12}$"
)
_BREAK = re.compile(r"[，。！？；、,.!?;]")

ROLES_UNKNOWN = Message(
    "单声道录音，分不清谁在说话，需人工听", "mono recording: who speaks is not known; needs a listener"
)
WORDS_UNSURE = Message("识别不清，需人工听", "the words are too unsure; needs a listener")


class Ears(Protocol):
    """Where the phrases of the checklist were heard in the conversation; nothing of those that were not."""

    @property
    def heard(self) -> Mapping[str, tuple[Heard, ...]]: ...  # by the phrase's text


def phrases(condition: Phrases, place: Place, conversation: Conversation, ears: Ears) -> Outcome:
    """Whether enough of the wanted phrases were said in the place."""
    excepted = _spans(condition.not_inside, conversation, ears)
    sure: dict[Hit, Phrase] = {}
    unsure: list[Hit] = []
    near: list[Hit] = []
    for phrase in [phrase for phrase in condition.wanted if phrase.text in ears.heard]:
        for heard in ears.heard[phrase.text]:
            span = conversation.span(heard.start, heard.end)
            elsewhere = span.turn not in place.turns and span.turn not in place.doubtful
            if elsewhere or _inside(span, excepted) or _excused(span, condition, conversation):
                continue
            hit = conversation.hit(span, phrase.text, heard.by, heard.confidence)
            if place.may_hold(hit):
                unsure.append(hit)
            elif place.holds(hit):
                accepted = heard.enough and (heard.by is Witness.TEXT or condition.by_sound)
                if accepted:
                    sure[hit] = phrase
                elif conversation.confidence(span) < SURE_WORDS:
                    unsure.append(hit)
                else:
                    near.append(hit)
    hits = _apart(list(sure))
    if len({sure[hit] for hit in sure}) >= condition.at_least and len(hits) >= condition.min_hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits), doubts=_best(unsure))
    return _not_heard(place, conversation, condition.scope.by, _best(unsure), _best(near))


def pattern(condition: Pattern, place: Place, conversation: Conversation) -> Outcome:
    """Whether the expression is found in a turn of the place; no match goes beyond a sentence.

    `but_not` looks at the clause around a match.
    """
    excluded = _compiled(condition.but_not) if condition.but_not else None
    hits: list[Hit] = []
    unsure: list[Hit] = []
    for span in _matches(condition, conversation, place.turns | place.doubtful):
        found = hits if span.turn in place.turns else unsure if span.turn in place.doubtful else None
        if found is None or not place.covers(*conversation.times(span)):
            continue
        if excluded is None or not excluded.search(conversation.clause(span).encode()):
            wanted = condition.means or condition.expression
            found.append(conversation.hit(span, wanted, Witness.TEXT, 1.0))
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits))
    return _not_heard(place, conversation, condition.scope.by, tuple(unsure), ())


def blindness(place: Place, conversation: Conversation, by: Role | None) -> Message | None:
    """Why nothing can be said to be missing from a place; None when it can."""
    if place.doubtful:
        return ROLES_UNKNOWN
    if by is not None and by not in conversation.speakers():
        side = Message("坐席", "agent") if by is Role.AGENT else Message("客户", "customer")
        return Message(
            f"{side.zh}一侧没有语音，需人工听",
            f"no speech on the {side.en}'s side; needs a listener",
        )
    confidence = conversation.sureness(place.turns, place.start, place.end)
    return WORDS_UNSURE if confidence is not None and confidence < WORD_FLOOR else None


def _not_heard(
    place: Place, conversation: Conversation, by: Role | None, doubts: tuple[Hit, ...], near: tuple[Hit, ...]
) -> Outcome:
    blind = blindness(place, conversation, by)
    if blind is None and not doubts:
        closest = max((hit.confidence for hit in near), default=0.0)
        sure = conversation.sureness(place.turns, place.start, place.end)
        return Outcome(Truth.FALSE, (1.0 if sure is None else sure) * (1.0 - closest / 4), near=near)
    surest = max((hit.confidence for hit in doubts), default=0.0)
    return Outcome(Truth.UNKNOWN, round(surest, 3), doubts=doubts, near=near, blind=blind)


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
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.confidence, hit.start - hit.end)):
        if not any(
            hit.turn == other.turn and hit.start < other.end and other.start < hit.end for other in kept
        ):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def _best(hits: list[Hit]) -> tuple[Hit, ...]:
    best = sorted(_apart(hits), key=lambda hit: -hit.confidence)[:_MOST_NEAR]
    return tuple(sorted(best, key=lambda hit: hit.start))
