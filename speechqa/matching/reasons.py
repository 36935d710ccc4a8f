"""From a rule's outcomes to its finding: the verdict, and the sentence that explains it."""

from collections.abc import Sequence
from dataclasses import replace

from speechqa.assessment import Finding, Hit, Verdict, Witness
from speechqa.call import Message
from speechqa.checklist.values import Rule
from speechqa.matching.conversation import Conversation
from speechqa.matching.evidence import distinct
from speechqa.matching.halves import Half, Outcomes, halves, quote
from speechqa.matching.outcome import Outcome, Truth, opposite
from speechqa.matching.reckoning import MOST_HITS, reckoned

NO_SPEECH = Message("无语音，不评分", "no speech; not judged")
NOT_APPLICABLE = Message("本通不涉及", "did not come up in this call")
ACCUSE = 0.72  # confidence under which what speaks against an agent is for a listener to decide
_MOST_HALVES = 3  # told in one sentence


def finding(rule: Rule, outcomes: Outcomes, conversation: Conversation) -> Finding:
    """The verdict of one rule, and what it costs or earns."""
    found = _judged(rule, outcomes, conversation)
    return found if rule.stakes.simple else reckoned(rule, found, outcomes, ACCUSE)


def accuses(rule: Rule, outcomes: Outcomes) -> bool:
    """Whether a rule that applies is surely enough not held, whatever its author leaves to a listener."""
    held = outcomes.outcome(rule.require)
    when = outcomes.outcome(rule.when) if rule.when is not None else None
    sure = min(held.confidence, when.confidence if when is not None else 1.0)
    applies = when is None or when.truth is Truth.TRUE
    return applies and held.truth is Truth.FALSE and sure >= ACCUSE


def _judged(rule: Rule, outcomes: Outcomes, conversation: Conversation) -> Finding:
    """Applicable at all? then held or not?"""
    if not conversation.speakers:
        return _finding(rule, Verdict.NOT_APPLICABLE, Outcome(Truth.SKIPPED), NO_SPEECH)
    gates = _gates(rule, outcomes)
    for gate in gates:
        if gate.truth in (Truth.FALSE, Truth.SKIPPED):
            return _finding(rule, Verdict.NOT_APPLICABLE, gate, NOT_APPLICABLE)
        if gate.truth is Truth.UNKNOWN:
            return _finding(rule, Verdict.UNKNOWN, gate, _unknown(gate))
    held = outcomes.outcome(rule.require)
    sure = min(held.confidence, gates[0].confidence if rule.when is not None else 1.0)
    match held.truth:
        case Truth.TRUE:
            return _finding(rule, Verdict.PASS, held, _seen(held))
        case Truth.FALSE if (doubt := _doubt(rule, outcomes)) is not None:
            return _finding(rule, Verdict.UNKNOWN, doubt, _doubted(doubt))
        case Truth.FALSE if sure >= ACCUSE:
            failed = halves(rule.require, outcomes, conversation)
            if (alike := _only_alike(failed)) is not None:
                return _finding(
                    rule, Verdict.UNKNOWN, replace(held, hits=(), near=alike), _sounds_like(alike[0])
                )
            return _failed(rule, held, gates, failed)
        case Truth.FALSE:
            unsure = held if held.confidence < ACCUSE else gates[0]
            return _finding(rule, Verdict.UNKNOWN, unsure, _not_sure_enough(unsure))
        case Truth.UNKNOWN:
            return _finding(rule, Verdict.UNKNOWN, held, _unknown(held))
        case Truth.SKIPPED:
            return _finding(rule, Verdict.NOT_APPLICABLE, held, NOT_APPLICABLE)


def _gates(rule: Rule, outcomes: Outcomes) -> list[Outcome]:
    gates = [outcomes.outcome(rule.when)] if rule.when is not None else []
    if gates and gates[0].truth is not Truth.TRUE:
        return gates
    if rule.unless is not None:
        unless = outcomes.outcome(rule.unless)
        gates += [opposite(unless)] if unless.truth is not Truth.SKIPPED else []
    return gates


