"""What a change of rules does to past calls: which verdicts flip, in whose favour, and what it costs whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from speechqa.assessment import Finding, Verdict
from speechqa.authoring.backtest import Backtest, Compared, Flip, Result
from speechqa.authoring.edits import Edit
from speechqa.authoring.reviews import Accuracy, Reviews, accuracy
from speechqa.call import Call
from speechqa.checklist.values import Checklist, Rule
from speechqa.statistics import Spread, mcnemar, spread

AGENT = "agent_id"  # the column of the calls table


class Favour(StrEnum):
    """Whom a flip helps."""

    AGENT = "agent"
    AGAINST = "against_agent"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Paired:
    """Something that is so or not in each call, before and after; calls where both agree say nothing."""

    only_before: int
    only_after: int

    @property
    def p(self) -> float:
        """How often mere chance makes a difference as large. McNemar's exact test, two-sided."""
        return mcnemar(self.only_before, self.only_after)


@dataclass(frozen=True, slots=True)
class FlippedCall:
    call: Call
    flip: Flip
    favour: Favour


@dataclass(frozen=True, slots=True)
class RuleFlips:
    """The flips of one rule, those against agents first."""

    rule: str
    title: str
    flips: tuple[FlippedCall, ...]
    fails: Paired

    @property
    def kinds(self) -> tuple[tuple[Verdict, Verdict, int], ...]:
        """Verdict before, verdict after, how many; the commonest first."""
        counts = Counter((one.flip.old.verdict, one.flip.new.verdict) for one in self.flips)
        return tuple((before, after, n) for (before, after), n in counts.most_common())

    def in_favour(self, favour: Favour) -> int:
        return sum(one.favour is favour for one in self.flips)


@dataclass(frozen=True, slots=True)
class AgentMove:
    """How an agent's scores moved; `agent` is empty for calls that do not say whose they are."""

    agent: str
    change: Spread  # points, after less before
    moved: int  # calls whose score is another


@dataclass(frozen=True, slots=True)
class ChangedCall:
    """A call whose result is another: passed or not, or what vetoed it."""

    call: Call
    old: Result
    new: Result


@dataclass(frozen=True, slots=True)
class Difference:
    """Two checklists, compared over past calls."""

    calls: int
    unread: int
    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    reworded: tuple[Rule, ...]  # of the new checklist; they, or what they refer to, are not as they were
    rules: tuple[RuleFlips, ...]  # those with flips, the most first
    change: Spread | None  # of all scores; None when no call has two
    agents: tuple[AgentMove, ...]  # those whose scores moved, the largest move first
    changed: tuple[ChangedCall, ...]
    passed: Paired  # over all calls; undecided is not passed
    edits: tuple[Edit, ...] = ()  # of named things, with those of `reworded` that nobody edited themselves

    @property
    def edited(self) -> tuple[Rule, ...]:
        """Those of `reworded` that no edit of a named thing explains."""
        explained = {rule for edit in self.edits for rule in edit.rules}
        return tuple(rule for rule in self.reworded if rule.id not in explained)

    @property
    def is_none(self) -> bool:
        """Whether the calls come out as they did, to the point."""
        return not self.rules and not self.agents and not self.changed


@dataclass(frozen=True, slots=True)
class Measured:
    """Both checklists against the reviewers."""

    rule: str  # empty: all rules together
    old: Accuracy
    new: Accuracy


def difference(test: Backtest, edits: Sequence[Edit] = ()) -> Difference:
    """What differs between the two checklists of a back-test; `edits` are those from the one to the other."""
    old, new = ({rule.id: rule for rule in one.rules} for one in (test.old, test.new))
    reworded = tuple(rule for rule in new.values() if rule.id in old and rule.id not in test.alike)
    return Difference(
        calls=len(test.calls),
        unread=len(test.unread),
        added=tuple(rule for rule in new.values() if rule.id not in old),
        removed=tuple(rule for rule in old.values() if rule.id not in new),
        reworded=reworded,
        rules=_by_rule(test.calls),
        change=spread(_moves(test.calls)),
        agents=_agents(test.calls),
        changed=tuple(
            ChangedCall(one.call, one.old, one.new)
            for one in test.calls
            if (one.old.passed, one.old.vetoed_by) != (one.new.passed, one.new.vetoed_by)
        ),
        passed=Paired(
            sum(one.old.passed is True and one.new.passed is not True for one in test.calls),
            sum(one.new.passed is True and one.old.passed is not True for one in test.calls),
        ),
        edits=tuple(_felt(edits, {rule.id for rule in reworded})),
    )


