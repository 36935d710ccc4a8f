"""Turning a scope into places of one conversation.

Order, always: time window (by word times) → anchors → role → slice of turns. An anchor that means
`each` or `any` occurrence gives one place per occurrence; the condition must then hold in every or
in one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from speechqa.call import Hit, Seconds
from speechqa.checklist.where import Anchor, IfNever, Scope, Slice, Unit, Which, Window
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import SKIPPED, Outcome, Truth, every, some

_TOUCH = 0.05  # s: word edges that meet may overlap by this much


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the call and the turns of it that may count."""

    start: Seconds
    end: Seconds
    turns: frozenset[int]  # of the wanted role
    doubtful: frozenset[int]  # of unknown role, when a role was wanted

    def holds(self, hit: Hit) -> bool:
        """Whether evidence lies here, by its own times."""
        return self.covers(hit.start, hit.end) and (hit.turn is None or hit.turn in self.turns)

    def may_hold(self, hit: Hit) -> bool:
        """Whether it would, if somebody of unknown role had the role."""
        in_doubt = hit.turn is None or hit.turn in self.doubtful
        return bool(self.doubtful) and in_doubt and self.covers(hit.start, hit.end)

    def covers(self, start: Seconds, end: Seconds) -> bool:
        return self.start - _TOUCH <= start and end <= self.end + _TOUCH


Occurrences = Callable[[str], Outcome]


def judged(
    scope: Scope, conversation: Conversation, occurrences: Occurrences, judge: Callable[[Place], Outcome]
) -> Outcome:
    """`judge` over every place of the scope; what the scope says when an anchor never happened."""
    anchors = [anchor for anchor in (scope.after, scope.before) if anchor is not None]
    combine = some if any(anchor.which is Which.ANY for anchor in anchors) else every
    windowed = _window(scope.window, conversation)
    spans = [(windowed[0], windowed[1], windowed[2])]
    for anchor in anchors:
        outcome = occurrences(anchor.moment)
        hits = _chosen(anchor, outcome.hits)
        if not hits:
            return _absent(outcome, scope.if_never)
        narrow = _after if anchor is scope.after else _before
        spans = [narrow(span, hit, scope.within) for span in spans for hit in hits]
    if scope.until is not None:
        ends = occurrences(scope.until)
        spans = [_until(span, ends) for span in spans]
    return combine([judge(_place(span, scope, conversation)) for span in spans])


_Stretch = tuple[Seconds, Seconds, range]


def _absent(outcome: Outcome, if_never: IfNever) -> Outcome:
    if outcome.truth is Truth.UNKNOWN:
        return Outcome(Truth.UNKNOWN, outcome.confidence, doubts=outcome.doubts, blind=outcome.blind)
    if if_never is IfNever.NOT_APPLICABLE:
        return SKIPPED
    truth = Truth.TRUE if if_never is IfNever.PASS else Truth.FALSE
    return Outcome(truth, outcome.confidence, near=outcome.near)


def _chosen(anchor: Anchor, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    ordered = tuple(sorted(hits, key=lambda hit: (hit.start, hit.end)))
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
        return 0.0, float("inf"), range(count)
    if window.unit is Unit.TURNS:
        low, high = int(window.start), min(int(window.end), count)
        return 0.0, float("inf"), range(count - high, count - low) if window.from_end else range(low, high)
    scale = (last - first) / 100 if window.unit is Unit.PERCENT else 1.0
    if window.from_end:
        return last - window.end * scale, last - window.start * scale, range(count)
    return first + window.start * scale, first + window.end * scale, range(count)


def _after(span: _Stretch, hit: Hit, within: Window | None) -> _Stretch:
    start, end, turns = max(span[0], hit.end), span[1], span[2]
    turn = hit.turn or 0
    if within is not None and within.unit is Unit.SECONDS:
        end = min(end, hit.end + within.end)
    stop = turn + int(within.end) + 1 if within is not None and within.unit is Unit.TURNS else turns.stop
    return start, end, range(max(turns.start, turn), min(turns.stop, stop))


def _before(span: _Stretch, hit: Hit, within: Window | None) -> _Stretch:
    start, end, turns = span[0], min(span[1], hit.start), span[2]
    turn = hit.turn or 0
    if within is not None and within.unit is Unit.SECONDS:
        start = max(start, hit.start - within.end)
    begin = turn - int(within.end) if within is not None and within.unit is Unit.TURNS else turns.start
    return start, end, range(max(turns.start, begin), min(turns.stop, turn + 1))


def _until(span: _Stretch, ends: Outcome) -> _Stretch:
    following = [hit.start for hit in ends.hits if hit.start >= span[0]]
    return (span[0], min([span[1], *following]), span[2])


def _place(span: _Stretch, scope: Scope, conversation: Conversation) -> Place:
    start, end, among = span
    by_role, doubtful = conversation.speaking(scope.by, start - _TOUCH, end + _TOUCH, among)
    return Place(start, end, frozenset(_sliced(by_role, scope.turns)), doubtful)


def _sliced(turns: tuple[int, ...], part: Slice | None) -> tuple[int, ...]:
    if part is None:
        return turns
    return turns[-part.count :] if part.from_end else turns[: part.count]
