"""What a file is, before anybody listens to it."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from speechqa.audio.content import Content, misnamed, recognise
from speechqa.audio.decode import Track, first_frame, no_audio
from speechqa.audio.files import fingerprint, opened, refusal
from speechqa.audio.ogg_end import has_end
from speechqa.call import Message, Note, NoteCode, Recording

RATES = (4_000, 192_000)  # Hz
CHANNELS = (1, 16)
WIDE_ENOUGH = 8_000  # Hz; below it, consonants that tell words apart are gone


@dataclass(frozen=True, slots=True)
class Probed:
    """A recording, with what decoding it needs and what its header alone gives away."""

    recording: Recording
    content: Content
    track: Track
    notes: tuple[Note, ...]


def probe(path: Path) -> Recording:
    """The file as its content says it is; its bytes are all read (sha256), its sound is not.

    `duration` is the header's claim, None when there is none (AMR, AAC, MP3 without a length tag, WAV
    with a placeholder). Raises AudioError: E_EMPTY, E_NO_AUDIO, E_FORMAT, E_RAW_NEEDS_SETTINGS,
    E_UNSUPPORTED, E_CHANNELS (several audio tracks) or E_IO.
    """
    return probe_for_decoding(path).recording


def probe_for_decoding(path: Path) -> Probed:
    """As `probe`, with what the decoder needs to know. Same errors."""
    with opened(path) as file:
        content = recognise(file, path)
        if content.container == "WAV":
            _check_wav(content, path)
        track = first_frame(file, path, content)
        _check_bounds(path, track.sample_rate, track.channels)
        recording = Recording(
            path=path,
            sha256=fingerprint(file),
            container=content.container,
            codec=track.codec,
            sample_rate=track.sample_rate,
            channels=track.channels,
            duration=track.duration,
        )
        return Probed(recording, content, track, _notes(file, path, content, track))


def _check_wav(content: Content, path: Path) -> None:
    if content.wav is None:
        raise refusal(
            "E_FORMAT",
            path,
            "WAV 文件头不完整或已损坏，请重新从录音系统导出",
            "the WAV header is incomplete or damaged; export the file again from the recorder",
        )
    _check_bounds(path, content.wav.sample_rate, content.wav.channels)
    if content.wav.present == 0:
        raise no_audio(path)


def _check_bounds(path: Path, sample_rate: int, channels: int) -> None:
    if RATES[0] <= sample_rate <= RATES[1] and CHANNELS[0] <= channels <= CHANNELS[1]:
        return
    raise refusal(
        "E_FORMAT",
        path,
        f"采样率应为 {RATES[0]}-{RATES[1]} Hz、声道数应为 {CHANNELS[0]}-{CHANNELS[1]}，"
        f"实际为 {sample_rate} Hz、{channels} 声道；文件头可能已损坏，请重新导出",
        f"expected {RATES[0]}-{RATES[1]} Hz and {CHANNELS[0]}-{CHANNELS[1]} channels, got {sample_rate} Hz "
        f"and {channels} channels; the header may be damaged, export the file again",
    )


def _notes(file: BinaryIO, path: Path, content: Content, track: Track) -> tuple[Note, ...]:
    repaired = content.wav is not None and content.wav.declared is None
    unfinished = content.container == "ogg" and not has_end(file)
    found = (
        misnamed(content, path),
        _header_repaired() if repaired else None,
        _unfinished() if unfinished else None,
        _low_rate(track.sample_rate) if track.sample_rate < WIDE_ENOUGH else None,
    )
    return tuple(note for note in found if note is not None)


def _header_repaired() -> Note:
    return Note(
        NoteCode.HEADER_REPAIRED,
        Message(
            "文件头没有写明数据长度 (录音可能异常中断)，已按实际内容读取",
            "the header does not say how long the sound is (the recorder may have crashed); "
            "read to the end of the file",
        ),
    )


def _unfinished() -> Note:
    return Note(
        NoteCode.TRUNCATED,
        Message(
            "录音可能不完整 (没有结束标记)",
            "the recording may be incomplete (it lacks the mark of its end)",
        ),
        review=True,
    )


def _low_rate(sample_rate: int) -> Note:
    return Note(
        NoteCode.LOW_RATE,
        Message(
            f"采样率只有 {sample_rate} Hz (电话录音一般为 {WIDE_ENOUGH} Hz)，识别可能不准",
            f"sampled at only {sample_rate} Hz (telephone: {WIDE_ENOUGH} Hz); recognition may suffer",
        ),
    )
