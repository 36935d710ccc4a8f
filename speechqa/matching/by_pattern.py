"""Finding a checklist's patterns: RE2 expressions over the normalised view, within a turn and a sentence.

One pattern after the other is looked for in several calls: the tables of a pattern fit the processor's cache,
those of all patterns of a checklist do not, and a search that finds them there takes half the time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from speechqa.call import Role
from speechqa.checklist.operators.words import Pattern
from speechqa.checklist.where import Scope, Unit
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.lines import Lines
from speechqa.matching.searching import Find, expression, is_in

Wanted: TypeAlias = tuple[str, Role | None]  # expression, whose words


class PatternIndex:
    """The patterns of one checklist, those that are alike once."""

    def __init__(self, conditions: Iterable[Pattern]) -> None:
        self._kept = tuple(conditions)  # so that no other object gets their ids
        self._wanted: dict[int, Wanted] = {
            id(one): (one.expression, one.scope.by) for one in self._kept if not is_narrow(one.scope)
        }

    def find(self, conversations: Sequence[Conversation]) -> list[Mapping[int, Sequence[Span]]]:
        """For each conversation, by the id of the condition, where its expression was found."""
        found = {
            (written, by): [_found(written, by, conversation) for conversation in conversations]
            for written, by in dict.fromkeys(self._wanted.values())
        }
        return [
            {condition: found[wanted][at] for condition, wanted in self._wanted.items()}
            for at in range(len(conversations))
        ]


def is_narrow(scope: Scope) -> bool:
    """Whether a scope holds a few turns only: the rest of a call is not searched for it."""
    return scope.turns is not None or (scope.window is not None and scope.window.unit is Unit.TURNS)


def matches_in(condition: Pattern, turns: Set[int], conversation: Conversation) -> list[Span]:
    """Where the expression of a condition is found in some turns."""
    if not turns:
        return []
    lines = conversation.lines(condition.scope.by)
    (start, _), (_, end) = lines.line(min(turns)), lines.line(max(turns))
    matches = _matches(expression(condition.expression).of(lines.text), lines, start, end)
    return [span for first, last in matches if (span := conversation.span(first, last)).turn in turns]


def excepted(condition: Pattern, span: Span, conversation: Conversation) -> bool:
    """Whether `but_not` is found in the clause around a match."""
    if condition.but_not is None:
        return False
    return is_in(condition.but_not, conversation.clause(span))


def _found(written: str, by: Role | None, conversation: Conversation) -> Sequence[Span]:
    """Where an expression is found in the turns of a role."""
    lines = conversation.lines(by)
    find = expression(written).of(lines.text)
    return tuple([conversation.span(first, last) for first, last in _matches(find, lines, *lines.whole)])


def _matches(find: Find, lines: Lines, at: int, stop: int) -> Iterator[tuple[int, int]]:
    """Non-empty matches in a stretch of some lines, as places; none goes beyond its sentence."""
    places, ends = lines.places, lines.ends
    while at < stop:
        for first, last in find(at, stop):
            if first == last:
                continue
            end = ends[bisect_right(ends, first)]
            if last > end:
                break
            yield places[first], places[last]
        else:
            return
        within = next(find(first, end), None)
        first, at = within or (end, end)
        if first < at:
            yield places[first], places[at]
        elif within:
            at += 1  # an empty match leads no further
