"""What people said in calls that a rule's phrases miss: candidates for its lists.

Two kinds: what came near a phrase by sound, and clauses, or their beginnings and ends, that calls which the
rule gets wrong have, and others have not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from speechqa.assessment import Finding, Witness
from speechqa.call import Role, Transcript
from speechqa.text import normal

SHORTEST, LONGEST = 3, 12  # characters of a wording: shorter ones are in every call, longer ones in one
SHORTEST_CLAUSE = 2  # of one that is said by itself
MOST_READ = 200  # missed calls, to find wordings in
MOST_TRIED = 150  # candidates, the most promising
_CLAUSE = re.compile(r"[^，。！？；、：,.!?;:\s]+")
_NUMBER = re.compile(r"\d{7}")  # somebody's: no rule should hold it


Wording: TypeAlias = tuple[Role, str]


class Origin(StrEnum):
    NEAR_MISS = "near_miss"
    PHRASING = "phrasing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wording that could be added, and who said it."""

    text: str
    role: Role
    origin: Origin


def near_misses(findings: Iterable[Finding]) -> tuple[Candidate, ...]:
    """What came near a phrase by sound, as it was heard, of some findings."""
    heard = (
        (hit, normal(hit.heard).text, normal(hit.wanted).text)
        for finding in findings
        for hit in finding.near_misses
        if hit.by is Witness.SOUND
    )
    found = dict.fromkeys(
        Candidate(text, hit.role, Origin.NEAR_MISS)
        for hit, text, wanted in heard
        if SHORTEST_CLAUSE <= len(text) <= LONGEST and text != wanted and not _NUMBER.search(text)
    )
    return tuple(found)


def setting_apart(missed: Sequence[Transcript], others: Sequence[Transcript]) -> tuple[Candidate, ...]:
    """Wordings that more of the missed calls have than of the others; those of the most calls first."""
    heard: dict[Wording, set[int]] = defaultdict(set)
    for place, transcript in enumerate(missed[:MOST_READ]):
        for wording in _wordings(transcript):
            heard[wording].add(place)
    said = list(map(_said, others))
    rated = ((n - _having(said, wording), wording) for wording, n in _longest(heard))
    return _first((n, wording) for n, wording in rated if n > 0)


def belonging(
    missed: Sequence[Transcript], near: Sequence[Transcript], far: Sequence[Transcript]
) -> tuple[Candidate, ...]:
    """Wordings of the missed calls that others have near evidence, and seldom far from it."""
    said, near_said, far_said = (list(map(_said, some)) for some in (missed[:MOST_READ], near, far))
    wordings = {wording for transcript in near[:MOST_READ] for wording in _wordings(transcript)}
    heard = {
        (role, text): {place for place, words in enumerate(said) if text in words.get(role, "")}
        for role, text in wordings
    }
    rated = [(n, wording, _having(near_said, wording)) for wording, n in _longest(heard)]
    return _first((n + like, wording) for n, wording, like in rated if like > 2 * _having(far_said, wording))


def _first(rated: Iterable[tuple[int, Wording]]) -> tuple[Candidate, ...]:
    ordered = sorted(rated, key=lambda one: (-one[0], -len(one[1][1]), one[1]))
    return tuple(Candidate(text, role, Origin.PHRASING) for _, (role, text) in ordered[:MOST_TRIED])


def _longest(heard: Mapping[Wording, Set[int]]) -> Iterator[tuple[Wording, int]]:
    """Wordings and how many calls have them; of those that the same calls have, none inside a longer one.

    The longer is the safer.
    """
    alike: dict[tuple[Role, frozenset[int]], list[str]] = defaultdict(list)
    for (role, text), places in heard.items():
        if places:
            alike[role, frozenset(places)].append(text)
    for (role, calls), texts in alike.items():
        kept: list[str] = []
        for text in sorted(texts, key=lambda one: (-len(one), one)):
            if not any(text in longer for longer in kept):
                kept.append(text)
                yield (role, text), len(calls)


def _having(said: Sequence[Mapping[Role, str]], wording: Wording) -> int:
    role, text = wording
    return sum(text in words.get(role, "") for words in said)


def _wordings(transcript: Transcript) -> set[Wording]:
    return {
        (turn.role, wording)
        for turn in transcript.turns
        if turn.role is not Role.UNKNOWN
        for clause in map(_view, _CLAUSE.findall(turn.text))
        if not _NUMBER.search(clause)
        for wording in _ends(clause)
    }


def _view(clause: str) -> str:
    return normal(clause).text


def _ends(clause: str) -> Iterator[str]:
    """A clause with its beginnings and ends, where they are neither too short nor too long.

    What starts or ends where people do is seldom half a word; only a whole clause may be as short as 您好.
    """
    if SHORTEST_CLAUSE <= len(clause) <= LONGEST:
        yield clause
    for length in range(SHORTEST, min(LONGEST + 1, len(clause))):
        yield clause[:length]
        yield clause[-length:]


def _said(transcript: Transcript) -> Mapping[Role, str]:
    """All that each role said, normalised, turns apart."""
    turns: dict[Role, list[str]] = defaultdict(list)
    for turn in transcript.turns:
        turns[turn.role].append(normal(turn.text).text)
    return {role: "\n".join(texts) for role, texts in turns.items()}
