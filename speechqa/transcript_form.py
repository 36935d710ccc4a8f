"""The form of a transcript file from anywhere, checked to the end: every fault is told, with its place.

Our own files are read in a quicker way (`transcript_file`), which asks here about all that it does not know.
"""

from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from speechqa.call import (
    Hold,
    HoldKind,
    Layout,
    Message,
    Note,
    NoteCode,
    Overlap,
    Role,
    Transcript,
    Turn,
    Word,
)
from speechqa.transcript_faults import message, refused

IMPORTED = "imported"  # engine of a transcript that does not name one
LANGUAGE = "zh"  # of a transcript that does not say

Time = Annotated[FiniteFloat, Field(ge=0)]
Track = Annotated[int, Field(ge=0)]
Hertz = Annotated[FiniteFloat, Field(gt=0)]
Semitones = Annotated[FiniteFloat, Field(ge=0)]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _Word(_Form):
    text: str
    start: Time
    end: Time
    confidence: Share | None = None


class _Turn(_Form):
    role: Role
    start: Time
    end: Time
    text: str
    channel: Track | None = None
    words: tuple[_Word, ...] | None = None
    loudness: FiniteFloat | None = None
    pitch: Hertz | None = None
    otherwise: tuple[str, ...] | None = None
    pitch_range: Semitones | None = None


class _Note(_Form):
    code: NoteCode
    zh: str
    en: str
    review: bool = False


class _Hold(_Form):
    start: Time
    end: Time
    kind: HoldKind


class _Overlap(_Form):
    start: Time
    end: Time


class _Transcript(_Form):
    turns: tuple[_Turn, ...]
    call_id: str | None = None
    recording: str | None = None
    duration: Time | None = None
    language: str | None = None
    engine: str | None = None
    layout: Layout | None = None
    notes: tuple[_Note, ...] | None = None
    holds: tuple[_Hold, ...] | None = None
    overlaps: tuple[_Overlap, ...] | None = None


def checked(data: bytes, path: Path) -> tuple[Transcript, str | None, str | None]:
    """The transcript, the call id and the recording that the file names; `path` is for the messages.

    Raises TranscriptError.
    """
    try:
        form = _Transcript.model_validate_json(data)
    except ValidationError as error:
        raise refused(path, [message(detail) for detail in error.errors(include_url=False)]) from error
    if backwards := list(_backwards(form)):
        raise refused(path, backwards)
    return _transcript(form), form.call_id, form.recording


def _transcript(form: _Transcript) -> Transcript:
    turns = tuple(sorted(map(_turn, form.turns), key=lambda turn: turn.start))
    holds = sorted(form.holds or (), key=attrgetter("start"))
    overlaps = sorted(form.overlaps or (), key=attrgetter("start"))
    ends = [*(turn.end for turn in turns), *(one.end for one in holds), *(one.end for one in overlaps)]
    return Transcript(
        duration=max([form.duration or 0.0, *ends]),  # recognisers overshoot the end by a few ms
        language=form.language or LANGUAGE,
        engine=form.engine or IMPORTED,
        turns=turns,
        layout=form.layout,
        notes=tuple(Note(note.code, Message(note.zh, note.en), note.review) for note in form.notes or ()),
        holds=tuple(Hold(hold.start, hold.end, hold.kind) for hold in holds),
        overlaps=None if form.overlaps is None else tuple(Overlap(one.start, one.end) for one in overlaps),
    )


def _turn(form: _Turn) -> Turn:
    words = [Word(word.text, word.start, word.end, word.confidence) for word in form.words or ()]
    ordered = tuple(sorted(words, key=attrgetter("start")))
    return Turn(
        role=form.role,
        start=form.start,
        end=form.end,
        text=form.text,
        channel=form.channel,
        words=ordered,
        loudness=form.loudness,
        pitch=form.pitch,
        otherwise=form.otherwise or (),
        pitch_range=form.pitch_range,
    )


def _backwards(form: _Transcript) -> Iterable[Message]:
    for index, turn in enumerate(form.turns):
        yield from _span(f"/turns/{index}", turn)
        for place, word in enumerate(turn.words or ()):
            yield from _span(f"/turns/{index}/words/{place}", word)
    for index, hold in enumerate(form.holds or ()):
        yield from _span(f"/holds/{index}", hold)
    for index, overlap in enumerate(form.overlaps or ()):
        yield from _span(f"/overlaps/{index}", overlap)


def _span(pointer: str, span: _Turn | _Word | _Hold | _Overlap) -> Iterable[Message]:
    if span.end < span.start:
        yield Message(
            f"{pointer}/end：应不早于 start（{span.start:g}），实为 {span.end:g}",
            f"{pointer}/end: expected not before start ({span.start:g}), got {span.end:g}",
        )
