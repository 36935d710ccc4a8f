"""The lines of `rules explain`: why a rule came out as it did, for people."""

from collections.abc import Iterator, Sequence

from speechqa.assessment import Hit, Verdict
from speechqa.authoring.explain import Explanation, Happening, Step
from speechqa.authoring.prose import DOUBT, EARNS, MUST, MUST_NOT, UNLESS, WHEN, rule_told
from speechqa.authoring.prose.points import points_told
from speechqa.authoring.prose.tree import lines as told_lines
from speechqa.call import Lang, Message
from speechqa.matching.evidence import distinct
from speechqa.matching.halves import quote
from speechqa.matching.outcome import Truth
from speechqa.names import shown
from speechqa.report.masking import masked
from speechqa.report.words import ROLES, verdict
from speechqa.times import clock

MOST = 4  # pieces of evidence told of one condition
MARKS = {Truth.TRUE: "✓", Truth.FALSE: "✗", Truth.UNKNOWN: "？", Truth.SKIPPED: "–"}
_TRUTHS = {
    Truth.TRUE: Message("成立", "yes"),
    Truth.FALSE: Message("不成立", "no"),
    Truth.UNKNOWN: Message("不能确定", "not known"),
    Truth.SKIPPED: Message("没有可看的", "nothing to look at"),
}
_NEVER = Message("没有出现", "did not happen")
_RESULTS = {  # of what was asked, by what leads it in
    WHEN: {
        Truth.TRUE: Message("有，规则适用", "yes, so the rule applies"),
        Truth.FALSE: Message("没有，规则不适用", "no, so the rule does not apply"),
    },
    UNLESS: {
        Truth.TRUE: Message("有，规则不适用", "yes, so the rule does not apply"),
        Truth.FALSE: Message("没有，规则照常", "no, so the rule applies"),
    },
    MUST: {Truth.TRUE: Message("做到了", "done"), Truth.FALSE: Message("没做到", "not done")},
    EARNS: {Truth.TRUE: Message("做到了", "done"), Truth.FALSE: Message("没做到", "not done")},
    MUST_NOT: {Truth.TRUE: Message("出现了", "happened"), Truth.FALSE: Message("没有出现", "did not happen")},
    DOUBT: {Truth.TRUE: Message("有，需人工听", "left to a listener"), Truth.FALSE: Message("没有", "no")},
}
_MOMENTS = {
    True: Message("规则里的时刻", "The moments of the rule"),
    False: Message("这些时刻又用到、并且出现了的时刻", "The moments behind those that happened"),
}
_STEPS = Message(
    "判定过程（✓ 是，✗ 不是，？ 不能确定，– 没有可看的）",
    "Step by step (✓ yes, ✗ no, ？ not known, – nothing to look at)",
)


def lines(explanation: Explanation, call: str, lang: Lang) -> Iterator[str]:
    """Everything about why; of evidence the first pieces, the rest counted."""
    rule, found = explanation.rule, explanation.finding
    colon = Message("：", ": ").text(lang)
    yield f"{shown(call)}{colon}{rule.title} ({rule.id}) {verdict(found).text(lang)}"
    yield masked(found.because.text(lang))
    yield _points(explanation).text(lang)
    yield from ("", Message("规则怎么说", "What the rule says").text(lang))
    for lead, sentence in rule_told(rule).sentences:
        first, *more = told_lines(sentence, lang)
        yield f"  {lead.text(lang)}{colon}{first}"
        yield from (f"  {line}" for line in more)
    if explanation.steps:
        yield from ("", _STEPS.text(lang))
    for lead, step in explanation.steps:
        result = _RESULTS.get(lead, {}).get(step.truth, _TRUTHS[step.truth])
        yield f"  {lead.text(lang)}{colon}{result.text(lang)}"
        yield from _step(step, lang, "    ")
    for direct, heading in _MOMENTS.items():
        moments = [one for one in explanation.moments if one.direct is direct and _tells(one)]
        if moments:
            yield from ("", heading.text(lang))
        for one in moments:
            yield from _happening(one, lang) if direct else _in_short(one, lang)


def _tells(one: Happening) -> bool:
    """Whether a moment has anything to tell: of those that stand behind others, those that happened."""
    return one.direct or one.outcome.truth is Truth.TRUE


def _points(explanation: Explanation) -> Message:
    """What the rule is worth, and what it did cost or add."""
    found, worth = explanation.finding, points_told(explanation.rule)
    if found.deducted:
        did = Message(f"这一通扣 {found.deducted:g} 分", f"cost {found.deducted:g} points in this call")
    elif found.added:
        did = Message(f"这一通加 {found.added:g} 分", f"added {found.added:g} points in this call")
    elif found.unearned:
        did = Message("这一通没有加分", "added nothing in this call")
    else:
        did = Message("这一通不扣分", "cost nothing in this call")
    uncounted = found.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)
    left_out = Message("，也不计入得分", ", and does not count") if uncounted else Message("", "")
    return Message(
        f"分值：{worth.zh}。{did.zh}{left_out.zh}。", f"At stake: {worth.en}. It {did.en}{left_out.en}."
    )


