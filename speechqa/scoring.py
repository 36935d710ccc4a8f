"""From findings to a scorecard.

A score is `start_from` less what failed rules deduct, never below 0; a supervisor can check it with
a pencil. Rules that are not applicable or unknown cost nothing. Coverage says how much of what
applied could be judged: judged points / applicable points. When nothing could be judged there is no
score. A veto (一票否决) makes the score 0 and keeps what it was before.
"""

from speechqa.call import Finding, Flag, Scorecard, Transcript, Verdict
from speechqa.checklist.values import Checklist, Severity


def scorecard(checklist: Checklist, findings: tuple[Finding, ...], transcript: Transcript) -> Scorecard:
    """The result for one call; `findings` are those of all the checklist's rules, in its order."""
    judged = [finding for finding in findings if finding.verdict in (Verdict.PASS, Verdict.FAIL)]
    before_veto = _points(checklist, judged) if judged else None
    vetoes = {rule.id for rule in checklist.rules if rule.veto}
    vetoed_by = tuple(
        finding.rule for finding in findings if finding.verdict is Verdict.FAIL and finding.rule in vetoes
    )
    score = 0.0 if vetoed_by else before_veto
    passed = None if score is None else not vetoed_by and score >= checklist.marks.pass_mark
    covered = coverage(findings)
    card = Scorecard(checklist.ref, score, before_veto, passed, covered, vetoed_by, (), findings)
    return Scorecard(
        card.checklist, score, before_veto, passed, covered, vetoed_by, _flags(checklist, card, transcript), findings
    )


def coverage(findings: tuple[Finding, ...]) -> float:
    """Judged points / applicable points, 0-1; 0 when nothing applied. A rule without points weighs one."""

    def weight(verdicts: tuple[Verdict, ...]) -> float:
        return sum(finding.points or 1.0 for finding in findings if finding.verdict in verdicts)

    applicable = weight((Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN))
    return round(weight((Verdict.PASS, Verdict.FAIL)) / applicable, 4) if applicable else 0.0


def _points(checklist: Checklist, judged: list[Finding]) -> float:
    return round(max(0.0, checklist.marks.start_from - sum(finding.deducted for finding in judged)), 2)


def _flags(checklist: Checklist, card: Scorecard, transcript: Transcript) -> tuple[Flag, ...]:
    critical = {rule.id for rule in checklist.rules if rule.severity is Severity.CRITICAL or rule.veto}
    tone = {rule.id for rule in checklist.rules if rule.listens_to_tone}
    verdicts = {finding.rule: finding.verdict for finding in card.findings}
    raised = {
        Flag.VETOED: bool(card.vetoed_by),
        Flag.BELOW_MARK: card.score is not None and card.score < checklist.marks.pass_mark,
        Flag.UNKNOWN_CRITICAL: any(verdicts.get(rule) is Verdict.UNKNOWN for rule in critical),
        Flag.LOW_COVERAGE: card.coverage < checklist.marks.coverage_below,
        Flag.TONE: any(verdicts.get(rule) is Verdict.FAIL for rule in tone),
        Flag.AUDIO: any(note.review for note in transcript.notes),
    }
    return tuple(flag for flag, up in raised.items() if up)
