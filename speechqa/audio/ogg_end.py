"""Whether an Ogg file was finished: its last page says so, and nothing else would tell it was cut.

Source: RFC 3533, section 6 (page header; 0x04 marks the last page of a stream).
"""

import struct
from typing import BinaryIO

from speechqa.audio.files import size_of

MAX_PAGE = 27 + 255 + 255 * 255  # bytes
LAST_PAGE = 0x04


def has_end(file: BinaryIO) -> bool:
    """True when the last page is whole and marked as the last; the mark's bytes are read, no sound."""
    size = size_of(file)
    file.seek(max(0, size - 2 * MAX_PAGE))
    tail = file.read()
    at = tail.rfind(b"OggS")
    if at == -1 or at + 27 > len(tail):
        return False
    flags, segments = struct.unpack_from("<B20xB", tail, at + 5)
    table = tail[at + 27 : at + 27 + segments]
    return bool(flags & LAST_PAGE) and at + 27 + segments + sum(table) <= len(tail)
