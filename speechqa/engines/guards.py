"""What the model says though nobody said it: loops, and text made up on silence or noise."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from speechqa.call import HeardWord, Seconds

if TYPE_CHECKING:
    from speechqa.engines.decoding import TimedText

LONGEST_UNIT = 12  # words: longer units never repeat, the decoder forbids it
KEPT = 2  # repetitions that remain of a loop
NO_SPEECH = 0.6  # probability from which the model itself doubts that anybody speaks
DOUBTFUL = 0.35  # mean confidence under which such a piece is dropped
GUESSED = 0.12  # mean confidence under which a piece is dropped in any case
SHORT = 4  # characters: so short a text is no invention, though the model often is unsure of it
DENSEST = 14.0  # characters a second: nobody speaks faster
DENSEST_LATIN = 28.0  # letters and blanks a second, where words are written with them: 5 words of English
SPARSEST = 1.2  # characters a second: nobody speaks slower for as long as LONG
LONG: Seconds = 1.0
AT_ONCE = 3  # words without length in one moment; more of them were never said
MOST_ALIKE = 8  # times that a digit comes in a row in a number; more of one sign alone is no number
OPENINGS = ("喂", "喂喂", "喂你好", "喂您好", "嗯", "对", "哎")  # what is said alone, and often into noise
CREDITS = ("字幕", "明镜与点点", "点赞", "Amara", "打赏支持", "优优独播")  # of films, not of calls


def without_loops(words: Sequence[HeardWord]) -> tuple[tuple[HeardWord, ...], int]:
    """The words with every endless repetition cut down, and how many words were cut.

    A unit of one or two words must come five times in a row, a longer one three times: 对对对 and a
    number read twice are speech. Digits are exempt up to eight in a row.
    """
    kept: list[HeardWord] = []
    index = 0
    while index < len(words):
        unit, times = _loop_at(words, index)
        kept.extend(words[index : index + unit * min(times, KEPT)] if times > 1 else words[index : index + 1])
        index += unit * times
    return tuple(kept), len(words) - len(kept)


def _loop_at(words: Sequence[HeardWord], index: int) -> tuple[int, int]:
    """(words in the unit, how often it comes) of the loop that begins here; (1, 1) if none does."""
    for unit in range(1, min(LONGEST_UNIT, (len(words) - index) // 2) + 1):
        texts = [_bare(word) for word in words[index : index + unit]]
        times = 1
        while [_bare(word) for word in words[index + unit * times : index + unit * (times + 1)]] == texts:
            times += 1
        if times >= _needed(texts):
            return unit, times
    return 1, 1


def _needed(texts: Sequence[str]) -> int:
    if all(text.isdigit() for text in texts):
        return 9
    return 5 if len(texts) <= 2 else 3


def _bare(word: HeardWord) -> str:
    return word.text.strip(" ,.，。、!?！？")


def with_time(words: "Sequence[TimedText]") -> "Sequence[TimedText]":
    """The words without those of one moment at the end: told over again when nothing was left to be heard."""
    first = len(words)
    while first and words[first - 1].start == words[first - 1].end == words[-1].end:
        first -= 1
    return words[:first] if len(words) - first > AT_ONCE else words


def is_passed_over(words: Sequence[HeardWord], length: Seconds) -> bool:
    """Whether the text of a piece of that length is too little for what was said: 星星 in two seconds."""
    return length >= LONG and sum(map(str.isalnum, _text(words))) < SPARSEST * length


def is_invented(words: Sequence[HeardWord], no_speech: float, length: Seconds) -> bool:
    """Whether the text of a piece of that length is too improbable to have been said."""
    if not words:
        return False
    text = _text(words)
    sure = sum(word.confidence or 0.0 for word in words) / len(words)
    if any(credit in text for credit in CREDITS) and sure < 0.6:
        return True
    densest = DENSEST_LATIN if sum(map(str.isascii, text)) > len(text) / 2 else DENSEST
    if len(text) > densest * length + 4:
        return True
    if len(text) > MOST_ALIKE and len(set(text)) == 1:
        return True
    if text.strip(" ,.，。、!?！？") in OPENINGS:
        return False
    if no_speech > NO_SPEECH:
        return sure < DOUBTFUL
    return sure < GUESSED and len(text) > SHORT


def _text(words: Sequence[HeardWord]) -> str:
    return "".join(word.text for word in words).strip()
