"""What was said beside what was heard of it, character by character.

Said and heard are aligned channel by channel, by weighted edit distance of their syllables.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa import transcript_file
from speechqa.authoring.noise.confusions import State
from speechqa.call import Role, Turn, Word
from speechqa.sound import differences, named, syllables
from tests.bench.cer import bare

Floats: TypeAlias = npt.NDArray[np.float64]

LOST = 0.9  # of the alignment: a character lost or put in, against another syllable
RESPELT = 0.05  # ... and the same syllable in another character
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")  # 幺零零八六 and 10086 are equally right
NUMERALS = frozenset("零一二三四五六七八九十百千万两幺")  # 二十 and 20 are equally right


@dataclass(frozen=True, slots=True)
class Side:
    """What was said on one channel, by turns, and heard, with the confidence of each character."""

    said: tuple[str, ...]
    heard: str
    confidences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """One character said (empty: put in), heard (empty: lost), the turn it is of, the confidence."""

    said: str
    heard: str
    turn: int
    confidence: float

    @property
    def state(self) -> State:
        if not self.heard:
            return State.LOST
        if self.said == self.heard.translate(DIGITS) or (self.said in NUMERALS and self.heard.isdecimal()):
            return State.KEPT
        if not self.said:
            return State.OTHER
        return State.HOMOPHONE if named(self.said) == named(self.heard) else State.OTHER


def sides(reference: Path, transcripts: Path) -> Iterator[Side]:
    """Every channel of every recording that has been transcribed."""
    for name, turns in _references(reference):
        path = transcripts / f"{name}.json"
        if not path.exists():
            continue
        channels = sorted({turn.channel or 0 for turn in turns})
        words = [
            (turn.channel or 0, word)
            for turn in transcript_file.read(path).transcript.turns
            for word in turn.words
        ]
        for channel in channels:
            here = [word for at, word in words if at == channel or len(channels) == 1]
            yield _side([turn.text for turn in turns if (turn.channel or 0) == channel], here)


def _references(folder: Path) -> Iterator[tuple[str, list[Turn]]]:
    if (table := folder / "reference.tsv").exists():
        with table.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                yield Path(row["file"]).stem, [Turn(Role.UNKNOWN, 0.0, 0.0, row["reference_text"])]
        return
    for path in sorted(folder.glob("*.json")):
        yield path.stem, list(transcript_file.read(path).transcript.turns)


def _side(said: Iterable[str], words: Iterable[Word]) -> Side:
    heard = [
        (character, word.confidence or 0.0)
        for word in sorted(words, key=lambda word: word.start)
        for character in bare(word.text)
    ]
    turns = tuple(bare(text).translate(DIGITS) for text in said)
    return Side(turns, "".join(one for one, _ in heard), tuple(sure for _, sure in heard))


def aligned(side: Side) -> list[Aligned]:
    """Said and heard, character by character, in order."""
    said = "".join(side.said)
    turns = [number for number, text in enumerate(side.said) for _ in text]
    costs = _costs(said, side.heard)
    total = _totals(costs)
    i, j, found = len(said), len(side.heard), list[Aligned]()
    while i or j:
        if i and j and abs(total[i, j] - total[i - 1, j - 1] - costs[i - 1, j - 1]) < 1e-9:
            i, j = i - 1, j - 1
            found.append(Aligned(said[i], side.heard[j], turns[i], side.confidences[j]))
        elif i and abs(total[i, j] - total[i - 1, j] - LOST) < 1e-9:
            i -= 1
            found.append(Aligned(said[i], "", turns[i], 0.0))
        else:
            j -= 1
            found.append(
                Aligned("", side.heard[j], turns[max(i - 1, 0)] if turns else 0, side.confidences[j])
            )
    return found[::-1]


def _costs(said: str, heard: str) -> Floats:
    def codes(text: str) -> npt.NDArray[np.uint32]:
        return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)

    one, other = np.broadcast_arrays(codes(syllables(said))[:, None], codes(syllables(heard))[None])
    same = codes(said)[:, None] == codes(heard.translate(DIGITS))[None]
    return np.where(same, 0.0, differences(one, other) + RESPELT)


def _totals(costs: Floats) -> Floats:
    """Edit distances of all beginnings."""
    rows, columns = costs.shape
    along = LOST * np.arange(columns + 1)
    total = np.zeros((rows + 1, columns + 1))
    total[0] = along
    for row in range(1, rows + 1):
        best = total[row - 1] + LOST
        best[1:] = np.minimum(best[1:], total[row - 1, :-1] + costs[row - 1])
        total[row] = np.minimum.accumulate(best - along) + along
    return total
