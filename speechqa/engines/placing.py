"""Words of a window back on the clocks of the channels they were spoken on."""

from typing import TYPE_CHECKING

from speechqa.call import HeardWord, Seconds
from speechqa.engines.decoding import TimedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechqa.engines.windows import Piece, Window

SHORTEST: Seconds = 0.02  # the step of the aligner; no word is shorter unless its piece leaves no room


def placed(words: "Sequence[TimedText]", window: "Window") -> tuple[tuple[HeardWord, ...], ...]:
    """The words of each piece, in the order of `window.pieces`.

    A word belongs to the piece in which it ends, or nearest to which: the aligner lets the first word
    after a pause begin in the pause, often before the seam, and going by the larger part of its span gave
    the first character of every third utterance to the other side (CER 0.27 against 0.236 on synthetic
    dialogues, 0.319 against 0.282 on composed calls). Inside a piece, words follow each other in time and
    stay within it.
    """
    heard: list[list[TimedText]] = [[] for _ in window.pieces]
    earliest = 0  # the aligner is monotone, so a later word never belongs to an earlier piece
    for word in words:
        choices = range(earliest, len(window.pieces))
        earliest = max(choices, key=lambda index: _inside(word.end, window.pieces[index]))
        heard[earliest].append(word)
    return tuple(_on_clock(texts, piece) for texts, piece in zip(heard, window.pieces, strict=True))


def _inside(moment: Seconds, piece: "Piece") -> Seconds:
    """How far the moment lies inside the piece; negative is the distance to it."""
    return min(moment - piece.at, piece.at + piece.length - moment)


def _on_clock(texts: "Sequence[TimedText]", piece: "Piece") -> tuple[HeardWord, ...]:
    words = []
    free = 0.0  # from the start of the piece
    for text in texts:
        start = min(max(text.start - piece.at, free), piece.length)
        end = min(max(text.end - piece.at, start + SHORTEST), piece.length)
        words.append(
            HeardWord(
                text.text, piece.start + start, piece.start + end, min(1.0, text.probability), piece.channel
            )
        )
        free = end
    return tuple(words)
