"""Whisper on a batch of windows: words with times and probabilities, doubtful windows decoded twice.

Every loop is bounded: no temperature cascade, a cap on tokens by the length of the speech, and no run of
NO_REPEAT tokens twice; so a window costs one encoder pass and at most two passes of the decoder. (Pieces
that were passed over are laid into another window, once: `whisper`.)
"""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import compress

import numpy as np

from speechqa.call import Seconds
from speechqa.engines.features import LogMel
from speechqa.engines.readings import Hypothesis
from speechqa.engines.windows import alike

if TYPE_CHECKING:
    from ctranslate2 import StorageView
    from ctranslate2.models import WhisperGenerationResult
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

    from speechqa.engines.windows import Window

FRAMES = 3000  # mel frames of a window, 10 ms each
FEWEST = 20  # mel frames that the aligner is given; the median filter needs 7 pairs
SPARE_FRAMES = 100  # 1 s of nothing after the last word; the rest of the 30 s need not be encoded
SHARES = 2  # of a batch, decoded side by side: one thread each is quicker than two threads for all
SHARED = 4  # windows that one share may have: a step of the decoder costs four together what two do apart
MOST_TOKENS = 448  # the decoder's positions, prompt included
TOKENS_PER_SECOND = 6  # of speech: as fast as Mandarin is spoken; what is cut off is laid again
SPARE_TOKENS = 34  # for time tokens; too low a cap cuts the last sentence of a window
MARK: Seconds = 0.02  # the step of the time tokens
CONTINUED = re.compile(r"[A-Za-z0-9.\-'/@&_][A-Za-z0-9]")  # end of one part, start of the next
DOUBTED = -0.6  # mean log probability of a window's tokens under which it is decoded again
SECOND_BEAM = 5  # hypotheses kept then; windows.py has what it gives
REPEATS = 1.6  # how far a text can be compressed that repeats itself; 1.4 was the most in 49 real windows
HYPOTHESES = 6  # of a passage that is decoded alone
DIGIT = frozenset("0123456789")
CHINESE = ("zh", "yue")  # Cantonese is heard as dialect, not as another language
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


@dataclass(frozen=True, slots=True)
class Encoded:
    """A share of a batch after the encoder."""

    indices: tuple[int, ...]  # of its windows in the batch
    windows: "tuple[Window, ...]"
    output: "StorageView"  # shape (len(windows), frames / 2, size of the model)

    def only(self, rows: Sequence[int]) -> "Encoded":
        """The share with these of its windows."""
        from ctranslate2 import Device, StorageView

        output = np.array(self.output.to_device(Device.cpu))[list(rows)]
        return Encoded(
            tuple(self.indices[row] for row in rows),
            tuple(self.windows[row] for row in rows),
            StorageView.from_array(np.ascontiguousarray(output)),
        )


