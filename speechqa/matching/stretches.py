"""Stretches of a call: what windows and moments cut out of it, before roles and slices of turns.

At an edge that a number of seconds sets, times decide; at one that a moment sets, the order of words does.
"""

from collections.abc import Callable
from typing import NamedTuple

from speechqa.assessment import Hit, Witness
from speechqa.call import Seconds
from speechqa.checklist.where import Anchor, Scope, Unit, Window
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import Outcome


class Stretch(NamedTuple):
    """Part of the call: times, turns, and how sure the moments are that bound it."""

    start: Seconds
    end: Seconds
    turns: range
    sure: float = 1.0
    clocked: tuple[bool, bool] = (False, False)  # whether a number of seconds sets its start, its end

    def since(self, start: Seconds, clocked: bool = False) -> "Stretch":
        """What of it is not earlier."""
        return self._replace(start=start, clocked=(clocked, self.clocked[1])) if start > self.start else self

    def upto(self, end: Seconds, clocked: bool = False) -> "Stretch":
        """What of it is not later."""
        return self._replace(end=end, clocked=(self.clocked[0], clocked)) if end < self.end else self

    def among(self, first: int, last: int, sure: float) -> "Stretch":
        """What of it lies in turns from the first to the last, bounded by a moment that is so sure."""
        turns = range(max(self.turns.start, first), min(self.turns.stop, last + 1))
        return self._replace(turns=turns, sure=min(self.sure, sure))


def window_of(window: Window | None, conversation: Conversation) -> Stretch:
    """What a window cuts out of a call; all of it without one."""
    first, last = conversation.speech
    count = len(conversation.turns)
    if window is None:
        return Stretch(0.0, float("inf"), range(count))
    if window.unit is Unit.TURNS:
        low, high = int(window.start), min(int(window.end), count)
        turns = range(count - high, count - low) if window.from_end else range(low, high)
        return Stretch(0.0, float("inf"), turns)
    scale = (last - first) / 100 if window.unit is Unit.PERCENT else 1.0
    start, end = first + window.start * scale, first + window.end * scale
    if window.from_end:
        start, end = last - window.end * scale, last - window.start * scale
    return Stretch(start, end, range(count), clocked=(True, True))


def narrowing(anchor: Anchor, scope: Scope) -> Callable[[Stretch, Hit, Window | None], Stretch]:
    """How one of the anchors of a scope narrows a stretch down by an occurrence and a distance from it."""
    if anchor is scope.around:
        return _around
    return _after if anchor is scope.after else _before


def _around(span: Stretch, hit: Hit, within: Window | None) -> Stretch:
    if within is not None and within.unit is Unit.SECONDS:
        near = span.since(hit.start - within.end, clocked=True).upto(hit.end + within.end, clocked=True)
        return near._replace(sure=min(span.sure, hit.confidence))
    turn, far = hit.turn or 0, int(within.end) if within is not None else 0
    return span.among(turn - far, turn + far, hit.confidence)


def _after(span: Stretch, hit: Hit, within: Window | None) -> Stretch:
    """From the end of the hit on, by time alone: who talks on meanwhile began in an earlier turn."""
    span, last = span.since(hit.end), span.turns.stop
    if within is not None and within.unit is Unit.SECONDS:
        span = span.upto(hit.end + within.end, clocked=True)
    if within is not None and within.unit is Unit.TURNS:
        last = (hit.turn or 0) + int(within.end)
    return span.among(0, last, hit.confidence)


def _before(span: Stretch, hit: Hit, within: Window | None) -> Stretch:
    """Up to the start of the hit, by time alone: an answer may lie in a later turn than the running one."""
    span, first = span.upto(hit.start), 0
    if within is not None and within.unit is Unit.SECONDS:
        span = span.since(hit.start - within.end, clocked=True)
    if within is not None and within.unit is Unit.TURNS:
        first = (hit.turn or 0) - int(within.end)
    return span.among(first, span.turns.stop, hit.confidence)


def ended(span: Stretch, ends: Outcome) -> Stretch:
    """Up to the next occurrence of a moment."""
    timed = (hit for hit in ends.hits if hit.by is not Witness.METADATA)
    following = [hit.start for hit in timed if hit.start >= span.start]
    return span.upto(min(following)) if following else span
