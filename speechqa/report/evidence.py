"""Evidence as a person reads it: when, who, what was heard."""

from collections.abc import Sequence

from speechqa.call import Hit, Lang, Seconds, Witness
from speechqa.report.cards import heard
from speechqa.report.words import ROLES, WITNESSES


def clock(seconds: Seconds) -> str:
    """mm:ss; h:mm:ss from an hour on. Seconds are cut, not rounded, so that one starts listening in time."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def evidence_line(hit: Hit, turns: Sequence[str], lang: Lang) -> str:
    """One hit on one line: 00:12 坐席 “您是机主吗”（按读音，0.82）; `turns` are the masked texts."""
    words = f"“{heard(hit, turns)}”"
    how = WITNESSES[hit.by].text(lang)
    if hit.by is Witness.METADATA:
        return f"{words} ({how})" if lang is Lang.EN else f"{words}（{how}）"
    who = f"{clock(hit.start)} {ROLES[hit.role].text(lang)}"
    sure = f"{hit.confidence:.2f}"
    return f"{who} {words} ({how}, {sure})" if lang is Lang.EN else f"{who} {words}（{how}，{sure}）"
