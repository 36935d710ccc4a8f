"""Whether words are right as often as they are sure: a reliability table of what was heard."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from speechqa.call import Layout, Transcript, Word
from tests.bench.cer import bare
from tests.bench.hearing.wording import ONE
from tests.bench.said_and_heard import DIGITS

BINS = 10


@dataclass(frozen=True, slots=True)
class Rated:
    """A word that was heard, and whether all its characters were said in its place."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Words of about one confidence."""

    words: int
    sure: float  # mean confidence
    right: float  # share of them


def rated(reference: Transcript, heard: Transcript) -> Iterator[Rated]:
    """The words heard, channel by channel; of a mono call against all that was said."""
    channels: tuple[int | None, ...] = (None,) if heard.layout is Layout.MONO else (0, 1)
    for channel in channels:
        said = [turn.text for turn in reference.turns if channel in (None, turn.channel)]
        turns = [turn for turn in heard.turns if channel in (None, turn.channel)]
        words = sorted((word for turn in turns for word in turn.words), key=lambda word: word.start)
        yield from _rated("".join(said), words)


def _rated(said: str, words: Sequence[Word]) -> Iterator[Rated]:
    texts = [_read(word.text) for word in words]
    owner = [at for at, text in enumerate(texts) for _ in text]
    wrong = {
        owner[edit.dest_pos]
        for edit in Levenshtein.editops(_read(said), "".join(texts))
        if edit.tag != "delete"
    }
    for at, (word, text) in enumerate(zip(words, texts, strict=True)):
        if text and word.confidence is not None:
            yield Rated(word.confidence, at not in wrong)


def _read(text: str) -> str:
    """As `wording` compares it."""
    return bare(text).translate(DIGITS).translate(ONE)


def bins(words: Iterable[Rated]) -> tuple[Bin, ...]:
    """As many bins of equal width as BINS; those without words left out."""
    sorted_in: list[list[Rated]] = [[] for _ in range(BINS)]
    for word in words:
        sorted_in[min(int(word.confidence * BINS), BINS - 1)].append(word)
    return tuple(
        Bin(
            len(several),
            sum(one.confidence for one in several) / len(several),
            sum(one.is_right for one in several) / len(several),
        )
        for several in sorted_in
        if several
    )


def calibration_error(table: Sequence[Bin]) -> float:
    """How far confidence is from the share that is right, by word on average (expected calibration error)."""
    total = sum(one.words for one in table)
    return sum(one.words * abs(one.sure - one.right) for one in table) / max(total, 1)
