"""Sentences about what somebody does, said and denied: 坐席说“您好” / 坐席没有说“您好”."""

from dataclasses import dataclass

from speechqa.authoring.prose.where import NOTHING, SIDES, where
from speechqa.call import Message
from speechqa.checklist.where import Scope


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does: 说“您好”, says / say “您好”. `aside` stands behind it, in brackets or not."""

    zh: str
    says: str
    say: str
    aside: Message = NOTHING


def told(scope: Scope, deed: Deed, holds: bool) -> Message:
    """Somebody does it, or does not: 坐席在开口 15 秒内没有说“您好”."""
    place, aside = where(scope), deed.aside
    if scope.by is None:
        who = Message("有人" if holds else "没有人", "somebody" if holds else "nobody")
        return Message(f"{who.zh}{place.zh}{deed.zh}{aside.zh}", f"{who.en} {deed.says}{place.en}{aside.en}")
    side = SIDES[scope.by]
    if holds:
        return Message(
            f"{side.zh}{place.zh}{deed.zh}{aside.zh}", f"{side.en} {deed.says}{place.en}{aside.en}"
        )
    return Message(
        f"{side.zh}{place.zh}没有{deed.zh}{aside.zh}", f"{side.en} does not {deed.say}{place.en}{aside.en}"
    )


def joined(one: Message, other: Message) -> Message:
    """One behind the other."""
    return Message(one.zh + other.zh, one.en + other.en)


def brackets(*asides: Message) -> Message:
    """Those that are not empty, in one pair of brackets."""
    told = [aside for aside in asides if aside.zh]
    if not told:
        return NOTHING
    return Message(
        f"（{'；'.join(aside.zh for aside in told)}）", f" ({'; '.join(aside.en for aside in told)})"
    )
