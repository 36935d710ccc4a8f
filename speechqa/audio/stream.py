"""A recording as a stream of blocks at 16 kHz: memory stays the same however long the call."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from speechqa.audio.decode import Samples, no_audio, pieces
from speechqa.audio.files import opened, refusal
from speechqa.audio.loss import Loss
from speechqa.audio.probe import Probed, probe_for_decoding
from speechqa.audio.quality import Quality, lost_packets
from speechqa.call import Message, Note, NoteCode, Recording, Seconds
from speechqa.errors import AudioError

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE_RATE = 16_000  # Hz; Whisper's input rate
BLOCK = 10 * SAMPLE_RATE  # samples in a block
ALL_CHANNELS = 2  # up to here a file is taken whole; above, somebody must say which two
MISSING = 0.2  # seconds shorter than the header says that count as cut off; encoders pad up to 0.15 s


@dataclass(frozen=True, slots=True)
class AudioOptions:
    """What the user set. `channels` picks two tracks of a file that has more than two."""

    max_duration: Seconds = 12 * 3600
    channels: tuple[int, int] | None = None  # 0-based; None: files of more than two are refused


DEFAULTS = AudioOptions()


def open_audio(path: "Path", options: AudioOptions = DEFAULTS) -> "AudioStream":
    """The recording at `path`, ready to be streamed.

    Raises AudioError: all of `probe`; E_CHANNELS for more than two channels without `options.channels`
    or with ones it lacks; E_TOO_LONG when the header already says more than `options.max_duration`.
    """
    probed = probe_for_decoding(path)
    chosen = _chosen_channels(probed.recording, options)
    wav = probed.content.wav
    length = probed.recording.duration if wav is None else wav.seconds_present
    if length is not None and length > options.max_duration:
        raise _too_long(probed.recording, options)
    return AudioStream(probed, chosen, options)


class AudioStream:
    """One recording's samples, and after they were read, what was wrong with them."""

    def __init__(self, probed: Probed, channels: tuple[int, ...], options: AudioOptions) -> None:
        self._probed = probed
        self._channels = channels
        self._options = options
        self._heard: tuple[Note, ...] = ()
        self._seconds: Seconds | None = None  # None until a pass was complete

    @property
    def recording(self) -> Recording:
        return self._probed.recording

    def blocks(self) -> Iterator[Samples]:
        """Float32 of shape (chosen channels, n), n <= 160 000 = 10 s, in [-1, 1]; only the last is shorter.

        Every call decodes from the start. Raises AudioError: E_IO when the file went away, E_TOO_LONG
        as soon as more than `max_duration` was decoded, E_NO_AUDIO when nothing was.
        """
        recording = self.recording
        loss = Loss(self._probed.content.by_bytes)
        quality = Quality(len(self._channels))
        decoded = 0
        with opened(recording.path) as file:
            native = pieces(file, recording.path, self._probed.content, self._probed.track, loss)
            chosen = (piece[list(self._channels)] for piece in native)
            cleaned = (quality.clean(block) for block in _regrouped(chosen, 10 * recording.sample_rate))
            for block in _regrouped(_resampled(cleaned, recording), BLOCK):
                decoded += block.shape[1]
                if decoded > self._options.max_duration * SAMPLE_RATE:
                    raise _too_long(recording, self._options)
                yield np.clip(block, -1, 1)
        if decoded == 0:
            raise no_audio(recording.path)
        seconds = decoded / SAMPLE_RATE
        self._seconds = seconds
        self._heard = (*_losses(recording, seconds, loss), *quality.notes())

    def notes(self) -> tuple[Note, ...]:
        """What to know before trusting the card; complete once `blocks` was exhausted."""
        return self._probed.notes + self._heard

    def seconds(self) -> Seconds:
        """Length of what was really decoded. Raises RuntimeError before `blocks` was exhausted once."""
        if self._seconds is None:
            raise RuntimeError("seconds() is known only after blocks() was exhausted")
        return self._seconds


def _chosen_channels(recording: Recording, options: AudioOptions) -> tuple[int, ...]:
    if recording.channels <= ALL_CHANNELS:
        return tuple(range(recording.channels))
    if options.channels is None:
        raise refusal(
            "E_CHANNELS",
            recording.path,
            f"应为 1 或 2 个声道，实际有 {recording.channels} 个，程序不会混音；"
            "请指明坐席和客户所在的两个声道 (从 0 数起)，例如 --channels 0,1",
            f"expected 1 or 2 channels, got {recording.channels}, which are never mixed; say which two hold "
            "the agent and the customer (counted from 0), e.g. --channels 0,1",
        )
    first, second = options.channels
    if first == second or not all(0 <= channel < recording.channels for channel in options.channels):
        raise refusal(
            "E_CHANNELS",
            recording.path,
            f"--channels 应为 0-{recording.channels - 1} 中两个不同的声道，实际为 {first},{second}，请改正",
            f"--channels: expected two different channels of 0-{recording.channels - 1}, got "
            f"{first},{second}; correct it",
        )
    return options.channels


def _too_long(recording: Recording, options: AudioOptions) -> AudioError:
    hours = options.max_duration / 3600
    return refusal(
        "E_TOO_LONG",
        recording.path,
        f"录音超过上限 {hours:g} 小时，请切分后再评分",
        f"longer than the limit of {hours:g} h; split it and score the parts",
    )


def _losses(recording: Recording, seconds: Seconds, loss: Loss) -> Iterator[Note]:
    if recording.duration is not None and seconds < recording.duration - MISSING:
        yield Note(
            NoteCode.TRUNCATED,
            Message(
                f"录音可能不完整 (头部 {recording.duration:.1f} s, 实际 {seconds:.1f} s)",
                f"the recording may be incomplete (header {recording.duration:.1f} s, found {seconds:.1f} s)",
            ),
            review=True,
        )
    if loss.seconds > 0:
        yield lost_packets(loss.seconds, seconds)


def _regrouped(parts: Iterable[Samples], size: int) -> Iterator[Samples]:
    """The same samples in parts of exactly `size`, the last one shorter; never an empty part."""
    held: list[Samples] = []
    count = 0
    for part in parts:
        held.append(part)
        count += part.shape[1]
        if count < size:
            continue
        joined = np.concatenate(held, axis=1)
        whole = count - count % size
        for start in range(0, whole, size):
            yield joined[:, start : start + size]
        held, count = [joined[:, whole:].copy()], count - whole
    if count:
        yield np.concatenate(held, axis=1)


def _resampled(blocks: Iterable[Samples], recording: Recording) -> Iterator[Samples]:
    """At 16 kHz; n samples in give round(n * 16 000 / rate) out, over the whole stream."""
    import soxr

    if recording.sample_rate == SAMPLE_RATE:
        yield from blocks
        return
    resampler: soxr.ResampleStream | None = None
    for block in blocks:
        if resampler is None:
            resampler = soxr.ResampleStream(
                recording.sample_rate, SAMPLE_RATE, block.shape[0], dtype="float32"
            )
        yield resampler.resample_chunk(np.ascontiguousarray(block.T)).T
    if resampler is not None:
        rest = resampler.resample_chunk(np.zeros((0, block.shape[0]), np.float32), last=True)
        yield rest.T


def at_speed(samples: npt.NDArray[np.float32], speed: float) -> npt.NDArray[np.float32]:
    """One channel, shape (n,), played at so many times its speed; its pitch changes with it."""
    import soxr

    played: npt.NDArray[np.float32] = soxr.resample(samples, SAMPLE_RATE, SAMPLE_RATE / speed)
    return played
