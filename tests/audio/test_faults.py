"""Files that cannot be heard end with one typed error that says what to do, and never block."""

import os
import signal
import socket
import struct
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from speechqa.audio import AudioOptions, open_audio, probe
from speechqa.errors import AudioError
from tests.audio.makers import encode, heard, voices, wav_bytes, write_wav


@pytest.fixture(autouse=True)
def never_blocks() -> Iterator[None]:
    """A test of this file that waits for a writer or a device is ended as failed."""
    signal.alarm(60)
    yield
    signal.alarm(0)


def refused(path: Path, options: AudioOptions | None = None) -> AudioError:
    with pytest.raises(AudioError) as caught:
        heard(path, options)
    assert "\n" not in caught.value.message.en
    assert caught.value.message.zh.encode("utf-8")
    return caught.value


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    error = refused(written(tmp_path / "a.wav", b""))
    assert error.code == "E_EMPTY"
    assert "文件为空 (0 字节)" in error.message.zh


@pytest.mark.parametrize(
    "data",
    [
        wav_bytes(b""),
        wav_bytes(b"", declared=16_000),
        wav_bytes(b"", declared=0xFFFFFFFF),
        wav_bytes(b"")[:36],
        wav_bytes(b"LIST" + struct.pack("<I", 8) + b"INFOISFT", declared=0),
    ],
    ids=["no data", "data lost", "placeholder", "no data chunk", "only a list behind"],
)
def test_a_header_without_sound_has_no_audio(tmp_path: Path, data: bytes) -> None:
    assert refused(written(tmp_path / "a.wav", data)).code == "E_NO_AUDIO"


def test_a_video_without_sound_has_no_audio(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((96, 64), np.uint8), format="yuv420p")
            output.mux(stream.encode(picture))
        output.mux(stream.encode(None))
    assert refused(path).code == "E_NO_AUDIO"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"call 0417, agent 8, all fine\n" * 5, "plain text"),
        ("客户同意办理，坐席已告知资费".encode("gb18030"), "plain text"),
        ("客户同意办理".encode("utf-16"), "plain text"),
        (b"<!DOCTYPE html><html><body>login</body></html>", "HTML"),
        (b'{"error": "not found"}', "JSON"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"PK\x03\x04" + bytes(60), "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "PNG"),
        (bytes(range(256)) * 8, "unrecognised"),
        (b"RIFF\x10\x00\x00\x00WAVE", "header is incomplete"),
        (wav_bytes(bytes(64))[:22], "header is incomplete"),
        (b"fLaC" + bytes(100), "damaged"),
        (b"OggS" + bytes(100), "damaged"),
        (b"\x00\x00\x00\x18ftypM4A " + bytes(100), "damaged"),
    ],
)
def test_what_is_no_recording_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    error = refused(written(tmp_path / "a.wav", content))
    assert error.code == "E_FORMAT"
    assert kind in error.message.en


@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{0}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{0}'\n",
        "# mpv EDL v0\n{0},0,3\n",
        "[playlist]\nFile1={0}\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        '<?xml version="1.0"?>\n<playlist><trackList><location>{0}</location></trackList></playlist>',
        '<?xml version="1.0"?>\n<MPD><BaseURL>{0}</BaseURL></MPD>',
        '\n <ASX version="3.0"><entry><ref href="{0}"/></entry></ASX>',
    ],
)
def test_a_playlist_opens_nothing(tmp_path: Path, playlist: str) -> None:
    bait = tmp_path / "bait.wav"
    write_wav(bait, voices(1, 8000), 8000)
    os.utime(bait, ns=(10**18, 2 * 10**18))  # read before it was changed: any access would show
    error = refused(written(tmp_path / "list.wav", playlist.format(bait).encode()))
    assert error.code == "E_FORMAT"
    assert "playlist" in error.message.en
    assert "播放列表" in error.message.zh
    assert os.stat(bait).st_atime_ns == 10**18


@pytest.mark.parametrize("suffix", [".ul", ".al", ".vox", ".raw", ".PCM", ".g722", ".g726", ".gsm"])
@pytest.mark.parametrize("content", [b"\xff" * 4000, b"\xd5" * 4000, bytes(4000), bytes(range(256)) * 20])
def test_bare_samples_are_never_guessed(tmp_path: Path, suffix: str, content: bytes) -> None:
    error = refused(written(tmp_path / f"call{suffix}", content))
    assert error.code == "E_RAW_NEEDS_SETTINGS"
    assert "ffmpeg" in error.message.zh


def test_a_raw_suffix_with_a_real_header_is_heard(tmp_path: Path) -> None:
    sound, _ = heard(written(tmp_path / "call.vox", wav_bytes(bytes(16_000))))
    assert sound.shape == (1, 16_000)


def test_closed_formats_get_export_advice(tmp_path: Path) -> None:
    error = refused(written(tmp_path / "call.nmf", b"\x00\x01NMF" + bytes(range(200))))
    assert error.code == "E_UNSUPPORTED"
    assert "NICE" in error.message.zh
    assert "WAV" in error.message.zh


