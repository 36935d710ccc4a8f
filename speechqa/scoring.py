"""From findings to a scorecard.

A score is `start_from` less what failed rules deduct and with what passed ones add, never below 0 nor
above `start_from`: a bonus makes up for what was lost and no more. A failed rule may also hold the score
down (`set_score`); the lowest of these counts. Where a checklist has sections each has such a score, and
the call's is their mean by weight; a section in which nothing was judged takes no part in it. A supervisor
can check all of it with a pencil, the card tells the sums.

Rules that are not applicable or unknown cost nothing. Coverage says how much of what applied could be
judged: judged points / applicable points. When nothing could be judged there is no score. A veto (一票否决)
makes the score of the call, or of the rule's section, 0 and keeps what it was before; while what could
undo a pass is unknown, a call has not passed yet, whatever its score.
"""

from collections.abc import Iterable, Sequence
from math import fsum

from speechqa.assessment import Finding, Flag, Scorecard, SectionScore, Verdict
from speechqa.call import Message, Transcript
from speechqa.checklist.points import Veto
from speechqa.checklist.sections import Section
from speechqa.checklist.values import Checklist, Rule, Severity

_WHOLE = Section("", 1.0)  # a checklist without sections is one
_JUDGED = (Verdict.PASS, Verdict.FAIL)
_APPLICABLE = (*_JUDGED, Verdict.UNKNOWN)
_UNTOLD = Message("", "")


def scorecard(checklist: Checklist, findings: tuple[Finding, ...], transcript: Transcript) -> Scorecard:
    """The result for one call; `findings` are those of all the checklist's rules, in its order."""
    failed, unknown = (_with(checklist, findings, what) for what in (Verdict.FAIL, Verdict.UNKNOWN))
    sections = _section_scores(checklist, findings)
    before_veto = _mean((one.weight, one.score_before_veto) for one in sections)
    vetoed_by = tuple(rule.id for rule in failed if rule.veto is Veto.CALL)
    score = 0.0 if vetoed_by else _mean((one.weight, one.score) for one in sections)
    below = score is not None and _below_mark(checklist, score, sections)
    passed = None if score is None else not vetoed_by and not below
    covered = coverage(checklist, findings)
    raised = {
        Flag.VETOED: any(rule.veto for rule in failed),
        Flag.BELOW_MARK: below,
        Flag.UNKNOWN_CRITICAL: any(rule.veto or rule.severity is Severity.CRITICAL for rule in unknown),
        Flag.LOW_COVERAGE: covered < checklist.marks.coverage_below,
        Flag.TONE: any(rule.listens_to_tone and rule.stakes.add is None for rule in failed),
        Flag.AUDIO: any(note.review for note in transcript.notes),
    }
    return Scorecard(
        checklist=checklist.ref,
        score=score,
        score_before_veto=before_veto,
        passed=None if passed and _undecided(checklist, unknown, sections) else passed,
        coverage=covered,
        vetoed_by=vetoed_by,
        flags=tuple(flag for flag, up in raised.items() if up and flag in checklist.marks.review_when),
        findings=findings,
        sections=sections if checklist.sections else (),
        reckoning=_reckoning(sections, score) if sections[0].reckoning.zh else None,
    )


def coverage(checklist: Checklist, findings: Sequence[Finding]) -> float:
    """Judged points / applicable points, 0-1; 0 when nothing applied. A rule without points weighs one."""
    weights = {section.name: section.weight for section in checklist.sections or (_WHOLE,)}
    judged = applicable = 0.0
    for rule, finding in zip(checklist.rules, findings, strict=True):
        if finding.verdict in _APPLICABLE:
            weight = _at_stake(checklist, rule, finding) * weights[rule.stakes.section]
            applicable += weight
            judged += weight if finding.verdict in _JUDGED else 0.0
    return round(judged / applicable, 4) if applicable else 0.0


def _at_stake(checklist: Checklist, rule: Rule, finding: Finding) -> float:
    cap = rule.stakes.set_score
    held_down = checklist.marks.start_from - cap if cap is not None else 0.0
    return max(finding.points, held_down) or 1.0


