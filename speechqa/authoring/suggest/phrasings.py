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
from speechqa.authoring.suggest.writing import Writing
from speechqa.call import Role, Transcript

MOST_READ = 200  # missed calls, to find wordings in
MOST_TRIED = 150  # candidates, the most promising
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


def near_misses(findings: Iterable[Finding], writing: Writing) -> tuple[Candidate, ...]:
    """What came near a phrase by sound, as it was heard, of some findings."""
    heard = (
        (hit, writing.view(hit.heard), writing.view(hit.wanted))
        for finding in findings
        for hit in finding.near_misses
        if hit.by is Witness.SOUND
    )
    found = dict.fromkeys(
        Candidate(text, hit.role, Origin.NEAR_MISS)
        for hit, text, wanted in heard
        if writing.fits(text) and text != wanted and not _NUMBER.search(text)
    )
    return tuple(found)


def setting_apart(
    missed: Sequence[Transcript], others: Sequence[Transcript], writing: Writing
) -> tuple[Candidate, ...]:
    """Wordings that more of the missed calls have than of the others; those of the most calls first."""
    heard: dict[Wording, set[int]] = defaultdict(set)
    for place, transcript in enumerate(missed[:MOST_READ]):
        for wording in _wordings(transcript, writing):
            heard[wording].add(place)
    said = [_said(transcript, writing) for transcript in others]
    rated = ((n - _having(said, wording, writing), wording) for wording, n in _longest(heard, writing))
    return _first((n, wording) for n, wording in rated if n > 0)


def belonging(
    missed: Sequence[Transcript],
    near: Sequence[Transcript],
    far: Sequence[Transcript],
    writing: Writing,
) -> tuple[Candidate, ...]:
    """Wordings of the missed calls that others have near evidence, and seldom far from it."""
    said, near_said, far_said = (
        [_said(transcript, writing) for transcript in some] for some in (missed[:MOST_READ], near, far)
    )
    wordings = {wording for transcript in near[:MOST_READ] for wording in _wordings(transcript, writing)}
    heard = {
        (role, text): {place for place, words in enumerate(said) if writing.has(words.get(role, ""), text)}
        for role, text in wordings
    }
    rated = [(n, wording, _having(near_said, wording, writing)) for wording, n in _longest(heard, writing)]
    return _first(
        (n + like, wording) for n, wording, like in rated if like > 2 * _having(far_said, wording, writing)
    )


def _first(rated: Iterable[tuple[int, Wording]]) -> tuple[Candidate, ...]:
    ordered = sorted(rated, key=lambda one: (-one[0], -len(one[1][1]), one[1]))
    return tuple(Candidate(text, role, Origin.PHRASING) for _, (role, text) in ordered[:MOST_TRIED])


def _longest(heard: Mapping[Wording, Set[int]], writing: Writing) -> Iterator[tuple[Wording, int]]:
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
            if not any(writing.has(longer, text) for longer in kept):
                kept.append(text)
                yield (role, text), len(calls)


def _having(said: Sequence[Mapping[Role, str]], wording: Wording, writing: Writing) -> int:
    role, text = wording
    return sum(writing.has(words.get(role, ""), text) for words in said)


def _wordings(transcript: Transcript, writing: Writing) -> set[Wording]:
    return {
        (turn.role, wording)
        for turn in transcript.turns
        if turn.role is not Role.UNKNOWN
        for clause in map(writing.view, writing.clause.findall(turn.text))
        if not _NUMBER.search(clause)
        for wording in writing.ends(clause)
    }


def _said(transcript: Transcript, writing: Writing) -> Mapping[Role, str]:
    """All that each role said, normalised, turns apart."""
    turns: dict[Role, list[str]] = defaultdict(list)
    for turn in transcript.turns:
        turns[turn.role].append(writing.view(turn.text))
    return {role: "\n".join(texts) for role, texts in turns.items()}
