"""What to listen to in the calls that a rule does not pass: what was said there, alike wordings together.

Nobody need have reviewed them: it says what was heard and where, not what is right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from speechqa.assessment import Finding, Hit, Verdict, Witness
from speechqa.authoring.suggest.heard_calls import HeardCall
from speechqa.authoring.suggest.writing import Writing
from speechqa.call import Call, Seconds
from speechqa.checklist.values import Rule

ALIKE = 60  # of 100: characters that two wordings share which are told as one


class Heard(StrEnum):
    """Why a wording is worth listening to; in this order they are told."""

    COUNTED = "counted"  # the fail rests on it
    NOT_COUNTED = "not_counted"  # what the rule looks for, but not where or when it looks
    NEARLY = "nearly"  # sounds or reads like it
    INSTEAD = "instead"  # said where the rule listens


_MATCHES = (Heard.COUNTED, Heard.NOT_COUNTED)  # of these every wording is what was wanted


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen."""

    call: Call
    start: Seconds


@dataclass(frozen=True, slots=True)
class ToListen:
    """Wordings that are alike, said where the same was wanted."""

    kind: Heard
    wanted: str  # empty of what was said instead
    wordings: tuple[str, ...]  # as they were heard, the most frequent first
    places: tuple[Place, ...]  # one a call

    @property
    def calls(self) -> int:
        return len(self.places)


def to_listen(rule: Rule, calls: Iterable[HeardCall], writing: Writing) -> tuple[ToListen, ...]:
    """What was heard in calls that the rule fails or leaves open; of a kind, that of most calls first."""
    groups: list[_Group] = []
    for one in calls:
        for kind, hit in _heard(one.findings[rule.id]):
            view = writing.view(hit.heard)
            if not view:
                continue
            group = next((group for group in groups if group.takes(kind, hit, view)), None)
            if group is None:
                group = _Group(kind, hit.wanted, view)
                groups.append(group)
            group.add(view, hit, one.call)
    order = list(Heard)
    found = sorted((group.told() for group in groups), key=lambda one: (order.index(one.kind), -one.calls))
    return tuple(found)


class _Group:
    """Wordings that match the same, or that are like the first of them."""

    def __init__(self, kind: Heard, wanted: str, view: str) -> None:
        self._kind, self._wanted, self._view = kind, wanted, view
        self._wordings: dict[str, list[str]] = {}  # by view: as they were written
        self._places: dict[str, Place] = {}  # by call: its first

    def takes(self, kind: Heard, hit: Hit, view: str) -> bool:
        from rapidfuzz import fuzz

        if kind is not self._kind or hit.wanted != self._wanted:
            return False
        return kind in _MATCHES or fuzz.ratio(view, self._view, score_cutoff=ALIKE) > 0

    def add(self, view: str, hit: Hit, call: Call) -> None:
        self._wordings.setdefault(view, []).append(hit.heard)
        self._places.setdefault(call.call_id, Place(call, hit.start))

    def told(self) -> ToListen:
        often = sorted(self._wordings.values(), key=len, reverse=True)
        return ToListen(
            self._kind, self._wanted, tuple(one[0] for one in often), tuple(self._places.values())
        )


def _heard(finding: Finding) -> Iterator[tuple[Heard, Hit]]:
    """What was said, by anybody, that a verdict rests on or missed; no measures and no cells of a table."""
    counted = finding.hits if finding.verdict is Verdict.FAIL else ()
    yield from ((Heard.COUNTED, hit) for hit in counted if _is_said(hit))
    known = {(hit.start, hit.heard) for hit in counted}
    for hit in finding.near_misses:
        if not _is_said(hit) or (hit.start, hit.heard) in known:
            continue
        if hit.by in (Witness.SOUND, Witness.SIMILARITY):
            yield Heard.NEARLY, hit
        elif not hit.wanted:
            yield Heard.INSTEAD, hit
        else:
            yield Heard.NOT_COUNTED, hit


def _is_said(hit: Hit) -> bool:
    return hit.turn is not None and hit.measure is None and bool(hit.heard)