class Decoder:
    """The model in memory, with the calls we make of it."""

    def __init__(self, model: "WhisperModel", beam_size: int, prompt: str | None) -> None:
        self._model = model
        self._beam_size = beam_size
        self._prompt = prompt
        self._log_mel = LogMel(model.feature_extractor.mel_filters)
        self._digits = _digits(model)
        self._shares = 1 if model.model.device == "cuda" else SHARES

    def encoded(self, windows: "Sequence[Window]") -> "tuple[Encoded, ...]":
        """The windows in shares of about one length, each encoded as far as its longest window reaches."""
        most = max(SHARED, -(-len(windows) // self._shares))
        shares = alike(windows, most)
        with ThreadPoolExecutor(len(shares)) as pool:
            return tuple(pool.map(lambda share: self._encoded(windows, share), shares))

    def languages(self, encoded: "Sequence[Encoded]") -> dict[str, float]:
        """Probability of each language, heard in the windows of the first share."""
        if not self._model.model.is_multilingual:
            return {"en": 1.0}
        totals: dict[str, float] = {}
        rows = self._model.model.detect_language(encoded[0].output)
        for row in rows:
            for token, probability in row:
                name = token.strip("<|>")
                totals[name] = totals.get(name, 0.0) + probability / len(rows)
        return totals

    def decoded(self, encoded: "Sequence[Encoded]", language: str) -> tuple[Decoded, ...]:
        """What is said in each window, in the order in which they were given to `encoded`."""
        tokenizer = self._tokenizer(language)
        with ThreadPoolExecutor(len(encoded)) as pool:
            shares = pool.map(lambda share: self._decoded(share, tokenizer), encoded)
            found = {
                index: decoded
                for share, several in zip(encoded, shares, strict=True)
                for index, decoded in zip(share.indices, several, strict=True)
            }
        return tuple(found[index] for index in sorted(found))

    def hypotheses(self, encoded: "Sequence[Encoded]", language: str) -> tuple[tuple[Hypothesis, ...], ...]:
        """What may be said in each window, the likeliest first, in the order in which they were given."""
        tokenizer = self._tokenizer(language)
        with ThreadPoolExecutor(len(encoded)) as pool:
            shares = pool.map(lambda share: self._beams(share, tokenizer), encoded)
            found = {
                index: _hypotheses(result, tokenizer)
                for share, results in zip(encoded, shares, strict=True)
                for index, result in zip(share.indices, results, strict=True)
            }
        return tuple(found[index] for index in sorted(found))

    def _encoded(self, windows: "Sequence[Window]", share: Sequence[int]) -> "Encoded":
        from ctranslate2 import StorageView

        own = tuple(windows[index] for index in share)
        features = [self._log_mel(window.audio()) for window in own]
        frames = min(FRAMES, max(one.shape[-1] for one in features) + SPARE_FRAMES)
        frames += frames % 2  # the encoder halves it
        whole = np.zeros((len(own), features[0].shape[0], frames), dtype=np.float32)
        for row, one in zip(whole, features, strict=True):
            row[:, : one.shape[-1]] = one[:, :frames]
        if self._shares == 1:
            return Encoded(tuple(share), own, self._model.model.encode(StorageView.from_array(whole)))
        rows = [np.array(self._model.model.encode(StorageView.from_array(row[None]))) for row in whole]
        return Encoded(tuple(share), own, StorageView.from_array(np.concatenate(rows)))

    def _decoded(self, share: "Encoded", tokenizer: "Tokenizer") -> tuple[Decoded, ...]:
        results = self._heard_twice(share, tokenizer)
        tokens = [result.sequences_ids[0] for result in results]
        untils = [_until(row, tokenizer, window) for row, window in zip(tokens, share.windows, strict=True)]
        texts = [[token for token in row if token < tokenizer.eot] for row in tokens]
        frames = [  # never 0, which the aligner cannot take
            max(FEWEST, round(100 * (window.heard_until(until) or window.length)))
            for window, until in zip(share.windows, untils, strict=True)
        ]
        aligned = self._model.find_alignment(tokenizer, texts, share.output, frames)
        return tuple(
            Decoded(_words(alignment), until, result.no_speech_prob)
            for alignment, until, result in zip(aligned, untils, results, strict=True)
        )

    def _heard_twice(self, share: "Encoded", tokenizer: "Tokenizer") -> "tuple[WhisperGenerationResult, ...]":
        """The more probable of two hearings where the first is DOUBTED, else the first.

        On speech in loud noise, beams find loops, and find them probable: such a second hearing is not taken.
        """
        first = self._results(share, tokenizer, self._beam_size)
        doubted = [row for row, result in enumerate(first) if result.scores[0] < DOUBTED]
        if not doubted or self._beam_size >= SECOND_BEAM:
            return first
        again = self._results(share.only(doubted), tokenizer, SECOND_BEAM)
        second = {
            row: result
            for row, result in zip(doubted, again, strict=True)
            if not _repeats(result.sequences_ids[0], tokenizer)
        }
        return tuple(
            max(result, second.get(row, result), key=lambda one: one.scores[0])
            for row, result in enumerate(first)
        )

    def _results(
        self, share: "Encoded", tokenizer: "Tokenizer", beam_size: int
    ) -> "tuple[WhisperGenerationResult, ...]":
        prompt = self._prompt_tokens(tokenizer)
        return tuple(
            self._model.model.generate(
                share.output,
                [prompt] * len(share.windows),
                beam_size=beam_size,
                max_length=most_length(len(prompt), share.windows),
                no_repeat_ngram_size=NO_REPEAT,
                suppress_tokens=self._never(tokenizer),
                return_no_speech_prob=True,
                return_scores=True,
            )
        )

    def _beams(self, share: "Encoded", tokenizer: "Tokenizer") -> "tuple[WhisperGenerationResult, ...]":
        """All hypotheses of a beam; without time marks, which would take the place of other words."""
        prompt = [*self._prompt_tokens(tokenizer), tokenizer.no_timestamps]
        return tuple(
            self._model.model.generate(
                share.output,
                [prompt] * len(share.windows),
                beam_size=HYPOTHESES,
                num_hypotheses=HYPOTHESES,
                max_length=most_length(len(prompt), share.windows),
                no_repeat_ngram_size=NO_REPEAT,
                suppress_tokens=self._never(tokenizer),
                return_scores=True,
            )
        )

    def _never(self, tokenizer: "Tokenizer") -> list[int]:
        """Tokens that never are text: music signs, brackets, control tokens.

        And in Chinese figures: a 一百 that is written 100 loses the times of its syllables, and often a word.
        """
        from faster_whisper.transcribe import get_suppressed_tokens

        never = set(get_suppressed_tokens(tokenizer, [-1]))
        return sorted(never | self._digits if tokenizer.language_code in CHINESE else never)

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


def most_length(prompt: int, windows: "Sequence[Window]") -> int:
    """The library's `max_length` for windows decoded together: half of it is the most they get of text."""
    most = SPARE_TOKENS + round(TOKENS_PER_SECOND * max(window.speech for window in windows))
    return min(MOST_TOKENS, max(2 * most, prompt + most))


def _hypotheses(result: "WhisperGenerationResult", tokenizer: "Tokenizer") -> tuple[Hypothesis, ...]:
    """Those that do not repeat themselves. The scores of the library are means over the tokens."""
    return tuple(
        Hypothesis(_text(tokens, tokenizer), score * len(tokens))
        for tokens, score in zip(result.sequences_ids, result.scores, strict=True)
        if not _repeats(tokens, tokenizer)
    )


def _text(tokens: Sequence[int], tokenizer: "Tokenizer") -> str:
    text: str = tokenizer.decode([token for token in tokens if token < tokenizer.eot])
    return text.strip()


def _until(tokens: Sequence[int], tokenizer: "Tokenizer", window: "Window") -> Seconds:
    """The last time mark; the whole window when there is none, or none that any piece lies before."""
    marks = [token - tokenizer.timestamp_begin for token in tokens if token >= tokenizer.timestamp_begin]
    until = marks[-1] * MARK if marks else 0.0
    return until if window.heard_until(until) > 0 else window.length


def _repeats(tokens: Sequence[int], tokenizer: "Tokenizer") -> bool:
    text = tokenizer.decode([token for token in tokens if token < tokenizer.eot]).encode()
    return len(text) > REPEATS * len(compress(text))


def _digits(model: "WhisperModel") -> frozenset[int]:
    """The tokens that a figure is in."""
    vocabulary: dict[str, int] = model.hf_tokenizer.get_vocab(with_added_tokens=False)
    return frozenset(token for text, token in vocabulary.items() if not DIGIT.isdisjoint(text))


def _words(alignment: Sequence[dict[str, object]]) -> tuple[TimedText, ...]:
    """Punctuation joined to the word before it, and the parts of a Latin word or number to each other."""
    from faster_whisper.transcribe import merge_punctuations

    merge_punctuations(alignment, "\"'“¿([{-《「", "\"'.。,，!！?？:：”)]}、》」")
    words: list[TimedText] = []
    for part in alignment:
        text, probability = str(part["word"]), float(str(part["probability"]))
        start, end = float(str(part["start"])), float(str(part["end"]))
        if words and CONTINUED.fullmatch(words[-1].text[-1] + text[:1]):
            last = words.pop()
            text, start = last.text + text, last.start
            probability = min(last.probability, probability)
        if text.strip():
            words.append(TimedText(text, start, end, probability))
    return tuple(words)
