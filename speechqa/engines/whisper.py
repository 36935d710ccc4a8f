"""The Whisper engine: from a stream of blocks to words on the clocks of the channels.

blocks -> stretches -> utterances, less noisy -> windows -> decoded words -> words by piece, guarded,
simplified.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from speechqa.call import HeardWord, Message, Note, NoteCode, Seconds
from speechqa.engines import EngineOptions, Heard, Passage, Progress
from speechqa.engines.chinese import in_simplified, simplified
from speechqa.engines.decoding import CHINESE, Decoded, Decoder
from speechqa.engines.guards import is_invented, is_passed_over, with_time, without_loops
from speechqa.engines.loading import loaded, resolved_device
from speechqa.engines.memory import keep_for_the_next_window
from speechqa.engines.noise import less_noisy
from speechqa.engines.otherwise import TOGETHER, alone, slower
from speechqa.engines.placing import placed
from speechqa.engines.readings import readings
from speechqa.engines.stretches import stretches
from speechqa.engines.utterances import utterances
from speechqa.engines.weights import Weights, languages, locate
from speechqa.engines.windows import Laying, Piece, Window
from speechqa.errors import UsageError

if TYPE_CHECKING:
    from speechqa.audio import Samples

CODE_VERSION = "9"  # raise it when the same audio may give other words
BATCH = 8  # windows decoded at once
UNSURE = 0.5  # probability of the language under which a listener is asked
FOREIGN = 0.8  # probability of another language from which the chosen one is doubted
CERTAIN = 0.95  # ... from which it is recognised instead: the words of one written as another's are none
ENOUGH: Seconds = 5.0  # of speech, to doubt the chosen language


@dataclass(slots=True)
class _Hearing:
    """What has been collected so far of one recording."""

    words: list[HeardWord] = field(default_factory=list)
    speech: list[Seconds] = field(default_factory=list)
    language: str = ""
    confidence: float = 0.0
    looped: int = 0  # words cut by the loop guard
    notes: list[Note] = field(default_factory=list)
    again: set[tuple[int, Seconds]] = field(default_factory=set)  # pieces laid a second time
    done: Seconds = 0.0  # as told to the listener

    def is_first(self, piece: Piece) -> bool:
        """Whether a piece is laid for the first time; not from now on."""
        place = piece.channel, piece.start
        known = place in self.again
        self.again.add(place)
        return not known

    def further(self, end: Seconds, waiting: int) -> Seconds:
        """Time done after one batch more, when so many windows still wait before `end`."""
        self.done += (end - self.done) / (1 + -(-waiting // BATCH))
        return self.done


class WhisperEngine:
    """faster-whisper's model with our own windows, guards and clock; loaded when first it must hear.

    Several threads may ask one engine for words at the same time: all of them share the model, and what is
    collected of a recording belongs to its call alone.
    """

    def __init__(self, weights: Weights, options: EngineOptions) -> None:
        self._weights = weights
        self._options = options
        heard_as = (resolved_device(options.device), options.language, options.beam_size, options.prompt)
        settings = sha256(repr(heard_as).encode()).hexdigest()[:12]
        self._fingerprint = f"whisper-{CODE_VERSION}-{weights.sha256[:16]}-{settings}"
        self._in_memory: Decoder | None = None  # None until the first speech
        self._loading = Lock()

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def words(self, blocks: "Iterable[Samples]", on_progress: Progress) -> Heard:
        """Words of all channels; blocks are float32 (channels, n) at 16 kHz, in order.

        Memory is bounded: a stretch of five minutes, a batch of windows, and the words. `on_progress` is
        called after every batch; what it raises ends the recording and leaves nothing behind. Raises
        ModelError when the model cannot be loaded.
        """
        hearing, laying, end = _Hearing(), Laying(), 0.0
        for stretch in stretches(blocks):
            hearing.speech = hearing.speech or [0.0] * len(stretch.samples)
            end = stretch.end
            for utterance in less_noisy(utterances(stretch), stretch):
                hearing.speech[utterance.channel] += utterance.end - utterance.start
                laying.add(utterance.channel, utterance.start, utterance.samples)
            while len(laying) >= BATCH:
                self._hear(laying, hearing)
                on_progress(hearing.further(end, len(laying)))
            on_progress(hearing.done)
        laying.close()
        while len(laying):
            self._hear(laying, hearing)
            laying.close()
            on_progress(hearing.further(end, len(laying)))
        on_progress(end)
        return _heard(hearing, self._options.language)

    def otherwise(
        self,
        blocks: "Iterable[Samples]",
        passages: Sequence[Passage],
        language: str,
        on_progress: Progress,
    ) -> list[tuple[str, ...]]:
        """Equally likely readings of each passage; none where it is too long to be decoded alone.

        Memory is bounded by the passages' samples. Raises ModelError when the model cannot be loaded.
        """
        found: list[tuple[str, ...]] = [()] * len(passages)
        decoder = self._decoder()
        windows = sorted(alone(blocks, passages), key=lambda window: window[1].length)
        for first in range(0, len(windows), TOGETHER):
            numbers, together = zip(*windows[first : first + TOGETHER], strict=True)
            hearings = decoder.hypotheses(decoder.encoded([slower(one) for one in together]), language)
            for number, hypotheses in zip(numbers, hearings, strict=True):
                found[number] = tuple(map(in_simplified, readings(hypotheses)))
            on_progress(max(passages[number].end for number in numbers))
        return found

    def _decoder(self) -> Decoder:
        with self._loading:
            if self._in_memory is None:
                model = loaded(self._weights, self._options)
                self._in_memory = Decoder(model, self._options.beam_size, self._options.prompt)
            return self._in_memory

    def _hear(self, laying: Laying, hearing: _Hearing) -> None:
        """Decodes one batch; pieces that the decoder passed over are laid again, once."""
        windows = laying.take(BATCH)
        decoder = self._decoder()
        encoded = decoder.encoded(windows)
        if not hearing.language:
            _decide_language(decoder.languages(encoded), self._options.language, encoded[0].windows, hearing)
        for window, decoded in zip(windows, decoder.decoded(encoded, hearing.language), strict=True):
            unheard = window.unheard(decoded.until)
            for piece, words, looped in _kept(window, decoded):
                over = piece in unheard or is_passed_over(words, piece.length)
                if over and hearing.is_first(piece):
                    laying.add(piece.channel, piece.start, piece.samples)
                else:
                    hearing.words.extend(words)
                    hearing.looped += looped


def whisper_engine(options: EngineOptions) -> WhisperEngine:
    """The engine, its model found but not loaded. Raises ModelError, and UsageError for the language."""
    weights = locate(options.model)
    known = languages(weights)
    if options.language is not None and options.language not in known:
        raise UsageError("E_USAGE", _unknown_language(options.language))
    keep_for_the_next_window()
    return WhisperEngine(weights, options)


def _kept(window: Window, decoded: Decoded) -> Iterator[tuple[Piece, tuple[HeardWord, ...], int]]:
    """Each piece, its words after the guards, and how many words of loops were cut."""
    for piece, words in zip(window.pieces, placed(with_time(decoded.words), window), strict=True):
        bounded, looped = without_loops(simplified(words))
        if is_invented(bounded, decoded.no_speech, piece.length):
            yield piece, (), 0
        else:
            yield piece, bounded, looped


def _decide_language(
    found: dict[str, float], wanted: str | None, windows: Sequence[Window], hearing: _Hearing
) -> None:
    """`found` is what was heard in the windows."""
    likeliest = max(found, key=lambda name: found[name])
    hearing.language = wanted or likeliest
    same = CHINESE if hearing.language in CHINESE else (hearing.language,)
    hearing.confidence = min(1.0, sum(found.get(name, 0.0) for name in same))
    enough = max(window.speech for window in windows) > ENOUGH
    foreign = likeliest not in same and found[likeliest] > FOREIGN and enough
    if foreign and found[likeliest] > CERTAIN:
        hearing.language, hearing.confidence = likeliest, found[likeliest]
        hearing.notes.append(_recognised_as(likeliest, found[likeliest], wanted or ""))
    elif foreign or (wanted is None and hearing.confidence < UNSURE):
        hearing.notes.append(_language_unsure(hearing, likeliest, found[likeliest]))


def _heard(hearing: _Hearing, wanted: str | None) -> Heard:
    if hearing.looped:
        hearing.notes.append(_loop_removed(hearing.looped))
    return Heard(
        words=tuple(sorted(hearing.words, key=lambda word: (word.start, word.end, word.channel))),
        language=hearing.language or wanted or "zh",
        language_confidence=hearing.confidence,
        speech=tuple(hearing.speech),
        notes=tuple(hearing.notes),
    )


def _language_unsure(hearing: _Hearing, likeliest: str, probability: float) -> Note:
    return Note(
        NoteCode.LANGUAGE_UNSURE,
        Message(
            f"语种不确定：按“{hearing.language}”识别（把握 {hearing.confidence:.0%}），"
            f"听起来最像“{likeliest}”（{probability:.0%}）。请人工听一遍，或用 --language 指定语种。",
            f'language uncertain: recognised as "{hearing.language}" ({hearing.confidence:.0%}), sounds most '
            f'like "{likeliest}" ({probability:.0%}). Listen to it, or name the language with --language.',
        ),
        review=True,
    )


def _recognised_as(likeliest: str, probability: float, wanted: str) -> Note:
    return Note(
        NoteCode.LANGUAGE_UNSURE,
        Message(
            f"指定的语种是“{wanted}”，但听起来是“{likeliest}”（{probability:.0%}），已按“{likeliest}”识别。"
            f"如果不对，请人工听一遍。",
            f'the language set is "{wanted}", but this sounds like "{likeliest}" ({probability:.0%}) and was '
            f'recognised as "{likeliest}". Listen to it if that is wrong.',
        ),
        review=True,
    )


def _loop_removed(count: int) -> Note:
    return Note(
        NoteCode.LOOP_REMOVED,
        Message(
            f"识别结果中有机器重复的内容，已去掉 {count} 个字词；相关片段请以录音为准。",
            f"the recogniser repeated itself; {count} words were removed. Trust the recording there.",
        ),
    )


def _unknown_language(language: str) -> Message:
    return Message(
        f"不认识的语种代码“{language}”；请用两字母代码，例如 zh、en，或用 auto 自动判断。",
        f'language "{language}" unknown; expected a code such as zh or en, or auto to detect it.',
    )
