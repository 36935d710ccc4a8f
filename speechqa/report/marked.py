"""Evidence inside the text of a turn: spans that may overlap, cut into pieces that do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Mark(StrEnum):
    """Why words are marked; the first of these wins where spans overlap."""

    FAIL = "fail"
    UNKNOWN = "unknown"
    NEAR = "near"
    PASS = "pass"  # noqa: S105  (a verdict, no password)
    NOT_APPLICABLE = "na"


_WEIGHT = {mark: place for place, mark in enumerate(Mark)}


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a turn that a finding points at; offsets half-open."""

    start: int
    end: int
    mark: Mark
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are marked alike; `mark` is None for words that nothing points at."""

    text: str
    mark: Mark | None
    title: str


def pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The text in pieces that together are the text again; spans outside it are cut to it.

    A piece under several spans has the worst mark and the titles of all, one a line.
    """
    within = [span for span in spans if max(0, span.start) < min(len(text), span.end)]
    if not within:
        return (Piece(text, None, ""),) if text else ()
    edges = {0, len(text)}
    for span in within:
        edges |= {max(0, span.start), min(len(text), span.end)}
    cuts = sorted(edges)
    return tuple(
        _piece(text[start:end], [span for span in within if span.start <= start and end <= span.end])
        for start, end in pairwise(cuts)
    )


def _piece(text: str, spans: Iterable[Span]) -> Piece:
    by_weight = sorted(spans, key=lambda span: _WEIGHT[span.mark])
    titles = dict.fromkeys(span.title for span in by_weight)
    return Piece(text, by_weight[0].mark if by_weight else None, "\n".join(titles))
