"""Transcripts as JSON: what `DIR/transcripts/<call_id>.json` holds, and what may enter as input.

As input only `turns[].role/start/end/text` are required; keys that are not ours are ignored, so the
output of another recogniser needs little work. Ours also carry `layout` and `notes`. The form is
stable, outsiders' scripts read it (README).
"""

import json
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from pathlib import Path
from typing import Annotated, NamedTuple, TypedDict

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from pydantic_core import ErrorDetails, from_json

from speechqa.atomic import atomic_writer
from speechqa.call import Call, Layout, Message, Note, NoteCode, Role, Seconds, Transcript, Turn, Word
from speechqa.errors import TranscriptError, reason
from speechqa.names import shown

LARGEST = 100_000_000  # bytes; ten hours of words take about 20 MB
FAULTS_SHOWN = 20  # of one file; a foreign form has the same fault in every turn
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
        raise _unreadable(path, error) from error
    if size > LARGEST:
        much = Message(
            f"应不超过 {LARGEST} 字节，实为 {size}", f"expected at most {LARGEST} bytes, got {size}"
        )
        raise _refused(path, [much])
    return parse(data, path)


def parse(data: bytes, path: Path) -> TranscriptFile:
    """The same from bytes; `path` is for the messages."""
    try:
        form = _Transcript.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise _refused(path, [_message(detail) for detail in error.errors(include_url=False)]) from error
    if backwards := list(_backwards(form)):
        raise _refused(path, backwards)
    return TranscriptFile(_transcript(form), form.call_id, form.recording)


def header(data: bytes) -> Header | None:
    """Call id and recording when `data` is meant to be a transcript: an object with a list of `turns`.

    Damaged JSON that names `"turns"` counts as one, so that reading it tells what is wrong.
    """
    if b'"turns"' not in data:
        return None
    try:
        value = from_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        return Header(None, None)
    if not isinstance(value, dict) or not isinstance(value.get("turns"), list):
        return None
    call_id, recording = value.get("call_id"), value.get("recording")
    return Header(
        call_id if isinstance(call_id, str) else None, recording if isinstance(recording, str) else None
    )


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
    turns = ",\n".join(_json(_turn_form(turn)) for turn in transcript.turns)
    return f'{_json(head)[:-1]}, "turns": [\n{turns}\n], {_json(tail)[1:]}\n'


class _WordForm(TypedDict, total=False):
    text: str
    start: Seconds
    end: Seconds
    confidence: float | None
    channel: int | None


def _turn_form(turn: Turn) -> dict[str, object]:
    return {
        "role": turn.role,
        "channel": turn.channel,
        "start": turn.start,
        "end": turn.end,
        "text": turn.text,
        "words": [_word_form(word, turn) for word in turn.words],
    }


def _word_form(word: Word, turn: Turn) -> _WordForm:
    form = _WordForm(text=word.text, start=word.start, end=word.end, confidence=word.confidence)
    if word.channel != turn.channel:
        form["channel"] = word.channel
    return form


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
    words = (
        Word(
            word.text,
            word.start,
            word.end,
            word.confidence,
            word.channel if "channel" in word.model_fields_set else form.channel,
        )
        for word in form.words or ()
    )
    ordered = tuple(sorted(words, key=lambda word: word.start))
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


EXPECTED = {  # pydantic's names of faults; what each wanted
    "string_type": Message("文本", "text"),
    "float_type": Message("秒数（数字）", "a number of seconds"),
    "finite_number": Message("有限的数字", "a finite number"),
    "int_type": Message("整数", "a whole number"),
    "bool_type": Message("true 或 false", "true or false"),
    "tuple_type": Message("列表", "a list"),
    "model_type": Message("对象 {…}", "an object {…}"),
}


def _message(detail: ErrorDetails) -> Message:
    """A fault as pydantic found it, in the house's words."""
    pointer = "".join(f"/{part}" for part in detail["loc"]) or "/"
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return Message(f"{pointer}：缺少此项", f"{pointer}: expected this key, got nothing")
    if kind == "json_invalid":
        return Message(f"不是有效的 JSON（{context['error']}）", f"expected JSON, got {context['error']}")
    if kind == "enum":
        names = str(context["expected"]).replace("'", '"')
        expected = Message(names.replace(" or ", " 或 ").replace(", ", "、"), names)
    elif kind == "greater_than_equal":
        expected = Message(f"不小于 {context['ge']:g} 的数", f"a number of at least {context['ge']:g}")
    elif kind == "less_than_equal":
        expected = Message(f"不大于 {context['le']:g} 的数", f"a number of at most {context['le']:g}")
    else:
        expected = EXPECTED.get(kind, Message(detail["msg"], detail["msg"]))
    got = _short(detail["input"])
    return Message(
        f"{pointer}：应为{expected.zh}，实为 {got}", f"{pointer}: expected {expected.en}, got {got}"
    )


def _short(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    text = encode_basestring(shown(value)) if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _unreadable(path: Path, error: OSError) -> TranscriptError:
    name, why = shown(path), reason(error)
    return TranscriptError(
        "E_IO",
        Message(
            f"{name}：无法读取（{why.zh}）；请确认文件还在、有读取权限，然后重新运行",
            f"{name}: cannot be read ({why.en}); check that it is there and may be read, and run again",
        ),
    )


def _refused(path: Path, faults: list[Message]) -> TranscriptError:
    name, hidden = shown(path), len(faults) - FAULTS_SHOWN
    kept = faults[:FAULTS_SHOWN]
    if hidden > 0:
        kept = [*kept, Message(f"……另有 {hidden} 处", f"... and {hidden} more")]
    return TranscriptError(
        "E_TRANSCRIPT",
        Message(
            "\n".join(f"{name}：{fault.zh}" for fault in kept) + "\n转写文件的格式见 README，改正后重新运行",
            "\n".join(f"{name}: {fault.en}" for fault in kept)
            + "\nREADME describes the form of transcript files; correct it and run again",
        ),
    )
