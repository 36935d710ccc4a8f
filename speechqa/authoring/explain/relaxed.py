"""Conditions with one demand less: what stood between what was heard and what was wanted.

A near miss is explained by trying: the condition is judged again without its window, without its exceptions,
for the other side. The first change that makes it hold is the reason that it did not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from speechqa.authoring.prose.ranges import counted
from speechqa.authoring.prose.where import SIDES, stretch, which
from speechqa.call import Message, Role
from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.facts import Entity
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.timing import Interruption, ResponseTime, Silence, SpeakingRate
from speechqa.checklist.operators.voice import Loudness, Pitch, ToneHeard
from speechqa.checklist.operators.words import Like, Pattern, Phrases, Repeat, Unit
from speechqa.checklist.where import Scope

MANY = 999  # turns, or times: no bound in effect
_OTHER = {Role.AGENT: Role.CUSTOMER, Role.CUSTOMER: Role.AGENT}
_TOO_FEW = Message("有，但次数不够", "there, but not often enough")


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A condition with one demand less, and what to say when that makes it hold."""

    why: Message
    leaf: Leaf


def relaxed(leaf: Leaf) -> Iterator[Relaxed]:
    """The condition without each of its demands, those of its own first, then where it looks."""
    yield from _without_demands(leaf)
    for why, scope in _wider(leaf.scope):
        yield Relaxed(why, replace(leaf, scope=scope))


def _without_demands(leaf: Leaf) -> Iterator[Relaxed]:
    match leaf:
        case Phrases():
            yield from _phrases(leaf)
        case Pattern(but_not=str()):
            why = Message(
                "有，但同一小句里出现了排除的字眼", "there, but the clause has one of the excepted words"
            )
            yield Relaxed(why, replace(leaf, but_not=None))
        case Like():
            why = Message(
                f"像，但相似不到 {leaf.threshold:.0%}", f"like it, but less than {leaf.threshold:.0%}"
            )
            yield Relaxed(why, replace(leaf, threshold=0.5))
        case Repeat():
            yield Relaxed(
                Message("重复了，但遍数不够", "repeated, but not often enough"), replace(leaf, times=2)
            )
            yield Relaxed(
                Message("重复了，但隔得太远", "repeated, but too far apart"), replace(leaf, within=MANY)
            )
        case Answered():
            why = Message(
                f"答了，但超出了 {leaf.within} 句", f"answered, but after more than {leaf.within} turns"
            )
            yield Relaxed(why, replace(leaf, within=MANY))
        case Silence():
            yield from _silence(leaf)
        case Interruption():
            yield Relaxed(_TOO_FEW, replace(leaf, count=1))
            why = Message(
                "有重叠，但太短，只算应声", "they overlap, but it is too short to be more than a back-channel"
            )
            yield Relaxed(why, replace(leaf, count=1, min_characters=1, spoken=0.0))
        case ToneHeard():
            yield Relaxed(_TOO_FEW, replace(leaf, turns=1))
            why = Message("有，但把握不够", "there, but not surely enough")
            yield Relaxed(why, replace(leaf, turns=1, min_confidence=0.0))
            why = Message("有，但不是用词明说的", "there, but no wording says so outright")
            yield Relaxed(why, replace(leaf, turns=1, min_confidence=0.0, in_words=False))
        case Entity() | ResponseTime() | SpeakingRate() | Loudness() | Pitch() if leaf.count > 1:
            yield Relaxed(_TOO_FEW, replace(leaf, count=1))
        case _:  # the others have no demand of their own
            return


def _phrases(leaf: Phrases) -> Iterator[Relaxed]:
    if leaf.not_inside:
        some = counted(leaf.not_inside)
        why = Message(f"有，但夹在例外说法里（{some.zh}）", f"there, but inside an exception ({some.en})")
        yield Relaxed(why, replace(leaf, not_inside=()))
    if leaf.unless_negated:
        why = Message("有，但前面有否定", "there, but it is denied")
        yield Relaxed(why, replace(leaf, unless_negated=False))
    if leaf.unless_quoted:
        why = Message("有，但是在转述对方的话", "there, but the other side is quoted")
        yield Relaxed(why, replace(leaf, unless_quoted=False))
    if not leaf.by_sound:
        why = Message("读音相近，但这里只认文字", "sounds like it, but here only letters count")
        yield Relaxed(why, replace(leaf, by_sound=True))
    together = replace(leaf, ordered=False, near=None, unit=Unit.SCOPE)
    if together != leaf:
        why = Message(
            "都说了，但次序不对、隔得太远或不在同一句",
            "all there, but in another order, too far apart or not in one turn",
        )
        yield Relaxed(why, together)
    if leaf.min_hits > 1:
        yield Relaxed(_TOO_FEW, replace(together, min_hits=1))
    if leaf.at_least > 1:
        why = Message(
            f"只说了一部分，不够 {leaf.at_least} 种", f"only some were said, not {leaf.at_least} of them"
        )
        yield Relaxed(why, replace(together, at_least=1, min_hits=1))


def _silence(leaf: Silence) -> Iterator[Relaxed]:
    if leaf.excused_by:
        some = counted(leaf.excused_by)
        why = Message(f"有，但前一句或后一句说了{some.zh}，不计", f"there, but forgiven beside {some.en}")
        yield Relaxed(why, replace(leaf, excused_by=()))
    if leaf.count > 1 or leaf.total is not None:
        why = Message("有，但次数或合计时间不够", "there, but not often or not long enough in all")
        yield Relaxed(why, replace(leaf, count=1, total=None))


def _wider(scope: Scope) -> Iterator[tuple[Message, Scope]]:
    """Scopes with one bound less, then with none, then of the other side."""
    if scope.turns is not None:
        part = scope.turns
        side = Message("最后", "last") if part.from_end else Message("头", "first")
        why = Message(
            f"有，但不在{side.zh} {part.count} 句里", f"there, but not in the {side.en} {part.count} turns"
        )
        yield why, replace(scope, turns=None)
    if scope.window is not None:
        at = stretch(scope.window)
        yield Message(f"有，但不在{at.zh}", f"there, but not {at.en}"), replace(scope, window=None)
    if scope.within is not None and scope.around is None:
        why = Message("有，但离得太远", "there, but too far from it")
        yield why, replace(scope, within=None)
    for key, anchor in (("after", scope.after), ("before", scope.before), ("around", scope.around)):
        if anchor is not None:
            at = which(anchor)
            zh = {"after": "之后", "before": "之前", "around": "附近"}[key]
            why = Message(f"有，但不在{at.zh}{zh}", f"there, but not {key} {at.en}")
            yield why, _unanchored(scope, key)
    if scope.until is not None:
        why = Message(f"有，但在“{scope.until}”之后", f"there, but after “{scope.until}”")
        yield why, replace(scope, until=None)
    if scope != Scope(by=scope.by):
        yield Message("有，但不在要看的范围内", "there, but outside the place"), Scope(by=scope.by)
    if scope.by in _OTHER:
        other = SIDES[_OTHER[scope.by]]
        yield (
            Message(f"有，但是{other.zh}说的", f"there, but said by {other.en}"),
            replace(scope, by=_OTHER[scope.by]),
        )


def _unanchored(scope: Scope, key: str) -> Scope:
    match key:
        case "after":
            return replace(scope, after=None)
        case "before":
            return replace(scope, before=None)
        case _:
            return replace(scope, around=None, within=None)
