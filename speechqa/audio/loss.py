"""How much of a stream is missing where, so that everything after it keeps its time."""

from typing import TYPE_CHECKING

from speechqa.call import Seconds

if TYPE_CHECKING:
    import av

MAX_GAP = 600.0  # seconds; a larger jump is a broken clock, not lost sound
TAIL_TAGS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN")  # what MP3 files legally end with


class Loss:
    """Seconds missing from one pass over a stream.

    Containers with time stamps show a gap as a jump of the clock. MP3 and ADTS have none
    (`by_bytes`): there the bytes of a packet that cannot be decoded stand for as much time as the
    same number of bytes around them. FFmpeg drops some damaged ADTS bytes untold, so for ADTS the loss is
    a lower bound.
    """

    def __init__(self, by_bytes: bool) -> None:
        self._by_bytes = by_bytes
        self._filled: Seconds = 0.0  # replaced by silence
        self._bad: Seconds = 0.0  # of packets that failed since the last good one, by their own length
        self._bad_bytes = 0
        self._good_bytes = 0
        self._good: Seconds = 0.0
        self._next: Seconds | None = None  # when the next frame should start; None before the first

    @property
    def seconds(self) -> Seconds:
        """All that is missing, with what failed after the last good frame."""
        return self._filled + (self._time_of_bad_bytes() if self._by_bytes else self._bad)

    def packet_failed(self, packet: "av.Packet[av.AudioStream]") -> None:
        if packet.size == 0 or bytes(packet)[:11].startswith(TAIL_TAGS):
            return
        if packet.duration and packet.time_base:
            self._bad += float(packet.duration * packet.time_base)
        self._bad_bytes += packet.size

    def gap_before(self, packet: "av.Packet[av.AudioStream]", frame: "av.AudioFrame") -> Seconds:
        """Seconds of silence that belong before `frame`, which `packet` decoded to."""
        length = frame.samples / frame.sample_rate
        gap = self._gap_in_bytes(packet, length) if self._by_bytes else self._gap_in_time(frame, length)
        self._filled += gap
        self._bad, self._bad_bytes = 0.0, 0
        return gap

    def _gap_in_time(self, frame: "av.AudioFrame", length: Seconds) -> Seconds:
        start = self._next if frame.time is None else frame.time
        if start is None:
            return 0.0
        gap = 0.0 if self._next is None else start - self._next
        if not length / 2 < gap <= MAX_GAP:  # below: rounding of the container's clock
            if -length / 2 <= gap < 0 or 0 < gap <= length / 2:
                start -= gap  # keep our own, finer clock
            gap = 0.0
        self._next = start + length
        return gap

    def _gap_in_bytes(self, packet: "av.Packet[av.AudioStream]", length: Seconds) -> Seconds:
        gap = self._time_of_bad_bytes()
        self._good_bytes += packet.size
        self._good += length
        return gap

    def _time_of_bad_bytes(self) -> Seconds:
        return self._bad_bytes * self._good / self._good_bytes if self._good_bytes else 0.0
