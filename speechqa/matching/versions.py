"""A call as it may have been said: what its turns hold besides the words that were heard.

Where the recogniser gave other hypotheses for turns (`Turn.otherwise`), a call has as many versions as the
turn with the most of them: the first takes the likeliest of every turn, the second the next, and so on.
Nobody knows whether any is right, so none accuses and none excuses. But who would be accused of not having
said what a version has said is not accused: a listener decides.
"""

from collections.abc import Sequence
from dataclasses import replace

from speechqa.assessment import Finding, Hit, Verdict, Witness
from speechqa.call import Message, Transcript, Turn
from speechqa.matching.conversation import Conversation
from speechqa.matching.halves import distinct, quote
from speechqa.text import normal

MOST = 12  # versions: each is heard and judged as a call is


def versions(conversation: Conversation) -> tuple[Transcript, ...]:
    """The likeliest first; none where nobody asked what else was said."""
    others = [_others(turn) for turn in conversation.turns]
    return tuple(
        Transcript(
            conversation.duration,
            "",
            "",
            tuple(
                replace(turn, text=texts[number], words=()) if number < len(texts) else turn
                for turn, texts in zip(conversation.turns, others, strict=True)
            ),
            conversation.layout,
        )
        for number in range(min(MOST, max(map(len, others), default=0)))
    )


def reconsidered(found: Finding, conversation: Conversation, again: Sequence[Finding]) -> Finding:
    """The finding of a fail, unknown where a version of the call passes by what it has said.

    `again` are the findings of the same rule in each version.
    """
    passed = [_said_otherwise(one, conversation) for one in again if one.verdict is Verdict.PASS]
    said = [hits for hits in passed if hits]
    if not said:
        return found
    sure = round(len(said) / len(again), 3)
    near = distinct(replace(hit, by=Witness.AUDIO, confidence=sure, span=None) for hit in said[0])
    told = quote(near[0])
    return replace(
        found,
        verdict=Verdict.UNKNOWN,
        confidence=0.0,
        deducted=0.0,
        because=Message(
            f"没有听到，但这里说的也可能是 {told.zh}，需人工听",
            f"not heard, but what was said here may be {told.en}; needs a listener",
        ),
        hits=(),
        near_misses=near,
        at_most=None,
    )


def _others(turn: Turn) -> tuple[str, ...]:
    """What else may have been said in a turn, apart from how it is written."""
    known = normal(turn.text).text
    said = {normal(text).text: text for text in reversed(turn.otherwise)}
    return tuple(said[text] for text in reversed(said) if text and text != known)


def _said_otherwise(found: Finding, conversation: Conversation) -> tuple[Hit, ...]:
    """Of what a version passes by, what was not heard in the call itself."""
    return tuple(
        hit
        for hit in found.hits
        if hit.turn is not None
        and hit.span is not None
        and normal(hit.heard).text not in normal(conversation.turns[hit.turn].text).text
    )
