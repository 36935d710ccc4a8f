"""The lines of `rules diff`: what a change of rules does, for people."""

from collections.abc import Iterable, Iterator, Sequence

from speechqa.assessment import Witness
from speechqa.authoring.backtest import Flip, Result
from speechqa.authoring.edits import Edit, Kind
from speechqa.authoring.flips import (
    AgentMove,
    ChangedCall,
    Difference,
    Favour,
    FlippedCall,
    Paired,
    RuleFlips,
)
from speechqa.call import Message, Seconds
from speechqa.checklist.values import Rule
from speechqa.names import shown
from speechqa.report.masking import masked
from speechqa.report.words import VERDICTS
from speechqa.statistics import SMALL_SAMPLE
from speechqa.times import clock

BY_CHANCE = 0.05  # p from which on a difference is not worth more than a throw of dice
FEWEST = 6  # calls of which all must go one way for a p under BY_CHANCE: fewer never tell
_PHRASES = 8  # named of those that were added to a list
_PLACES = 6  # to listen to, of one flip
_KINDS = {
    Kind.LIST: Message("列表", "list"),
    Kind.MOMENT: Message("时刻", "moment"),
    Kind.FLOW: Message("流程", "flow"),
}
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
    yield from _test_named((*(rule.fails for rule in found.rules), found.passed))


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
    n, mean = len(found.changed), found.change.mean if found.change else 0.0
    scores = Message("得分没有变化", "no score is another")
    if found.agents:
        scores = Message(f"平均 {mean:+.2f} 分", f"{mean:+.2f} points on average")
    yield Message(
        f"{found.calls} 通通话，{scores.zh}，" + (f"{n} 通的结果改变" if n else "合格与否都没有变化"),
        f"{found.calls} calls, {scores.en}, {n or 'none'} with another result",
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
    yield from _chance(rule.fails, Message("判不通过", "fails"))
    for one in rule.flips[:limit]:
        yield from _flip_lines(one)
    yield from _more(len(rule.flips) - limit)


def _rules_told(found: Difference) -> Iterator[Message]:
    by_id = {rule.id: rule for rule in found.reworded}
    for edit in found.edits:
        edited, named = _edit(edit), _named([by_id[rule] for rule in edit.rules])
        yield Message(
            f"{edited.zh}；因此受影响的规则 {len(edit.rules)} 条：{named.zh}",
            f"{edited.en}; rules that change by it ({len(edit.rules)}): {named.en}",
        )
    told = (
        (Message("有改动的规则", "changed"), found.edited),
        (Message("新增的规则", "added"), found.added),
        (Message("删除的规则", "removed"), found.removed),
    )
    for what, rules in told:
        if rules:
            named = _named(rules)
            yield Message(f"{what.zh} {len(rules)} 条：{named.zh}", f"{what.en} ({len(rules)}): {named.en}")
    if not found.edits and not any(rules for _, rules in told):
        yield Message("规则没有改动", "no rule is another")


def _edit(edit: Edit) -> Message:
    added, removed = (_some(texts) for texts in (edit.added, edit.removed))
    zh = "，".join(f"{what} {texts.zh}" for what, texts in (("加", added), ("删", removed)) if texts.zh)
    en = ", ".join(f"{what} {texts.en}" for what, texts in (("+", added), ("-", removed)) if texts.en)
    kind = _KINDS[edit.kind]
    return Message(
        f"改动的{kind.zh}：{edit.name}" + (f"（{zh}）" if zh else ""),
        f"changed {kind.en}: {edit.name}" + (f" ({en})" if en else ""),
    )


def _some(texts: Sequence[str]) -> Message:
    """The first phrases of many."""
    told, more = texts[:_PHRASES], len(texts) - _PHRASES
    return Message(
        "、".join(told) + (f" 等 {len(texts)} 个" if more > 0 else ""),
        ", ".join(told) + (f" and {more} more" if more > 0 else ""),
    )


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


def _chance(pair: Paired, what: Message) -> Iterator[Message]:
    """Whether mere chance may do as much; of calls that all stayed as they were there is nothing to say."""
    n = pair.only_before + pair.only_after
    if not n:
        return
    if n < FEWEST:
        meaning = Message(f"只有 {n} 通，看不出规律", f"only {n} calls, too few to see a pattern")
    else:
        told = "p < 0.001" if pair.p < 0.001 else f"p = {pair.p:.3f}"
        by_chance = Message("差异可能只是偶然", "the difference may be mere chance")
        meaning = by_chance if pair.p >= BY_CHANCE else Message("差异不像偶然", "hardly by chance")
        meaning = Message(f"{meaning.zh}（精确检验 {told}）", f"{meaning.en} (exact test, {told})")
    yield Message(
        f"  {what.zh}：只在旧表 {pair.only_before} 通，只在新表 {pair.only_after} 通；{meaning.zh}",
        f"  {what.en}: {pair.only_before} only by the old checklist, {pair.only_after} only by the new; "
        f"{meaning.en}",
    )


def _test_named(pairs: Iterable[Paired]) -> Iterator[Message]:
    """What "exact test" stands for, where it was said."""
    if any(pair.only_before + pair.only_after >= FEWEST for pair in pairs):
        yield Message("", "")
        yield Message(
            "精确检验：McNemar 精确检验（双侧）；p 是纯属偶然时出现这么大差异的机会",
            "exact test: McNemar's, two-sided; p is how often mere chance makes a difference as large",
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
    yield from _chance(found.passed, Message("合格", "passed"))
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


def _more(hidden: int) -> Iterator[Message]:
    if hidden > 0:
        yield Message(f"  另有 {hidden} 项，--limit 可多显示", f"  {hidden} more; --limit shows more")
