"""What the first level of the classifier sees of a turn: its runs, its wordings, and what stood before it.

Blocks, side by side: runs of characters; runs of sounds, so that what is spelt wrongly still counts; runs of
the other side's turn before and of the own turn before, at half weight; wordings of the lexicon by
characters and by sound, of this turn and of the other side's before; length and repetition.

What was tried and left aside, on three writers left out at a time (customers' turns, F1 of hostile ones as
written and with 20 % of characters misheard; nothing added: .816, .786): runs that fewer lines have (.815,
.789), words of jieba and their pairs (.820, .784), pairs of characters with a gap between them (.814, .781),
the other side's turn after (.818, .789).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from speechqa.call import Role
from speechqa.tone import lexicon
from speechqa.tone.index import Positions
from speechqa.tone.lines import END, Lines, Places
from speechqa.tone.ngrams import Kind, Vocabulary, Weighed
from speechqa.tone.order import Order
from speechqa.tone.views import read, sounding, written

if TYPE_CHECKING:
    from scipy.sparse import csr_array

VERSION = 1  # of what follows; a model of another one is refused
CHARACTERS, SOUNDS, AROUND = Kind(4, 3), Kind(3, 3), Kind(2, 4)
BEFORE = 0.5  # weight of the turns before
WORDINGS, WORDINGS_BEFORE = 2.0, 0.8
LONG = 40  # characters from which a turn is simply long
SHAPES = 5  # figures of `shape`


class Said(NamedTuple):
    """A turn as the classifier reads it."""

    role: Role
    view: str  # `written(...)`


def said(role: Role, text: str) -> Said:
    return Said(role, written(text))


def schema() -> str:
    """Fingerprint of all that must be the same where a model is trained and where it is used."""
    told = (VERSION, CHARACTERS, SOUNDS, AROUND, BEFORE, WORDINGS, WORDINGS_BEFORE, LONG, lexicon.MOST)
    return sha256(repr((*map(tuple_of, told), lexicon.fingerprint())).encode()).hexdigest()[:16]


def tuple_of(value: object) -> object:
    return (value.longest, value.fewest) if isinstance(value, Kind) else value


class Reading(NamedTuple):
    """Turns of calls as the classifier reads them."""

    order: Order
    lines: Lines
    heard: Lines
    characters: Weighed  # of `lines`
    sounds: Weighed  # of `heard`
    around: Weighed  # of `lines`
    hits: lexicon.Hits
    dense: npt.NDArray[np.float32]  # by turn: its wordings, those of the other side's before, its shape


@dataclass(frozen=True, eq=False)
class Features:
    """The runs that are known, by block."""

    characters: Vocabulary
    sounds: Vocabulary
    around: Vocabulary  # some of the characters'

    def __post_init__(self) -> None:
        """Raises ValueError."""
        if not np.isin(self.around.codes, self.characters.codes).all():
            raise ValueError("`around` has runs that `characters` lacks")

    @classmethod
    def of(cls, views: Sequence[str]) -> Self:
        """Of the material's turns."""
        lines = read(views)
        return cls(
            Vocabulary.of(lines, CHARACTERS),
            Vocabulary.of(sounding(lines), SOUNDS),
            Vocabulary.of(lines, AROUND),
        )

    def reading(
        self, roles: Sequence[Role], texts: Sequence[str], calls: Sequence[int] | None = None
    ) -> Reading:
        """Of turns in order, with the number of the call of each; without numbers it is one call.

        Their texts may be `written` or not.
        """
        lines = read(texts)
        heard = sounding(lines)
        order = Order.of(roles, calls)
        hits = lexicon.found(lines, heard)
        wordings = lexicon.counts(hits, len(texts))
        replied_to = np.where(order.other[:, None] >= 0, wordings[order.other], 0)
        characters = self.characters.weighed(lines)
        dense = (wordings * WORDINGS, replied_to * WORDINGS_BEFORE, shape(lines, order.other))
        return Reading(
            order,
            lines,
            heard,
            characters,
            self.sounds.weighed(heard),
            self.around.weighed_by(characters, self._around_of, lines),
            hits,
            np.hstack(dense, dtype=np.float32),
        )

    @cached_property
    def _around_of(self) -> Positions:
        """By position from 1: of a run of `characters`, that in `around`; 0 where it is not there."""
        return self.around.index.positions(np.append(np.uint64(0), self.characters.codes))

    def rows(self, turns: Sequence[Said]) -> "csr_array":
        """A row a turn of a call, in order: what a reading holds, as a model is trained on it."""
        from scipy.sparse import csr_array, hstack, vstack

        call = self.reading([turn.role for turn in turns], [turn.view for turn in turns])
        size = len(self.around.codes)
        around = vstack([call.around.rows(call.lines, size) * BEFORE, csr_array((1, size))], format="csr")
        blocks = (
            call.characters.rows(call.lines, len(self.characters.codes)),
            call.sounds.rows(call.heard, len(self.sounds.codes)),
            around[call.order.other],
            around[call.order.own],
            csr_array(call.dense),
        )
        return hstack(blocks, format="csr", dtype=np.float32)


class Blocks(NamedTuple):
    """Columns of `rows`."""

    characters: slice
    sounds: slice
    around_other: slice
    around_own: slice
    dense: slice  # wordings first


def blocks(features: Features) -> Blocks:
    """Where each block is."""
    around = len(features.around.codes)
    sizes = (len(features.characters.codes), len(features.sounds.codes), around, around)
    ends = tuple(accumulate((*sizes, 4 * len(lexicon.names()) + SHAPES)))
    return Blocks(*map(slice, (0, *ends), ends))


def shape(lines: Lines, other: Places) -> npt.NDArray[np.float32]:
    """Length, brevity, two characters said twice in a row, whether it opens the call."""
    pairs = lines.codes[:-1].astype(np.uint32) << 16 | lines.codes[1:]
    twice = np.zeros(len(other), np.float32)
    twice[lines.line[:-3][(pairs[:-2] == pairs[2:]) & (lines.codes[:-3] > ord(END))]] = 1
    lengths = lines.sizes()
    rows = (np.minimum(lengths, LONG) / LONG, lengths <= 4, lengths <= 9, twice, other < 0)
    return np.column_stack(rows).astype(np.float32)
