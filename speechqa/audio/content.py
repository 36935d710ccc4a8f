"""Which kind of audio file this is, by its first bytes and never by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from speechqa.audio.frames import adts_frame_length, find_stream, has_length_tag, mpeg_frame_length
from speechqa.audio.impostors import refuse
from speechqa.audio.wav_header import WavHeader, read_wav_header
from speechqa.call import Message, Note, NoteCode

HEAD = 64 * 1024  # bytes read to recognise a file; also how much junk may precede an MP3 stream


@dataclass(frozen=True, slots=True)
class Content:
    """A recognised file: how users call its container and which demuxer reads it."""

    container: str
    demuxer: str  # FFmpeg's name, given explicitly so that it never guesses
    wav: WavHeader | None = None  # None for other containers and WAV headers that cannot be read
    says_length: bool = True  # False where a duration would only be an estimate from the bit rate
    by_bytes: bool = False  # frames carry no time stamps of their own, so loss is counted in bytes


Signature = tuple[int, bytes, Content]  # offset, bytes, what it is
SIGNATURES: tuple[Signature, ...] = (
    (0, b"fLaC", Content("flac", "flac")),
    (0, b"OggS", Content("ogg", "ogg")),
    (0, b"#!AMR", Content("amr", "amr", says_length=False)),
    (4, b"ftyp", Content("m4a", "mov")),
    (4, b"moov", Content("m4a", "mov")),
    (4, b"mdat", Content("m4a", "mov")),
    (0, b"\x1aE\xdf\xa3", Content("matroska", "matroska")),
    (0, b".snd", Content("au", "au")),
    (0, b"caff", Content("caf", "caf")),
    (8, b"AIFF", Content("aiff", "aiff")),
    (8, b"AIFC", Content("aiff", "aiff")),
    (8, b"AVI ", Content("avi", "avi")),
    (0, b"riff\x2e\x91\xcf\x11", Content("w64", "w64")),
    (0, b"0&\xb2u\x8ef\xcf\x11", Content("asf", "asf")),
    (0, b"FLV\x01", Content("flv", "flv")),
    (0, b"\x02dss", Content("dss", "dss")),
    (0, b"\x00\x00\x01\xba", Content("mpeg", "mpeg", says_length=False)),
)
SUFFIXES = {  # the containers that a suffix promises
    ".wav": ("WAV", "w64"),
    ".mp3": ("mp3",),
    ".flac": ("flac",),
    ".ogg": ("ogg",),
    ".oga": ("ogg",),
    ".opus": ("ogg",),
    ".m4a": ("m4a",),
    ".mp4": ("m4a",),
    ".3gp": ("m4a",),
    ".aac": ("aac",),
    ".amr": ("amr",),
    ".awb": ("amr",),
    ".au": ("au",),
    ".wma": ("asf",),
}


def recognise(file: BinaryIO, path: Path) -> Content:
    """What the file's bytes say it is. `path` names it in errors.

    Raises AudioError: E_FORMAT, E_RAW_NEEDS_SETTINGS or E_UNSUPPORTED when they are no audio we read.
    """
    file.seek(0)
    head = file.read(HEAD)
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return Content("WAV", "wav", wav=read_wav_header(file))
    for offset, signature, content in SIGNATURES:
        if head.startswith(signature, offset):
            return content
    body = _after_id3(file, head)
    if body[:4] == b"fLaC":
        return Content("flac", "flac")
    found = _stream_of_frames(body)
    if found is not None:
        return found
    raise refuse(path, head)


def misnamed(content: Content, path: Path) -> Note | None:
    """A note when the suffix promises another container than the content is."""
    promised = SUFFIXES.get(path.suffix.lower())
    if promised is None or content.container in promised:
        return None
    return Note(
        NoteCode.MISNAMED,
        Message(
            f"扩展名是 {path.suffix}，内容实际是 {content.container}，已按内容解码",
            f"named {path.suffix}, but the content is {content.container}; decoded by content",
        ),
    )


def _stream_of_frames(body: bytes) -> Content | None:
    whole = len(body) < HEAD
    found = _earliest(body, whole)
    if found is None:
        return None
    at, name = found
    if name == "aac":
        return Content("aac", "aac", says_length=False, by_bytes=True)
    return Content("mp3", "mp3", says_length=has_length_tag(body, at), by_bytes=True)


def _earliest(body: bytes, whole: bool) -> tuple[int, str] | None:
    readers: tuple[tuple[str, Callable[[bytes, int], int]], ...] = (
        ("mp3", mpeg_frame_length),
        ("aac", adts_frame_length),
    )
    starts = ((find_stream(body, length_at, whole), name) for name, length_at in readers)
    return min(((at, name) for at, name in starts if at is not None), default=None)


def _after_id3(file: BinaryIO, head: bytes) -> bytes:
    """The first bytes behind ID3v2 tags (which may hold a picture of any size); `head` without them.

    Source: ID3v2.4.0 main structure, 3.1; sizes are of 7 bits a byte.
    """
    at, tag = 0, head[:10]
    while len(tag) == 10 and tag[:3] == b"ID3":
        size = tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9]
        at += 10 + size + (10 if tag[5] & 0x10 else 0)
        file.seek(at)
        tag = file.read(10)
    if at == 0:
        return head
    file.seek(at)
    return file.read(HEAD)
