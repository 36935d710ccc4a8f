"""Evidence as a person reads it: when, who, what was heard."""

from collections.abc import Sequence

from speechqa.assessment import Hit, Witness
from speechqa.call import Lang
from speechqa.report.cards import heard
from speechqa.report.words import ROLES, WITNESSES
from speechqa.times import clock


def evidence_line(hit: Hit, turns: Sequence[str], lang: Lang) -> str:
    """One hit on one line: 00:12 坐席 “您是机主吗”（按读音，0.82）; `turns` are the masked texts."""
    words = hit.heard if hit.measured else f"“{heard(hit, turns)}”"
    how = WITNESSES[hit.by].text(lang)
    if hit.by is Witness.METADATA:
        return f"{words} ({how})" if lang is Lang.EN else f"{words}（{how}）"
    who = clock(hit.start) if hit.silent else f"{clock(hit.start)} {ROLES[hit.role].text(lang)}"
    sure = f"{hit.confidence:.2f}"
    return f"{who} {words} ({how}, {sure})" if lang is Lang.EN else f"{who} {words}（{how}，{sure}）"
