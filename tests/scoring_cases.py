"""Rules with what they do to a score, and cards of calls on which they came out so or so."""

from dataclasses import replace
from pathlib import Path

from speechqa.assessment import ChecklistRef, Finding, Scorecard, Verdict
from speechqa.call import Message, Transcript
from speechqa.checklist.operators.logic import All
from speechqa.checklist.points import Points, Stakes, Veto
from speechqa.checklist.sections import Section
from speechqa.checklist.values import Checklist, Marks, Rule
from speechqa.scoring import scorecard

CALL = Transcript(10.0, "zh", "t", ())
NOTHING = Message("", "")
PASS, FAIL, NA, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN
Case = tuple[Stakes, Verdict]


def costs(points: float, veto: Veto | None = None, section: str = "") -> Stakes:
    return Stakes(Points(points), veto=veto, section=section)


def holds_to(most: float, section: str = "") -> Stakes:
    return Stakes(set_score=most, section=section)


def earns(points: float, section: str = "") -> Stakes:
    return Stakes(add=Points(points), section=section)


def made(stakes: list[Stakes], sections: tuple[Section, ...] = (), marks: Marks | None = None) -> Checklist:
    rules = tuple(Rule(f"r{at}", f"甲{at}", one, All(()), NOTHING) for at, one in enumerate(stakes))
    return Checklist(
        ChecklistRef("t", "1", "0"), "试", Path("c"), marks or Marks(), {}, rules, sections=sections
    )


def found(rule: Rule, verdict: Verdict) -> Finding:
    """What judging gives for a rule that counts once, and by the call."""
    stakes = rule.stakes
    finding = Finding(rule.id, rule.title, verdict, 1.0, rule.points, 0.0, NOTHING)
    if verdict is FAIL:
        return replace(finding, deducted=stakes.deduct.each, at_most=stakes.set_score)
    earned = stakes.add.each if verdict is PASS and stakes.add is not None else 0.0
    return replace(finding, added=earned)


def card(cases: list[Case], sections: tuple[Section, ...] = (), call: Transcript = CALL) -> Scorecard:
    checklist = made([stakes for stakes, _ in cases], sections)
    findings = zip(checklist.rules, (verdict for _, verdict in cases), strict=True)
    return scorecard(checklist, tuple(found(rule, verdict) for rule, verdict in findings), call)
