"""What a report is made of: the assessments of one run, and what can be counted over them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from speechqa.assessment import Assessment, Failure, Finding, Scorecard, Verdict
from speechqa.call import Lang
from speechqa.report.masking import masked
from speechqa.statistics import Interval, Spread, spread, wilson

STAFF_COLUMNS = ("agent_id", "team", "direction", "campaign", "started_at", "layout")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """One run over many calls, as the files of a report need it."""

    checklist_title: str
    assessments: tuple[Assessment, ...]
    lang: Lang
    made_at: datetime  # UTC


def standing(card: Scorecard) -> str:
    """passed | not_passed | undecided (a veto is still open) | no_score."""
    if card.score is None:
        return "no_score"
    return {True: "passed", False: "not_passed", None: "undecided"}[card.passed]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule ended how, over the scored calls."""

    rule: str
    title: str
    fail: int
    unknown: int
    not_applicable: int
    passed: int
    unearned: int  # of a bonus, in place of fail

    @property
    def calls(self) -> int:
        return self.fail + self.unknown + self.not_applicable + self.passed + self.unearned


@dataclass(frozen=True, slots=True)
class Group:
    """The calls of one agent or one team; `name` is empty for calls without either."""

    name: str
    calls: int
    judged: int  # calls with a pass or fail
    passed: int
    scores: Spread | None  # None when no call has a score

    @property
    def rate(self) -> float | None:
        return self.passed / self.judged if self.judged else None

    @property
    def interval(self) -> Interval:
        return wilson(self.passed, self.judged)


@dataclass(frozen=True, slots=True)
class Totals:
    """A run in numbers."""

    all: Group
    failed: int
    vetoed: int
    flagged: int
    unknown: int  # calls with at least one rule that needs a listener
    agents: tuple[Group, ...]  # by name; empty when no call names its agent
    teams: tuple[Group, ...]


def totals(run: Run) -> Totals:
    cards = [card for _, card in scored(run)]
    return Totals(
        all=_group("", run.assessments),
        failed=sum(assessment.scorecard is None for assessment in run.assessments),
        vetoed=sum(bool(card.vetoed_by) for card in cards),
        flagged=sum(bool(card.flags) for card in cards),
        unknown=sum(any(f.verdict is Verdict.UNKNOWN for f in card.findings) for card in cards),
        agents=_groups(run.assessments, "agent_id"),
        teams=_groups(run.assessments, "team"),
    )


def scored(run: Run) -> Iterable[tuple[Assessment, Scorecard]]:
    """The calls that have a scorecard, in the order of the run."""
    for assessment in run.assessments:
        if assessment.scorecard is not None:
            yield assessment, assessment.scorecard


def failed(run: Run) -> Iterable[tuple[Assessment, Failure]]:
    """The calls that could not be scored, with why, in the order of the run."""
    for assessment in run.assessments:
        if assessment.failure is not None:
            yield assessment, assessment.failure


def rule_counts(run: Run) -> tuple[RuleCount, ...]:
    """A count for every rule, in the order in which the scorecards name them."""
    titles: dict[str, str] = {}
    counts: dict[tuple[str, Verdict | None], int] = {}  # None: a bonus that was not earned
    for _, card in scored(run):
        for finding in card.findings:
            titles.setdefault(finding.rule, finding.title)
            key = (finding.rule, None if finding.unearned else finding.verdict)
            counts[key] = counts.get(key, 0) + 1
    return tuple(
        RuleCount(
            rule,
            title,
            counts.get((rule, Verdict.FAIL), 0),
            counts.get((rule, Verdict.UNKNOWN), 0),
            counts.get((rule, Verdict.NOT_APPLICABLE), 0),
            counts.get((rule, Verdict.PASS), 0),
            counts.get((rule, None), 0),
        )
        for rule, title in titles.items()
    )


def section_names(assessments: Sequence[Assessment]) -> tuple[str, ...]:
    """The sections of the checklist, in its order; none when it has none, or no call was scored."""
    cards = (one.scorecard for one in assessments if one.scorecard is not None)
    return tuple(dict.fromkeys(section.name for card in cards for section in card.sections))


def metadata_columns(run: Run) -> tuple[str, ...]:
    """Keys of the calls' metadata: agent and team first, then as they come."""
    found = dict.fromkeys(key for assessment in run.assessments for key in assessment.call.metadata)
    first = [key for key in ("agent_id", "team") if key in found]
    return tuple(dict.fromkeys([*first, *found]))


def metadata_value(assessment: Assessment, key: str) -> str:
    """What calls.csv says, "" when it says nothing; numbers of customers masked."""
    value = assessment.call.metadata.get(key, "")
    return value if key in STAFF_COLUMNS else masked(value)


def writable(text: str) -> str:
    """The text as UTF-8 and XML can hold it: controls except tab and newline, and stray bytes, as escapes."""
    return _UNWRITABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def findings_with(card: Scorecard, verdict: Verdict) -> tuple[Finding, ...]:
    return tuple(finding for finding in card.findings if finding.verdict is verdict)


def _groups(assessments: Sequence[Assessment], key: str) -> tuple[Group, ...]:
    members: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        members.setdefault(assessment.call.metadata.get(key, ""), []).append(assessment)
    if set(members) <= {""}:
        return ()
    names = sorted(members, key=lambda name: (name == "", name))
    return tuple(_group(name, members[name]) for name in names)


def _group(name: str, assessments: Sequence[Assessment]) -> Group:
    cards = [a.scorecard for a in assessments if a.scorecard is not None]
    verdicts = [card.passed for card in cards if card.passed is not None]
    return Group(
        name=name,
        calls=len(assessments),
        judged=len(verdicts),
        passed=sum(verdicts),
        scores=spread([card.score for card in cards if card.score is not None]),
    )
