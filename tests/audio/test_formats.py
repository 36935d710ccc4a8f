"""Every format that recorders write is heard as it was said: right sound, length, channel, codec."""

from pathlib import Path

import numpy as np
import pytest

from speechqa.audio import SAMPLE_RATE, AudioOptions, open_audio, probe
from speechqa.call import NoteCode
from speechqa.errors import AudioError
from tests.audio.makers import encode, heard, likeness, silent_amr, voices, wav_bytes, write_wav

SECONDS = 3.0
LOSSLESS = 0.9999
WAVS = [  # soundfile's subtype, codec, rate, channels, least likeness
    ("PCM_U8", "pcm_u8", 8000, 1, 0.999),
    ("PCM_16", "pcm_s16le", 8000, 2, LOSSLESS),
    ("PCM_24", "pcm_s24le", 44100, 2, LOSSLESS),
    ("PCM_32", "pcm_s32le", 48000, 1, LOSSLESS),
    ("FLOAT", "pcm_f32le", 16000, 2, LOSSLESS),
    ("DOUBLE", "pcm_f64le", 22050, 1, LOSSLESS),
    ("ALAW", "pcm_alaw", 8000, 2, 0.999),
    ("ULAW", "pcm_mulaw", 8000, 2, 0.999),
    ("IMA_ADPCM", "adpcm_ima_wav", 8000, 2, 0.99),
    ("MS_ADPCM", "adpcm_ms", 8000, 1, 0.99),
    ("GSM610", "gsm_ms", 8000, 1, 0.9),
]
ENCODED = [  # file name, encoder, container, codec, rate, channels, least likeness
    ("a.mp3", "mp3", "mp3", "mp3", 44100, 2, 0.99),
    ("low.mp3", "mp3", "mp3", "mp3", 8000, 1, 0.99),
    ("a.flac", "flac", "flac", "flac", 16000, 2, LOSSLESS),
    ("a.opus", "libopus", "ogg", "opus", 48000, 2, 0.95),
    ("a.ogg", "vorbis", "ogg", "vorbis", 44100, 2, 0.98),
    ("a.m4a", "aac", "ipod", "aac", 16000, 2, 0.98),
    ("a.aac", "aac", "adts", "aac", 16000, 2, 0.98),
    ("a.amr", "libopencore_amrnb", "amr", "amr_nb", 8000, 1, 0.9),
    ("a.au", "pcm_mulaw", "au", "pcm_mulaw", 8000, 2, 0.999),
    ("a.mkv", "libopus", "matroska", "opus", 48000, 2, 0.95),
]
PADDED = ("a.aac",)  # ADTS cannot say how much of its first and last frame is padding


def assert_same_sound(path: Path, rate: int, channels: int, least: float) -> None:
    sound, stream = heard(path)
    wanted = voices(SECONDS, SAMPLE_RATE, channels)
    assert sound.dtype == np.float32
    assert sound.shape[0] == channels
    tolerance = 0.15 if path.name in PADDED else 0.03
    assert stream.seconds() == pytest.approx(SECONDS, abs=tolerance)
    assert np.abs(sound).max() <= 1
    assert [likeness(sound[i], wanted[i]) for i in range(channels)] == pytest.approx(
        [1] * channels, abs=1 - least
    )
    if channels == 2:
        assert likeness(sound[0], wanted[1]) < 0.5
    assert stream.recording.sample_rate == rate


@pytest.mark.parametrize(("subtype", "codec", "rate", "channels", "least"), WAVS)
def test_wav_of_every_coding_sounds_as_written(
    tmp_path: Path, subtype: str, codec: str, rate: int, channels: int, least: float
) -> None:
    path = write_wav(tmp_path / "call.wav", voices(SECONDS, rate, channels), rate, subtype)
    assert_same_sound(path, rate, channels, least)
    assert probe(path).codec == codec
    assert probe(path).container == "WAV"
    assert probe(path).duration == pytest.approx(SECONDS, abs=0.1)


@pytest.mark.parametrize(("name", "encoder", "container", "codec", "rate", "channels", "least"), ENCODED)
def test_compressed_files_sound_as_encoded(
    tmp_path: Path,
    name: str,
    encoder: str,
    container: str,
    codec: str,
    rate: int,
    channels: int,
    least: float,
) -> None:
    path = encode(tmp_path / name, voices(SECONDS, rate, channels), rate, encoder, container)
    assert_same_sound(path, rate, channels, least)
    assert probe(path).codec == codec
    assert open_audio(path).notes() == ()


