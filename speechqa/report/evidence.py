"""Evidence as a person reads it: when, who, what was heard."""

from collections.abc import Sequence

from speechqa.assessment import Hit, Witness
from speechqa.call import Lang
from speechqa.report.cards import heard
from speechqa.report.masking import masked
from speechqa.report.words import ROLES, WITNESSES
from speechqa.times import clock


def evidence_line(hit: Hit, turns: Sequence[str], lang: Lang) -> str:
    """One hit on one line: 00:12 坐席 “您是机主吗”（按读音，0.82）; `turns` are the masked texts."""
    words = told(hit, turns, lang) if hit.measure is not None else f"“{told(hit, turns, lang)}”"
    how = WITNESSES[hit.by].text(lang)
    if hit.by is Witness.METADATA:
        return f"{words} ({how})" if lang is Lang.EN else f"{words}（{how}）"
    where = " ".join(part for part in (at(hit), whose(hit, lang), words) if part)
    sure = f"{hit.confidence:.2f}"
    return f"{where} ({how}, {sure})" if lang is Lang.EN else f"{where}（{how}，{sure}）"


def told(hit: Hit, turns: Sequence[str], lang: Lang) -> str:
    """What was heard, measured, or read in the calls table, masked."""
    return heard(hit, turns, lang) if hit.measure is None else masked(hit.measure.told.text(lang))


def at(hit: Hit) -> str:
    """When it was; empty for what is of no time: metadata, a measure of the whole call."""
    return "" if hit.turn is None else clock(hit.start)


def whose(hit: Hit, lang: Lang) -> str:
    """The side that it belongs to; empty for metadata, and for a silence, which is nobody's."""
    if hit.by is Witness.METADATA:
        return ""
    role = hit.role if hit.measure is None else hit.measure.whose
    return "" if role is None else ROLES[role].text(lang)
