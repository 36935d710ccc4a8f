"""Where a condition looked in a call: from when to when, at whose turns, how many."""

from collections.abc import Iterator

from speechqa.authoring.prose.where import SIDES
from speechqa.call import Message
from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.facts import Comparison, Metadata
from speechqa.checklist.where import IfNever, Scope
from speechqa.matching.judge import Hearing
from speechqa.matching.outcome import Truth
from speechqa.matching.places import Place, Places
from speechqa.spans import Span
from speechqa.times import clock

MOST = 3  # places told of a scope; the others are counted


def looked(leaf: Leaf, hearing: Hearing, holds: bool) -> Iterator[Message]:
    """Where a condition of the checklist looked, a sentence a place; or why there was nowhere to look.

    With `holds` false the sentence that it stands under denies the condition.
    """
    if isinstance(leaf, Metadata):
        yield from _value(leaf, hearing)
        return
    found = hearing.where(leaf.scope)
    if found.absent is not None:
        yield _nowhere(leaf.scope, found, hearing, holds)
        return
    for place in found.found[:MOST]:
        yield _place(place)
    if (more := len(found.found) - MOST) > 0:
        yield Message(f"另外还看了 {more} 处", f"and {more} more places")


def _value(leaf: Metadata, hearing: Hearing) -> Iterator[Message]:
    """What the call's data say; where the field is missed nothing, for the outcome says so."""
    if value := hearing.metadata.get(leaf.field, "").strip():
        yield Message(f"这通的“{leaf.field}”是“{value}”", f"“{leaf.field}” of this call is “{value}”")
    elif leaf.comparison is Comparison.EXISTS:
        yield Message(
            f"这通的通话信息里没有“{leaf.field}”，所以这一条算“没有”",
            f"the data of this call have no “{leaf.field}”, so the answer is no",
        )


def _nowhere(scope: Scope, found: Places, hearing: Hearing, holds: bool) -> Message:
    missing = [
        anchor.moment
        for anchor in scope.anchors
        if hearing.occurrences(anchor.moment).truth is not Truth.TRUE
    ]
    named = "、".join(f"“{name}”" for name in missing or [anchor.moment for anchor in scope.anchors])
    if found.absent is not None and found.absent.truth is Truth.UNKNOWN:
        return Message(f"不能确定有没有出现{named}", f"whether {named} happened is not known")
    if scope.if_never is IfNever.NOT_APPLICABLE:
        follows = Message("这一条不看", "so this is not looked at")
    elif (scope.if_never is IfNever.PASS) is holds:
        follows = Message("按质检表，这一条算成立", "so by the checklist this holds")
    else:
        follows = Message("按质检表，这一条算不成立", "so by the checklist this does not hold")
    return Message(
        f"没有出现{named}（或没有那一次），{follows.zh}",
        f"{named} did not happen (or not so often), {follows.en}",
    )


def _place(place: Place) -> Message:
    start, end = _stretch(place)
    who = SIDES[place.by] if place.by else Message("双方", "both sides")
    turns, doubtful = len(place.turns), len(place.doubtful)
    unsure = Message(
        f"，另有 {doubtful} 句分不清是谁说的" if doubtful else "",
        f", and {doubtful} of nobody knows whom" if doubtful else "",
    )
    if end <= start and not turns:
        return Message(f"{clock(start)} 之后没有通话了", f"there is no call after {clock(start)}")
    if not turns and not doubtful:
        return Message(f"要看的范围里{who.zh}没有说话", f"there are no turns of {who.en} where it looks")
    first, last = place.conversation.speech
    when = Message("全程", "the whole call") if start <= first and end >= last else None
    stretch = f"{clock(start)}–{clock(end)}"
    return Message(
        f"看了{when.zh if when else ' ' + stretch}，{who.zh} {turns} 句{unsure.zh}",
        f"looked at {when.en if when else stretch}, {turns} turns of {who.en}{unsure.en}",
    )


def _stretch(place: Place) -> Span:
    """From when to when it looked: as far as its turns, where it does not look at all those of its time."""
    first, last = place.conversation.speech
    start, end = max(place.start, first, 0.0), min(place.end, last)
    everything = range(len(place.conversation.turns))
    of_role, _ = place.conversation.speaking(place.by, place.start, place.end, everything)
    if not place.turns or place.turns.issuperset(of_role):
        return start, end
    turns = [place.conversation.turns[index] for index in place.turns]
    return max(start, min(turn.start for turn in turns)), min(end, max(turn.end for turn in turns))
