"""Damaged recordings are heard as far as they go, keep their times, and say what is missing."""

import math
from pathlib import Path

import av
import numpy as np
import pytest

from speechqa.audio import SAMPLE_RATE, AudioStream, open_audio
from speechqa.call import Note, NoteCode
from tests.audio.makers import (
    Floats,
    damaged,
    encode,
    heard,
    likeness,
    silent_amr,
    voices,
    wav_bytes,
    write_wav,
)


def note(stream: AudioStream, code: NoteCode) -> Note:
    (found,) = [note for note in stream.notes() if note.code is code]
    return found


def codes(stream: AudioStream) -> list[NoteCode]:
    return [note.code for note in stream.notes()]


def pcm(sound: Floats) -> bytes:
    return (sound.T * 32767).astype("<i2").tobytes()


@pytest.mark.parametrize("declared", [0, 0xFFFFFFFF, 0x7FFFFFDB], ids=hex)
def test_a_header_without_a_length_is_repaired(tmp_path: Path, declared: int) -> None:
    path = tmp_path / "crash.wav"
    path.write_bytes(wav_bytes(pcm(voices(4, 8000, 2)), channels=2, declared=declared))
    sound, stream = heard(path)
    assert stream.recording.duration is None
    assert stream.seconds() == 4
    assert codes(stream) == [NoteCode.HEADER_REPAIRED]
    assert likeness(sound[1], voices(4, SAMPLE_RATE, 2)[1]) > 0.999


@pytest.mark.parametrize(
    ("subtype", "channels"),
    [("PCM_16", 1), ("PCM_16", 2), ("ALAW", 2), ("ULAW", 1), ("PCM_24", 2), ("IMA_ADPCM", 1), ("GSM610", 1)],
)
def test_a_truncated_wav_is_heard_to_its_end_and_flagged(tmp_path: Path, subtype: str, channels: int) -> None:
    path = write_wav(tmp_path / "cut.wav", voices(6.5, 8000, channels), 8000, subtype)
    data = path.read_bytes()
    head = len(wav_bytes(b""))
    path.write_bytes(data[: head + round((len(data) - head) * 3.2 / 6.5) + 1])
    sound, stream = heard(path)
    found = note(stream, NoteCode.TRUNCATED)
    assert found.review
    assert found.message.zh == "录音可能不完整 (头部 6.5 s, 实际 3.2 s)"
    assert stream.seconds() == pytest.approx(3.2, abs=0.07)
    assert likeness(sound[-1], voices(3.2, SAMPLE_RATE, channels)[-1]) > 0.9


@pytest.mark.parametrize(
    ("name", "encoder", "container", "rate"),
    [
        ("a.mp3", "mp3", "mp3", 16000),
        ("a.flac", "flac", "flac", 16000),
        ("a.opus", "libopus", "ogg", 48000),
        ("a.ogg", "vorbis", "ogg", 16000),
        ("a.aac", "aac", "adts", 16000),
    ],
)
class TestCompressed:
    def test_noise_in_the_middle_is_skipped_and_what_follows_keeps_its_time(
        self, tmp_path: Path, name: str, encoder: str, container: str, rate: int
    ) -> None:
        whole = encode(tmp_path / f"whole{name}", voices(20, rate, 2), rate, encoder, container)
        sound, stream = heard(damaged(whole, tmp_path / name, start=0.4, share=0.1))
        found = note(stream, NoteCode.LOST_PACKETS)
        assert "静音" in found.message.zh
        if name == "a.aac":  # the demuxer drops part of the noise untold
            assert 18 < stream.seconds() < 20.3
            return
        assert found.review
        assert stream.seconds() == pytest.approx(20, abs=0.3)
        after = slice(16 * SAMPLE_RATE, 19 * SAMPLE_RATE)
        assert likeness(sound[1, after], voices(20, SAMPLE_RATE, 2)[1, after], lag=0.3) > 0.9
        np.testing.assert_array_less(np.abs(sound), 1.0001)

    def test_a_cut_is_heard_to_its_end(
        self, tmp_path: Path, name: str, encoder: str, container: str, rate: int
    ) -> None:
        path = encode(tmp_path / name, voices(20, rate, 2), rate, encoder, container)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        sound, stream = heard(path)
        assert 7 < stream.seconds() < 12
        if name != "a.aac":  # which has neither a length nor an end to compare with
            assert note(stream, NoteCode.TRUNCATED).review
        upto = slice(0, 6 * SAMPLE_RATE)
        assert likeness(sound[0, upto], voices(6, SAMPLE_RATE, 2)[0]) > 0.9


def test_a_small_loss_is_noted_without_asking_for_a_listener(tmp_path: Path) -> None:
    whole = encode(tmp_path / "whole.mp3", voices(60, 16000), 16000, "mp3", "mp3")
    _, stream = heard(damaged(whole, tmp_path / "a.mp3", start=0.5, share=0.01))
    assert codes(stream) == [NoteCode.LOST_PACKETS]
    assert not note(stream, NoteCode.LOST_PACKETS).review


