"""The operators on waiting: silence and response_time.

A silence belongs to the turn that ends it, so `by: agent` asks for those after which the agent speaks.
A pause inside one turn lies between the same speaker. What is before the first word of the call or behind
its last is no silence: `first_word_after` and `tail` are for that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from speechqa.assessment import Hit, Measure
from speechqa.call import HoldKind, Message, Role, Seconds
from speechqa.checklist.operators.timing import Between, ResponseTime, Silence
from speechqa.checklist.ranges import Range
from speechqa.matching.bounds import SECONDS, figure, limits
from speechqa.matching.conversation import Conversation
from speechqa.matching.ears import Ears
from speechqa.matching.outcome import Outcome, Truth
from speechqa.matching.places import ROLES_UNKNOWN, TOUCH, Place
from speechqa.matching.timing.measurements import (
    NO_WORD_TIMES,
    WHO,
    Measurement,
    at_turn,
    held,
    missing_side,
    of_it_on_hold,
    settled,
    within,
)
from speechqa.matching.timing.timeline import Gap
from speechqa.text import spoken_length

MOSTLY = 0.5  # share of a silence that is a hold, to be called one
_TOLD: Mapping[HoldKind | None, Message] = {
    None: Message("静默 {} 秒", "{} s of silence"),
    HoldKind.MUSIC: Message("客户听着音乐或提示音等了 {} 秒", "{} s on hold with music or tones"),
    HoldKind.SILENCE: Message("让客户在静默中等了 {} 秒", "{} s on hold in silence"),
}
BRIEF = 6  # characters: 好的谢谢 between 请稍等 and the wait does not undo it


def silence(condition: Silence, place: Place, ears: Ears) -> Outcome:
    """Whether enough silences of the place are as long as wanted, and not excused.

    Those cut by an end of the place count as far as they lie in it.
    """
    wanted = condition.length
    counted: list[Measurement] = []
    excused: list[Hit] = []
    for gap, span, doubt in _gaps(condition, place):
        seconds = span[1] - span[0]
        long = within(wanted, seconds, seconds) is Truth.TRUE
        excuse = _excuse(condition, gap, ears) if long else None
        told = _silent(figure(seconds, wanted), gap, place.conversation)
        if excuse and excuse[1]:
            told = Message(f"{told.zh}，已说“{excuse[0]}”", f"{told.en}, with “{excuse[0]}” said beside it")
        measure = Measure(told, limits(wanted, SECONDS), None)
        hit = at_turn(place.conversation, (gap.before, gap.after), span, wanted, measure)
        if excuse is not None and excuse[1]:
            excused.append(hit)
        else:
            unsure = _half_heard(excuse[0]) if excuse is not None else doubt
            counted.append(Measurement(seconds, seconds, hit, unsure))
    outcome = settled(counted, wanted, place, condition.count, _unheard(condition, place))
    if outcome.truth is Truth.TRUE and condition.total is not None:
        doubt = next((one.doubt for one in counted if one.hit in outcome.doubts), None)
        outcome = _in_total(condition.total, outcome, place, doubt)
    if outcome.truth is Truth.TRUE or not excused:
        return outcome
    return replace(outcome, near=(*excused, *outcome.near))


def response_time(condition: ResponseTime, place: Place) -> Outcome:
    """Whether enough replies of the place took as long as wanted, from the other's last word to the first."""
    wanted, conversation = condition.length, place.conversation
    found = []
    for before, after, seconds in _replies(conversation):
        roles = {conversation.turns[before].role, conversation.turns[after].role}
        if after not in place.turns and after not in place.doubtful:
            continue
        began = conversation.timeline.said[after][0].start
        if not place.covers(began - seconds, began):
            continue
        waited = figure(seconds, wanted)
        told = Message(f"等了 {waited} 秒才答话", f"answered after {waited} s")
        told = of_it_on_hold(told, conversation, (began - seconds, began))
        measure = Measure(told, limits(wanted, SECONDS), conversation.turns[after].role)
        hit = at_turn(conversation, (before, after), (began - seconds, began), wanted, measure)
        doubt = ROLES_UNKNOWN if Role.UNKNOWN in roles else None
        found.append(Measurement(seconds, seconds, hit, doubt))
    other = missing_side(conversation)
    blind = place.blind or (place.blind_to(other) if other is not None else None)
    return settled(found, wanted, place, condition.count, blind)


def _silent(seconds: str, gap: Gap, conversation: Conversation) -> Message:
    """A silence, and who spoke after it; nothing of that where nobody knows."""
    before, after = conversation.turns[gap.before].role, conversation.turns[gap.after].role
    waits = _TOLD[_hold(gap, conversation)]
    zh, en = waits.zh.format(seconds), waits.en.format(seconds)
    if after is Role.UNKNOWN:
        return Message(zh, en)
    side = WHO[after]
    if after is before:
        return Message(f"{zh}，之后{side.zh}接着说", f"{en}, then {side.en} went on")
    return Message(f"{zh}，之后{side.zh}开口", f"{en}, then {side.en} spoke")


