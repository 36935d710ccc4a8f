"""From findings to a scorecard.

A score is `start_from` less what failed rules deduct, never below 0; a supervisor can check it with
a pencil. Rules that are not applicable or unknown cost nothing. Coverage says how much of what
applied could be judged: judged points / applicable points. When nothing could be judged there is no
score. A veto (一票否决) makes the score 0 and keeps what it was before; while a rule that could veto
is unknown, a call has not passed yet, whatever its score.
"""

from speechqa.call import Finding, Flag, Scorecard, Transcript, Verdict
from speechqa.checklist.values import Checklist, Severity


def scorecard(checklist: Checklist, findings: tuple[Finding, ...], transcript: Transcript) -> Scorecard:
    """The result for one call; `findings` are those of all the checklist's rules, in its order."""
    judged = [finding for finding in findings if finding.verdict in (Verdict.PASS, Verdict.FAIL)]
    before_veto = _points(checklist, judged) if judged else None
    vetoes = {rule.id for rule in checklist.rules if rule.veto}
    vetoed_by = _rules(findings, Verdict.FAIL, vetoes)
    score = 0.0 if vetoed_by else before_veto
    passed = None if score is None else not vetoed_by and score >= checklist.marks.pass_mark
    covered = coverage(findings)
    return Scorecard(
        checklist=checklist.ref,
        score=score,
        score_before_veto=before_veto,
        passed=None if passed and _rules(findings, Verdict.UNKNOWN, vetoes) else passed,
        coverage=covered,
        vetoed_by=vetoed_by,
        flags=_flags(checklist, findings, transcript, (score, covered)),
        findings=findings,
    )


def coverage(findings: tuple[Finding, ...]) -> float:
    """Judged points / applicable points, 0-1; 0 when nothing applied. A rule without points weighs one."""

    def weight(verdicts: tuple[Verdict, ...]) -> float:
        return sum(finding.points or 1.0 for finding in findings if finding.verdict in verdicts)

    applicable = weight((Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN))
    return round(weight((Verdict.PASS, Verdict.FAIL)) / applicable, 4) if applicable else 0.0


def _rules(findings: tuple[Finding, ...], verdict: Verdict, among: set[str]) -> tuple[str, ...]:
    return tuple(one.rule for one in findings if one.verdict is verdict and one.rule in among)


def _points(checklist: Checklist, judged: list[Finding]) -> float:
    return round(max(0.0, checklist.marks.start_from - sum(finding.deducted for finding in judged)), 2)


def _flags(
    checklist: Checklist,
    findings: tuple[Finding, ...],
    transcript: Transcript,
    result: tuple[float | None, float],
) -> tuple[Flag, ...]:
    score, covered = result
    vetoes = {rule.id for rule in checklist.rules if rule.veto}
    critical = vetoes | {rule.id for rule in checklist.rules if rule.severity is Severity.CRITICAL}
    tone = {rule.id for rule in checklist.rules if rule.listens_to_tone}
    raised = {
        Flag.VETOED: bool(_rules(findings, Verdict.FAIL, vetoes)),
        Flag.BELOW_MARK: score is not None and score < checklist.marks.pass_mark,
        Flag.UNKNOWN_CRITICAL: bool(_rules(findings, Verdict.UNKNOWN, critical)),
        Flag.LOW_COVERAGE: covered < checklist.marks.coverage_below,
        Flag.TONE: bool(_rules(findings, Verdict.FAIL, tone)),
        Flag.AUDIO: any(note.review for note in transcript.notes),
    }
    return tuple(flag for flag, up in raised.items() if up)
