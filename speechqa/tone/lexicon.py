"""Wordings by what they do (lexicon.toml), found in lines, by their characters and by their sound.

A wording of fewer than `HEARD` syllables is looked for by its characters only: too many things sound like it.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from speechqa.call import Role
from speechqa.tone.index import Index
from speechqa.tone.lines import END, LONGEST, Lines, run
from speechqa.tone.views import read, sounding

HEARD = 4  # syllables
_GAP_SIGN = "…"
GAP = 10  # characters at most where a wording has the sign
OUTRIGHT: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.AGENT: ("impatient", "rude", "insults", "contempt"),
        Role.CUSTOMER: ("refusal_strong", "insults", "heat", "threat"),
    }
)  # lists of what is hostile by itself
MOST = 2  # wordings of a list in a line that count


class Found(NamedTuple):
    """A wording in lines, half-open."""

    line: int
    kind: int  # index into `names()`
    start: int  # place in the lines, edges counted
    end: int


class Hits(NamedTuple):
    """The wordings of some lines."""

    by_characters: Sequence[Found]
    by_sound: Sequence[Found]


class Lexicon:
    """The wordings of a view, found by their first characters."""

    def __init__(self, wordings: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        """Of (kind, pieces), a gap between two pieces."""
        by_beginning: dict[int, list[tuple[int, str, tuple[str, ...]]]] = {}
        for kind, (first, *others) in wordings:
            beginning = run(first[:LONGEST])
            by_beginning.setdefault(beginning, []).append((kind, first[LONGEST:], tuple(others)))
        self._beginnings = Index(np.array(list(by_beginning), np.uint64))
        self._following = tuple(by_beginning.values())

    def found(self, lines: Lines) -> list[Found]:
        """The longest wordings of each kind that do not overlap, in order."""
        whole = lines.whole
        number = self._beginnings.positions(lines.runs)
        more, place = number.nonzero()
        began = (number[more, place] - 1, place, place + more + 1)
        hits = set[tuple[int, int, int]]()
        for beginning, start, end in zip(*(part.tolist() for part in began), strict=True):
            for kind, rest, others in self._following[beginning]:
                if whole.startswith(rest, end):
                    stop = _last(whole, end + len(rest), others) if others else end + len(rest)
                    if stop is not None:
                        hits.add((start, -stop, kind))
        begins = lines.starts.tolist()
        kept: list[Found] = []
        reached: dict[int, int] = {}
        for start, minus_end, kind in sorted(hits):
            if start >= reached.get(kind, 0):
                kept.append(Found(bisect_right(begins, start) - 1, kind, start, -minus_end))
                reached[kind] = -minus_end
        return kept


def _last(whole: str, end: int, others: Sequence[str]) -> int | None:
    """Where a wording ends whose first piece ends at `end`; None where another piece does not follow."""
    for piece in others:
        at = whole.find(piece, end, end + GAP + len(piece))
        if at < 0 or whole.find(END, end, at) >= 0:
            return None
        end = at + len(piece)
    return end


def found(lines: Lines, heard: Lines) -> Hits:
    """In lines, and in what they sound like."""
    return Hits(by_characters().found(lines), by_sound().found(heard))


def counts(hits: Hits, lines: int) -> npt.NDArray[np.float32]:
    """By line: how much of each list is in it, 0-1, by characters, by sound."""
    kinds = len(names())
    cells = [hit.line * 2 * kinds + hit.kind for hit in hits.by_characters]
    cells += [hit.line * 2 * kinds + kinds + hit.kind for hit in hits.by_sound]
    table = np.bincount(np.array(cells, np.intp), minlength=lines * 2 * kinds)
    return (np.minimum(table, MOST) / np.float32(MOST)).astype(np.float32).reshape(lines, 2 * kinds)


def outright(hits: Hits, roles: Sequence[Role]) -> set[int]:
    """The lines with a wording that is hostile by itself where this side says it."""
    kinds = [_outright_kinds().get(role, ()) for role in roles]
    return {hit.line for some in hits for hit in some if hit.kind in kinds[hit.line]}


@cache
def _outright_kinds() -> Mapping[Role, tuple[int, ...]]:
    return {role: tuple(map(names().index, lists)) for role, lists in OUTRIGHT.items()}


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
    return Lexicon([(kind, pieces) for kind, pieces, _ in _wordings()])


@cache
def by_sound() -> Lexicon:
    return Lexicon(
        [
            (kind, sounds)
            for kind, pieces, sounds in _wordings()
            if sum(map(len, pieces)) >= HEARD and min(map(len, pieces)) > 1
        ]
    )


@cache
def _wordings() -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """List, pieces by characters, and by sound."""
    pieces = [(kind, one.split(_GAP_SIGN)) for kind, some in enumerate(_lists().values()) for one in some]
    lines = read([piece for _, several in pieces for piece in several])
    views, sounds = lines.texts(), sounding(lines).texts()
    ends = accumulate(len(several) for _, several in pieces)
    return [
        (kind, tuple(views[end - len(several) : end]), tuple(sounds[end - len(several) : end]))
        for (kind, several), end in zip(pieces, ends, strict=True)
    ]


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((files("speechqa.tone") / "lexicon.toml").read_text("utf-8"))
