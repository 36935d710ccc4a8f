"""Turning a scope into places of one conversation.

Order, always: time window (by word times) → anchors → role → slice of turns. An anchor that means
`each` or `any` occurrence gives one place per occurrence; the condition must then hold in every or
in one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from speechqa.assessment import Hit, Witness
from speechqa.call import Message, Role, Seconds, Turn
from speechqa.checklist.where import Anchor, IfNever, Scope, Slice, Unit, Which, Window
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import SKIPPED, Outcome, Truth, every, some

TOUCH = 0.05  # s: word edges that meet may overlap by this much


ROLES_UNKNOWN = Message(
    "单声道录音，分不清谁在说话，需人工听", "mono recording: who speaks is not known; needs a listener"
)
WORDS_UNSURE = Message("识别不清，需人工听", "the words are too unsure; needs a listener")
WORD_FLOOR = 0.45  # mean word confidence under which nothing can be said to be missing


@dataclass(frozen=True, eq=False)
class Place:
    """A stretch of the call and the turns of it that may count."""

    conversation: Conversation
    by: Role | None
    start: Seconds
    end: Seconds
    turns: frozenset[int]  # of the wanted role
    doubtful: frozenset[int]  # of unknown role, when a role was wanted
    anchored: float = 1.0  # confidence of the moments that bound it

    def holds(self, hit: Hit) -> bool:
        """Whether evidence lies here, by its own times."""
        return (hit.turn is None or hit.turn in self.turns) and self.covers(hit.start, hit.end)

    def may_hold(self, hit: Hit) -> bool:
        """Whether it would, if somebody of unknown role had the role."""
        if not self.doubtful or not (hit.turn is None or hit.turn in self.doubtful):
            return False
        return self.covers(hit.start, hit.end)

    def covers(self, start: Seconds, end: Seconds) -> bool:
        return self.start - TOUCH <= start and end <= self.end + TOUCH

    @cached_property
    def sure(self) -> float:
        """How sure the recogniser was of the words here; 1 where a person wrote them."""
        sure = self.conversation.sureness(self.turns, self.start, self.end)
        return 1.0 if sure is None else sure

    @cached_property
    def blind(self) -> Message | None:
        """Why nothing can be said to be missing here; None when it can."""
        return self.blind_to(self.by)

    def blind_to(self, by: Role | None) -> Message | None:
        """The same when it would be somebody else's."""
        if self.doubtful:
            return ROLES_UNKNOWN
        if by is not None and by not in self.conversation.speakers:
            side = Message("坐席", "agent") if by is Role.AGENT else Message("客户", "customer")
            return Message(
                f"{side.zh}一侧没有语音，需人工听",
                f"no speech on the {side.en}'s side; needs a listener",
            )
        return WORDS_UNSURE if self.sure < WORD_FLOOR else None

    def without(self, doubts: tuple[Hit, ...] = (), near: tuple[Hit, ...] = ()) -> Outcome:
        """What comes of something that was not heard here."""
        if self.blind is None and not doubts:
            closest = max((hit.confidence for hit in near), default=0.0)
            return Outcome(Truth.FALSE, self.sure * (1.0 - closest / 4), near=near)
        surest = max((hit.confidence for hit in doubts), default=0.0)
        return Outcome(Truth.UNKNOWN, round(surest, 3), doubts=doubts, near=near, blind=self.blind)


Occurrences = Callable[[str], Outcome]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a scope looks in one call, or what a condition is that has no place to look at."""

    found: tuple[Place, ...] = ()
    of_any: bool = False  # one place in which the condition holds is enough
    absent: Outcome | None = None
    perhaps: tuple[Hit, ...] = ()  # where an anchor happened if those of unknown role have the role
    otherwise: "Places | None" = None  # the places if it did

    def judged(self, judge: Callable[[Place], Outcome]) -> Outcome:
        """What the condition comes to in all of them."""
        if self.absent is not None:
            return self.absent
        outcomes = [_no_surer(judge(place), place.anchored) for place in self.found]
        outcome = outcomes[0] if len(outcomes) == 1 else (some if self.of_any else every)(outcomes)
        other = self.otherwise.judged(judge) if self.otherwise is not None else outcome
        if other.truth is outcome.truth:
            return outcome
        return Outcome(
            Truth.UNKNOWN, min(outcome.confidence, other.confidence), doubts=self.perhaps, blind=ROLES_UNKNOWN
        )


def _no_surer(outcome: Outcome, anchored: float) -> Outcome:
    """An outcome is no surer than the moment that says where to look."""
    return outcome if outcome.confidence <= anchored else replace(outcome, confidence=anchored)


def places(scope: Scope, conversation: Conversation, occurrences: Occurrences) -> Places:
    """The places of a scope; what the scope says when an anchor never happened."""
    found = _found(scope, conversation, occurrences)
    perhaps = _perhaps(scope, conversation, occurrences)
    if not perhaps or found.absent is not None:
        return found

    def with_them(moment: str) -> Outcome:
        outcome = occurrences(moment)
        return replace(outcome, hits=(*outcome.hits, *perhaps.get(moment, ())))

    every_one = tuple(hit for hits in perhaps.values() for hit in hits)
    return replace(found, perhaps=every_one, otherwise=_found(scope, conversation, with_them))


def _found(scope: Scope, conversation: Conversation, occurrences: Occurrences) -> Places:
    spans = [_window(scope.window, conversation)]
    for anchor in scope.anchors:
        outcome = occurrences(anchor.moment)
        hits = _chosen(anchor, outcome.hits)
        if not hits:
            return Places(absent=_absent(outcome, scope.if_never))
        narrow = _narrowing(anchor, scope)
        spans = [narrow(span, hit, scope.within) for span in spans for hit in hits]
    if scope.until is not None:
        ends = occurrences(scope.until)
        spans = [_until(span, ends) for span in spans]
    found = tuple(_place(span, scope, conversation) for span in spans)
    return Places(found, any(anchor.which is Which.ANY for anchor in scope.anchors))


def _perhaps(
    scope: Scope, conversation: Conversation, occurrences: Occurrences
) -> dict[str, tuple[Hit, ...]]:
    """By moment that bounds the scope: occurrences by speakers of unknown role."""
    if Role.UNKNOWN not in conversation.speakers:
        return {}
    found = {
        moment: tuple(hit for hit in occurrences(moment).doubts if hit.role is Role.UNKNOWN)
        for moment in scope.moments
    }
    return {moment: hits for moment, hits in found.items() if hits}


class _Stretch(NamedTuple):
    """Part of the call: times, turns, and how sure the moments are that bound it."""

    start: Seconds
    end: Seconds
    turns: range
    sure: float = 1.0


def _absent(outcome: Outcome, if_never: IfNever) -> Outcome:
    if outcome.truth is Truth.UNKNOWN:
        return Outcome(Truth.UNKNOWN, outcome.confidence, doubts=outcome.doubts, blind=outcome.blind)
    if if_never is IfNever.NOT_APPLICABLE:
        return SKIPPED
    truth = Truth.TRUE if if_never is IfNever.PASS else Truth.FALSE
    return Outcome(truth, outcome.confidence, near=outcome.near)


def _chosen(anchor: Anchor, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The occurrences that an anchor means; what the calls table says has no time to be one."""
    timed = (hit for hit in hits if hit.by is not Witness.METADATA)
    ordered = tuple(sorted(timed, key=lambda hit: (hit.start, hit.end)))
    match anchor.which:
        case Which.FIRST:
            return ordered[:1]
        case Which.LAST:
            return ordered[-1:]
        case Which.NTH:
            return ordered[anchor.nth - 1 : anchor.nth]
        case Which.EACH | Which.ANY:
            return ordered


