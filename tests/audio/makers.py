"""Recordings that the tests of the audio room make for themselves."""

import struct
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import soundfile

from speechqa.audio import AudioOptions, AudioStream, open_audio

Floats = npt.NDArray[np.float32]


def voices(seconds: float, rate: int, channels: int = 1) -> Floats:
    """A different speech-like glide on every channel, shape (channels, n), never the same twice."""
    time = np.arange(round(seconds * rate)) / rate
    return np.stack(
        [
            0.5
            * np.sin(2 * np.pi * (250 + 170 * channel) * time + 8 * np.sin(2 * np.pi * 0.31 * time + channel))
            * (0.55 + 0.45 * np.sin(2 * np.pi * (0.7 + 0.13 * channel) * time))
            for channel in range(channels)
        ]
    ).astype(np.float32)


def write_wav(path: Path, sound: Floats, rate: int, subtype: str = "PCM_16", container: str = "WAV") -> Path:
    soundfile.write(path, sound.T, rate, subtype=subtype, format=container)
    return path


def encode(path: Path, sound: Floats, rate: int, codec: str, container: str) -> Path:
    """Through one of FFmpeg's encoders (Vorbis: soundfile's), whatever the path's suffix says."""
    if codec == "vorbis":
        soundfile.write(path, sound.T, rate, format="OGG", subtype="VORBIS")
        return path
    layout = "stereo" if len(sound) == 2 else "mono"
    with av.open(str(path), "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        stored = stream.codec_context.format.name
        for converted in av.AudioResampler(format=stored, layout=layout, rate=rate).resample(frame):
            output.mux(stream.encode(converted))
        output.mux(stream.encode(None))
    return path


def wav_bytes(
    data: bytes,
    tag: int = 1,
    channels: int = 1,
    rate: int = 8000,
    bits: int = 16,
    declared: int | None = None,
) -> bytes:
    """A WAV file by hand, so that its header can lie."""
    align = channels * bits // 8
    fmt = struct.pack("<HHIIHH", tag, channels, rate, rate * align & 0xFFFFFFFF, align, bits)
    size = len(data) if declared is None else declared
    head = b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", size)
    return b"RIFF" + struct.pack("<I", len(head) + len(data)) + head + data


def silent_amr(frames: int) -> bytes:
    """AMR-NB of NO_DATA frames (type 15, 20 ms each). Source: RFC 4867, 5.3."""
    return b"#!AMR\n" + b"\x7c" * frames


def damaged(source: Path, target: Path, start: float, share: float) -> Path:
    """A copy in which `share` of the bytes from `start` (0-1) on are noise."""
    data = bytearray(source.read_bytes())
    at, count = round(start * len(data)), round(share * len(data))
    data[at : at + count] = np.random.default_rng(7).integers(0, 256, count, np.uint8).tobytes()
    target.write_bytes(data)
    return target


def heard(path: Path, options: AudioOptions | None = None) -> tuple[Floats, AudioStream]:
    """All samples of a file, with the stream they came from."""
    stream = open_audio(path) if options is None else open_audio(path, options)
    return np.concatenate(list(stream.blocks()), axis=1), stream


def likeness(sound: Floats, wanted: Floats, lag: float = 0.08) -> float:
    """Highest correlation, 0-1, of two mono signals at 16 kHz over shifts of up to `lag` seconds."""
    size = 1 << (len(sound) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(wanted, size))
    product = np.fft.irfft(spectrum, size)
    reach = int(lag * 16_000)
    best = max(product[: reach + 1].max(), product[-reach:].max())
    return float(best / (np.linalg.norm(sound) * np.linalg.norm(wanted) + 1e-9))
