"""With the real Whisper base, on real voices."""

import csv
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zlib import compress

import numpy as np
import pytest
import soundfile

from samples.hold_music import hold_music
from speechqa.audio import open_audio
from speechqa.call import NoteCode
from speechqa.engines import Engine, EngineOptions, load_engine
from speechqa.engines.decoding import REPEATS, SECOND_BEAM
from speechqa.engines.weights import locate
from speechqa.errors import ModelError, UsageError
from speechqa.sound import syllables
from tests.bench.cer import errors

RATE = 16_000
MANDARIN = Path(__file__).resolve().parents[3] / "shared" / "data" / "mandarin"
CALLS = Path(__file__).resolve().parents[2] / "samples" / "calls"
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


def test_hold_music_has_no_words(engine: Engine) -> None:
    music = hold_music(30.0, RATE)
    assert engine.words([np.stack([music, 0.1 * music]).astype(np.float32)], lambda _: None).words == ()


def test_a_lone_wei_at_the_start_of_a_call_is_heard(engine: Engine) -> None:
    heard = engine.words(open_audio(CALLS / "creditcard-no-ask-01.wav").blocks(), lambda _: None)
    first = min((word for word in heard.words if word.channel == 1), key=lambda word: word.start)
    assert syllables(first.text[0]) == syllables("喂")  # 为 sounds the same, and is matched by its sound
    assert first.start < 2.0


def test_numbers_are_written_as_they_are_said(engine: Engine) -> None:
    heard = engine.words(open_audio(CALLS / "insurance-elderly-01.wav").blocks(), lambda _: None)
    text = "".join(word.text for word in heard.words)
    assert not set(text) & set("0123456789")
    assert set(text) & set("二三四五六七八九十百")


@pytest.fixture
def unloadable(tmp_path: Path) -> Engine:
    """An engine whose model can be found and not loaded."""
    (tmp_path / "tokenizer.json").write_bytes((locate("base").folder / "tokenizer.json").read_bytes())
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.bin").write_bytes(b"not a model")
    return load_engine("whisper", EngineOptions(model=str(tmp_path), device="cpu"))


def test_fingerprint_and_noise_need_no_model_in_memory(unloadable: Engine) -> None:
    assert unloadable.fingerprint.startswith("whisper-")
    noise = np.random.default_rng(7).normal(0, 3e-4, (1, 300 * RATE)).astype(np.float32)
    assert unloadable.words([noise], lambda _: None).words == ()


@needs_speech
def test_a_model_that_cannot_be_loaded_is_told_with_its_folder(unloadable: Engine, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the recognition model on cpu") as caught:
        unloadable.words([conversation()[0]], lambda _: None)
    assert str(tmp_path) in caught.value.message.zh


def test_a_tokenizer_cut_short_is_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    for path in locate("base").folder.iterdir():
        (tmp_path / path.name).symlink_to(path)
    whole = (tmp_path / "tokenizer.json").read_bytes()
    (tmp_path / "tokenizer.json").unlink()
    (tmp_path / "tokenizer.json").write_bytes(whole[:-1000])
    engine = load_engine("whisper", EngineOptions(model=str(tmp_path), device="cpu"))
    call = next(open_audio(CALLS / "creditcard-no-ask-01.wav").blocks())
    with pytest.raises(ModelError, match="cannot load the recognition model"):
        engine.words([call], lambda _: None)


class StoppedError(Exception):
    pass


@needs_speech
def test_a_recording_that_was_stopped_can_be_heard_from_the_start(engine: Engine) -> None:
    call, _ = conversation()
    halves = [call[:, : call.shape[1] // 2], call[:, call.shape[1] // 2 :]]

    def stop(_: float) -> None:
        raise StoppedError

    whole = engine.words(halves, lambda _: None)
    with pytest.raises(StoppedError):
        engine.words(halves, stop)
    assert engine.words(halves, lambda _: None) == whole


HEAR = """
import pickle, sys
from speechqa.engines import EngineOptions, load_engine
call = pickle.load(sys.stdin.buffer)
print(load_engine("whisper", EngineOptions(device="cpu", threads=1)).words([call], lambda _: None))
"""


@needs_speech
def test_another_process_with_fewer_threads_hears_the_same(engine: Engine) -> None:
    call, _ = conversation()
    root = Path(__file__).resolve().parents[2]
    other = subprocess.run(
        [sys.executable, "-c", HEAR], input=pickle.dumps(call), cwd=root, capture_output=True, check=True
    )
    assert other.stdout.decode().strip() == str(engine.words([call], lambda _: None))


@needs_speech
def test_two_threads_hear_what_one_after_the_other_would(engine: Engine) -> None:
    call, _ = conversation()
    calls = [call, call[::-1, : 30 * RATE]]
    alone = [engine.words([one], lambda _: None) for one in calls]
    fresh = load_engine("whisper", EngineOptions(device="cpu"))  # so that both want the model at once
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda one: fresh.words([one], lambda _: None), calls))
    assert together == alone


def in_noise(seed: int, level: float) -> np.ndarray:
    """A sentence in noise of that level, its own peak being 0.5."""
    speech = soundfile.read(MANDARIN / "BAC009S0150W0122.wav", dtype="float32")[0]
    noise = np.random.default_rng(seed).normal(0, level, len(speech))
    return np.asarray(0.5 * speech / np.abs(speech).max() + noise, dtype=np.float32)


def heard_by(beam_size: int, sound: np.ndarray) -> str:
    engine = load_engine("whisper", EngineOptions(device="cpu", beam_size=beam_size))
    return "".join(word.text for word in engine.words([sound[None]], lambda _: None).words)


def repeats(text: str) -> bool:
    return len(text.encode()) > REPEATS * len(compress(text.encode()))


@needs_speech
def test_a_doubtful_sentence_is_heard_again_with_the_wide_beam() -> None:
    sound = in_noise(seed=1, level=0.05)
    assert heard_by(1, sound) == heard_by(SECOND_BEAM, sound) != ""


@needs_speech
def test_a_second_hearing_that_repeats_itself_is_not_taken() -> None:
    sounds = (in_noise(seed, level=0.1) for seed in range(8))
    sound = next(one for one in sounds if repeats(heard_by(SECOND_BEAM, one)))
    assert not repeats(heard_by(1, sound))


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
