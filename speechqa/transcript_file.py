"""Transcripts as JSON: what `DIR/transcripts/<call_id>.json` holds, and what may enter as input.

As input only `turns[].role/start/end/text` are required; keys that are not ours are ignored, so the
output of another recogniser needs little work. Ours also carry `layout` and `notes`. The form is
stable, outsiders' scripts read it (README).
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from json.encoder import encode_basestring
from operator import attrgetter
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from pydantic_core import from_json

from speechqa.atomic import atomic_writer
from speechqa.call import Call, Layout, Message, Note, NoteCode, Role, Transcript, Turn, Word
from speechqa.names import shown
from speechqa.transcript_faults import message, refused, unreadable

LARGEST = 100_000_000  # bytes; ten hours of words take about 20 MB
IMPORTED = "imported"  # engine of a transcript that does not name one
LANGUAGE = "zh"  # of a transcript that does not say

Time = Annotated[FiniteFloat, Field(ge=0)]
Track = Annotated[int, Field(ge=0)]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]


class TranscriptFile(NamedTuple):
    """A transcript as read, with what the file says of the call it belongs to."""

    transcript: Transcript
    call_id: str | None  # None when the file does not name one
    recording: str | None  # None when the file does not name one


class Header(NamedTuple):
    """What tells a transcript apart from other JSON, without checking all of it."""

    call_id: str | None
    recording: str | None


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _Word(_Form):
    text: str
    start: Time
    end: Time
    confidence: Share | None = None
    channel: Track | None = None  # None: that of the turn


class _Turn(_Form):
    role: Role
    start: Time
    end: Time
    text: str
    channel: Track | None = None
    words: tuple[_Word, ...] | None = None


class _Note(_Form):
    code: NoteCode
    zh: str
    en: str
    review: bool = False


class _Transcript(_Form):
    turns: tuple[_Turn, ...]
    call_id: str | None = None
    recording: str | None = None
    duration: Time | None = None
    language: str | None = None
    engine: str | None = None
    layout: Layout | None = None
    notes: tuple[_Note, ...] | None = None


def read(path: Path) -> TranscriptFile:
    """The transcript in the file, turns in order of start.

    Raises TranscriptError: E_TRANSCRIPT with every fault and its place (JSON pointer), E_IO when the file
    cannot be read.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise unreadable(path, error) from error
    if size > LARGEST:
        much = Message(
            f"应不超过 {LARGEST} 字节，实为 {size}", f"expected at most {LARGEST} bytes, got {size}"
        )
        raise refused(path, [much])
    return parse(data, path)


def parse(data: bytes, path: Path) -> TranscriptFile:
    """The same from bytes; `path` is for the messages."""
    try:
        form = _Transcript.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise refused(path, [message(detail) for detail in error.errors(include_url=False)]) from error
    if backwards := list(_backwards(form)):
        raise refused(path, backwards)
    return TranscriptFile(_transcript(form), form.call_id, form.recording)


def header(data: bytes) -> Header | None:
    """Call id and recording when `data` is meant to be a transcript: an object with a list of `turns`.

    Damaged JSON that names `"turns"` counts as one, so that reading it tells what is wrong. Where both are
    named before the turns, as in the files we write, the turns are not looked at.
    """
    head, turns, _ = data.removeprefix(b"\xef\xbb\xbf").partition(b'"turns"')
    if not turns:
        return None
    with suppress(ValueError):
        if (named := _header(from_json(head + b'"turns": []}'))) and None not in named:
            return named
    try:
        return _header(from_json(data.removeprefix(b"\xef\xbb\xbf")))
    except ValueError:
        return Header(None, None)


def _header(value: object) -> Header | None:
    if not isinstance(value, dict) or not isinstance(value.get("turns"), list):
        return None
    named = (value.get(key) for key in Header._fields)
    return Header(*(name if isinstance(name, str) else None for name in named))


def write(transcript: Transcript, call: Call, path: Path) -> None:
    """Writes the transcript of the call, whole or not at all. Raises OutputError."""
    text = dumps(transcript, call.call_id, shown(call.recording))
    with atomic_writer(path) as file:
        file.write(text)


def dumps(transcript: Transcript, call_id: str | None = None, recording: str | None = None) -> str:
    """The JSON text, a turn a line; `parse` gives back an equal transcript."""
    head: dict[str, object] = {
        "call_id": call_id,
        "recording": recording,
        "duration": transcript.duration,
        "language": transcript.language,
        "engine": transcript.engine,
    }
    tail: dict[str, object] = {
        "layout": transcript.layout,
        "notes": [
            {"code": note.code, "zh": note.message.zh, "en": note.message.en, "review": note.review}
            for note in transcript.notes
        ],
    }
    turns = ",\n".join(map(_turn_json, transcript.turns))
    return f'{_json(head)[:-1]}, "turns": [\n{turns}\n], {_json(tail)[1:]}\n'


def _turn_json(turn: Turn) -> str:
    head: dict[str, object] = {
        "role": turn.role,
        "channel": turn.channel,
        "start": turn.start,
        "end": turn.end,
        "text": turn.text,
    }
    words = ", ".join([_word_json(word, turn) for word in turn.words])
    return f'{_json(head)[:-1]}, "words": [{words}]}}'


def _word_json(word: Word, turn: Turn) -> str:
    """Put together by hand: there are a thousand in five minutes, and their form never varies."""
    sure = "null" if word.confidence is None else word.confidence
    spoken = f'"start": {word.start}, "end": {word.end}, "confidence": {sure}'
    channel = "" if word.channel == turn.channel else f', "channel": {json.dumps(word.channel)}'
    return f'{{"text": {encode_basestring(word.text)}, {spoken}{channel}}}'


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _transcript(form: _Transcript) -> Transcript:
    turns = tuple(sorted(map(_turn, form.turns), key=lambda turn: turn.start))
    heard = max((turn.end for turn in turns), default=0.0)
    return Transcript(
        duration=max(form.duration or 0.0, heard),  # recognisers overshoot the end by a few ms
        language=form.language or LANGUAGE,
        engine=form.engine or IMPORTED,
        turns=turns,
        layout=form.layout,
        notes=tuple(Note(note.code, Message(note.zh, note.en), note.review) for note in form.notes or ()),
    )


def _turn(form: _Turn) -> Turn:
    words = [
        Word(
            word.text,
            word.start,
            word.end,
            word.confidence,
            word.channel if "channel" in word.model_fields_set else form.channel,
        )
        for word in form.words or ()
    ]
    ordered = tuple(sorted(words, key=attrgetter("start")))
    return Turn(form.role, form.start, form.end, form.text, form.channel, ordered)


def _backwards(form: _Transcript) -> Iterable[Message]:
    for index, turn in enumerate(form.turns):
        yield from _span(f"/turns/{index}", turn)
        for place, word in enumerate(turn.words or ()):
            yield from _span(f"/turns/{index}/words/{place}", word)


def _span(pointer: str, span: _Turn | _Word) -> Iterable[Message]:
    if span.end < span.start:
        yield Message(
            f"{pointer}/end：应不早于 start（{span.start:g}），实为 {span.end:g}",
            f"{pointer}/end: expected not before start ({span.start:g}), got {span.end:g}",
        )