def _section_scores(checklist: Checklist, findings: Sequence[Finding]) -> tuple[SectionScore, ...]:
    """A score for each section; where there are none, for all rules as one."""
    start_from = checklist.marks.start_from
    told = bool(checklist.sections) or not all(rule.stakes.simple for rule in checklist.rules)
    judged: dict[str, list[Finding]] = {section.name: [] for section in checklist.sections or (_WHOLE,)}
    vetoed: dict[str, list[str]] = {name: [] for name in judged}
    for rule, finding in zip(checklist.rules, findings, strict=True):
        if finding.verdict in _JUDGED:
            judged[rule.stakes.section].append(finding)
        if finding.verdict is Verdict.FAIL and rule.veto is Veto.SECTION:
            vetoed[rule.stakes.section].append(rule.id)
    scores = []
    for section in checklist.sections or (_WHOLE,):
        own, vetoed_by = judged[section.name], tuple(vetoed[section.name])
        before_veto = _score(own, start_from) if own else None
        score = 0.0 if vetoed_by else before_veto
        sums = _sums(own, start_from, vetoed_by) if told else _UNTOLD
        scores.append(SectionScore(section.name, section.weight, score, before_veto, vetoed_by, sums))
    return tuple(scores)


def _balance(judged: Sequence[Finding], start_from: float) -> float:
    lost = fsum(finding.deducted for finding in judged)
    return start_from - lost + fsum(finding.added for finding in judged)


def _score(judged: Sequence[Finding], start_from: float) -> float:
    caps = [finding.at_most for finding in judged if finding.at_most is not None]
    return round(min(max(0.0, _balance(judged, start_from)), start_from, *caps), 2)


def _mean(weighed: Iterable[tuple[float, float | None]]) -> float | None:
    """The mean by weight of the scores there are; None when none has any weight."""
    scored = [(weight, score) for weight, score in weighed if score is not None and weight > 0]
    if not scored:
        return None
    return round(fsum(weight * score for weight, score in scored) / fsum(weight for weight, _ in scored), 2)


def _with(checklist: Checklist, findings: Sequence[Finding], verdict: Verdict) -> list[Rule]:
    """The rules that came out so."""
    both = zip(checklist.rules, findings, strict=True)
    return [rule for rule, finding in both if finding.verdict is verdict]


def _below_mark(checklist: Checklist, score: float, sections: Sequence[SectionScore]) -> bool:
    marks = {section.name: section.pass_mark or 0.0 for section in checklist.sections}
    return score < checklist.marks.pass_mark or any(
        one.score is not None and one.score < marks.get(one.name, 0.0) for one in sections
    )


def _undecided(checklist: Checklist, unknown: Sequence[Rule], sections: Sequence[SectionScore]) -> bool:
    """Whether what is unknown can undo a pass: a veto, or all of a section that has a mark of its own."""
    marked = {section.name for section in checklist.sections if section.pass_mark}
    empty = marked & {one.name for one in sections if one.score is None}
    return any(rule.veto or rule.stakes.section in empty for rule in unknown)


def _sums(judged: Sequence[Finding], start_from: float, vetoed_by: Sequence[str]) -> Message:
    """How the score of a section came about."""
    if not judged:
        return Message("没有可判定的规则，不计入", "nothing could be judged; not counted")
    balance = _balance(judged, start_from)
    zh, en = (_steps(judged, start_from, bracketed) for bracketed in ("（{}）", " ({}) "))
    if any(one.deducted or one.added for one in judged):
        left = f"{round(balance, 2):g}".replace("-", "−")
        zh, en = f"{zh}= {left}", f"{en} = {left}"
    bounded = min(max(0.0, balance), start_from)
    if bounded != balance:
        zh, en = f"{zh}，按 {bounded:g} 计", f"{en}, counted as {bounded:g}"
    for one in judged:
        if one.at_most is not None:
            zh, en = (
                f"{zh}，最高 {one.at_most:g}（{one.title}）",
                f"{en}, at most {one.at_most:g} ({one.title})",
            )
    titles = [one.title for one in judged if one.rule in vetoed_by]
    if titles:
        zh, en = f"{zh}，被一票否决（{'、'.join(titles)}），记 0", f"{en}, vetoed ({', '.join(titles)}): 0"
    return Message(zh, en)


def _steps(judged: Sequence[Finding], start_from: float, bracketed: str) -> str:
    steps = f"{start_from:g} "
    for one in judged:
        title = bracketed.format(one.title)
        steps += f"− {one.deducted:g}{title}" if one.deducted else ""
        steps += f"+ {one.added:g}{title}" if one.added else ""
    return steps.rstrip()


def _reckoning(sections: Sequence[SectionScore], score: float | None) -> Message:
    """How the score of the call came about from those of its sections, or of all rules as one."""
    if not sections[0].name:
        return sections[0].reckoning
    counted = [(one, one.score) for one in sections if one.score is not None and one.weight > 0]
    if not counted or score is None:
        return Message("没有可计分的大项", "no section has a score that counts")
    steps = " + ".join(f"{one.name} {one.weight:g} × {part:g}" for one, part in counted)
    total, mean = fsum(one.weight for one, _ in counted), _mean((one.weight, part) for one, part in counted)
    return Message(*[f"({steps}) ÷ {total:g} = {mean:g}"] * 2)
