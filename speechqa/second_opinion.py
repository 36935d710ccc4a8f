"""Asking an engine how else it may be read, where what it heard accuses somebody or leaves a rule open.

A recogniser gives one text. Where a checklist finds a fault in it, its unsure turns are asked for again;
where it cannot tell, those of them that are in doubt. That is done once a recording: how the audio may be
read is part of the transcript then, and of its cache. What follows from it is for `matching.versions`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from speechqa.assessment import Verdict
from speechqa.call import Call, Transcript, Turn

if TYPE_CHECKING:
    from speechqa.engines import Passage
    from speechqa.matching import Judge

Ask: TypeAlias = "Callable[[Sequence[Passage]], list[tuple[str, ...]]]"  # an engine about a recording

UNSURE = 0.6  # confidence of a word that is probably another one
FEWEST_UNSURE = 2  # such words in a turn that is asked for; of three, two of 12 gains were lost


def with_second_opinion(transcript: Transcript, call: Call, judge: "Judge", ask: Ask) -> Transcript:
    """The transcript with how else its turns may be read; the same where that is known, or all is settled.

    Raises what `ask` raises.
    """
    turns = transcript.turns
    if any(turn.otherwise for turn in turns):
        return transcript
    asked = [at for at in sorted(_looked_at(transcript, call, judge)) if _is_unsure(turns[at])]
    if not asked:
        return transcript
    from speechqa.engines import Passage

    heard = ask([Passage(turns[at].channel or 0, turns[at].start, turns[at].end) for at in asked])
    otherwise = dict(zip(asked, heard, strict=True))
    told = (replace(turn, otherwise=otherwise.get(at) or (turn.text,)) for at, turn in enumerate(turns))
    return replace(transcript, turns=tuple(told))


def _looked_at(transcript: Transcript, call: Call, judge: "Judge") -> set[int]:
    """Turns in which a reading may settle something: all of them where a rule is failed, for what is missing
    may have been said anywhere; else those in which something is in doubt.
    """
    from speechqa.tone import tones

    findings = judge.findings(call, judge.listen([transcript])[0], tones(transcript))
    if any(finding.verdict is Verdict.FAIL for finding in findings):
        return set(range(len(transcript.turns)))
    unknown = (finding for finding in findings if finding.verdict is Verdict.UNKNOWN)
    return {hit.turn for finding in unknown for hit in finding.near_misses if hit.turn is not None}


def _is_unsure(turn: Turn) -> bool:
    """Whether it has words that may well be others: elsewhere other words hardly ever mend anything."""
    sures = [word.confidence for word in turn.words if word.confidence is not None]
    return sum(sure < UNSURE for sure in sures) >= FEWEST_UNSURE
