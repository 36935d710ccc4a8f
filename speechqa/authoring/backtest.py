"""Judging past calls by two checklists: what each says, and which findings differ.

Rules that rest on the same things in both are judged once. Many calls are judged in several processes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from speechqa.authoring.anatomy import alike, footing, narrowed
from speechqa.authoring.past_calls import PastCall
from speechqa.call import Call, Failure, Finding, Scorecard, Sent, Transcript, Verdict
from speechqa.checklist.values import Checklist
from speechqa.errors import TranscriptError
from speechqa.matching import Judge
from speechqa.processes import ALONE, Helpers, Pool, cores
from speechqa.scoring import scorecard

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
    calls: Sequence[PastCall], old: Checklist, new: Checklist, tell: OnProgress = lambda _done, _of: None
) -> Backtest:
    """Both checklists on every call, in order; calls that cannot be read are told apart."""
    handfuls = [calls[at : at + HANDFUL] for at in range(0, len(calls), HANDFUL)]
    ended: list[Compared | Unread] = []
    _begin(old, new)
    with Pool() as crew:
        beside = ALONE
        if cores() > 1 and len(calls) >= MANY:
            crew.prepare(partial(_begin, old, new))
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

    def __init__(self, old: Checklist, new: Checklist) -> None:
        self._old, self._new = old, new
        self._same = same_rules(old, new)
        differing = [rule for rule in old.rules if rule.id not in self._same]
        self._old_judge = Judge(narrowed(old, differing)) if differing else None
        self._new_judge = Judge(new)

    def compared(self, calls: Sequence[tuple[Call, Transcript]]) -> Iterator[Compared]:
        from speechqa.tone import tones

        transcripts = [transcript for _, transcript in calls]
        new_ears = self._new_judge.listen(transcripts)
        old_ears = self._old_judge.listen(transcripts) if self._old_judge else new_ears
        for (call, transcript), for_new, for_old in zip(calls, new_ears, old_ears, strict=True):
            marks = tones(transcript)
            new = self._new_judge.findings(call, for_new, marks)
            known = {finding.rule: finding for finding in new if finding.rule in self._same}
            if self._old_judge is not None:
                judged = self._old_judge.findings(call, for_old, marks)
                known |= {finding.rule: finding for finding in judged}
            old = tuple(known[rule.id] for rule in self._old.rules)
            yield Compared(
                call,
                _result(scorecard(self._old, old, transcript)),
                _result(scorecard(self._new, new, transcript)),
                _flips(known, new),
            )


def _result(card: Scorecard) -> Result:
    return Result(
        card.score, card.passed, card.vetoed_by, tuple(finding.verdict for finding in card.findings)
    )


def _flips(old: dict[str, Finding], new: Sequence[Finding]) -> tuple[Flip, ...]:
    both = ((old[finding.rule], finding) for finding in new if finding.rule in old)
    return tuple(Flip(before, after) for before, after in both if before.verdict is not after.verdict)


_bench: Bench | None = None  # what this process compares by


def _begin(old: Checklist, new: Checklist) -> None:
    global _bench
    _bench = Bench(old, new)


def _compared(calls: Sequence[PastCall]) -> list[Compared | Unread]:
    if _bench is None:
        raise RuntimeError("the process was not started by _begin")
    ended: dict[int, Compared | Unread] = {}
    read: list[tuple[int, Call, Transcript]] = []
    for place, past in enumerate(calls):
        try:
            read.append((place, past.call, past.transcript()))
        except TranscriptError as error:
            ended[place] = Unread(past.call, error.failure())
    compared = _bench.compared([(call, transcript) for _, call, transcript in read])
    ended |= {place: one for (place, _, _), one in zip(read, compared, strict=True)}
    return [ended[place] for place in sorted(ended)]