def _window(window: Window | None, conversation: Conversation) -> _Stretch:
    first, last = conversation.speech
    count = len(conversation.turns)
    if window is None:
        return _Stretch(0.0, float("inf"), range(count))
    if window.unit is Unit.TURNS:
        low, high = int(window.start), min(int(window.end), count)
        turns = range(count - high, count - low) if window.from_end else range(low, high)
        return _Stretch(0.0, float("inf"), turns)
    scale = (last - first) / 100 if window.unit is Unit.PERCENT else 1.0
    if window.from_end:
        return _Stretch(last - window.end * scale, last - window.start * scale, range(count))
    return _Stretch(first + window.start * scale, first + window.end * scale, range(count))


def _narrowing(anchor: Anchor, scope: Scope) -> Callable[[_Stretch, Hit, Window | None], _Stretch]:
    if anchor is scope.around:
        return _around
    return _after if anchor is scope.after else _before


def _around(span: _Stretch, hit: Hit, within: Window | None) -> _Stretch:
    sure, turn = min(span.sure, hit.confidence), hit.turn or 0
    if within is not None and within.unit is Unit.SECONDS:
        start, end = hit.start - within.end, hit.end + within.end
        return _Stretch(max(span.start, start), min(span.end, end), span.turns, sure)
    far = int(within.end) if within is not None else 0
    turns = range(max(span.turns.start, turn - far), min(span.turns.stop, turn + far + 1))
    return _Stretch(span.start, span.end, turns, sure)


def _after(span: _Stretch, hit: Hit, within: Window | None) -> _Stretch:
    """From the end of the hit on, by time alone: who talks on meanwhile began in an earlier turn."""
    end, stop = span.end, span.turns.stop
    if within is not None and within.unit is Unit.SECONDS:
        end = min(end, hit.end + within.end)
    if within is not None and within.unit is Unit.TURNS:
        stop = min(stop, (hit.turn or 0) + int(within.end) + 1)
    turns = range(span.turns.start, stop)
    return _Stretch(max(span.start, hit.end), end, turns, min(span.sure, hit.confidence))


def _before(span: _Stretch, hit: Hit, within: Window | None) -> _Stretch:
    """Up to the start of the hit, by time alone: an answer may lie in a later turn than the running one."""
    start, begin = span.start, span.turns.start
    if within is not None and within.unit is Unit.SECONDS:
        start = max(start, hit.start - within.end)
    if within is not None and within.unit is Unit.TURNS:
        begin = max(begin, (hit.turn or 0) - int(within.end))
    turns = range(begin, span.turns.stop)
    return _Stretch(start, min(span.end, hit.start), turns, min(span.sure, hit.confidence))


def _until(span: _Stretch, ends: Outcome) -> _Stretch:
    timed = (hit for hit in ends.hits if hit.by is not Witness.METADATA)
    following = [hit.start for hit in timed if hit.start >= span.start]
    return span._replace(end=min([span.end, *following]))


def _place(span: _Stretch, scope: Scope, conversation: Conversation) -> Place:
    by_role, doubtful = conversation.speaking(scope.by, span.start - TOUCH, span.end + TOUCH, span.turns)
    turns = frozenset(_sliced(by_role, scope.turns))
    inside = (one for one in doubtful if _reaches_into(span, conversation.turns[one]))
    return Place(conversation, scope.by, span.start, span.end, turns, frozenset(inside), span.sure)


def _reaches_into(span: _Stretch, turn: Turn) -> bool:
    """More than by the touch of two edges."""
    return turn.start < span.end - TOUCH and turn.end > span.start + TOUCH


def _sliced(turns: tuple[int, ...], part: Slice | None) -> tuple[int, ...]:
    if part is None:
        return turns
    return turns[-part.count :] if part.from_end else turns[: part.count]
