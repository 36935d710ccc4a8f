"""The file formats call recorders write, each call in one of them."""

import io
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, cast

import av
import numpy as np
import soundfile

from samples.telephone import RATE, Line

BIT_RATE = 32_000  # bit/s, of MP3 and Opus
GSM_BLOCK = 320  # samples; 40 ms, a pair of frames in MS-GSM. Every call ends on one, so no format pads it.


@dataclass(frozen=True, slots=True)
class Format:
    extension: str
    codec: str  # soundfile's subtype, or the encoder of FFmpeg for what soundfile cannot write reproducibly
    law: Literal["ALAW", "ULAW"]  # of the G.711 line before the recorder


ALAW = Format("wav", "ALAW", "ALAW")
MULAW = Format("wav", "ULAW", "ULAW")
PCM16 = Format("wav", "PCM_16", "ULAW")
GSM = Format("wav", "GSM610", "ALAW")  # "wav49"
FLAC = Format("flac", "PCM_16", "ALAW")
MP3 = Format("mp3", "libmp3lame", "ULAW")
OPUS = Format("ogg", "libopus", "ALAW")

# Most recorders keep G.711 as it came; the others are here so that the demo meets what users have.
FORMATS = {
    "broadband-good-01": MULAW,
    "broadband-not-owner-01": MP3,
    "broadband-refusal-01": GSM,
    "creditcard-no-ask-01": MULAW,
    "creditcard-objection-ok-01": FLAC,
    "data-early-pitch-01": MULAW,
    "insurance-objection-ignored-01": OPUS,
    "ringtone-late-fee-01": MULAW,
    "ringtone-minor-01": PCM16,
}


def format_of(call_id: str) -> Format:
    """A-law WAV, unless FORMATS says otherwise."""
    return FORMATS.get(call_id, ALAW)


def write_audio(path: Path, lines: Line, form: Format) -> None:
    """Writes 8 kHz audio, shape (channels, n), after its G.711 law; the same bytes for the same input."""
    heard = _through_g711(lines, form.law)
    if form.codec.startswith("lib"):
        _encode(path, heard, form.codec)
    else:
        soundfile.write(path, heard.T, RATE, format=form.extension.upper(), subtype=form.codec)


def _through_g711(lines: Line, law: str) -> Line:
    """The same shape, with the steps of a digital telephone line."""
    line = io.BytesIO()
    soundfile.write(line, lines.T, RATE, format="WAV", subtype=law)
    line.seek(0)
    heard, _ = soundfile.read(line, always_2d=True)
    return np.ascontiguousarray(heard.T)


def _encode(path: Path, heard: Line, codec: str) -> None:
    layout = "stereo" if len(heard) == 2 else "mono"
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as container:
        stream = cast(av.AudioStream, container.add_stream(codec, rate=RATE, layout=layout))
        stream.bit_rate = BIT_RATE
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=RATE)
        frame = av.AudioFrame.from_ndarray(heard.astype(np.float32), format="fltp", layout=layout)
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), 0
        for part in (*resampler.resample(frame), None):
            for packet in stream.encode(part):
                container.mux(packet)
