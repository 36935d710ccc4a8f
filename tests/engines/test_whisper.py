"""With the real Whisper base, on real voices."""

import csv
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speechqa.call import NoteCode
from speechqa.engines import Engine, EngineOptions, load_engine
from speechqa.errors import UsageError
from tests.bench.cer import errors

RATE = 16_000
MANDARIN = Path(__file__).resolve().parents[3] / "shared" / "data" / "mandarin"
ENGLISH = MANDARIN.parent / "english_call" / "call_40.flac"
needs_speech = pytest.mark.skipif(not MANDARIN.is_dir(), reason="../shared/data is not here")
LINES = ("S0150W0007", "S0252W0344", "S0150W0133", "S0252W0366", "S0150W0279", "S0252W0380")  # in turn


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine("whisper", EngineOptions(device="cpu"))


def conversation() -> tuple[np.ndarray, list[tuple[int, float, float, str]]]:
    """Two channels, and (channel, start, end, text) of each line; a second of silence between lines."""
    with (MANDARIN / "reference.tsv").open(encoding="utf-8") as file:
        texts = {row["file"]: row["reference_text"] for row in csv.DictReader(file, delimiter="\t")}
    sounds = [soundfile.read(MANDARIN / f"BAC009{line}.wav", dtype="float32")[0] for line in LINES]
    call = np.zeros((2, sum(map(len, sounds)) + (len(LINES) + 1) * RATE), dtype=np.float32)
    at, spans = RATE, []
    for index, (line, sound) in enumerate(zip(LINES, sounds, strict=True)):
        call[index % 2, at : at + len(sound)] = 0.5 * sound / np.abs(sound).max()
        spans.append((index % 2, at / RATE, (at + len(sound)) / RATE, texts[f"BAC009{line}.wav"]))
        at += len(sound) + RATE
    return call, spans


@needs_speech
def test_each_line_is_heard_on_its_channel_at_its_time(engine: Engine) -> None:
    call, spans = conversation()
    progress: list[float] = []
    heard = engine.words([call], progress.append)
    lines = [
        "".join(
            word.text
            for word in heard.words
            if word.channel == channel and start - 0.3 < word.start < end + 0.3
        )
        for channel, start, end, _ in spans
    ]
    assert len("".join(lines)) == sum(len(word.text) for word in heard.words)  # no word outside the lines
    edits = [errors(text, line) for line, (_, _, _, text) in zip(lines, spans, strict=True)]
    assert sum(wrong for wrong, _ in edits) < 0.4 * sum(length for _, length in edits)
    assert heard.language == "zh"
    assert [word.start for word in heard.words] == sorted(word.start for word in heard.words)
    assert progress[-1] == pytest.approx(call.shape[1] / RATE)


def test_noise_and_silence_have_no_words(engine: Engine) -> None:
    noise = np.random.default_rng(5).normal(0, 0.02, 20 * RATE)
    heard = engine.words([np.stack([noise, np.zeros(20 * RATE)]).astype(np.float32)], lambda _: None)
    assert (heard.words, heard.speech) == ((), (0.0, 0.0))


def test_no_audio_at_all_has_no_words(engine: Engine) -> None:
    assert engine.words([], lambda _: None).words == ()


@needs_speech
def test_english_under_a_chinese_setting_is_noted(engine: Engine) -> None:
    sound = soundfile.read(ENGLISH, dtype="float32", frames=8000 * 40)[0]
    wide = np.repeat(sound, 2, axis=0).T.copy()  # 8 to 16 kHz, crudely
    heard = engine.words([wide], lambda _: None)
    assert [note.code for note in heard.notes if note.review] == [NoteCode.LANGUAGE_UNSURE]


def test_the_fingerprint_follows_model_and_options(engine: Engine) -> None:
    same = load_engine("whisper", EngineOptions(device="cpu"))
    other = load_engine("whisper", EngineOptions(device="cpu", beam_size=2))
    assert engine.fingerprint == same.fingerprint != other.fingerprint


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match='"zz" unknown'):
        load_engine("whisper", EngineOptions(language="zz"))
