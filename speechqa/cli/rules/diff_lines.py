"""The lines of `rules diff`: what a change of rules does, for people."""

from collections.abc import Iterator, Sequence

from speechqa.authoring.backtest import Flip, Result
from speechqa.authoring.flips import (
    AgentMove,
    ChangedCall,
    Difference,
    Favour,
    FlippedCall,
    Measured,
    Paired,
    RuleFlips,
)
from speechqa.authoring.reviews import Accuracy, Reviews, Share
from speechqa.call import Message, Seconds, Witness
from speechqa.checklist.values import Rule
from speechqa.names import shown
from speechqa.report.masking import masked
from speechqa.report.words import VERDICTS
from speechqa.statistics import SMALL_SAMPLE
from speechqa.times import clock

BY_CHANCE = 0.05  # p from which on a difference is not worth more than a throw of dice
_PLACES = 6  # to listen to, of one flip
FAVOURS = {
    Favour.AGENT: Message("对坐席有利", "for the agent"),
    Favour.AGAINST: Message("对坐席不利", "against the agent"),
    Favour.NEITHER: Message("无得失", "neither way"),
}


def lines(found: Difference, limit: int) -> Iterator[Message]:
    """Everything about a difference; of each list the first `limit`, the rest counted."""
    yield Message(f"共 {found.calls} 通通话", f"{found.calls} calls")
    yield from _rules_told(found)
    if found.is_none:
        yield Message("所有通话的结论和得分都没有变化", "no verdict and no score is another")
        return
    for rule in found.rules:
        yield Message("", "")
        yield from rule_lines(rule, limit)
    if found.agents:
        yield Message("", "")
        yield from _agent_lines(found, limit)
    if found.changed:
        yield Message("", "")
        yield from _result_lines(found, limit)


def short_lines(found: Difference, limit: int) -> Iterator[Message]:
    """A difference for those who have just saved: the flips, and how many results are others."""
    yield from _rules_told(found)
    if found.is_none:
        yield Message(
            f"{found.calls} 通通话的结论和得分都没有变化",
            f"no verdict and no score of {found.calls} calls is another",
        )
        return
    for rule in found.rules:
        yield from rule_lines(rule, limit)
    mean = found.change.mean if found.change else 0.0
    yield Message(
        f"{found.calls} 通通话，平均 {mean:+.2f} 分，{len(found.changed)} 通的结果改变",
        f"{found.calls} calls, {mean:+.2f} points on average, {len(found.changed)} with another result",
    )


def rule_lines(rule: RuleFlips, limit: int) -> Iterator[Message]:
    """One rule: how many flips of which kinds, whether chance may do as much, and each flip."""
    ours, against = rule.in_favour(Favour.AGENT), rule.in_favour(Favour.AGAINST)
    yield Message(
        f"{rule.rule} {rule.title}：{len(rule.flips)} 通结论改变，对坐席有利 {ours}，不利 {against}",
        f"{rule.rule} {rule.title}: {len(rule.flips)} verdicts changed, {ours} for the agent, "
        f"{against} against",
    )
    kinds = [(VERDICTS[before], VERDICTS[after], n) for before, after, n in rule.kinds]
    yield Message(
        "  " + "，".join(f"{before.zh}→{after.zh} {n}" for before, after, n in kinds),
        "  " + ", ".join(f"{before.en} -> {after.en} {n}" for before, after, n in kinds),
    )
    yield _chance(rule.fails, Message("判不通过", "fails"))
    for one in rule.flips[:limit]:
        yield from _flip_lines(one)
    yield from _more(len(rule.flips) - limit)


def accuracy_lines(measured: Sequence[Measured], reviews: Reviews | None) -> Iterator[Message]:
    """Both checklists against the reviewers: all rules, then each."""
    if reviews is None:
        return
    yield Message("", "")
    yield Message(
        "与复核结果对照（95% 置信区间）"
        + (f"；{reviews.disputed} 项复核人意见不一，不计" * bool(reviews.disputed)),
        "against the reviewers (95% intervals)"
        + (f"; {reviews.disputed} on which they differ are left out" * bool(reviews.disputed)),
    )
    for one in measured:
        name = Message(one.rule, one.rule) if one.rule else Message("全部规则", "all rules")
        reviewed = max(one.old.reviewed, one.new.reviewed)
        yield Message(f"{name.zh}：复核 {reviewed} 项", f"{name.en}: {reviewed} reviewed")
        yield _accuracy_line(Message("旧", "old"), one.old)
        yield _accuracy_line(Message("新", "new"), one.new)


def _accuracy_line(name: Message, one: Accuracy) -> Message:
    precision, recall = _share(one.precision), _share(one.recall)
    return Message(
        f"  {name.zh}：判不通过的准确率 {precision.zh}，不合格的查出率 {recall.zh}，"
        f"需人工听 {one.unknown} 项（其中不合格 {one.unknown_fails}）",
        f"  {name.en}: precision of fails {precision.en}, recall {recall.en}, "
        f"left to a listener {one.unknown} ({one.unknown_fails} of them fails)",
    )


def _rules_told(found: Difference) -> Iterator[Message]:
    told = (
        (Message("有改动的规则", "changed"), found.reworded),
        (Message("新增的规则", "added"), found.added),
        (Message("删除的规则", "removed"), found.removed),
    )
    for what, rules in told:
        if rules:
            named = _named(rules)
            yield Message(f"{what.zh} {len(rules)} 条：{named.zh}", f"{what.en} ({len(rules)}): {named.en}")
    if not any(rules for _, rules in told):
        yield Message("规则没有改动", "no rule is another")