def _hold(gap: Gap, conversation: Conversation) -> HoldKind | None:
    """What the customer hears in most of a silence, where it is a hold."""
    waits = held(conversation, (gap.start, gap.end))
    mostly = sum(waits.values()) > MOSTLY * (gap.end - gap.start)
    return max(waits, key=lambda kind: waits[kind]) if mostly else None


def _gaps(condition: Silence, place: Place) -> Iterator[tuple[Gap, tuple[Seconds, Seconds], Message | None]]:
    """The silences of a place between the right speakers, each cut to it, and why one may not be one."""
    turns, by = place.conversation.turns, place.by
    missing = missing_side(place.conversation)
    unheard = place.blind_to(missing) if missing is not None else None
    for gap in place.conversation.timeline.gaps:
        span = max(gap.start, place.start), min(gap.end, place.end)
        if span[0] >= span[1]:
            continue
        ends_here = gap.end <= place.end + TOUCH
        belongs = gap.after in place.turns if ends_here else by in (None, turns[gap.after].role)
        one, other = turns[gap.before].role, turns[gap.after].role
        roles_needed = by is not None or condition.between is not Between.ANY
        if roles_needed and Role.UNKNOWN in (other, one if condition.between is not Between.ANY else other):
            if belongs or gap.after in place.doubtful or not ends_here:
                yield gap, span, ROLES_UNKNOWN
        elif belongs and condition.between in (Between.ANY, Between.SAME if one is other else Between.OTHER):
            yield gap, span, unheard


def _unheard(condition: Silence, place: Place) -> Message | None:
    """Why silences may be missing: words that are unsure, or turns that may hide pauses."""
    if place.blind is not None:
        return place.blind
    timeline = place.conversation.timeline
    if condition.between is Between.OTHER:
        return None
    for turn in place.turns:
        hidden = timeline.hidden(turn)
        if hidden > 0 and within(condition.length, 0.0, hidden) is not Truth.FALSE:
            return NO_WORD_TIMES
    return None


def _excuse(condition: Silence, gap: Gap, ears: Ears) -> tuple[str, bool] | None:
    """The excusing phrase that was said just before a silence or just after it, and whether surely."""
    if not condition.excused_by:
        return None
    conversation, nearly = ears.conversation, None
    near = {*_around(conversation, gap.before, -1), *_around(conversation, gap.after, 1)}
    for phrase in condition.excused_by:
        for heard in ears.heard.get(phrase.text, ()):
            if conversation.turn_of(heard.start) not in near:
                continue
            if heard.enough:
                return phrase.text, True
            nearly = phrase.text, False
    return nearly


def _half_heard(phrase: str) -> Message:
    return Message(
        f"静默前后听到像“{phrase}”的话，不能确定，需人工听",
        f"something like “{phrase}” was heard beside the silence; needs a listener",
    )


def _around(conversation: Conversation, turn: int, step: int) -> Iterator[int]:
    """A turn, and the one beyond it where it is but a brief word."""
    yield turn
    beyond = turn + step
    if spoken_length(conversation.turns[turn].text) <= BRIEF and 0 <= beyond < len(conversation.turns):
        yield beyond


def _in_total(wanted: Range, outcome: Outcome, place: Place, doubt: Message | None) -> Outcome:
    """The outcome once the sum of the silences is asked for too; `doubt`: why there may be more of them."""
    sure = sum(hit.end - hit.start for hit in outcome.hits)
    most = sure + sum(hit.end - hit.start for hit in outcome.doubts)
    truth = within(wanted, sure, most)
    if truth is Truth.TRUE:
        return outcome
    first, last = outcome.hits[0], outcome.hits[-1]
    n, seconds = len(outcome.hits), figure(sure, wanted)
    silences = "silence" if n == 1 else "silences"
    told = Message(f"静默 {n} 次，共 {seconds} 秒", f"{n} {silences}, {seconds} s in all")
    measure = Measure(told, limits(wanted, SECONDS), None)
    near = (replace(first, end=last.end, wanted=wanted.written, measure=measure), *outcome.hits)
    if truth is Truth.UNKNOWN:
        return Outcome(Truth.UNKNOWN, 0.0, doubts=outcome.doubts, near=near, blind=doubt)
    return Outcome(Truth.FALSE, (1 + place.sure) / 2, near=near)


def _replies(conversation: Conversation) -> Iterator[tuple[int, int, Seconds]]:
    """Turns that follow somebody else's words: whose turn, the reply, the time between; 0 if they overlap."""
    turns, timeline = conversation.turns, conversation.timeline
    begun: set[int] = set()
    last: dict[Role, tuple[Seconds, int]] = {}  # of each role: until when it spoke so far, and in which turn
    for piece in timeline.pieces:
        role = turns[piece.turn].role
        if piece.turn not in begun:
            begun.add(piece.turn)
            until, turn = max(last.values(), default=(0.0, piece.turn))
            if turns[turn].role is not role or (role is Role.UNKNOWN and turn != piece.turn):
                yield turn, piece.turn, max(0.0, piece.start - until)
        last[role] = max(last.get(role, (0.0, 0)), (piece.end, piece.turn))
