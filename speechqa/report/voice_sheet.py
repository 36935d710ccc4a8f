"""The sheet of the workbook on how calls were spoken: a row a call, empty cells for what is not known."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from speechqa.assessment import Assessment
from speechqa.names import shown
from speechqa.report.cells import MOST_ROWS, Looks, close, listing, put
from speechqa.report.run import Run
from speechqa.report.voice import Side, Voice, voice_of
from speechqa.report.words import COLUMNS, VOICE

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

VOICE_COLUMNS = {  # key: width in characters
    "call_id": 26,
    "agent_id": 12,
    "duration": 10,
    "tail": 12,
    "longest_silence": 12,
    "on_hold": 12,
    "silence_ratio": 10,
    "talk_ratio": 13,
    "agent_first_word": 13,
    "agent_rate": 14,
    "agent_replies": 13,
    "agent_response": 16,
    "agent_longest_response": 16,
    "agent_interruptions": 13,
    "customer_rate": 14,
    "customer_replies": 13,
    "customer_response": 16,
    "customer_longest_response": 16,
    "customer_interruptions": 13,
}
RATIOS = frozenset({"talk_ratio", "silence_ratio"})


def put_voice(run: Run, book: "Workbook", look: Looks, known: Mapping[int, Voice]) -> None:
    """`known` are voices that were measured before, by the place of their call in the run."""
    sheet = listing(
        book, "voice", run.lang, [(VOICE | COLUMNS)[key].text(run.lang) for key in VOICE_COLUMNS], look
    )
    for at, width in enumerate(VOICE_COLUMNS.values()):
        sheet.set_column(at, at, width)
    voices = (
        (one, known.get(place) or voice_of(one))
        for place, one in enumerate(run.assessments)
        if one.scorecard is not None
    )
    rows = [_cells(one, found) for one, found in voices if found is not None]
    for row, cells in enumerate(rows[: MOST_ROWS - 1], start=1):
        for at, (key, value) in enumerate(zip(VOICE_COLUMNS, cells, strict=True)):
            if key in RATIOS:
                put(sheet, row, at, value, look.percent)
            elif isinstance(value, float):
                put(sheet, row, at, value, look.number)
            else:
                put(sheet, row, at, value, look.plain)
    close(sheet, len(rows), len(VOICE_COLUMNS))


def _cells(assessment: Assessment, found: Voice) -> Sequence[str | float | None]:
    metrics = assessment.metrics
    return (
        shown(assessment.call.call_id),
        shown(assessment.call.metadata.get("agent_id", "")),
        metrics.duration if metrics else None,
        found.tail,
        metrics.longest_silence if metrics else None,
        found.on_hold,
        found.silence_ratio,
        found.talk_ratio,
        found.agent.first_word_after,
        *_side(found.agent),
        *_side(found.customer),
    )


def _side(side: Side) -> tuple[float | None, ...]:
    cut_ins = None if side.cut_ins is None else len(side.cut_ins)
    return side.rate, len(side.replies), side.usual_reply, side.longest_reply, cut_ins