@pytest.mark.parametrize("rate", [4000, 11025, 32000, 96000, 192_000])
def test_other_rates_arrive_at_16_khz(tmp_path: Path, rate: int) -> None:
    path = write_wav(tmp_path / "call.wav", voices(SECONDS, rate), rate)
    assert_same_sound(path, rate, 1, 0.999)


@pytest.mark.parametrize("container", ["WAVEX", "RF64", "W64"])
def test_extended_wav_headers_are_read(tmp_path: Path, container: str) -> None:
    path = write_wav(tmp_path / "call.wav", voices(SECONDS, 8000, 2), 8000, container=container)
    assert_same_sound(path, 8000, 2, LOSSLESS)
    assert open_audio(path).notes() == ()


def test_a_hand_made_amr_of_no_data_frames_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "quiet.amr"
    path.write_bytes(silent_amr(100))
    sound, stream = heard(path)
    assert stream.seconds() == pytest.approx(2.0, abs=0.03)
    assert np.abs(sound).max() < 0.01
    assert stream.recording.duration is None


def test_the_content_decides_and_a_wrong_suffix_is_noted(tmp_path: Path) -> None:
    path = encode(tmp_path / "really_mp3.wav", voices(SECONDS, 16000), 16000, "mp3", "mp3")
    assert_same_sound(path, 16000, 1, 0.99)
    (note,) = open_audio(path).notes()
    assert note.code is NoteCode.MISNAMED
    assert "mp3" in note.message.zh
    assert not note.review


def test_a_picture_in_the_id3_tag_hides_no_mp3(tmp_path: Path) -> None:
    plain = encode(tmp_path / "plain.mp3", voices(SECONDS, 16000), 16000, "mp3", "mp3")
    tag = b"ID3\x04\x00\x00" + bytes([0, 12, 0, 0]) + b"APIC" + bytes((12 << 14) - 4)
    path = tmp_path / "cover.mp3"
    path.write_bytes(tag + plain.read_bytes())
    assert_same_sound(path, 16000, 1, 0.99)


def test_blocks_are_ten_seconds_and_may_be_read_again(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "long.wav", voices(24.5, 8000, 2), 8000)
    stream = open_audio(path)
    first = list(stream.blocks())
    assert [block.shape for block in first] == [(2, 160_000), (2, 160_000), (2, 72_000)]
    again = np.concatenate(list(stream.blocks()), axis=1)
    np.testing.assert_array_equal(again, np.concatenate(first, axis=1))
    assert stream.seconds() == 24.5
    assert stream.notes() == ()


def test_seconds_are_unknown_before_the_sound_was_read(tmp_path: Path) -> None:
    stream = open_audio(write_wav(tmp_path / "call.wav", voices(1, 8000), 8000))
    with pytest.raises(RuntimeError, match="exhausted"):
        stream.seconds()


def test_many_channels_are_refused_until_two_are_named(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "board.wav", voices(SECONDS, 8000, 12), 8000)
    assert probe(path).channels == 12
    with pytest.raises(AudioError) as caught:
        open_audio(path)
    assert caught.value.code == "E_CHANNELS"
    for text in (caught.value.message.zh, caught.value.message.en):
        assert "12" in text
        assert "--channels 0,1" in text
    sound, _ = heard(path, AudioOptions(channels=(7, 3)))
    wanted = voices(SECONDS, SAMPLE_RATE, 12)
    assert likeness(sound[0], wanted[7]) > LOSSLESS
    assert likeness(sound[1], wanted[3]) > LOSSLESS


@pytest.mark.parametrize("channels", [(0, 12), (-1, 0), (4, 4)])
def test_channels_that_the_file_lacks_are_refused(tmp_path: Path, channels: tuple[int, int]) -> None:
    path = write_wav(tmp_path / "board.wav", voices(1, 8000, 12), 8000)
    with pytest.raises(AudioError, match=r"E_CHANNELS.*0-11"):
        open_audio(path, AudioOptions(channels=channels))


def test_the_sha256_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(wav_bytes(bytes(1600)))
    twin = tmp_path / "other name.wav"
    twin.write_bytes(path.read_bytes())
    assert probe(path).sha256 == probe(twin).sha256
    assert len(probe(path).sha256) == 64