def _doubt(rule: Rule, outcomes: Outcomes) -> Outcome | None:
    """What the rule's author says leaves a fail to a listener, as doubts; None: nothing does."""
    doubt = outcomes.outcome(rule.doubt_if) if rule.doubt_if is not None else None
    if doubt is None or doubt.truth not in (Truth.TRUE, Truth.UNKNOWN):
        return None
    return replace(doubt, doubts=distinct((*doubt.hits, *doubt.doubts)), hits=())


def _only_alike(failed: Sequence[Half]) -> tuple[Hit, ...] | None:
    """What was said against the rule, when all of it was heard by sound alone: perhaps nobody said it.

    None: something is missing, or there is another witness.
    """
    said = [hit for half in failed for hit in half.said]
    if not said or any(half.lacks.zh for half in failed):
        return None
    return tuple(said) if all(hit.by is Witness.SOUND for hit in said) else None


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
        hits=outcome.hits[:MOST_HITS] if judged else (),
        near_misses=near[:MOST_HITS] if verdict in (Verdict.FAIL, Verdict.UNKNOWN) else (),
    )


def _seen(outcome: Outcome) -> Message:
    quotes = [quote(hit) for hit in distinct(outcome.hits)[:2]]
    if not quotes:
        return Message("未发现违规", "nothing against it")
    return Message("；".join(one.zh for one in quotes), "; ".join(one.en for one in quotes))


def _failed(rule: Rule, held: Outcome, gates: Sequence[Outcome], failed: Sequence[Half]) -> Finding:
    """A fail, its halves told; what made the rule apply is evidence where there is no other."""
    told = [half.told for half in failed if half.told.zh][:_MOST_HALVES]
    because = rule.because
    if told:
        because = Message(
            f"{because.zh}。{'；'.join(one.zh for one in told)}",
            f"{because.en} ({'; '.join(one.en for one in told)})",
        )
    hits = distinct(hit for half in failed for hit in half.hits)
    if not hits and rule.when is not None:
        hits = gates[0].hits[:1]
    near = distinct(hit for half in failed for hit in half.near)
    return _finding(rule, Verdict.FAIL, replace(held, hits=hits, near=near), because)


def _unknown(outcome: Outcome) -> Message:
    if outcome.blind is not None:
        return outcome.blind
    if outcome.doubts:
        said = quote(outcome.doubts[0])
        return Message(
            f"听到相近的话，不能确定，需人工听：{said.zh}",
            f"something like it, not sure; needs a listener: {said.en}",
        )
    return Message("缺少判断所需的信息", "what is needed to judge is missing")


def _sounds_like(hit: Hit) -> Message:
    said = quote(hit)
    return Message(
        f"听着像：{said.zh}；只有读音相近这一个依据，需人工听",
        f"sounds like it: {said.en}; sound is the only witness, so it needs a listener",
    )


def _doubted(doubt: Outcome) -> Message:
    if not doubt.doubts:
        return Message(
            "没有听到，但本通不足以定论，需人工听",
            "not heard, but this call cannot settle it; needs a listener",
        )
    said = quote(doubt.doubts[0])
    return Message(
        f"没有听到，但谈到了这一项，需人工听：{said.zh}",
        f"not heard, but the matter was talked about; needs a listener: {said.en}",
    )


def _not_sure_enough(outcome: Outcome) -> Message:
    sure = f"{outcome.confidence:.0%}"
    if outcome.hits:
        said = quote(outcome.hits[0])
        return Message(
            f"听到 {said.zh}，但把握不足（{sure}），需人工听",
            f"heard {said.en}, but not surely ({sure}); needs a listener",
        )
    closest = f"，最接近的是 {quote(outcome.near[0]).zh}" if outcome.near else ""
    closest_en = f"; closest: {quote(outcome.near[0]).en}" if outcome.near else ""
    return Message(
        f"没有听到，但这段识别把握不足（{sure}），需人工听{closest}",
        f"not heard, but the words are too unsure to say so ({sure}); needs a listener{closest_en}",
    )