def test_tags_at_the_end_of_an_mp3_are_no_loss(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.mp3", voices(5, 16000), 16000, "mp3", "mp3")
    path.write_bytes(path.read_bytes() + b"TAG" + b"title".ljust(125, b"\0"))
    assert codes(heard(path)[1]) == []


def test_not_a_number_becomes_zero(tmp_path: Path) -> None:
    sound = voices(2, 16000, 2)
    sound[0, 100:200] = math.nan
    sound[1, 5000] = math.inf
    sound[1, 5001] = -math.inf
    out, stream = heard(write_wav(tmp_path / "nan.wav", sound, 16000, "FLOAT"))
    assert np.isfinite(out).all()
    assert np.abs(out[0, 100:200]).max() < 0.01
    assert codes(stream) == [NoteCode.BAD_SAMPLES]


def test_values_beyond_full_scale_are_limited_and_called_clipped(tmp_path: Path) -> None:
    out, stream = heard(write_wav(tmp_path / "loud.wav", voices(2, 44100) * 1e30, 44100, "DOUBLE"))
    assert np.abs(out).max() <= 1
    assert codes(stream) == [NoteCode.CLIPPED]


@pytest.mark.parametrize("subtype", ["PCM_16", "ULAW", "ALAW"])
def test_clipping_is_noted_and_a_normal_call_is_not(tmp_path: Path, subtype: str) -> None:
    loud = np.clip(voices(3, 8000, 2) * np.array([[1], [4]], np.float32), -1, 1)
    _, stream = heard(write_wav(tmp_path / "loud.wav", loud, 8000, subtype))
    assert codes(stream) == [NoteCode.CLIPPED]
    assert codes(heard(write_wav(tmp_path / "ok.wav", voices(3, 8000, 2), 8000, subtype))[1]) == []


def test_a_constant_offset_is_removed(tmp_path: Path) -> None:
    shifted = voices(25, 8000, 2) * 0.5 + np.array([[0.2], [0.0]], np.float32)
    sound, stream = heard(write_wav(tmp_path / "dc.wav", shifted, 8000))
    assert codes(stream) == [NoteCode.DC_OFFSET]
    assert "0.20" in note(stream, NoteCode.DC_OFFSET).message.zh
    assert np.abs(sound.mean(axis=1)).max() < 0.005
    np.testing.assert_allclose(sound[:, 2000:-2000], voices(25, 16000, 2)[:, 2000:-2000] * 0.5, atol=0.03)


def test_a_rate_below_the_telephone_is_noted(tmp_path: Path) -> None:
    stream = open_audio(write_wav(tmp_path / "low.wav", voices(1, 6000), 6000))
    assert codes(stream) == [NoteCode.LOW_RATE]
    assert "6000 Hz" in note(stream, NoteCode.LOW_RATE).message.zh


def test_silence_is_heard_without_a_note(tmp_path: Path) -> None:
    sound, stream = heard(write_wav(tmp_path / "quiet.wav", np.zeros((2, 16_000), np.float32), 8000))
    assert not sound.any()
    assert stream.seconds() == 2
    assert codes(stream) == []


def test_an_mp3_without_a_length_tag_claims_no_duration(tmp_path: Path) -> None:
    tagged = encode(tmp_path / "tagged.mp3", voices(5, 16000), 16000, "mp3", "mp3")
    assert open_audio(tagged).recording.duration == pytest.approx(5, abs=0.1)
    data = tagged.read_bytes()
    start = data.index(b"\xff\xf3")  # the first frame, which holds the tag
    bare = tmp_path / "bare.mp3"
    bare.write_bytes(data[data.index(b"\xff\xf3", start + 4) :])
    _, stream = heard(bare)
    assert stream.recording.duration is None
    assert stream.seconds() == pytest.approx(5, abs=0.15)
    assert codes(stream) == []


def test_packets_missing_from_a_container_with_a_clock_become_silence(tmp_path: Path) -> None:
    path = tmp_path / "gap.mkv"
    sound = voices(6, 8000)
    with av.open(str(path), "w", format="matroska") as output:
        stream = output.add_stream("pcm_s16le", rate=8000, layout="mono")
        for start in (*range(0, 16_000, 160), *range(32_000, 48_000, 160)):
            samples = (sound[:, start : start + 160] * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 8000, start
            output.mux(stream.encode(frame))
    out, opened = heard(path)
    assert opened.seconds() == pytest.approx(6, abs=0.03)
    assert "2.0 s (33.3%)" in note(opened, NoteCode.LOST_PACKETS).message.en
    wanted = voices(6, SAMPLE_RATE)
    assert np.abs(out[0, 33_000:63_000]).max() < 0.01
    assert likeness(out[0, 64_500:], wanted[0, 64_500:]) > 0.999


def test_pauses_that_a_mobile_recorder_left_out_are_no_loss(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.amr", voices(2, 8000), 8000, "libopencore_amrnb", "amr")
    path.write_bytes(path.read_bytes() + silent_amr(50).removeprefix(b"#!AMR\n"))
    _, stream = heard(path)
    assert stream.seconds() == pytest.approx(3, abs=0.05)
    assert codes(stream) == []
