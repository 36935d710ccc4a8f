"""The JSON of `rules diff`, for scripts: every flip, whatever --limit says."""

import json
from collections.abc import Sequence

from speechqa.assessment import Finding, Hit
from speechqa.authoring.backtest import Result, Unread
from speechqa.authoring.flips import Difference, FlippedCall, Measured, Paired, RuleFlips
from speechqa.authoring.reviews import Accuracy, Share
from speechqa.call import Lang
from speechqa.cli.rules.diff_lines import places_of
from speechqa.report.cards import heard
from speechqa.report.masking import masked


def dumps(found: Difference, unread: Sequence[Unread], measured: Sequence[Measured], lang: Lang) -> str:
    """One object. Keys: calls, unread, changed, added, removed (ids of rules), edits (of lists, moments and
    flows, with the rules that change by them alone), rules (flips by rule), score_change, agents, results
    (calls with another result), passed, accuracy (by rule; empty without reviews).
    """
    content = {
        "calls": found.calls,
        "unread": [
            {
                "call_id": one.call.call_id,
                "code": one.failure.code,
                "message": one.failure.message.text(lang),
            }
            for one in unread
        ],
        "changed": [rule.id for rule in found.reworded],
        "added": [rule.id for rule in found.added],
        "removed": [rule.id for rule in found.removed],
        "edits": [
            {
                "kind": one.kind.value,
                "name": one.name,
                "added": list(one.added),
                "removed": list(one.removed),
                "rules": list(one.rules),
            }
            for one in found.edits
        ],
        "rules": [_rule(rule, lang) for rule in found.rules],
        "score_change": {"n": found.change.n, "mean": round(found.change.mean, 4)} if found.change else None,
        "agents": [
            {
                "agent_id": one.agent,
                "calls": one.change.n,
                "moved": one.moved,
                "mean": round(one.change.mean, 4),
            }
            for one in found.agents
        ],
        "results": [
            {"call_id": one.call.call_id, "old": _result(one.old), "new": _result(one.new)}
            for one in found.changed
        ],
        "passed": _paired(found.passed),
        "accuracy": [
            {"rule": one.rule, "old": _accuracy(one.old), "new": _accuracy(one.new)} for one in measured
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _rule(rule: RuleFlips, lang: Lang) -> dict[str, object]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "fails": _paired(rule.fails),
        "flips": [_flip(one, lang) for one in rule.flips],
    }


def _flip(one: FlippedCall, lang: Lang) -> dict[str, object]:
    return {
        "call_id": one.call.call_id,
        "favour": one.favour.value,
        "listen_at": [round(start, 3) for start in places_of(one.flip)],
        "old": _finding(one.flip.old, lang),
        "new": _finding(one.flip.new, lang),
    }


def _finding(finding: Finding, lang: Lang) -> dict[str, object]:
    return {
        "verdict": finding.verdict.value,
        "deducted": finding.deducted,
        "because": masked(finding.because.text(lang)),
        "hits": [_hit(hit, lang) for hit in finding.hits],
        "near_misses": [_hit(hit, lang) for hit in finding.near_misses],
    }


def _hit(hit: Hit, lang: Lang) -> dict[str, object]:
    return {
        "role": hit.role.value,
        "start": round(hit.start, 3),
        "end": round(hit.end, 3),
        "heard": heard(hit, (), lang),
        "wanted": hit.wanted,
        "by": hit.by.value,
    }


def _result(result: Result) -> dict[str, object]:
    return {"score": result.score, "passed": result.passed, "vetoed_by": list(result.vetoed_by)}


def _paired(pair: Paired) -> dict[str, object]:
    return {"only_old": pair.only_before, "only_new": pair.only_after, "p": round(pair.p, 6)}


def _accuracy(one: Accuracy) -> dict[str, object]:
    return {
        "reviewed": one.reviewed,
        "precision": _share(one.precision),
        "recall": _share(one.recall),
        "unknown": one.unknown,
        "unknown_fails": one.unknown_fails,
    }


def _share(share: Share) -> dict[str, object]:
    low, high = share.interval.low, share.interval.high
    return {"right": share.right, "n": share.n, "low": round(low, 4), "high": round(high, 4)}
