"""Where numbers stand in a list, thousands at once: each is found with two looks, wherever it is.

A cuckoo table (Pagh and Rodler 2001): a number lies in one of two slots, by two hashes of it; what was there
before moves to its other slot.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from speechqa.tone.lines import Numbers

Positions: TypeAlias = npt.NDArray[np.int32]

_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))  # odd, bits well mixed
_ROOM = 3  # slots a number, at least: nearly always it comes to rest at once
_MOVES = 100  # of one number after the other, until more room is taken


class Index:
    """Of numbers, each once, none of them 0."""

    def __init__(self, numbers: Numbers) -> None:
        """Raises ValueError where a number is there twice."""
        if len(np.unique(numbers)) < len(numbers):
            raise ValueError("a number is there twice")
        self._numbers = np.concatenate([np.zeros(1, np.uint64), numbers])
        bits = (_ROOM * len(numbers)).bit_length()
        while (slots := _laid(self._numbers, bits)) is None:
            bits += 1
        self._bits, self._slots = bits, slots

    def positions(self, numbers: Numbers) -> Positions:
        """Of each number: 1 for the first of the list; 0 where it is not there."""
        found = np.zeros(numbers.shape, np.int32)
        for multiplier in _MULTIPLIERS:
            at = self._slots.take(_slot(numbers, multiplier, self._bits))
            np.maximum(found, at * (self._numbers.take(at) == numbers), out=found)
        return found


def _laid(numbers: Numbers, bits: int) -> Positions | None:
    """By slot, the position of its number, from 1; None where they do not come to rest."""
    slots, side = np.zeros(1 << bits, np.int32), np.zeros(len(numbers), np.intp)
    choices = np.array([_slot(numbers, multiplier, bits) for multiplier in _MULTIPLIERS])
    homeless = np.arange(1, len(numbers))
    for _ in range(_MOVES):
        if not len(homeless):
            return slots
        wanted = choices[side[homeless], homeless]
        before = slots[wanted]
        slots[wanted] = homeless
        lost = slots[wanted] != homeless  # of several that want one slot, the last has it
        homeless = np.concatenate([homeless[lost], before[~lost & (before > 0)]])
        side[homeless] ^= 1
    return None


def _slot(numbers: Numbers, multiplier: np.uint64, bits: int) -> npt.NDArray[np.int64]:
    return ((numbers * multiplier) >> np.uint64(64 - bits)).view(np.int64)
