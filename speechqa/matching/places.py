"""Turning a scope into places of one conversation.

Order, always: time window (by word times) → anchors → role → slice of turns. An anchor that means
`each` or `any` occurrence gives one place per occurrence; the condition must then hold in every or
in one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from speechqa.call import Hit, Message, Role, Seconds
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

    def judged(self, judge: Callable[[Place], Outcome]) -> Outcome:
        """What the condition comes to in all of them."""
        if self.absent is not None:
            return self.absent
        if len(self.found) == 1:
            return judge(self.found[0])
        return (some if self.of_any else every)([judge(place) for place in self.found])


def places(scope: Scope, conversation: Conversation, occurrences: Occurrences) -> Places:
    """The places of a scope; what the scope says when an anchor never happened."""
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


def _narrowing(anchor: Anchor, scope: Scope) -> Callable[[_Stretch, Hit, Window | None], _Stretch]:
    if anchor is scope.around:
        return _around
    return _after if anchor is scope.after else _before


def _around(span: _Stretch, hit: Hit, within: Window | None) -> _Stretch:
    (start, end, turns), turn = span, hit.turn or 0
    if within is not None and within.unit is Unit.SECONDS:
        return max(start, hit.start - within.end), min(end, hit.end + within.end), turns
    far = int(within.end) if within is not None else 0
    return start, end, range(max(turns.start, turn - far), min(turns.stop, turn + far + 1))


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
    by_role, doubtful = conversation.speaking(scope.by, start - TOUCH, end + TOUCH, among)
    turns = frozenset(_sliced(by_role, scope.turns))
    return Place(conversation, scope.by, start, end, turns, doubtful)


def _sliced(turns: tuple[int, ...], part: Slice | None) -> tuple[int, ...]:
    if part is None:
        return turns
    return turns[-part.count :] if part.from_end else turns[: part.count]