def _felt(edits: Iterable[Edit], reworded: Set[str]) -> Iterator[Edit]:
    """The edits with the rules that mean something else by them; those without any change nothing."""
    for edit in edits:
        if rules := tuple(rule for rule in edit.rules if rule in reworded):
            yield replace(edit, rules=rules)


def accuracies(test: Backtest, reviews: Reviews) -> tuple[Measured, ...]:
    """All rules together, then each that was reviewed in these calls, in the order of the checklists."""
    old = _verdicts(test.old, [(one.call.call_id, one.old) for one in test.calls])
    new = _verdicts(test.new, [(one.call.call_id, one.new) for one in test.calls])
    rules = dict.fromkeys(rule for _, rule, _ in (*new, *old))
    measured = [Measured("", accuracy(old, reviews), accuracy(new, reviews))]
    for rule in rules:
        theirs = ([one for one in judged if one[1] == rule] for judged in (old, new))
        measured.append(Measured(rule, *(accuracy(judged, reviews) for judged in theirs)))
    return tuple(one for one in measured if not one.rule or one.old.reviewed or one.new.reviewed)


def _verdicts(checklist: Checklist, results: Iterable[tuple[str, Result]]) -> list[tuple[str, str, Verdict]]:
    return [
        (call, rule.id, verdict)
        for call, result in results
        for rule, verdict in zip(checklist.rules, result.verdicts, strict=True)
    ]


def favour(flip: Flip) -> Favour:
    """By the fail and by the points; between the other verdicts nothing is won or lost."""
    old, new = _cost(flip.old), _cost(flip.new)
    if old == new:
        return Favour.NEITHER
    return Favour.AGENT if new < old else Favour.AGAINST


def _cost(finding: Finding) -> tuple[float, bool]:
    return finding.deducted - finding.added, finding.verdict is Verdict.FAIL


def _by_rule(calls: Sequence[Compared]) -> tuple[RuleFlips, ...]:
    found: dict[str, list[FlippedCall]] = defaultdict(list)
    for one in calls:
        for flip in one.flips:
            found[flip.new.rule].append(FlippedCall(one.call, flip, favour(flip)))
    rules = [
        RuleFlips(
            rule,
            flips[0].flip.new.title,
            tuple(sorted(flips, key=lambda one: _AGAINST_FIRST.index(one.favour))),
            Paired(
                sum(_fails(one.flip.old) for one in flips if not _fails(one.flip.new)),
                sum(_fails(one.flip.new) for one in flips if not _fails(one.flip.old)),
            ),
        )
        for rule, flips in found.items()
    ]
    return tuple(sorted(rules, key=lambda one: -len(one.flips)))


_AGAINST_FIRST = (Favour.AGAINST, Favour.AGENT, Favour.NEITHER)


def _fails(finding: Finding) -> bool:
    return finding.verdict is Verdict.FAIL and not finding.unearned


def _moves(calls: Iterable[Compared]) -> list[float]:
    return [
        round(one.new.score - one.old.score, 2)
        for one in calls
        if one.old.score is not None and one.new.score is not None
    ]


def _agents(calls: Sequence[Compared]) -> tuple[AgentMove, ...]:
    of: dict[str, list[Compared]] = defaultdict(list)
    for one in calls:
        of[one.call.metadata.get(AGENT, "")].append(one)
    moved = []
    for agent, theirs in of.items():
        moves = _moves(theirs)
        change = spread(moves)
        if change is not None and any(moves):
            moved.append(AgentMove(agent, change, sum(map(bool, moves))))
    return tuple(sorted(moved, key=lambda one: (-abs(one.change.mean), one.agent)))