@pytest.mark.parametrize(
    ("rate", "channels"), [(0, 1), (8000, 0), (2_000_000_000, 1), (3999, 1), (192_001, 1), (8000, 17)]
)
def test_impossible_headers_quote_the_bounds(tmp_path: Path, rate: int, channels: int) -> None:
    error = refused(written(tmp_path / "a.wav", wav_bytes(bytes(3400), rate=rate, channels=channels)))
    assert error.code == "E_FORMAT"
    assert "4000-192000 Hz" in error.message.en
    assert f"{rate} Hz" in error.message.zh


def test_a_header_over_the_limit_is_too_long_at_once(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", voices(3, 8000), 8000)
    with pytest.raises(AudioError, match="E_TOO_LONG"):
        open_audio(path, AudioOptions(max_duration=2))
    assert open_audio(path, AudioOptions(max_duration=3)).recording.duration == 3


def test_too_long_is_found_while_decoding_when_the_header_is_silent(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.aac", voices(30, 16000), 16000, "aac", "adts")
    blocks = open_audio(path, AudioOptions(max_duration=15)).blocks()
    assert next(blocks).shape == (1, 160_000)
    with pytest.raises(AudioError, match="E_TOO_LONG"):
        next(blocks)


def test_a_header_that_lies_about_hours_is_judged_by_its_bytes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", wav_bytes(bytes(16_000), declared=2_000_000_000))
    sound, _ = heard(path, AudioOptions(max_duration=60))
    assert sound.shape == (1, 16_000)


def test_several_audio_tracks_are_never_mixed(tmp_path: Path) -> None:
    path = tmp_path / "two.mkv"
    with av.open(str(path), "w", format="matroska") as output:
        streams = [output.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(2)]
        for stream in streams:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), format="s16", layout="mono")
            frame.sample_rate = 8000
            output.mux(stream.encode(frame))
    error = refused(path)
    assert error.code == "E_CHANNELS"
    assert "2" in error.message.en


def test_folders_fifos_sockets_and_devices_are_no_recordings(tmp_path: Path) -> None:
    fifo, server = tmp_path / "fifo.wav", tmp_path / "s"
    os.mkfifo(fifo)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(server))
        for path, kind in (
            (tmp_path, "a folder"),
            (fifo, "a FIFO"),
            (server, "a socket"),
            (Path("/dev/zero"), "a character device"),
        ):
            error = refused(path)
            assert error.code == "E_IO"
            assert kind in error.message.en


def test_links_are_followed_and_loops_of_links_are_not(tmp_path: Path) -> None:
    loop = tmp_path / "loop.wav"
    loop.symlink_to(loop)
    error = refused(loop)
    assert error.code == "E_IO"
    assert "循环" in error.message.zh
    link = tmp_path / "link.wav"
    link.symlink_to(write_wav(tmp_path / "a.wav", voices(1, 8000), 8000))
    assert probe(link).duration == 1


def test_a_missing_file_and_one_that_vanishes_are_io_errors(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.wav").code == "E_IO"
    path = write_wav(tmp_path / "a.wav", voices(1, 8000), 8000)
    stream = open_audio(path)
    path.unlink()
    with pytest.raises(AudioError, match="E_IO"):
        next(stream.blocks())


@pytest.fixture
def ordinary_user() -> Iterator[Callable[[], None]]:
    """Root may read everything, so a test that root runs can be somebody else for the rest of its length."""
    before = os.geteuid()
    yield lambda: os.seteuid(before or 65534)
    os.seteuid(before)


def test_a_file_that_may_not_be_read_is_an_io_error(
    tmp_path: Path, ordinary_user: Callable[[], None]
) -> None:
    path = write_wav(tmp_path / "a.wav", voices(1, 8000), 8000)
    path.chmod(0)
    ordinary_user()
    error = refused(path)
    assert error.code == "E_IO"
    assert "权限" in error.message.zh


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.wav",
        "😀.wav",
        "\u202evaw.exe.wav",
        "\u00e9.wav",
        "e\u0301.wav",
        "-rf.wav",
        "x" * 251 + ".wav",
        "http:evil",
        "%d.wav",
    ],
)
def test_odd_names_are_only_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with wave.open(str(path), "wb") as output:
        output.setparams((1, 2, 8000, 0, "NONE", ""))
        output.writeframes(bytes(1600))
    assert probe(path).path == path
    path.write_bytes(b"hello, this is text")
    message = refused(path).message.en
    assert message.isprintable()


def test_names_that_no_text_can_hold_are_escaped(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.wav"))
    path.write_bytes(wav_bytes(bytes(1600)))
    assert probe(path).channels == 1
    path.write_bytes(b"hello, this is text")
    assert "\\udcff\\udcfe.wav" in refused(path).message.en
    assert refused(tmp_path / "a\0b.wav").code == "E_IO"
    assert refused(tmp_path / ("x" * 300)).code == "E_IO"
