"""Judging past calls by two checklists: what each says, and which findings differ.

Rules that rest on the same things in both are judged once, those whose findings are kept from before not at
all. Many calls are judged in several processes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import is_

from speechqa.assessment import Failure, Finding, Scorecard, Verdict
from speechqa.authoring.anatomy import alike, footing
from speechqa.authoring.known_findings import Found, Panel
from speechqa.authoring.past_calls import PastCall
from speechqa.call import Call, Sent
from speechqa.checklist.values import Checklist
from speechqa.errors import TranscriptError
from speechqa.processes import ALONE, Helpers, Pool, cores
from speechqa.scoring import scorecard
from speechqa.store import FindingCache

MANY = 150  # calls from which further processes pay for their start
HANDFUL = 16  # calls judged together


@dataclass(frozen=True, slots=True)
class Result(Sent):
    """What a checklist makes of a call."""

    score: float | None
    passed: bool | None  # None: undecided, or no score
    vetoed_by: tuple[str, ...]
    verdicts: tuple[Verdict, ...]  # in the order of the checklist's rules


@dataclass(frozen=True, slots=True)
class Flip(Sent):
    """A rule whose verdict on a call differs, with both readings."""

    old: Finding
    new: Finding


@dataclass(frozen=True, slots=True)
class Compared(Sent):
    """One call under both checklists."""

    call: Call
    old: Result
    new: Result
    flips: tuple[Flip, ...]  # of rules that both have


@dataclass(frozen=True, slots=True)
class Unread(Sent):
    """A call whose transcript could not be read."""

    call: Call
    failure: Failure


@dataclass(frozen=True, slots=True)
class Backtest:
    """Two checklists on the same calls."""

    old: Checklist
    new: Checklist
    calls: tuple[Compared, ...]
    unread: tuple[Unread, ...]
    alike: frozenset[str]  # rules that mean the same in both


OnProgress = Callable[[int, int], None]  # calls done, of how many


def backtest(
    calls: Sequence[PastCall],
    old: Checklist,
    new: Checklist,
    tell: OnProgress = lambda _done, _of: None,
    cache: FindingCache | None = None,
) -> Backtest:
    """Both checklists on every call, in order; calls that cannot be read are told apart."""
    handfuls = [calls[at : at + HANDFUL] for at in range(0, len(calls), HANDFUL)]
    ended: list[Compared | Unread] = []
    _begin(old, new, cache)
    with Pool() as crew:
        beside = ALONE
        if cores() > 1 and len(calls) >= MANY:
            crew.prepare(partial(_begin, old, new, cache))
            beside = Helpers(crew)
        begun = [beside.begin(_compared, handful) for handful in handfuls]
        for result in begun:
            ended += result()
            tell(len(ended), len(calls))
    return Backtest(
        old,
        new,
        tuple(one for one in ended if isinstance(one, Compared)),
        tuple(one for one in ended if isinstance(one, Unread)),
        same_rules(old, new),
    )


def same_rules(old: Checklist, new: Checklist) -> frozenset[str]:
    """Rules that both have, and that rest on the same things in both."""
    theirs = {rule.id: rule for rule in old.rules}
    return frozenset(
        rule.id
        for rule in new.rules
        if rule.id in theirs and alike(footing(old, theirs[rule.id]), footing(new, rule))
    )


class Bench:
    """Two checklists, ready for any number of calls."""

    def __init__(self, old: Checklist, new: Checklist, cache: FindingCache | None = None) -> None:
        self._old, self._new = old, new
        self._weighed_alike = alike((old.marks, old.sections), (new.marks, new.sections))
        self._panel = Panel([new, old], cache)

    def compared(self, calls: Sequence[PastCall]) -> list[Compared | Unread]:
        """In the order of the calls."""
        found = self._panel.found(calls)
        return [
            Unread(past.call, one.failure())
            if isinstance(one, TranscriptError)
            else self._compared(past.call, one)
            for past, one in zip(calls, found, strict=True)
        ]

    def _compared(self, call: Call, found: Found) -> Compared:
        new, old = found.findings
        after = _result(scorecard(self._new, new, found.transcript))
        if self._weighed_alike and len(old) == len(new) and all(map(is_, old, new)):
            return Compared(call, after, after, ())  # of the same rules
        before = _result(scorecard(self._old, old, found.transcript))
        return Compared(call, before, after, _flips({finding.rule: finding for finding in old}, new))


def _result(card: Scorecard) -> Result:
    return Result(
        card.score, card.passed, card.vetoed_by, tuple(finding.verdict for finding in card.findings)
    )


def _flips(old: dict[str, Finding], new: Sequence[Finding]) -> tuple[Flip, ...]:
    both = ((old[finding.rule], finding) for finding in new if finding.rule in old)
    return tuple(Flip(before, after) for before, after in both if before.verdict is not after.verdict)


_bench: Bench | None = None  # what this process compares by


def _begin(old: Checklist, new: Checklist, cache: FindingCache | None) -> None:
    global _bench
    _bench = Bench(old, new, cache)


def _compared(calls: Sequence[PastCall]) -> list[Compared | Unread]:
    if _bench is None:
        raise RuntimeError("the process was not started by _begin")
    return _bench.compared(calls)
