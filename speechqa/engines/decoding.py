"""Whisper on a batch of windows: words with times and probabilities, without any fall-back.

Every loop is bounded: no temperature cascade, a cap on tokens by the length of the speech, and no run of
NO_REPEAT tokens twice; so a window costs one encoder pass and at most one pass of the decoder.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from speechqa.call import Seconds

if TYPE_CHECKING:
    from ctranslate2 import StorageView
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

    from speechqa.engines.windows import Window

FRAMES = 3000  # mel frames of a window, 10 ms each
MOST_TOKENS = 448  # the decoder's positions, prompt included
TOKENS_PER_SECOND = 12  # of speech: fast Mandarin has 6 characters, of up to two tokens each
SPARE_TOKENS = 64  # for time tokens; too low a cap cuts the last sentence of a window
MARK: Seconds = 0.02  # the step of the time tokens
CONTINUED = re.compile(r"[A-Za-z0-9.\-'/@&_][A-Za-z0-9]")  # end of one part, start of the next
NO_REPEAT = 12  # longer than any phrase that people repeat word for word in half a minute


@dataclass(frozen=True, slots=True)
class TimedText:
    """A word as the model gives it, on the window's clock; a single character in Chinese."""

    text: str
    start: Seconds
    end: Seconds
    probability: float  # mean over its tokens, 0-1


@dataclass(frozen=True, slots=True)
class Decoded:
    words: tuple[TimedText, ...]
    until: Seconds  # the model's last time mark: what lies behind it was not listened to
    no_speech: float  # 0-1: the model's own doubt that anybody speaks


class Decoder:
    """The model in memory, with the three calls we make of it."""

    def __init__(self, model: "WhisperModel", beam_size: int, prompt: str | None) -> None:
        self._model = model
        self._beam_size = beam_size
        self._prompt = prompt

    def encoded(self, windows: "Sequence[Window]") -> "StorageView":
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.transcribe import get_ctranslate2_storage

        extract = self._model.feature_extractor
        features = np.stack([pad_or_trim(extract(window.audio())[..., :-1], FRAMES) for window in windows])
        return self._model.model.encode(get_ctranslate2_storage(features))

    def languages(self, encoded: "StorageView") -> dict[str, float]:
        """Probability of each language, the mean over the windows of the batch."""
        if not self._model.model.is_multilingual:
            return {"en": 1.0}
        totals: dict[str, float] = {}
        rows = self._model.model.detect_language(encoded)
        for row in rows:
            for token, probability in row:
                name = token.strip("<|>")
                totals[name] = totals.get(name, 0.0) + probability / len(rows)
        return totals

    def decoded(
        self, windows: "Sequence[Window]", encoded: "StorageView", language: str
    ) -> tuple[Decoded, ...]:
        tokenizer = self._tokenizer(language)
        prompt = self._prompt_tokens(tokenizer)
        speech = max(window.speech for window in windows)
        results = self._model.model.generate(
            encoded,
            [prompt] * len(windows),
            beam_size=self._beam_size,
            max_length=min(MOST_TOKENS, len(prompt) + SPARE_TOKENS + round(TOKENS_PER_SECOND * speech)),
            no_repeat_ngram_size=NO_REPEAT,
            suppress_tokens=_never(tokenizer),
            return_no_speech_prob=True,
        )
        tokens = [result.sequences_ids[0] for result in results]
        untils = [_until(row, tokenizer, window) for row, window in zip(tokens, windows, strict=True)]
        texts = [[token for token in row if token < tokenizer.eot] for row in tokens]
        frames = [
            round(100 * window.heard_until(until)) for window, until in zip(windows, untils, strict=True)
        ]
        aligned = self._model.find_alignment(tokenizer, texts, encoded, frames)
        return tuple(
            Decoded(_words(alignment), until, result.no_speech_prob)
            for alignment, until, result in zip(aligned, untils, results, strict=True)
        )

    def _tokenizer(self, language: str) -> "Tokenizer":
        from faster_whisper.tokenizer import Tokenizer

        many = self._model.model.is_multilingual
        return Tokenizer(self._model.hf_tokenizer, many, task="transcribe", language=language)

    def _prompt_tokens(self, tokenizer: "Tokenizer") -> list[int]:
        start = list(tokenizer.sot_sequence)
        if not self._prompt:
            return start
        before = tokenizer.encode(" " + self._prompt.strip())[: MOST_TOKENS // 2 - 1]
        return [tokenizer.sot_prev, *before, *start]


def _until(tokens: Sequence[int], tokenizer: "Tokenizer", window: "Window") -> Seconds:
    """The last time mark; the whole window when there is none, or none that any piece lies before."""
    marks = [token - tokenizer.timestamp_begin for token in tokens if token >= tokenizer.timestamp_begin]
    until = marks[-1] * MARK if marks else 0.0
    return until if window.heard_until(until) > 0 else window.length


def _never(tokenizer: "Tokenizer") -> list[int]:
    """Tokens that never are text: music signs, brackets, control tokens."""
    from faster_whisper.transcribe import get_suppressed_tokens

    return list(get_suppressed_tokens(tokenizer, [-1]))


def _words(alignment: Sequence[dict[str, object]]) -> tuple[TimedText, ...]:
    """Punctuation joined to the word before it, and the parts of a Latin word or number to each other."""
    from faster_whisper.transcribe import merge_punctuations

    merge_punctuations(alignment, "\"'“¿([{-《「", "\"'.。,，!！?？:：”)]}、》」")
    words: list[TimedText] = []
    for part in alignment:
        text, start, end = str(part["word"]), _number(part["start"]), _number(part["end"])
        probability = _number(part["probability"])
        if words and CONTINUED.fullmatch(words[-1].text[-1] + text[:1]):
            last = words.pop()
            text, start = last.text + text, last.start
            probability = min(last.probability, probability)
        if text.strip():
            words.append(TimedText(text, start, end, probability))
    return tuple(words)


def _number(value: object) -> float:
    return float(str(value))
