"""What operators that measure have in common: values with their evidence, and what they come to.

A value that cannot be known to the end has a least and a most: a share of speech while somebody's role is
unknown, a speed while pauses are. It is in a range when both are, and out of it when the range has nothing
between them; else nobody knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from speechqa.assessment import Hit, Measure, Witness
from speechqa.call import HoldKind, Message, Role, Seconds
from speechqa.checklist.ranges import Range
from speechqa.matching.bounds import EXACT
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import Place
from speechqa.spans import Span, clipped, length

NO_WORD_TIMES = Message(
    "转写稿没有逐字时间，句中的停顿无从知道，需人工听",
    "the transcript has no times of words, so pauses inside a turn are unknown; needs a listener",
)
MONO = Message(
    "单声道录音，两人的声音混在一起，需人工听",
    "mono recording: both voices are in one channel; needs a listener",
)
_TURN_TIMES = 0.9  # confidence of a time that is a turn's and no word's
_LONGEST_QUOTE = 30  # characters
SIDES = {Role.AGENT: Role.CUSTOMER, Role.CUSTOMER: Role.AGENT}
WHO = {Role.AGENT: Message("坐席", "the agent"), Role.CUSTOMER: Message("客户", "the customer")}


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value measured in the call, and where. `doubt` says why it is not known, or may not count."""

    least: float
    most: float
    hit: Hit
    doubt: Message | None = None

    def truth(self, wanted: Range) -> Truth:
        """Whether the value lies in a range."""
        truth = within(wanted, self.least, self.most)
        doubtful = self.least == self.most and self.doubt is not None
        return Truth.UNKNOWN if truth is Truth.TRUE and doubtful else truth


def within(wanted: Range, least: float, most: float) -> Truth:
    """Whether a value between two others, as exact as they can be measured, lies in a range."""
    least, most = round(least, EXACT), round(most, EXACT)
    if wanted.holds(least) and wanted.holds(most):
        return Truth.TRUE
    low = wanted.low if wanted.low is not None else least
    high = wanted.high if wanted.high is not None else most
    touching = max(low, least) <= min(high, most) if least < most else False
    return Truth.UNKNOWN if touching else Truth.FALSE


def settled(
    found: Sequence[Measurement], wanted: Range, place: Place, count: int = 1, blind: Message | None = None
) -> Outcome:
    """Whether `count` of the measurements lie in a range; `blind`: why others may be missing from them.

    The near misses are those in the range, if too few, then the one that is nearest to it.
    """
    truths = [(one, one.truth(wanted)) for one in found]
    hits = tuple(one.hit for one, truth in truths if truth is Truth.TRUE)
    doubted = [one for one, truth in truths if truth is Truth.UNKNOWN]
    doubts = tuple(one.hit for one in doubted)
    if len(hits) >= count:
        confidence = sorted((hit.confidence for hit in hits), reverse=True)[count - 1]
        return Outcome(Truth.TRUE, confidence, hits, doubts)
    outside = [one for one, truth in truths if truth is Truth.FALSE]
    near = hits + tuple(one.hit for one in sorted(outside, key=lambda one: _distance(wanted, one))[:1])
    if len(hits) + len(doubts) >= count:
        reason = next((one.doubt for one in doubted if one.doubt is not None), None)
        return Outcome(Truth.UNKNOWN, 0.0, doubts=doubts, near=near, blind=reason or NO_WORD_TIMES)
    if blind is not None:
        return Outcome(Truth.UNKNOWN, 0.0, doubts=doubts, near=near, blind=blind)
    return Outcome(Truth.FALSE, (1 + place.sure) / 2, near=near)


def unknown(hit: Hit, why: Message) -> Outcome:
    """What comes of a measure that nobody can trust; it is still shown."""
    return Outcome(Truth.UNKNOWN, 0.0, near=(hit,), blind=why)


def at_turn(
    conversation: Conversation, turns: tuple[int, ...], span: Span, wanted: Range, measure: Measure
) -> Hit:
    """Evidence measured at some turns, of which the last is the one it belongs to.

    It is as sure as the words of these turns, and less where the turns have no times of words.
    """
    last = conversation.turns[turns[-1]]
    words = conversation.sureness(frozenset(turns), 0.0, float("inf"))
    exact = all(conversation.turns[turn].words for turn in turns)
    confidence = (1 + (1.0 if words is None else words)) / 2 * (1.0 if exact else _TURN_TIMES)
    sure = round(confidence, 3)
    return Hit(last.role, *span, "", wanted.written, Witness.AUDIO, sure, turns[-1], measure=measure)


def of_part(place: Place, wanted: Range, measure: Measure) -> Hit:
    """Evidence measured over the whole of a place, and at no turn."""
    sure = round((1 + place.sure) / 2, 3)
    role = place.by or Role.UNKNOWN
    return Hit(role, *part(place), "", wanted.written, Witness.AUDIO, sure, measure=measure)


def part(place: Place) -> Span:
    """From when to when a place is, inside the recording."""
    start = max(0.0, place.start)
    return start, max(start, min(place.end, place.conversation.duration))


def held(conversation: Conversation, span: Span) -> dict[HoldKind, Seconds]:
    """How long the customer is on hold within a time, by what is heard meanwhile."""
    holds = conversation.holds
    return {
        kind: length(clipped(((hold.start, hold.end) for hold in holds if hold.kind is kind), *span))
        for kind in HoldKind
    }


def of_it_on_hold(told: Message, conversation: Conversation, span: Span) -> Message:
    """A measure of waiting, with how much of it was spent on hold, if any."""
    seconds = sum(held(conversation, span).values())
    if seconds <= 0:
        return told
    return Message(
        f"{told.zh}（其中在线等待 {seconds:.1f} 秒）", f"{told.en} ({seconds:.1f} s of it on hold)"
    )


def shortened(text: str) -> str:
    """The words beside a measure, as far as a reader needs them."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def missing_side(conversation: Conversation) -> Role | None:
    """The side that said nothing while the other did; None where both spoke, or nobody knows who did."""
    known = conversation.speakers
    if Role.UNKNOWN in known or len(known) != 1:
        return None
    return SIDES[next(iter(known))]


def _distance(wanted: Range, one: Measurement) -> float:
    below = wanted.low - one.most if wanted.low is not None else 0.0
    above = one.least - wanted.high if wanted.high is not None else 0.0
    return max(below, above)
