"""The header of a WAV file, read with the doubt it deserves.

Decoders believe the header or the file's length without saying which. Recorders that crash, or write
to a pipe, leave a data size of 0 or of all ones, and a copy that broke off leaves one that is too
large; both decode without an error, so the two are compared here.
Source: Microsoft/IBM "Multimedia Programming Interface and Data Specifications 1.0" (RIFF), and
EBU Tech 3306 (RF64, `ds64`).
"""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from speechqa.audio.files import size_of
from speechqa.call import Seconds

PCM, FLOAT, ALAW, MULAW, EXTENSIBLE = 0x0001, 0x0003, 0x0006, 0x0007, 0xFFFE
FIXED_SIZE = (PCM, FLOAT, ALAW, MULAW)  # one sample is always `bits` long: bytes tell the seconds
PIPE_SIZE = 0x7FFF0000  # sizes from here on, up to 0xFFFFFFFF, are what writers to a pipe put in
AFTER_DATA = (b"LIST", b"fact", b"bext", b"id3 ", b"ID3 ", b"PEAK", b"cue ", b"iXML", b"JUNK")
MAX_CHUNKS = 1_000  # real files have under ten


@dataclass(frozen=True, slots=True)
class WavHeader:
    """What the header says, and what of it the file holds."""

    format_tag: int  # the sub-format's where the tag is "extensible"
    channels: int
    sample_rate: int  # Hz
    byte_rate: int  # bytes a second; the header's for compressed formats, ours for the others
    declared: int | None  # bytes of sound by the header; None when it holds a placeholder
    present: int  # bytes of sound in the file, at most `declared`

    @property
    def duration(self) -> Seconds | None:
        """By the header; None when it holds a placeholder or no usable byte rate."""
        if self.declared is None or self.byte_rate <= 0:
            return None
        return self.declared / self.byte_rate

    @property
    def seconds_present(self) -> Seconds | None:
        """By the bytes that are really there; None without a usable byte rate."""
        return self.present / self.byte_rate if self.byte_rate > 0 else None


@dataclass(frozen=True, slots=True)
class _Format:
    tag: int
    channels: int
    sample_rate: int
    byte_rate: int


def read_wav_header(file: BinaryIO) -> WavHeader | None:
    """The header, or None when the file ends or loses its way before format and data are known.

    A file whose header is whole but that has no `data` chunk gives `present` 0.
    """
    end = size_of(file)
    file.seek(12)
    found: _Format | None = None
    true_size: int | None = None  # RF64: the 64-bit size of the data chunk
    for _ in range(MAX_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            break
        name, size = head[:4], struct.unpack("<I", head[4:])[0]
        if name == b"data":
            size = size if true_size is None else true_size
            return None if found is None else _with_data(found, file, size, end)
        body = file.read(min(size, 64))
        if name == b"fmt ":
            found = _format(body)
        elif name == b"ds64" and len(body) >= 16:
            true_size = struct.unpack("<Q", body[8:16])[0]
        file.seek(size + size % 2 - len(body), 1)
    if found is None:
        return None
    return WavHeader(found.tag, found.channels, found.sample_rate, found.byte_rate, 0, 0)


def _format(body: bytes) -> _Format | None:
    if len(body) < 16:
        return None
    tag, channels, rate, byte_rate, _, bits = struct.unpack("<HHIIHH", body[:16])
    if tag == EXTENSIBLE and len(body) >= 26:
        tag = struct.unpack("<H", body[24:26])[0]
    if tag in FIXED_SIZE:
        byte_rate = rate * channels * ((bits + 7) // 8)
    return _Format(tag, channels, rate, byte_rate)


def _with_data(found: _Format, file: BinaryIO, size: int, end: int) -> WavHeader:
    start = file.tell()
    remaining = max(0, end - start)
    placeholder = (
        (size == 0 and remaining > 0 and not _is_chunk(file.read(8), remaining))
        or (size >= PIPE_SIZE and size > remaining and size < 2**32)
        or remaining - size >= 2**32  # a 32-bit size that wrapped around
    )
    declared = None if placeholder else size
    present = remaining if declared is None else min(declared, remaining)
    return WavHeader(found.tag, found.channels, found.sample_rate, found.byte_rate, declared, present)


def _is_chunk(head: bytes, remaining: int) -> bool:
    """Whether what follows an empty data chunk is another chunk, so that the chunk really is empty."""
    return (
        len(head) == 8 and head[:4] in AFTER_DATA and int(struct.unpack("<I", head[4:])[0]) <= remaining - 8
    )
