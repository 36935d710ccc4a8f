"""Transcripts as JSON: what `DIR/transcripts/<call_id>.json` holds, and what may enter as input.

As input only `turns[].role/start/end/text` are required; keys that are not ours are ignored, so the
output of another recogniser needs little work. Ours also carry `layout`, `notes`, `holds` and `overlaps`. The
form is stable, outsiders' scripts read it (README).

Files as we write them are decoded straight into the domain's own values; a file that is otherwise, or
wrong, goes to `transcript_form`, which takes four times as long and knows every fault.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from operator import le
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from speechqa.atomic import atomic_writer
from speechqa.call import (
    Call,
    Hold,
    Layout,
    Message,
    Note,
    NoteCode,
    Overlap,
    Seconds,
    Transcript,
    Turn,
    Word,
)
from speechqa.names import shown
from speechqa.transcript_faults import refused, unreadable

if TYPE_CHECKING:
    import msgspec

LARGEST = 100_000_000  # bytes; ten hours of words take about 20 MB


class TranscriptFile(NamedTuple):
    """A transcript as read, with what the file says of the call it belongs to."""

    transcript: Transcript
    call_id: str | None  # None when the file does not name one
    recording: str | None  # None when the file does not name one


class Header(NamedTuple):
    """What tells a transcript apart from other JSON, without checking all of it."""

    call_id: str | None
    recording: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """A note as the file has it."""

    code: NoteCode
    zh: str
    en: str
    review: bool


@dataclass(frozen=True, slots=True)
class _Ours:
    """The file as we write it, key by key."""

    call_id: str | None
    recording: str | None
    duration: Seconds
    language: str
    engine: str
    turns: tuple[Turn, ...]
    layout: Layout | None
    notes: tuple[_Told, ...]
    holds: tuple[Hold, ...] = ()  # files of before have none
    overlaps: tuple[Overlap, ...] | None = None  # nor these

    @property
    def is_sound(self) -> bool:
        """Whether times, orders and shares are as they must be; types and keys were looked at before."""
        if not _in_order(self.turns) or not all(_in_order(turn.words) for turn in self.turns):
            return False
        for beside in (self.holds, self.overlaps or ()):
            if not _in_order(beside) or any(one.end > self.duration for one in beside):
                return False
        shares = [word.confidence for turn in self.turns for word in turn.words]
        known = [share for share in shares if share is not None]
        return (
            0.0 <= min(known, default=0.0) <= max(known, default=0.0) <= 1.0
            and max((turn.end for turn in self.turns), default=0.0) <= self.duration
            and min((turn.channel or 0 for turn in self.turns), default=0) >= 0
            and all(turn.pitch is None or turn.pitch > 0 for turn in self.turns)
            and min((turn.pitch_range or 0.0 for turn in self.turns), default=0.0) >= 0.0
            and bool(self.language and self.engine)
        )


def _in_order(spans: Sequence[Turn] | Sequence[Word] | Sequence[Hold] | Sequence[Overlap]) -> bool:
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    return (not starts or starts[0] >= 0.0) and starts == sorted(starts) and all(map(le, starts, ends))


def read(path: Path) -> TranscriptFile:
    """The transcript in the file, turns in order of start.

    Raises TranscriptError: E_TRANSCRIPT with every fault and its place (JSON pointer), E_IO when the file
    cannot be read.
    """
    return parse(contents(path), path)


def contents(path: Path) -> bytes:
    """The bytes of the file. Raises TranscriptError: E_IO when it cannot be read, E_TRANSCRIPT when they are
    too many.
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
    return data


def parse(data: bytes, path: Path) -> TranscriptFile:
    """The same from bytes; `path` is for the messages."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    ours = _ours(data)
    if ours is None:
        from speechqa.transcript_form import checked

        return TranscriptFile(*checked(data, path))
    notes = tuple(Note(note.code, Message(note.zh, note.en), note.review) for note in ours.notes)
    transcript = Transcript(
        ours.duration or 0.0,
        ours.language,
        ours.engine,
        ours.turns,
        ours.layout,
        notes,
        ours.holds,
        ours.overlaps,
    )
    return TranscriptFile(transcript, ours.call_id, ours.recording)


def _ours(data: bytes) -> _Ours | None:
    """None when the file is not quite as we write them."""
    import msgspec

    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        data.decode()  # keys that are not ours are skipped, whatever their bytes
        ours = _decoder().decode(data)
        return ours if ours.is_sound else None
    return None


@lru_cache(maxsize=1)
def _decoder() -> "msgspec.json.Decoder[_Ours]":
    import msgspec

    return msgspec.json.Decoder(_Ours)


def header(data: bytes) -> Header | None:
    """Call id and recording when `data` is meant to be a transcript: an object with a list of `turns`.

    Damaged JSON that names `"turns"` counts as one, so that reading it tells what is wrong. Where both are
    named before the turns, as in the files we write, the turns are not looked at.
    """
    import msgspec

    head, turns, _ = data.removeprefix(b"\xef\xbb\xbf").partition(b'"turns"')
    if not turns:
        return None
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if (named := _header(msgspec.json.decode(head + b'"turns": []}'))) and None not in named:
            return named
    from pydantic_core import from_json

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
    """Writes the transcript of the call, whole or not at all. Raises OutputError.

    It came from an input or is in the cache: power loss costs a copy, and waiting for the disk a thousand
    times costs more.
    """
    data = dumps(transcript, call.call_id, shown(call.recording))
    with atomic_writer(path, "wb", durable=False) as file:
        file.write(data)


def dumps(transcript: Transcript, call_id: str | None = None, recording: str | None = None) -> bytes:
    """The JSON, a turn a line; `parse` gives back an equal transcript."""
    head = {
        "call_id": call_id,
        "recording": recording,
        "duration": transcript.duration,
        "language": transcript.language,
        "engine": transcript.engine,
    }
    tail = {
        "layout": transcript.layout,
        "notes": [
            _Told(note.code, note.message.zh, note.message.en, note.review) for note in transcript.notes
        ],
        "holds": transcript.holds,
        "overlaps": transcript.overlaps,
    }
    begin, *turns, end = _encoded([head, *transcript.turns, tail])
    return b"".join([begin[:-1], b',"turns":[\n', b",\n".join(turns), b"\n],", end[1:], b"\n"])


def _encoded(values: Iterable[object]) -> list[bytes]:
    import msgspec

    encode = msgspec.json.Encoder().encode
    return [encode(value) for value in values]
