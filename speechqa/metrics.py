"""Measures of a whole call, from word times (turn times where the transcript has no words)."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from speechqa.call import Metrics, Role, Seconds, Transcript, Turn

Span: TypeAlias = tuple[Seconds, Seconds]


def metrics(transcript: Transcript) -> Metrics:
    """Speech is time under at least one word of that role; silence lies between words of anybody."""
    by_role = {role: _speech(transcript, role) for role in Role}
    spoken = union(span for speech in by_role.values() for span in speech)
    certain = [word.confidence for turn in transcript.turns for word in turn.words]
    known = [confidence for confidence in certain if confidence is not None]
    return Metrics(
        duration=transcript.duration,
        turns=len(transcript.turns),
        agent_speech=_length(by_role[Role.AGENT]),
        customer_speech=_length(by_role[Role.CUSTOMER]),
        longest_silence=max((after[0] - before[1] for before, after in pairwise(spoken)), default=0.0),
        first_word_after=spoken[0][0] if spoken else None,
        mean_confidence=sum(known) / len(known) if known else None,
    )


def spans(turn: Turn) -> Sequence[Span]:
    if not turn.words:
        return [(turn.start, turn.end)]
    return [(word.start, word.end) for word in turn.words]


def union(found: Iterable[Span]) -> list[Span]:
    """The same time as spans in order that neither touch nor overlap."""
    joined: list[Span] = []
    begun, until = 0.0, -1.0  # of the span that may still grow; none yet
    for start, end in sorted(found):
        if start > until:
            joined.append((begun, until))
            begun, until = start, end
        elif end > until:
            until = end
    return [*joined, (begun, until)][1:]


def _speech(transcript: Transcript, role: Role) -> list[Span]:
    return union(span for turn in transcript.turns if turn.role is role for span in spans(turn))


def _length(speech: Iterable[Span]) -> Seconds:
    return sum((end - start for start, end in speech), 0.0)
