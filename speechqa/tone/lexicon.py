"""Wordings by what they do (lexicon.toml), found in lines, by their characters and by their sound.

A wording of fewer than `HEARD` syllables is looked for by its characters only: too many things sound like it.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechqa.call import Role
from speechqa.tone.views import sounded, written

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

HEARD = 4  # syllables
GAP = 10  # characters at most where a wording has `…`
OUTRIGHT: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.AGENT: ("impatient", "rude", "insults", "contempt"),
        Role.CUSTOMER: ("refusal_strong", "insults", "heat", "threat"),
    }
)  # lists of what is hostile by itself
MOST = 2  # wordings of a list in a line that count
_NEXT = "\n"  # between lines; no view has it


@dataclass(frozen=True, slots=True)
class Found:
    """A wording in a line of a view, half-open."""

    line: int
    kind: int  # index into `kinds()`
    start: int
    end: int


class Lexicon:
    """The wordings of a view."""

    def __init__(self, wordings: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        """Of (kind, pieces), a gap between two pieces."""
        self._firsts: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for kind, (first, *others) in wordings:
            self._firsts.setdefault(first, []).append((kind, tuple(others)))
        self._names = tuple(self._firsts)
        self._automaton: AhoCorasick = _automaton(self._names)

    def found(self, lines: Sequence[str]) -> list[Found]:
        """The longest wordings of each kind that do not overlap, in order."""
        ends = list(accumulate(len(line) + 1 for line in lines))
        text = _NEXT.join(lines)
        hits = []
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            line = bisect_right(ends, start)
            begin = ends[line] - len(lines[line]) - 1
            for kind, others in self._firsts[self._names[number]]:
                stop = _rest(lines[line], end - begin, others)
                if stop is not None:
                    hits.append((line, kind, start - begin, -stop))
        kept: list[Found] = []
        for line, kind, start, stop in sorted(set(hits)):
            last = kept[-1] if kept else None
            if last is None or (last.line, last.kind) != (line, kind) or start >= last.end:
                kept.append(Found(line, kind, start, -stop))
        return kept


def _rest(line: str, end: int, others: Sequence[str]) -> int | None:
    """Where a wording ends whose first piece ends at `end`; None where another piece does not follow."""
    for piece in others:
        at = line.find(piece, end, end + GAP + len(piece))
        if at < 0:
            return None
        end = at + len(piece)
    return end


def counts(lines: Sequence[str], heard: Sequence[str]) -> npt.NDArray[np.float32]:
    """By line, `written` and `sounded`: how much of each list is in it, 0-1, by characters, by sound."""
    kinds = len(names())
    table = np.zeros((len(lines), 2 * kinds), dtype=np.float32)
    for shift, lexicon, view in (
        (0, by_characters(), lines),
        (kinds, by_sound(), heard),
    ):
        for hit in lexicon.found(view):
            table[hit.line, shift + hit.kind] += 1
    return np.asarray(np.minimum(table, MOST) / MOST, dtype=np.float32)


def outright(line: str, role: Role) -> bool:
    """Whether a `written` text holds, or sounds like, a wording that is hostile by itself."""
    kinds = [names().index(name) for name in OUTRIGHT.get(role, ())]
    found = (*by_characters().found([line]), *by_sound().found([sounded(line)]))
    return any(hit.kind in kinds for hit in found)


@cache
def names() -> tuple[str, ...]:
    """The lists, in the order of the file."""
    return tuple(_lists())


@cache
def fingerprint() -> str:
    """Of all wordings, in order."""
    return sha256(repr(_lists()).encode()).hexdigest()


@cache
def by_characters() -> Lexicon:
    return Lexicon(_pieces())


@cache
def by_sound() -> Lexicon:
    return Lexicon(
        [
            (kind, tuple(map(sounded, pieces)))
            for kind, pieces in _pieces()
            if sum(map(len, pieces)) >= HEARD and min(map(len, pieces)) > 1
        ]
    )


@cache
def _pieces() -> list[tuple[int, tuple[str, ...]]]:
    return [
        (kind, tuple(map(written, wording.split("…"))))
        for kind, wordings in enumerate(_lists().values())
        for wording in wordings
    ]


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((files("speechqa.tone") / "lexicon.toml").read_text("utf-8"))


def _automaton(pieces: Sequence[str]) -> "AhoCorasick":
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(pieces, matchkind=MatchKind.Standard)
