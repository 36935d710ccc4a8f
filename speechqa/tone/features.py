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
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from speechqa.call import Role
from speechqa.tone import lexicon
from speechqa.tone.ngrams import Kind, Vocabulary
from speechqa.tone.views import sounded, written

if TYPE_CHECKING:
    from scipy.sparse import csr_array

VERSION = 1  # of what follows; a model of another one is refused
CHARACTERS, SOUNDS, AROUND = Kind(4, 3), Kind(3, 3), Kind(2, 4)
BEFORE = 0.5  # weight of the turns before
WORDINGS, WORDINGS_BEFORE = 2.0, 0.8
LONG = 40  # characters from which a turn is simply long


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


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The runs that are known, by block."""

    characters: Vocabulary
    sounds: Vocabulary
    around: Vocabulary

    @classmethod
    def of(cls, views: Sequence[str]) -> Self:
        """Of the material's turns."""
        heard = [sounded(view) for view in views]
        return cls(
            Vocabulary.of(views, CHARACTERS), Vocabulary.of(heard, SOUNDS), Vocabulary.of(views, AROUND)
        )

    def rows(self, turns: Sequence[Said]) -> "csr_array":
        """A row a turn of a call, in order."""
        from scipy.sparse import csr_array, hstack, vstack

        views = [turn.view for turn in turns]
        heard = sounded("\n".join(views)).split("\n")
        other, own = before([turn.role for turn in turns])
        around, nothing = self.around.weighed(views) * BEFORE, csr_array((1, len(self.around.codes)))
        around = vstack([around, nothing], format="csr")
        wordings = np.vstack([lexicon.counts(views, heard), np.zeros((1, 2 * len(lexicon.names())))])
        dense = np.hstack([wordings[:-1] * WORDINGS, wordings[other] * WORDINGS_BEFORE, shape(views, other)])
        blocks = (
            self.characters.weighed(views),
            self.sounds.weighed(heard),
            around[other],
            around[own],
            csr_array(dense),
        )
        return hstack(blocks, format="csr", dtype=np.float32)


class Blocks(NamedTuple):
    """Columns of `rows`."""

    characters: slice
    sounds: slice
    wordings: slice


def blocks(features: Features) -> Blocks:
    """Where a turn's own words are; what is around it is between sounds and wordings."""
    characters, sounds = len(features.characters.codes), len(features.sounds.codes)
    wordings = characters + sounds + 2 * len(features.around.codes)
    return Blocks(
        slice(0, characters),
        slice(characters, characters + sounds),
        slice(wordings, wordings + 2 * len(lexicon.names())),
    )


def before(roles: Sequence[Role]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """By turn: where the other side's and the own turn before it is; -1 where there is none."""
    last: dict[Role, int] = {}
    other, own = [], []
    for at, role in enumerate(roles):
        own.append(last.get(role, -1))
        other.append(max((place for one, place in last.items() if one is not role), default=-1))
        last[role] = at
    return np.array(other, dtype=np.intp), np.array(own, dtype=np.intp)


def shape(views: Sequence[str], other: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
    """Length, brevity, a word said twice in a row, whether it opens the call."""
    rows = [
        (
            min(len(view), LONG) / LONG,
            float(len(view) <= 4),
            float(len(view) <= 9),
            float(any(view[at : at + 2] == view[at + 2 : at + 4] for at in range(len(view) - 3))),
            float(other[at] < 0),
        )
        for at, view in enumerate(views)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(views), 5)