def _named(rules: Sequence[Rule]) -> Message:
    names = [f"{rule.id} {rule.title}" for rule in rules]
    return Message("、".join(names), ", ".join(names))


def _flip_lines(one: FlippedCall) -> Iterator[Message]:
    old, new = one.flip.old, one.flip.new
    before, after, favour = VERDICTS[old.verdict], VERDICTS[new.verdict], FAVOURS[one.favour]
    places = [clock(start) for start in places_of(one.flip)]
    call = shown(one.call.call_id)
    yield Message(
        f"  {call}  {before.zh}→{after.zh}  {favour.zh}" + (f"  听 {'、'.join(places)}" if places else ""),
        f"  {call}  {before.en} -> {after.en}  {favour.en}"
        + (f"  listen at {', '.join(places)}" if places else ""),
    )
    yield Message(f"    旧：{masked(old.because.zh)}", f"    old: {masked(old.because.en)}")
    yield Message(f"    新：{masked(new.because.zh)}", f"    new: {masked(new.because.en)}")


def places_of(flip: Flip) -> list[Seconds]:
    """Where to listen: the evidence of both readings, in order of time, a second once."""
    findings = (flip.old, flip.new)
    heard = (hit for finding in findings for hit in (*finding.hits, *finding.near_misses))
    starts = {int(hit.start): hit.start for hit in heard if hit.by is not Witness.METADATA}
    return [starts[second] for second in sorted(starts)][:_PLACES]


def _chance(pair: Paired, what: Message) -> Message:
    meaning = (
        Message("差异可能只是偶然", "the difference may be mere chance")
        if pair.p >= BY_CHANCE
        else Message("不像是偶然", "hardly by chance")
    )
    p = "p < 0.001" if pair.p < 0.001 else f"p = {pair.p:.3f}"
    return Message(
        f"  {what.zh}：只在旧表 {pair.only_before} 通，只在新表 {pair.only_after} 通；"
        f"McNemar 精确检验 {p}，{meaning.zh}",
        f"  {what.en}: {pair.only_before} only by the old checklist, {pair.only_after} only by the new; "
        f"McNemar's exact {p}, {meaning.en}",
    )


def _agent_lines(found: Difference, limit: int) -> Iterator[Message]:
    if found.change is not None:
        mean, n = found.change.mean, found.change.n
        yield Message(
            f"得分：平均 {mean:+.2f} 分（{n} 通有两个得分）；得分有变化的坐席：",
            f"scores: {mean:+.2f} points on average ({n} calls with two scores); agents whose scores moved:",
        )
    for one in found.agents[:limit]:
        yield _agent_line(one)
    yield from _more(len(found.agents) - limit)


def _agent_line(one: AgentMove) -> Message:
    agent = shown(one.agent)
    few = one.change.n < SMALL_SAMPLE
    return Message(
        f"  {agent or '（未填写）'}：平均 {one.change.mean:+.2f} 分，n = {one.change.n}，{one.moved} 通有变化"
        + ("，样本少" if few else ""),
        f"  {agent or '(not given)'}: {one.change.mean:+.2f} points on average, n = {one.change.n}, "
        f"{one.moved} moved" + (", few calls" if few else ""),
    )


def _result_lines(found: Difference, limit: int) -> Iterator[Message]:
    yield Message(
        f"结果改变的通话：{len(found.changed)} 通", f"calls with another result: {len(found.changed)}"
    )
    yield _chance(found.passed, Message("合格", "passed"))
    for one in found.changed[:limit]:
        yield _result_line(one)
    yield from _more(len(found.changed) - limit)


def _result_line(one: ChangedCall) -> Message:
    call, old, new = shown(one.call.call_id), _result(one.old), _result(one.new)
    return Message(f"  {call}  {old.zh} → {new.zh}", f"  {call}  {old.en} -> {new.en}")


def _result(result: Result) -> Message:
    if result.score is None:
        return Message("无法计分", "no score")
    passed = {
        True: Message("合格", "passed"),
        False: Message("不合格", "not passed"),
        None: Message("待定", "undecided"),
    }[result.passed]
    veto = ", ".join(result.vetoed_by)
    return Message(
        f"{passed.zh} {result.score:g} 分" + (f"（一票否决：{veto}）" if veto else ""),
        f"{passed.en} {result.score:g}" + (f" (vetoed by {veto})" if veto else ""),
    )


def _share(share: Share) -> Message:
    if share.n == 0:
        return Message("—（没有可比的）", "- (nothing to compare)")
    low, high = share.interval.low, share.interval.high
    told = f"{share.right / share.n:.0%}"
    few = share.n < SMALL_SAMPLE
    return Message(
        f"{told}（{low:.0%}–{high:.0%}，n = {share.n}{'，样本少，只作参考' if few else ''}）",
        f"{told} ({low:.0%}-{high:.0%}, n = {share.n}{', too few to go by' if few else ''})",
    )


def _more(hidden: int) -> Iterator[Message]:
    if hidden > 0:
        yield Message(f"  另有 {hidden} 项，--limit 可多显示", f"  {hidden} more; --limit shows more")
