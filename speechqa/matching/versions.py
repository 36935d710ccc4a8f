"""A call as its audio may be read: where the text does not settle a finding, what the readings come to.

Where the recogniser gave readings of turns (`Turn.otherwise`), a call has as many versions as the turn with
the most of them, all equally likely: each takes one reading of every turn. The share of them by which a rule
passes is how likely what it wants was said. A share of SETTLED or more settles what is in doubt, or what the
text alone would count against somebody; any share less than that leaves a fail to a listener. A rule that the
text gives no cause to look at, but most versions do, is for a listener too. Nothing that is read so accuses,
and none is excused by a reading that has *lost* something said: what a version passes by has been heard
otherwise in the call, or was in doubt there.

How sure that is, counted on 44 recognised calls of synthetic voices (three qualities of the line, 40 minutes)
against what was said: of 181 wordings of a checklist that were in readings but not in the text, by the share
of the readings that have them, so many had been said

    under 0.1   0.1 - 0.3   0.3 - 0.5   0.5 - 0.8   over 0.8
    6 of 12     17 of 28    13 of 18    21 of 33    70 of 90

and no share is held for surer than the last. Verdicts do better, for several wordings do for most rules: of
572, 9 fails became unknown or passes and 10 unknowns became passes, and what was said passed in all of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from speechqa.assessment import Finding, Hit, Verdict, Witness
from speechqa.call import Message, Transcript, Turn
from speechqa.matching.conversation import Conversation
from speechqa.matching.evidence import distinct
from speechqa.matching.halves import quote
from speechqa.text import normal

MOST = 12  # versions: each is heard and judged as a call is
SETTLED = 0.5  # share of the versions
SUREST = 0.78  # confidence, however many of them agree
LONGEST_RIVAL = 20  # characters shown of what the text has instead


def versions(conversation: Conversation) -> tuple[Transcript, ...]:
    """The likeliest readings first; none where nobody asked for any."""
    count = min(MOST, max((len(turn.otherwise) for turn in conversation.turns), default=0))
    return tuple(
        Transcript(
            conversation.duration,
            "",
            "",
            tuple(_as_read(turn, number / count) for turn in conversation.turns),
            conversation.layout,
        )
        for number in range(count)
    )


def reconsidered(found: Finding, conversation: Conversation, again: Sequence[Finding]) -> Finding:
    """A fail or an unknown as the versions of the call leave it; `again`: the same rule in each of them."""
    doubted = {hit.turn for hit in found.near_misses if found.verdict is Verdict.UNKNOWN}
    passed = [one for one in again if one.verdict is Verdict.PASS]
    said = [(one, hits) for one in passed if (hits := _heard_otherwise(one, doubted, conversation))]
    share = len(said) / max(len(again), 1)
    if said and share >= SETTLED:
        return _settled(*said[0], share, conversation)
    if said and found.verdict is Verdict.FAIL:
        return _left_open(found, said[0][1], share)
    if found.verdict is Verdict.NOT_APPLICABLE:
        return _come_up(found, again)
    return found


def _settled(version: Finding, hits: Sequence[Hit], share: float, conversation: Conversation) -> Finding:
    """The pass of a version, by what was heard otherwise."""
    by_audio = {hit: _by_audio(hit, share) for hit in hits}
    told = [_beside_rival(by_audio[hit], conversation) for hit in hits[:2]]
    return replace(
        version,
        confidence=min(version.confidence, by_audio[hits[0]].confidence),
        hits=tuple(by_audio.get(hit, hit) for hit in version.hits),
        because=Message("；".join(one.zh for one in told), "; ".join(one.en for one in told)),
    )


def _left_open(found: Finding, hits: Sequence[Hit], share: float) -> Finding:
    """A fail that some reading would take back."""
    near = distinct(_by_audio(hit, share) for hit in hits)
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


def _come_up(found: Finding, again: Sequence[Finding]) -> Finding:
    """What did not come up in the text, unknown where it did in most versions and they do not pass."""
    open_in = [one for one in again if one.verdict in (Verdict.FAIL, Verdict.UNKNOWN)]
    share = len(open_in) / max(len(again), 1)
    if share < SETTLED:
        return found
    near = distinct(
        _by_audio(hit, share) for hit in (*open_in[0].hits, *open_in[0].near_misses) if hit.turn is not None
    )
    told = quote(near[0]) if near else Message("", "")
    return replace(
        found,
        verdict=Verdict.UNKNOWN,
        confidence=0.0,
        because=Message(
            f"识别的文字没有涉及，但录音里很可能涉及{f'：{told.zh}' if near else ''}，需人工听",
            f"it does not come up in the text, but probably does in the audio"
            f"{f': {told.en}' if near else ''}; needs a listener",
        ),
        near_misses=near,
    )


def _by_audio(hit: Hit, share: float) -> Hit:
    return replace(hit, by=Witness.AUDIO, confidence=min(round(share, 3), SUREST), span=None)


def _as_read(turn: Turn, part: float) -> Turn:
    """A turn with the reading that lies so far, from 0 to 1, among its own."""
    if not turn.otherwise:
        return turn
    text = turn.otherwise[int(part * len(turn.otherwise))]
    if normal(text).text != normal(turn.text).text:
        return replace(turn, text=text, words=())
    return replace(turn, words=tuple(replace(word, confidence=None) for word in turn.words))


def _heard_otherwise(found: Finding, doubted: set[int | None], conversation: Conversation) -> tuple[Hit, ...]:
    """Of what a version passes by, what was not heard in the call itself, or was in doubt there."""
    return tuple(
        hit
        for hit in found.hits
        if hit.turn is not None
        and hit.span is not None
        and conversation.turns[hit.turn].otherwise
        and (
            hit.turn in doubted
            or normal(hit.heard).text not in normal(conversation.turns[hit.turn].text).text
        )
    )


def _beside_rival(hit: Hit, conversation: Conversation) -> Message:
    """What settled it, and what the text has in that turn instead."""
    text = conversation.turns[hit.turn].text if hit.turn is not None else ""
    rival = text if len(text) <= LONGEST_RIVAL else f"{text[:LONGEST_RIVAL]}…"
    told = quote(hit)
    if normal(hit.heard).text in normal(text).text:
        return told
    return Message(f"{told.zh}，识别为“{rival}”", f"{told.en}, recognised as “{rival}”")
