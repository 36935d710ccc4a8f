"""Measures of a whole call, from word times (turn times where the transcript has no words)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from speechqa.assessment import Metrics
from speechqa.call import Role, Seconds, Transcript, Turn, Word
from speechqa.spans import Span, length, spans, union

PAUSE: Seconds = 0.25  # the operators on time know no shorter one


@dataclass(frozen=True, slots=True)
class SpokenMetrics(Metrics):
    """With what is spoken between two pauses, which stays when a batch lets go of the words."""

    phrases: tuple[tuple[Word, ...], ...] = ()  # of each turn; empty where a turn has no words


def metrics(transcript: Transcript) -> SpokenMetrics:
    """Speech is time under at least one word of that role; silence lies between words of anybody."""
    by_role = {role: _speech(transcript, role) for role in Role}
    spoken = union(span for speech in by_role.values() for span in speech)
    words = (word for turn in transcript.turns for word in turn.words)
    return SpokenMetrics(
        duration=transcript.duration,
        turns=len(transcript.turns),
        agent_speech=length(by_role[Role.AGENT]),
        customer_speech=length(by_role[Role.CUSTOMER]),
        longest_silence=max((after[0] - before[1] for before, after in pairwise(spoken)), default=0.0),
        first_word_after=spoken[0][0] if spoken else None,
        mean_confidence=_sureness(words),
        phrases=tuple(phrases(turn) for turn in transcript.turns),
    )


def phrases(turn: Turn) -> tuple[Word, ...]:
    """The turn's words, those without a pause between them as one; marks of punctuation are left out."""
    groups: list[list[Word]] = []
    until = float("-inf")
    for word in sorted(turn.words, key=lambda one: one.start):
        if not any(map(str.isalnum, word.text)):
            continue
        if word.start > until + PAUSE:
            groups.append([])
        groups[-1].append(word)
        until = max(until, word.end)
    return tuple(
        Word(
            " ".join(word.text.strip() for word in group),
            group[0].start,
            max(word.end for word in group),
            _sureness(group),
        )
        for group in groups
    )


def _sureness(words: Iterable[Word]) -> float | None:
    known = [word.confidence for word in words if word.confidence is not None]
    return sum(known) / len(known) if known else None


def _speech(transcript: Transcript, role: Role) -> list[Span]:
    return union(span for turn in transcript.turns if turn.role is role for span in spans(turn))
