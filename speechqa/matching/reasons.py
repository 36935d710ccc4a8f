"""From a rule's outcomes to its finding: the verdict, and the sentence that explains it."""

from collections.abc import Callable

from speechqa.call import Finding, Hit, Message, Verdict, Witness
from speechqa.checklist.values import Condition, Rule
from speechqa.matching.conversation import Conversation
from speechqa.matching.outcome import Outcome, Truth, opposite

NO_SPEECH = Message("无语音，不评分", "no speech; not judged")
NOT_APPLICABLE = Message("本通不涉及", "did not come up in this call")
ACCUSE = 0.72  # confidence under which what speaks against an agent is for a listener to decide
_MOST_HITS = 8  # evidence shown a rule; the rest adds nothing
_BY = {
    Witness.TEXT: Message("按文字", "by text"),
    Witness.SOUND: Message("按读音", "by sound"),
    Witness.SIMILARITY: Message("按相似", "by similarity"),
    Witness.AUDIO: Message("按声音", "by audio"),
    Witness.METADATA: Message("按通话信息", "by metadata"),
}


def finding(rule: Rule, outcome_of: Callable[[Condition], Outcome], conversation: Conversation) -> Finding:
    """The verdict of one rule: applicable at all? then held or not?"""
    if not conversation.speakers():
        return _finding(rule, Verdict.NOT_APPLICABLE, Outcome(Truth.SKIPPED), NO_SPEECH)
    for gate in _gates(rule, outcome_of):
        if gate.truth in (Truth.FALSE, Truth.SKIPPED):
            return _finding(rule, Verdict.NOT_APPLICABLE, gate, NOT_APPLICABLE)
        if gate.truth is Truth.UNKNOWN:
            return _finding(rule, Verdict.UNKNOWN, gate, _unknown(gate))
    held = outcome_of(rule.require)
    match held.truth:
        case Truth.TRUE:
            return _finding(rule, Verdict.PASS, held, _seen(held))
        case Truth.FALSE if held.confidence >= ACCUSE:
            return _finding(rule, Verdict.FAIL, held, _lost(rule, held))
        case Truth.FALSE:
            return _finding(rule, Verdict.UNKNOWN, held, _not_sure_enough(held))
        case Truth.UNKNOWN:
            return _finding(rule, Verdict.UNKNOWN, held, _unknown(held))
        case Truth.SKIPPED:
            return _finding(rule, Verdict.NOT_APPLICABLE, held, NOT_APPLICABLE)


def clock(seconds: float) -> str:
    """Time of a call for people: mm:ss."""
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


def _gates(rule: Rule, outcome_of: Callable[[Condition], Outcome]) -> list[Outcome]:
    gates = [outcome_of(rule.when)] if rule.when is not None else []
    if gates and gates[0].truth is not Truth.TRUE:
        return gates
    if rule.unless is not None:
        unless = outcome_of(rule.unless)
        gates += [opposite(unless)] if unless.truth is not Truth.SKIPPED else []
    return gates


def _finding(rule: Rule, verdict: Verdict, outcome: Outcome, because: Message) -> Finding:
    judged = verdict in (Verdict.PASS, Verdict.FAIL)
    near = outcome.doubts + outcome.near
    return Finding(
        rule=rule.id,
        title=rule.title,
        verdict=verdict,
        confidence=round(outcome.confidence, 3) if verdict is not Verdict.UNKNOWN else 0.0,
        points=rule.points,
        deducted=rule.points if verdict is Verdict.FAIL else 0.0,
        because=because,
        hits=outcome.hits[:_MOST_HITS] if judged else (),
        near_misses=near[:_MOST_HITS] if verdict in (Verdict.FAIL, Verdict.UNKNOWN) else (),
    )


def _seen(outcome: Outcome) -> Message:
    if not outcome.hits:
        return Message("未发现违规", "nothing against it")
    return Message(
        "；".join(_quote(hit).zh for hit in outcome.hits[:2]),
        "; ".join(_quote(hit).en for hit in outcome.hits[:2]),
    )


def _lost(rule: Rule, outcome: Outcome) -> Message:
    evidence, lead = (
        (outcome.hits, ("见", "see")) if outcome.hits else (outcome.near, ("最接近的是", "closest"))
    )
    if not evidence:
        return rule.because
    quote = _quote(evidence[0])
    return Message(f"{rule.because.zh}。{lead[0]} {quote.zh}", f"{rule.because.en} ({lead[1]} {quote.en})")


def _unknown(outcome: Outcome) -> Message:
    if outcome.blind is not None:
        return outcome.blind
    if outcome.doubts:
        quote = _quote(outcome.doubts[0])
        return Message(
            f"听到相近的话，不能确定，需人工听：{quote.zh}",
            f"something like it, not sure; needs a listener: {quote.en}",
        )
    return Message("缺少判断所需的信息", "what is needed to judge is missing")


def _not_sure_enough(outcome: Outcome) -> Message:
    sure = f"{outcome.confidence:.0%}"
    if outcome.hits:
        quote = _quote(outcome.hits[0])
        return Message(
            f"听到 {quote.zh}，但把握不足（{sure}），需人工听",
            f"heard {quote.en}, but not surely ({sure}); needs a listener",
        )
    closest = f"，最接近的是 {_quote(outcome.near[0]).zh}" if outcome.near else ""
    closest_en = f"; closest: {_quote(outcome.near[0]).en}" if outcome.near else ""
    return Message(
        f"没有听到，但这段识别把握不足（{sure}），需人工听{closest}",
        f"not heard, but the words are too unsure to say so ({sure}); needs a listener{closest_en}",
    )


def _quote(hit: Hit) -> Message:
    if hit.by is Witness.METADATA:
        return Message(f"{hit.wanted}（{hit.heard}）", f"{hit.wanted} ({hit.heard})")
    where, by = clock(hit.start), _BY[hit.by]
    as_wanted = f" ≈ “{hit.wanted}”" if hit.by is Witness.SOUND else ""
    return Message(
        f"{where} “{hit.heard}”{as_wanted}（{by.zh}）", f"{where} “{hit.heard}”{as_wanted} ({by.en})"
    )
