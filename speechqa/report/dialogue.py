"""The dialogue as the page shows it: every turn with its evidence marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from speechqa.assessment import Assessment, Verdict
from speechqa.call import Lang
from speechqa.report.marked import Mark, Piece, Span, pieces
from speechqa.report.run import writable
from speechqa.report.voice import overlaps_of
from speechqa.report.words import ROLES, verdict
from speechqa.spans import clipped
from speechqa.times import clock

MARKS = {
    Verdict.FAIL: Mark.FAIL,
    Verdict.UNKNOWN: Mark.UNKNOWN,
    Verdict.PASS: Mark.PASS,
    Verdict.NOT_APPLICABLE: Mark.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class TurnView:
    id: str
    time: str
    role: str
    side: str  # agent | customer | unknown, for the style
    both: bool  # somebody else talks at the same time for some of it
    pieces: tuple[Piece, ...]


def turn_views(number: int, assessment: Assessment, words: Sequence[str], lang: Lang) -> tuple[TurnView, ...]:
    """The turns of the call of that number on the page; `words` are their masked texts."""
    spans = _spans(assessment, lang)
    turns = assessment.transcript.turns if assessment.transcript else ()
    overlaps = (overlaps_of(assessment.transcript) if assessment.transcript else None) or ()
    return tuple(
        TurnView(
            id=f"c{number}t{at}",
            time=clock(turn.start),
            role=ROLES[turn.role].text(lang),
            side=turn.role.value,
            both=bool(clipped(overlaps, turn.start, turn.end)),
            pieces=tuple(
                Piece(writable(piece.text), piece.mark, piece.title)
                for piece in pieces(words[at], spans.get(at, ()))
            ),
        )
        for at, turn in enumerate(turns)
    )


def _spans(assessment: Assessment, lang: Lang) -> Mapping[int, Sequence[Span]]:
    """What to mark, by turn."""
    found: dict[int, list[Span]] = {}
    for finding in assessment.scorecard.findings if assessment.scorecard else ():
        name = f"{writable(finding.title)}: {verdict(finding).text(lang)}"
        near = f"{writable(finding.title)}: {'最接近的话' if lang is Lang.ZH else 'near miss'}"
        mark = Mark.NEAR if finding.unearned else MARKS[finding.verdict]
        marked = [(hit, mark, name) for hit in finding.hits]
        marked += [(hit, Mark.NEAR, near) for hit in finding.near_misses]
        for hit, look, title in marked:
            if hit.turn is not None and hit.span is not None:
                found.setdefault(hit.turn, []).append(Span(*hit.span, look, title))
    return found
