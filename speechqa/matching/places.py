"""Turning a scope into places of one conversation.

Order, always: time window (by word times) → anchors → role → slice of turns. An anchor that means
`each` or `any` occurrence gives one place per occurrence; the condition must then hold in every or
in one of them.

A time is never exact. What ends at most TOUCH beyond an edge lies inside: transcripts round their times.
Where a number of seconds (or per cent) sets the edge, what lies beyond it by up to COLLAR, the usual error of
a recogniser's word times, may lie inside: that is a doubt, for nobody should lose points by 15.1 seconds that
were perhaps 14.9. So may, in a turn without word times that goes over the edge, whatever can have been said
on either side of it. At an edge that a moment sets the order of words decides, which is known.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from speechqa.assessment import Hit, Witness
from speechqa.call import Message, Role, Seconds, Turn
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.where import Anchor, IfNever, Scope, Slice, Which
from speechqa.matching.clock import COLLAR
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import SKIPPED, Outcome, Truth, every, some
from speechqa.matching.stretches import Stretch, ended, narrowing, window_of

TOUCH = 0.05  # s: word edges that meet may overlap by this much

ROLES_UNKNOWN = Message(
    "单声道录音，分不清谁在说话，需人工听", "mono recording: who speaks is not known; needs a listener"
)
WORDS_UNSURE = Message("识别不清，需人工听", "the words are too unsure; needs a listener")
AT_THE_EDGE = Message(
    "说在规定时间的边上，时间精确不到能判断的程度，需人工听",
    "said at the very edge of the time set; the times are not exact enough to tell, so it needs a listener",
)
_BY_WORDS = (False, False)  # clocked: neither edge
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
    clocked: tuple[bool, bool] = (False, False)  # whether a number of seconds sets its start, its end
    beside: frozenset[int] = frozenset()  # turns of the role beyond such an edge, by less than COLLAR

    @cached_property
    def reach(self) -> frozenset[int]:
        """Turns in which there may be evidence."""
        return self.turns | self.doubtful | self.beside

    @property
    def is_exact(self) -> bool:
        """Whether evidence lies here or not, without a doubt: nothing is that `may_hold`."""
        return self.clocked == _BY_WORDS and not self.doubtful

    def held(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """What of some evidence lies here, by its own times."""
        turns, first, last = self.turns, self.start - TOUCH, self.end + TOUCH
        return tuple(
            [
                hit
                for hit in hits
                if first <= hit.start and hit.end <= last and (hit.turn is None or hit.turn in turns)
            ]
        )

    def surely_held(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """What of it does and is not a doubt besides."""
        held = self.held(hits)
        return held if self.is_exact else tuple([hit for hit in held if not self.may_hold(hit)])

    def holds(self, hit: Hit) -> bool:
        """Whether evidence lies here, by its own times."""
        return (hit.turn is None or hit.turn in self.turns) and self.covers(hit.start, hit.end)

    def may_hold(self, hit: Hit) -> bool:
        """Whether it would, if somebody of unknown role had the role or the times were a little off."""
        if self.at_edge(hit):
            return True
        if not self.doubtful or not (hit.turn is None or hit.turn in self.doubtful):
            return False
        return self.covers(hit.start, hit.end)

    def at_edge(self, hit: Hit) -> bool:
        """Whether evidence is so near an edge set in seconds that its times cannot say if it lies here."""
        if self.clocked == _BY_WORDS or hit.turn is None or hit.turn not in self.reach:
            return False
        loose = self.conversation.leeway(hit.turn, hit.start, hit.end)
        early, late = loose or (COLLAR, COLLAR)
        may = self._covers(hit.start + late, hit.end - early, hit)
        must = self.covers(hit.start, hit.end)
        if loose is not None:
            must = self._covers(hit.start - early, hit.end + late, hit)
        return may and not must

    def _covers(self, start: Seconds, end: Seconds, hit: Hit) -> bool:
        """Whether evidence would lie here with other times at the edges that are set in seconds."""
        return self.covers(start if self.clocked[0] else hit.start, end if self.clocked[1] else hit.end)

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

    def unheard(self, missing: Outcome, wanted: tuple[Phrase, ...]) -> Outcome:
        """An absence, no surer than words in a row that could hide one of the phrases."""
        if missing.truth is not Truth.FALSE or self.conversation.muddled.isdisjoint(self.turns):
            return missing
        length = min((len("".join(one.pieces)) for one in wanted), default=0)
        return _no_surer(missing, self.conversation.unsurest(self.turns, self.start, self.end, length))

    def why_doubtful(self, doubts: tuple[Hit, ...]) -> Message | None:
        """What makes evidence doubtful beside what was heard; None: nothing does."""
        return AT_THE_EDGE if any(map(self.at_edge, doubts)) else None

    def without(self, doubts: tuple[Hit, ...] = (), near: tuple[Hit, ...] = ()) -> Outcome:
        """What comes of something that was not heard here."""
        if self.blind is None and not doubts:
            closest = max((hit.confidence for hit in near), default=0.0)
            return Outcome(Truth.FALSE, self.sure * (1.0 - closest / 4), near=near)
        surest = max((hit.confidence for hit in doubts), default=0.0)
        blind = self.blind or self.why_doubtful(doubts)
        return Outcome(Truth.UNKNOWN, round(surest, 3), doubts=doubts, near=near, blind=blind)


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
    spans = [window_of(scope.window, conversation)]
    for anchor in scope.anchors:
        outcome = occurrences(anchor.moment)
        hits = _chosen(anchor, outcome.hits)
        if not hits:
            return Places(absent=_absent(outcome, scope.if_never))
        narrow = narrowing(anchor, scope)
        spans = [narrow(span, hit, scope.within) for span in spans for hit in hits]
    if scope.until is not None:
        ends = occurrences(scope.until)
        spans = [ended(span, ends) for span in spans]
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


def _place(span: Stretch, scope: Scope, conversation: Conversation) -> Place:
    by_role, doubtful = conversation.speaking(scope.by, span.start - TOUCH, span.end + TOUCH, span.turns)
    turns = frozenset(_sliced(by_role, scope.turns))
    inside = (one for one in doubtful if _reaches_into(span, conversation.turns[one]))
    beside: tuple[int, ...] = ()
    if any(span.clocked) and scope.turns is None:
        beside, _ = conversation.speaking(scope.by, span.start - COLLAR, span.end + COLLAR, span.turns)
    return Place(
        conversation,
        scope.by,
        span.start,
        span.end,
        turns,
        frozenset(inside),
        span.sure,
        span.clocked,
        frozenset(beside) - turns,
    )


def _reaches_into(span: Stretch, turn: Turn) -> bool:
    """More than by the touch of two edges."""
    return turn.start < span.end - TOUCH and turn.end > span.start + TOUCH


def _sliced(turns: tuple[int, ...], part: Slice | None) -> tuple[int, ...]:
    if part is None:
        return turns
    return turns[-part.count :] if part.from_end else turns[: part.count]
