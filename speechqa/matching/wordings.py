"""The operators on words: `phrases` and `pattern`.

A phrase is true by text or by sound. What is not quite there is a *doubt* when a recogniser made
the words (it may have misheard), and only a near miss when the words are a person's.
"""

import re

from speechqa.call import Hit, Witness
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.words import Pattern, Phrases
from speechqa.matching.by_pattern import excepted
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.ears import Ears
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place

SURE_WORDS = 0.8  # mean confidence of words that are taken as they are spelt: what they resemble is no doubt
_MOST_NEAR = 3  # near misses told

_NEGATED = re.compile(
    r"(?:不(?!但|仅|只|光|管)|没(?!问题)|别|未|无法|谁也|哪敢|怎么敢|难以|禁止|并非)[^，。！？；,.!?;]{0,8}$"
)
_QUOTED = re.compile(
    r"(?:[您你]|客户|有人|他们)(?:刚才|刚刚|之前|是|要)?(?:说|讲|问|提|担心|以为|觉得|听)[^，。！？；,.!?;]{0,12}$"
)
_BREAK = re.compile(r"[，。！？；、,.!?;]")


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


def pattern(condition: Pattern, place: Place, ears: Ears) -> Outcome:
    """Whether the expression is found in a turn of the place, and `but_not` not in that clause."""
    wanted = condition.means or condition.expression
    hits: list[Hit] = []
    unsure: list[Hit] = []
    for span in ears.matches(condition, place.turns | place.doubtful if place.doubtful else place.turns):
        found = hits if span.turn in place.turns else unsure
        hit = place.conversation.hit(span, wanted, Witness.TEXT, 1.0)
        if place.covers(hit.start, hit.end) and not excepted(condition, span, place.conversation):
            found.append(hit)
    if hits:
        return Outcome(Truth.TRUE, max(hit.confidence for hit in hits), tuple(hits))
    return place.without(tuple(unsure))


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
