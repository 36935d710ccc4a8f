"""What reviewers decided, and how often a checklist decides the same.

A CSV with the columns call_id, rule and verdict (or 通话编号, 规则编号, 结论), and, if they are kept,
reviewer and note. A rule is named by its id, or by its title where that is one rule's alone. Every fault is
told at once with its line and column.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from speechqa.assessment import Verdict
from speechqa.authoring import review_table
from speechqa.authoring.review_table import fault
from speechqa.call import Message
from speechqa.checklist.form import nearest
from speechqa.checklist.values import Rule
from speechqa.errors import Fault, FaultsError, Level
from speechqa.names import composed, shown
from speechqa.sheet import Cell
from speechqa.statistics import Interval, wilson

CALL, RULE, VERDICT, REVIEWER = "call_id", "rule", "verdict", "reviewer"
_HEADINGS = {
    CALL: ("call_id", "通话编号"),
    RULE: ("rule", "规则编号", "规则"),
    VERDICT: ("verdict", "结论"),
    REVIEWER: ("reviewer", "复核人"),
}
_WORDS = {
    "pass": Verdict.PASS,
    "合格": Verdict.PASS,
    "通过": Verdict.PASS,
    "fail": Verdict.FAIL,
    "不合格": Verdict.FAIL,
    "不通过": Verdict.FAIL,
    "not_applicable": Verdict.NOT_APPLICABLE,
    "不适用": Verdict.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class Reviews:
    """What people decided, by call and rule; what they do not agree on is left out and counted."""

    verdicts: Mapping[tuple[str, str], Verdict]
    disputed: int = 0
    strangers: tuple[Fault, ...] = ()  # rows of rules that nobody knows: left out

    def calls_beside(self, known: Iterable[str]) -> tuple[str, ...]:
        """Ids of the reviewed calls that are not among those known, each once."""
        among = frozenset(known)
        return tuple(dict.fromkeys(call for call, _ in self.verdicts if call not in among))


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    n: int

    @property
    def interval(self) -> Interval:
        """95 %, by Wilson."""
        return wilson(self.right, self.n)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """A checklist's fails against the reviewers'. Calls that it leaves to a listener are counted apart."""

    reviewed: int
    precision: Share  # of its fails, those that reviewers call a fail
    recall: Share  # of the reviewers' fails that it judged, those that it calls a fail
    unknown: int  # reviewed, and left to a listener
    unknown_fails: int  # of those, fails by the reviewers


def read(path: Path, rules: Iterable[Rule]) -> Reviews:
    """The reviews of the rules in the file. Raises FaultsError, E_REVIEWS, with all faults."""
    named = _names(rules)
    rows = review_table.rows(path, _HEADINGS, (CALL, RULE, VERDICT))
    faults = [one for row in rows for one in _faults(path, row)] + _repeats(path, rows, named)
    if faults:
        raise FaultsError("E_REVIEWS", tuple(faults))
    return replace(
        _settled([row for row in rows if row[RULE].text in named], named),
        strangers=tuple(_stranger(path, row[RULE], named) for row in rows if row[RULE].text not in named),
    )


def accuracy(judged: Iterable[tuple[str, str, Verdict]], reviews: Reviews) -> Accuracy:
    """How a checklist's verdicts (call, rule, verdict) agree with the reviewers' where there are both."""
    pairs = [
        (verdict, reviews.verdicts[call, rule])
        for call, rule, verdict in judged
        if (call, rule) in reviews.verdicts
    ]
    unknown = [truth for verdict, truth in pairs if verdict is Verdict.UNKNOWN]
    decided = [pair for pair in pairs if pair[0] is not Verdict.UNKNOWN]
    right = sum(verdict is truth is Verdict.FAIL for verdict, truth in decided)
    return Accuracy(
        reviewed=len(pairs),
        precision=Share(right, sum(verdict is Verdict.FAIL for verdict, _ in decided)),
        recall=Share(right, sum(truth is Verdict.FAIL for _, truth in decided)),
        unknown=len(unknown),
        unknown_fails=sum(truth is Verdict.FAIL for truth in unknown),
    )


def _faults(path: Path, row: Mapping[str, Cell]) -> Iterable[Fault]:
    for name in (CALL, RULE):
        if not row[name].text:
            yield fault(path, row[name], f"{name} 为空，应填写", f"{name} is empty; expected one")
    verdict = row[VERDICT]
    if verdict.text.lower() not in _WORDS:
        yield fault(
            path,
            verdict,
            f"verdict 应为 合格、不合格、不适用（或 pass、fail、not_applicable），实为 {verdict.text!r}",
            f"verdict: expected pass, fail or not_applicable, got {verdict.text!r}",
        )


def _names(rules: Iterable[Rule]) -> Mapping[str, str]:
    """The id of each rule by all that may stand for it."""
    known = tuple(rules)
    titled: dict[str, set[str]] = defaultdict(set)
    for rule in known:
        titled[rule.title].add(rule.id)
    titles = {title: next(iter(ids)) for title, ids in titled.items() if len(ids) == 1}
    return {**titles, **{rule.id: rule.id for rule in known}}


def _stranger(path: Path, cell: Cell, named: Mapping[str, str]) -> Fault:
    near = nearest(cell.text, sorted(named))
    return Fault(
        path,
        cell.line,
        cell.column,
        Message(
            f"没有规则 {shown(cell.text)}，这一行不计" + (f"；是不是 {near}？" if near else ""),
            f"no rule {shown(cell.text)}; the row is left out" + (f"; did you mean {near}?" if near else ""),
        ),
        "unknown-rule",
        Level.WARNING,
    )


def _repeats(path: Path, rows: Sequence[Mapping[str, Cell]], named: Mapping[str, str]) -> list[Fault]:
    """A reviewer's second verdict on the same rule of the same call."""
    first: dict[tuple[str, str, str], int] = {}
    faults = []
    for row in rows:
        key = (row[CALL].text, named.get(row[RULE].text, row[RULE].text), row[REVIEWER].text)
        line = first.setdefault(key, row[CALL].line)
        if all(key[:2]) and line != row[CALL].line:
            call, rule = shown(key[0]), shown(key[1])
            faults.append(
                fault(
                    path,
                    row[CALL],
                    f"{call} 的 {rule} 在第 {line} 行已复核过；同一复核人只留一行，不同的人请填 reviewer 列",
                    f"{rule} of {call} is reviewed already in line {line}; keep one row a reviewer, and name "
                    "the reviewers if there are several",
                )
            )
    return faults


def _settled(rows: Sequence[Mapping[str, Cell]], named: Mapping[str, str]) -> Reviews:
    said: dict[tuple[str, str], set[Verdict]] = defaultdict(set)
    for row in rows:
        said[composed(row[CALL].text), named[row[RULE].text]].add(_WORDS[row[VERDICT].text.lower()])
    agreed = {key: next(iter(verdicts)) for key, verdicts in said.items() if len(verdicts) == 1}
    return Reviews(agreed, len(said) - len(agreed))
