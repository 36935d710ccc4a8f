"""A sheet on which people tell how turns were said, and what they told as dialogues to train on.

A row a turn, with what the model made of it; a reader fills in `tone`, and `second` where another honest
reader could differ. Only filled rows have a label, the others of their call are what stood around them.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from speechqa.atomic import atomic_writer
from speechqa.authoring import review_table
from speechqa.authoring.review_table import fault
from speechqa.call import Call, Lang, Message, Role, ToneLabel, ToneMark, Transcript
from speechqa.errors import Fault, FaultsError
from speechqa.sheet import Cell, harmless
from speechqa.times import clock
from speechqa.tone import tones
from speechqa.tone.dialogues import Dialogue, LabelledTurn
from speechqa.tone.labels import LABELS
from speechqa.tone_words import TONES

COLUMNS: Mapping[str, Message] = MappingProxyType(
    {
        "call_id": Message("通话编号", "call_id"),
        "turn": Message("轮次", "turn"),
        "at": Message("时间", "at"),
        "side": Message("角色", "side"),
        "text": Message("原话", "text"),
        "model": Message("模型判断", "model"),
        "confidence": Message("把握", "confidence"),
        "tone": Message("语气", "tone"),
        "second": Message("另一种可能", "second"),
    }
)
NEEDED = ("call_id", "side", "text", "tone")
SIDES: Mapping[Role, Message] = MappingProxyType(
    {Role.AGENT: Message("坐席", "agent"), Role.CUSTOMER: Message("客户", "customer")}
)


class SheetTurn(NamedTuple):
    """A row that a reader has seen."""

    call_id: str
    number: int  # of the turn in its call, from 1; 0 where the table does not say
    side: Role
    text: str
    tone: ToneLabel | None
    second: ToneLabel | None


def write_sheet(calls: Iterable[tuple[Call, Transcript]], path: Path, lang: Lang) -> int:
    """Writes every turn of a known side; how many. With a BOM, as Excel needs it. Raises OutputError."""
    written = 0
    with atomic_writer(path, encoding="utf-8-sig") as file:
        rows = csv.writer(file)
        rows.writerow(heading.text(lang) for heading in COLUMNS.values())
        for call, transcript in calls:
            for row in _rows(call, transcript, lang):
                rows.writerow([harmless(cell) for cell in row])
                written += 1
    return written


def _rows(call: Call, transcript: Transcript, lang: Lang) -> Iterator[tuple[str, ...]]:
    marks: Mapping[int, ToneMark] = {mark.turn: mark for mark in tones(transcript).marks}
    for at, turn in enumerate(transcript.turns):
        if turn.role not in SIDES:
            continue
        mark = marks.get(at)
        label, sure = (TONES[mark.label].text(lang), f"{mark.confidence:.2f}") if mark else ("", "")
        side = SIDES[turn.role].text(lang)
        yield call.call_id, str(at + 1), clock(turn.start), side, turn.text, label, sure, "", ""


def filled(path: Path) -> tuple[tuple[SheetTurn, ...], ...]:
    """The calls in which a reader filled in anything. Raises FaultsError, E_REVIEWS, with all faults."""
    rows = review_table.rows(path, {name: (told.zh, told.en) for name, told in COLUMNS.items()}, NEEDED)
    faults = [one for row in rows for one in _faults(path, row)]
    if faults:
        raise FaultsError("E_REVIEWS", tuple(faults))
    calls = (tuple(map(_turn, group)) for _, group in groupby(rows, key=lambda row: row["call_id"].text))
    return tuple(call for call in calls if any(turn.tone for turn in call))


def as_line(call: Sequence[SheetTurn]) -> str:
    """A call as a dialogue that the classifier is trained on, in JSON."""
    turns = [(turn.side, turn.text, turn.tone, turn.second) for turn in call]
    return json.dumps({"scenario": call[0].call_id, "source": "reviewed", "turns": turns}, ensure_ascii=False)


def as_heard(call: Sequence[SheetTurn], transcript: Transcript) -> Dialogue:
    """The turns of its transcript with what readers told of them; rows are found by their number."""
    told = {turn.number: turn for turn in call}
    nothing = SheetTurn("", 0, Role.UNKNOWN, "", None, None)
    labels = [told.get(number, nothing) for number in range(1, len(transcript.turns) + 1)]
    turns = zip(transcript.turns, labels, strict=True)
    return Dialogue(
        call[0].call_id,
        "reviewed",
        tuple(
            LabelledTurn(said.role, said.text, row.tone, row.second)
            if row.side is said.role
            else LabelledTurn(said.role, said.text, None)
            for said, row in turns
        ),
    )


def _turn(row: Mapping[str, Cell]) -> SheetTurn:
    number, text = row["turn"].text, row["text"].text.removeprefix("'")
    return SheetTurn(
        row["call_id"].text,
        int(number) if number.isdecimal() else 0,
        _side(row["side"]) or Role.UNKNOWN,
        text,
        _label(row["tone"]),
        _label(row["second"]),
    )


def _side(cell: Cell) -> Role | None:
    return next((role for role, name in SIDES.items() if cell.text.lower() in (name.zh, name.en)), None)


def _label(cell: Cell) -> ToneLabel | None:
    text = cell.text.lower().replace(" ", "_")
    return next((label for label, name in TONES.items() if text in (label.value, name.zh)), None)


def _faults(path: Path, row: Mapping[str, Cell]) -> Iterator[Fault]:
    side = _side(row["side"])
    if side is None:
        yield fault(
            path,
            row["side"],
            f"角色应为 坐席 或 客户，实为 {row['side'].text!r}",
            f"side: expected agent or customer, got {row['side'].text!r}",
        )
        return
    for name in ("tone", "second"):
        cell = row[name]
        if cell.text and _label(cell) not in LABELS[side]:
            zh = "、".join(TONES[label].zh for label in LABELS[side])
            en = ", ".join(LABELS[side])
            yield fault(
                path,
                cell,
                f"{SIDES[side].zh}的语气应为 {zh}，实为 {cell.text!r}",
                f"{name}: expected one of {en}, got {cell.text!r}",
            )
