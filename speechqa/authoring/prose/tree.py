"""Sentences put together: a few short ones in a line, more as a list."""

from collections.abc import Iterator
from dataclasses import dataclass

from speechqa.call import Lang, Message

LINE = 90  # characters of Chinese, or twice as many of English, that still read well as one sentence
ALL_OF = Message("以下各项都成立", "all of these hold")
ONE_OF = Message("以下至少一项成立", "at least one of these holds")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, or the head of a list of them; `wanted` of the `parts` make it hold."""

    text: Message
    parts: tuple["Told", ...] = ()
    wanted: int = 0
    listed: bool = False  # its head says more than how many must hold, so it is never one sentence


def branch(parts: tuple[Told, ...], wanted: int) -> Told:
    """Sentences of which `wanted` must hold, under a head that says so."""
    if wanted >= len(parts):
        return Told(ALL_OF, parts, wanted)
    if wanted == 1:
        return Told(ONE_OF, parts, wanted)
    return Told(Message(f"以下至少 {wanted} 项成立", f"at least {wanted} of these hold"), parts, wanted)


def in_line(told: Told, lang: Lang) -> str | None:
    """All of it as one sentence; None when it is too much for one."""
    if not told.parts:
        return told.text.text(lang)
    joints = _joints(told)
    if told.listed or joints is None or any(part.parts for part in told.parts):
        return None
    texts = [part.text.text(lang) for part in told.parts]
    line = joints.text(lang).join(texts)
    return line if len(line) <= LINE * (1 if lang is Lang.ZH else 2) else None


def lines(told: Told, lang: Lang, indent: str = "  ") -> Iterator[str]:
    """All of it, a line each where it is more than one sentence; the first line is not indented."""
    line = in_line(told, lang)
    if line is not None:
        yield line
        return
    yield told.text.text(lang) + Message("：", ":").text(lang)
    for number, part in enumerate(told.parts, 1):
        first, *more = lines(part, lang, indent)
        yield f"{indent}{number}. {first}"
        yield from (f"{indent}   {line}" for line in more)


def _joints(told: Told) -> Message | None:
    """What stands between the parts in one sentence."""
    if told.wanted >= len(told.parts):
        return Message("，并且", ", and ")
    return Message("，或者", ", or ") if told.wanted == 1 else None
