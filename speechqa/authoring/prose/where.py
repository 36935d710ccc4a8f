"""Where a condition looks, in words: 坐席在开口 15 秒内, 在首次“介绍”之前, 客户最后 3 句.

A Chinese sentence says where before what is done, an English one behind it; so each place is a pair of
words that `deeds` puts where its language wants them.
"""

from collections.abc import Iterable

from speechqa.call import Message, Role
from speechqa.checklist.where import Anchor, IfNever, Scope, Slice, Unit, Which, Window

NOTHING = Message("", "")
SIDES = {
    Role.AGENT: Message("坐席", "the agent"),
    Role.CUSTOMER: Message("客户", "the customer"),
    Role.UNKNOWN: Message("身份不明的一方", "somebody unknown"),
}
_NTH = {
    Which.FIRST: Message("首次", "the first"),
    Which.LAST: Message("最后一次", "the last"),
    Which.EACH: Message("每一次", "each"),
    Which.ANY: Message("任意一次", "any"),
}
_NUMBERED = {1: "1st", 2: "2nd", 3: "3rd"}


def where(scope: Scope) -> Message:
    """Where it looks, without who speaks; empty for the whole call."""
    parts = [part for part in _parts(scope) if part.zh]
    if not parts:
        return NOTHING
    return Message("在" + "、".join(part.zh for part in parts), " " + ", ".join(part.en for part in parts))


def if_never(scope: Scope, holds: bool) -> Message:
    """What an author says of an anchor that never happened, beside a sentence that is true when `holds`."""
    if scope.if_never is IfNever.NOT_APPLICABLE or not scope.anchors:
        return NOTHING
    named = "、".join(f"“{anchor.moment}”" for anchor in scope.anchors)
    counts = (scope.if_never is IfNever.PASS) is holds
    return Message(
        f"（没有出现{named}时{'算做到' if counts else '算没做到'}）",
        f" (without {named} this {'holds' if counts else 'does not hold'})",
    )


def stretch(window: Window) -> Message:
    """A window on the call: 开口 15 秒内."""
    low, high = f"{window.start:g}", f"{window.end:g}"
    zh, en = _UNITS[window.unit]
    if window.start:
        last = Message("倒数", "from the end") if window.from_end else NOTHING
        return Message(
            f"{'整通' if window.unit is Unit.TURNS else ''}{last.zh}第 {low} 到 {high} {zh}之间",
            f"from {low} to {high} {en} {last.en}".rstrip(),
        )
    if window.unit is Unit.SECONDS:
        zh_at = f"最后 {high} 秒" if window.from_end else f"开口 {high} 秒内"
        return Message(zh_at, f"in the {'last' if window.from_end else 'first'} {high} s of speech")
    if window.unit is Unit.PERCENT:
        side = "后" if window.from_end else "前"
        return Message(
            f"通话的{side} {high}%", f"in the {'last' if window.from_end else 'first'} {high} % of the call"
        )
    side = "最后" if window.from_end else "开头"
    return Message(
        f"整通{side} {high} 句里", f"in the {'last' if window.from_end else 'first'} {high} turns of the call"
    )


def distance(window: Window) -> Message:
    """How far from a moment: 10 秒, 2 句."""
    zh, en = _UNITS[window.unit]
    one = window.unit is Unit.TURNS and window.end == 1
    return Message(f"{window.end:g} {zh}", f"{window.end:g} {'turn' if one else en}")


def which(anchor: Anchor) -> Message:
    """The occurrence that an anchor means: 首次“介绍”."""
    if anchor.which is Which.NTH:
        number = _NUMBERED.get(anchor.nth, f"{anchor.nth}th")
        return Message(f"第 {anchor.nth} 次“{anchor.moment}”", f"the {number} “{anchor.moment}”")
    said = _NTH[anchor.which]
    return Message(f"{said.zh}“{anchor.moment}”", f"{said.en} “{anchor.moment}”")


_UNITS = {Unit.SECONDS: ("秒", "s"), Unit.TURNS: ("句", "turns"), Unit.PERCENT: ("%", "%")}


def _parts(scope: Scope) -> Iterable[Message]:
    if scope.window is not None:
        yield stretch(scope.window)
    near = distance(scope.within) if scope.within is not None else NOTHING
    inside = Message(f" {near.zh}内", f"within {near.en} ") if near.zh else NOTHING
    if scope.after is not None:
        at = which(scope.after)
        yield Message(f"{at.zh}之后{inside.zh}", f"{inside.en}after {at.en}")
    if scope.before is not None:
        at = which(scope.before)
        yield Message(f"{at.zh}之前{inside.zh}", f"{inside.en}before {at.en}")
    if scope.around is not None:
        at = which(scope.around)
        yield Message(f"{at.zh}前后{inside.zh}", f"{inside.en}of {at.en}")
    if scope.until is not None:
        next_one = Message("下一次", "the next ") if scope.anchors else NOTHING
        yield Message(f"{next_one.zh}“{scope.until}”出现之前", f"up to {next_one.en}“{scope.until}”")
    if scope.turns is not None:
        yield _slice(scope.turns)


def _slice(part: Slice) -> Message:
    zh, en = ("最后", "last") if part.from_end else ("头", "first")
    return Message(f"{zh} {part.count} 句里", f"in the {en} {part.count} of these turns")
