"""When a condition that holds came to hold: the occurrences of a moment.

What two parts must both be said for has happened when the second of them was: a moment made of `all` begins
no earlier. The evidence of the condition is more than that: it has the first part too.
"""

from collections.abc import Callable, Sequence

from speechqa.assessment import Hit
from speechqa.call import Seconds
from speechqa.checklist.operators import Condition
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.matching.outcome import Outcome, Truth, each_once


def occurrences(condition: Condition, outcome: Callable[[Condition], Outcome]) -> tuple[Hit, ...]:
    """Where it holds, in order of time; nothing where it does not, or where nothing says when."""
    known = outcome(condition)
    if known.truth is not Truth.TRUE:
        return ()
    match condition:
        case Any(parts):
            return _from(0.0, [occurrences(part, outcome) for part in parts])
        case All(parts):
            return _complete(len(parts), [occurrences(part, outcome) for part in parts])
        case AtLeast(count, parts):
            return _complete(count, [occurrences(part, outcome) for part in parts])
        case Not():
            return ()
        case _:
            return known.hits


def _complete(count: int, parts: Sequence[tuple[Hit, ...]]) -> tuple[Hit, ...]:
    """Those from when so many parts have occurred; parts that have no time do not count."""
    firsts = sorted(min(hit.start for hit in hits) for hits in parts if hits)
    return _from(firsts[min(count, len(firsts)) - 1], parts) if firsts else ()


def _from(start: Seconds, parts: Sequence[tuple[Hit, ...]]) -> tuple[Hit, ...]:
    hits = each_once([hit for part in parts for hit in part if hit.start >= start])
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end)))
