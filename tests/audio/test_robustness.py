"""Whatever the bytes are: samples in [-1, 1], or one AudioError; and bounded memory."""

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechqa.audio import AudioOptions, open_audio
from speechqa.errors import AudioError
from tests.audio.makers import encode, voices, wav_bytes, write_wav

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LIMITS = AudioOptions(max_duration=600, channels=(0, 1))
HEADERS = [
    *(b"RIFF\xff\xff\xff\xffWAVE", b"RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00", wav_bytes(b"")),
    *(
        wav_bytes(b"", bits=32, tag=3, channels=2),
        wav_bytes(b"", tag=0x11, bits=4),
        b"#!AMR\n",
        b"#!AMR-WB\n",
    ),
    *(
        b"OggS\x00\x02",
        b"fLaC\x00\x00\x00\x22",
        b"\x00\x00\x00\x18ftypM4A ",
        b"\x1aE\xdf\xa3",
        b"ID3\x04\x00\x00",
    ),
    *(
        b".snd\x00\x00\x00\x18",
        b"caff\x00\x01\x00\x00",
        b"FORM\x00\x00\x01\x00AIFF",
        b"\xff\xfb\x90\x00",
        b"FLV\x01\x05",
    ),
    *(
        b"\xff\xf1\x60\x80",
        b"RIFF\x00\x00\x01\x00AVI LIST",
        b"\x02dss",
        b"\x00\x00\x01\xba",
        b"0&\xb2u\x8ef\xcf\x11",
    ),
]
FORMATS = {
    "wav": lambda path: write_wav(path, voices(1, 8000, 2), 8000),
    "gsm": lambda path: write_wav(path, voices(1, 8000), 8000, "GSM610"),
    "adpcm": lambda path: write_wav(path, voices(1, 8000), 8000, "MS_ADPCM"),
    "float": lambda path: write_wav(path, voices(0.2, 8000), 8000, "FLOAT"),
    "mp3": lambda path: encode(path, voices(1, 16000, 2), 16000, "mp3", "mp3"),
    "flac": lambda path: encode(path, voices(1, 16000, 2), 16000, "flac", "flac"),
    "opus": lambda path: encode(path, voices(1, 48000, 2), 48000, "libopus", "ogg"),
    "m4a": lambda path: encode(path, voices(1, 16000, 2), 16000, "aac", "ipod"),
    "aac": lambda path: encode(path, voices(1, 16000), 16000, "aac", "adts"),
    "amr": lambda path: encode(path, voices(1, 8000), 8000, "libopencore_amrnb", "amr"),
}


def survives(data: bytes, suffix: str = ".wav") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"call{suffix}")
        path.write_bytes(data)
        with contextlib.suppress(AudioError):
            stream = open_audio(path, LIMITS)
            for block in stream.blocks():
                assert block.dtype == np.float32
                assert 1 <= len(block) <= 2
                assert 1 <= block.shape[1] <= 160_000
                assert np.isfinite(block).all()
                assert np.abs(block).max() <= 1
            stream.notes()
            assert 0 < stream.seconds() <= LIMITS.max_duration


@cache
def valid(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        make: Callable[[Path], Path] = FORMATS[name]
        return make(Path(folder, "valid")).read_bytes()


@QUICK
@given(data=st.binary(max_size=4000), suffix=st.sampled_from([".wav", ".mp3", ".ul", ".nmf", ""]))
def test_random_bytes_never_surprise(data: bytes, suffix: str) -> None:
    survives(data, suffix)


@QUICK
@given(header=st.sampled_from(HEADERS), data=st.binary(max_size=4000))
def test_random_bytes_behind_a_real_signature_never_surprise(header: bytes, data: bytes) -> None:
    survives(header + data)


@pytest.mark.parametrize("name", FORMATS)
@settings(parent=QUICK, max_examples=25)
@given(data=st.data())
def test_changed_bytes_of_a_valid_file_never_surprise(name: str, data: st.DataObject) -> None:
    mutated = bytearray(valid(name))
    places = st.integers(0, len(mutated) - 1) | st.integers(0, min(120, len(mutated) - 1))
    for at, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=12)):
        mutated[at] = value
    survives(bytes(mutated[: data.draw(st.integers(1, len(mutated)))]))


MEASURE = """
import re, sys
from pathlib import Path
from speechqa.audio import open_audio
stream = open_audio(Path(sys.argv[1]))
longest = max(block.shape[1] for block in stream.blocks())
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]  # rusage has the parent's too
print(stream.seconds(), longest, int(peak) // 1024)
"""


def test_an_hour_of_stereo_streams_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "hour.wav"
    size = 3600 * 8000 * 4
    header = wav_bytes(b"", channels=2, declared=size)
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + size)
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], check=True, capture_output=True, text=True
    )
    seconds, longest, peak_mb = measured.stdout.split()
    assert (float(seconds), int(longest)) == (3600, 160_000)
    assert int(peak_mb) < 200
    assert measured.stderr == ""