def _step(step: Step, lang: Lang, indent: str) -> Iterator[str]:
    colon = Message("：", ":").text(lang) if step.parts else ""
    yield f"{indent}{MARKS[step.truth]} {step.sentence.text(lang)}{colon}"
    inner = indent + "    "
    yield from _evidence(step, lang, inner)
    for part in step.parts:
        yield from _step(part, lang, inner)


def _evidence(step: Step, lang: Lang, indent: str) -> Iterator[str]:
    yield from (f"{indent}{masked(fault.text(lang))}" for fault in step.faults)
    yield from _quotes(step.hits, lang, indent)
    if step.hits or step.faults:
        return
    if step.blind is not None:
        yield indent + step.blind.text(lang)
    yield from (indent + masked(one.text(lang)) for one in step.looked)
    if step.nearly is not None:
        why = step.nearly.why.text(lang)
        yield f"{indent}{why}{Message('：', ':').text(lang)}"
        yield from _quotes(step.nearly.hits, lang, indent + "  ")
    yield from _quotes(step.doubts, lang, indent, Message("可能是，没有把握：", "perhaps: "))
    if step.nearly is None:
        yield from _quotes(step.near, lang, indent, Message("最接近的，还不够：", "closest, not enough: "))


def _quotes(hits: Sequence[Hit], lang: Lang, indent: str, lead: Message | None = None) -> Iterator[str]:
    """Evidence, a line each: who, when, what was heard, by what, how sure."""
    told = sorted(distinct(hits), key=lambda hit: hit.start)
    for hit in told[:MOST]:
        whose = hit.role if hit.measure is None else hit.measure.whose
        who = "" if hit.turn is None or whose is None else f"{ROLES[whose].text(lang)} "
        sure = Message(f"，把握 {hit.confidence:.0%}", f", {hit.confidence:.0%} sure").text(lang)
        first = lead.text(lang) if lead is not None else ""
        yield f"{indent}{first}{who}{masked(quote(hit).text(lang))}{sure}"
    if (more := len(told) - MOST) > 0:
        yield indent + Message(f"另有 {more} 处", f"{more} more").text(lang)


def _happening(one: Happening, lang: Lang) -> Iterator[str]:
    truth = one.outcome.truth
    if truth is Truth.TRUE:
        hits = distinct(one.outcome.hits)
        yield Message(f"  ✓ “{one.moment}”：{len(hits)} 次", f"  ✓ “{one.moment}”: {len(hits)} times").text(
            lang
        )
        yield from _quotes(hits, lang, "      ")
        return
    said = _TRUTHS[Truth.UNKNOWN] if truth is Truth.UNKNOWN else _NEVER
    yield Message(
        f"  {MARKS[truth]} “{one.moment}”：{said.zh}", f"  {MARKS[truth]} “{one.moment}”: {said.en}"
    ).text(lang)
    if one.why is not None:
        yield from _worth_telling(one.why, lang, "      ")


def _in_short(one: Happening, lang: Lang) -> Iterator[str]:
    """A line: how often and when."""
    starts = sorted(hit.start for hit in distinct(one.outcome.hits))
    at = "、".join(clock(start) for start in starts[:MOST]) + (" …" if len(starts) > MOST else "")
    n = len(starts)
    yield Message(f"  ✓ “{one.moment}”：{n} 次（{at}）", f"  ✓ “{one.moment}”: {n} times ({at})").text(lang)


def _worth_telling(step: Step, lang: Lang, indent: str) -> Iterator[str]:
    """Of why a moment did not happen: what came near, what is not known; the rest is counted."""
    steps = list(_deciding(step))
    telling = [
        one
        for one in steps
        if one.of_data or one.nearly or one.near or one.doubts or one.blind or one.hits or one.faults
    ]
    for one in telling:
        yield from _step(one, lang, indent)
    if (silent := len(steps) - len(telling)) > 0:
        zh = f"{'其余 ' if telling else ''}{silent} 种判断办法都没有听到相近的话"
        en = f"nothing like it for {'the other ' if telling else ''}{silent} of its ways"
        yield indent + Message(zh, en).text(lang)


def _deciding(step: Step) -> Iterator[Step]:
    """The conditions that made it come out as it did: of several that must all hold, those that do not."""
    if not step.parts:
        yield step
    for part in step.parts:
        if part.truth is step.truth:
            yield from _deciding(part)
