"""MPEG audio (MP3) and AAC (ADTS) frame headers: the only two formats without a signature.

A single sync word proves nothing (0xFF is silence in headerless mu-law), so a stream counts as found
only where three frames follow one another, or frames fill the whole file.
Source: ISO/IEC 11172-3 2.4.2.3, ISO/IEC 13818-3, ISO/IEC 13818-7 6.2.
"""

from collections.abc import Callable

CHAIN = 3  # frames in a row that make a stream
MPEG1_KBPS = {  # by layer, then index 1-14
    2: (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
MPEG2_KBPS = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # both layers
MPEG1_RATES = (44_100, 48_000, 32_000)  # Hz; halved for MPEG-2, quartered for MPEG-2.5


def mpeg_frame_length(data: bytes, at: int) -> int:
    """Bytes of the MPEG audio frame (layer II or III) whose header is at `at`; 0 when there is none.

    Layer I never reached recorders, and its sync word is the byte order mark of UTF-16 text.
    """
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[at + 1] >> 3 & 3, 4 - (data[at + 1] >> 1 & 3)
    kbps_index, rate_index, padding = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if version == 1 or layer in (1, 4) or kbps_index in (0, 15) or rate_index == 3:
        return 0
    bits = 1000 * (MPEG1_KBPS[layer] if version == 3 else MPEG2_KBPS)[kbps_index - 1]
    rate = MPEG1_RATES[rate_index] // {3: 1, 2: 2, 0: 4}[version]
    samples_by_8 = 72 if layer == 3 and version != 3 else 144
    return samples_by_8 * bits // rate + padding


def adts_frame_length(data: bytes, at: int) -> int:
    """Bytes of the AAC frame whose ADTS header is at `at`; 0 when there is none."""
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0:
        return 0
    if data[at + 2] >> 2 & 15 > 12:  # index of the sample rate
        return 0
    length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    return length if length > 7 else 0


def find_stream(data: bytes, length_at: Callable[[bytes, int], int], whole: bool) -> int | None:
    """Offset of the first chain of frames in `data`, or None.

    `whole` says that `data` reaches the end of the file; then a stream at offset 0 may be shorter.
    """
    at = data.find(b"\xff")
    while at != -1:
        if _chain(data, at, length_at, whole and at == 0):
            return at
        at = data.find(b"\xff", at + 1)
    return None


def has_length_tag(data: bytes, at: int) -> bool:
    """Whether the MP3 frame at `at` is the encoder's tag that says how many frames follow."""
    frame = data[at : at + 200]
    return any(tag in frame for tag in (b"Xing", b"Info", b"VBRI"))


def _chain(data: bytes, at: int, length_at: Callable[[bytes, int], int], may_end: bool) -> bool:
    first = data[at : at + 4]
    for _ in range(CHAIN):
        length = length_at(data, at)
        if length == 0 or not _same_stream(first, data[at : at + 4]):
            return False
        at += length
        if may_end and at == len(data):
            return True
    return True


def _same_stream(first: bytes, other: bytes) -> bool:
    """Whether version, layer and sample rate agree, which no encoder changes inside a stream."""
    return first[1] & 0xFE == other[1] & 0xFE and first[2] & 0x0C == other[2] & 0x0C
