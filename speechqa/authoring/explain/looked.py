"""Where a condition looked in a call: from when to when, at whose turns, how many."""

from collections.abc import Iterator

from speechqa.authoring.prose.where import SIDES
from speechqa.call import Message
from speechqa.checklist.facts import Metadata
from speechqa.checklist.operators import Leaf
from speechqa.checklist.where import IfNever, Scope
from speechqa.matching.judge import Hearing
from speechqa.matching.outcome import Truth
from speechqa.matching.places import Place, Places
from speechqa.times import clock

MOST = 3  # places told of a scope; the others are counted


def looked(leaf: Leaf, hearing: Hearing, holds: bool) -> Iterator[Message]:
    """Where a condition of the checklist looked, a sentence a place; or why there was nowhere to look.

    With `holds` false the sentence that it stands under denies the condition.
    """
    if isinstance(leaf, Metadata):
        yield _value(leaf, hearing)
        return
    found = hearing.where(leaf.scope)
    if found.absent is not None:
        yield _nowhere(leaf.scope, found, hearing, holds)
        return
    for place in found.found[:MOST]:
        yield _place(place)
    if (more := len(found.found) - MOST) > 0:
        yield Message(f"另外还看了 {more} 处", f"and {more} more places")


def _value(leaf: Metadata, hearing: Hearing) -> Message:
    value = hearing.metadata.get(leaf.field, "")
    if not value:
        return hearing.metadata.missing(leaf.field)
    return Message(f"这通的“{leaf.field}”是“{value}”", f"“{leaf.field}” of this call is “{value}”")


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
    first, last = place.conversation.speech
    start, end = max(place.start, first, 0.0), min(place.end, last)
    who = SIDES[place.by] if place.by else Message("双方", "both sides")
    turns, doubtful = len(place.turns), len(place.doubtful)
    unsure = Message(
        f"，另有 {doubtful} 句分不清是谁说的" if doubtful else "",
        f", and {doubtful} of nobody knows whom" if doubtful else "",
    )
    if end <= start and not turns:
        return Message(f"{clock(start)} 之后没有通话了", f"there is no call after {clock(start)}")
    whole = start <= first and end >= last
    when = Message("全程", "the whole call") if whole else None
    stretch = f"{clock(start)}–{clock(end)}"
    return Message(
        f"看了{when.zh if when else ' ' + stretch}，{who.zh} {turns} 句{unsure.zh}",
        f"looked at {when.en if when else stretch}, {turns} turns of {who.en}{unsure.en}",
    )
