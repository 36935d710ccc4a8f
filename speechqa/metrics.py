"""Measures of a whole call, from word times (turn times where the transcript has no words)."""

from itertools import pairwise

from speechqa.assessment import Metrics
from speechqa.call import Role, Transcript
from speechqa.spans import Span, length, spans, union


def metrics(transcript: Transcript) -> Metrics:
    """Speech is time under at least one word of that role; silence lies between words of anybody."""
    by_role = {role: _speech(transcript, role) for role in Role}
    spoken = union(span for speech in by_role.values() for span in speech)
    certain = [word.confidence for turn in transcript.turns for word in turn.words]
    known = [confidence for confidence in certain if confidence is not None]
    return Metrics(
        duration=transcript.duration,
        turns=len(transcript.turns),
        agent_speech=length(by_role[Role.AGENT]),
        customer_speech=length(by_role[Role.CUSTOMER]),
        longest_silence=max((after[0] - before[1] for before, after in pairwise(spoken)), default=0.0),
        first_word_after=spoken[0][0] if spoken else None,
        mean_confidence=sum(known) / len(known) if known else None,
    )


def _speech(transcript: Transcript, role: Role) -> list[Span]:
    return union(span for turn in transcript.turns if turn.role is role for span in spans(turn))
