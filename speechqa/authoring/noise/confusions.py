"""How the recogniser mishears: the fitted table, and drawing from it.

Every character heard is in one of four states: kept, spelt otherwise (a homophone), another syllable, or
lost. Errors come in bursts, so the state depends on the one before; it depends on the syllable too, and
some turns are worse than others. What takes a syllable's place is drawn from the counted pairs, smoothed by
how initials and finals go over into one another and by how common the new syllable is.

The table is `confusions.json`, made by tests/bench/fit_confusions.py; its "about" tells from what. It holds
numbers, syllables and common characters only.
"""

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import erf, exp, sqrt
from random import Random
from typing import NamedTuple, Self, TypedDict

from speechqa.sound import commonness, named, parts

_KEPT_APART = 8.0  # observations that the smoothed guess about a syllable weighs


class State(IntEnum):
    """What became of a character."""

    KEPT = 0
    HOMOPHONE = 1
    OTHER = 2
    LOST = 3


class Table(TypedDict):
    """confusions.json."""

    about: dict[str, object]
    silent: list[float]  # how often a turn of one, two ... characters is not heard at all
    first: list[float]  # states of a turn's first character
    after: list[list[float]]  # ... and after each state
    added: list[float]  # after each state, how often a character is put in
    spread: float  # of the turns' log odds of an error
    growth: list[float]  # of each state with the odds: on a bad line few errors are homophones
    prone: dict[str, float]  # odds of an error by syllable, against the mean
    initials: dict[str, dict[str, float]]  # how much likelier than by chance a new one is
    finals: dict[str, dict[str, float]]
    pairs: dict[str, dict[str, int]]  # said, heard
    characters: dict[str, dict[str, int]]  # how common the characters of a syllable are
    confidence: list[list[list[float]]]  # by state, beside kept ones only or not: quantiles
    memory: float  # of the confidences, from one character to the next
    scale: list[list[float]]  # error rates, and the odds against the fitted ones that give them


class Drawn(NamedTuple):
    """A character as heard, and where in the text it comes from (what was put in: from the one before)."""

    text: str
    source: int
    state: State


class Confusions:
    """The table, ready for drawing."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._scale = tuple(map(tuple, table["scale"]))
        self._any = _Choice({name: commonness(name) for name in table["characters"]})
        self._others: dict[str, _Choice] = {}
        self._characters = {name: _Choice(some) for name, some in table["characters"].items()}

    @classmethod
    def shipped(cls) -> Self:
        return cls(json.loads((files(__package__) / "confusions.json").read_text("utf-8")))

    def odds(self, rate: float) -> float:
        """By how much errors must be likelier than in the fitted material to come at this rate."""
        rates, odds = zip(*self._scale, strict=True)
        above = min(max(bisect_left(rates, rate), 1), len(rates) - 1)
        share = (rate - rates[above - 1]) / (rates[above] - rates[above - 1])
        return float(odds[above - 1] + share * (odds[above] - odds[above - 1]))

    def draw(self, text: str, odds: float, chance: Random) -> list[Drawn]:
        """The characters of a turn as they are heard; none of a turn that is lost whole."""
        length = sum(map(str.isalnum, text))
        silent = self._table["silent"][min(max(length, 1), len(self._table["silent"])) - 1]
        if chance.random() < min(silent * odds, 1.0):
            return []
        odds *= exp(self._table["spread"] * chance.gauss(0.0, 1.0))
        row, heard = self._table["first"], list[Drawn]()
        for place, character in enumerate(text):
            if not character.isalnum():
                continue
            state = self._state(row, odds * self._table["prone"].get(named(character), 1.0), chance)
            if new := self._heard(character, state, chance):
                heard.append(Drawn(new, place, state if new != character else State.KEPT))
            if chance.random() < self._table["added"][state] * min(odds, 3.0):
                heard.append(Drawn(self._character(self._any.drawn(chance), chance), place, State.OTHER))
            row = self._table["after"][state]
        if heard:
            return heard
        return [  # lost by its characters, but not as a turn
            Drawn(one, place, State.KEPT) for place, one in enumerate(text) if one.isalnum()
        ]

    def confidences(self, drawn: Sequence[Drawn], chance: Random) -> list[float]:
        """What the recogniser would say of each: of wrong ones less, and of those beside them."""
        memory, level, given = self._table["memory"], chance.gauss(0.0, 1.0), []
        wrong = [False, *(one.state is not State.KEPT for one in drawn), False]
        for place, one in enumerate(drawn):
            quantiles = self._table["confidence"][one.state][wrong[place] or wrong[place + 2]]
            at = (1 + erf(level / sqrt(2))) / 2 * (len(quantiles) - 1)
            below = min(int(at), len(quantiles) - 2)
            given.append(quantiles[below] + (at - below) * (quantiles[below + 1] - quantiles[below]))
            level = memory * level + sqrt(1 - memory**2) * chance.gauss(0.0, 1.0)
        return given

    def _state(self, row: Sequence[float], odds: float, chance: Random) -> State:
        weights = [share * odds**growth for share, growth in zip(row, self._table["growth"], strict=True)]
        at = chance.random() * sum(weights)
        for state, weight in zip(State, weights, strict=True):
            at -= weight
            if at < 0:
                return state
        return State.KEPT

    def _heard(self, character: str, state: State, chance: Random) -> str:
        match state:
            case State.KEPT:
                return character
            case State.LOST:
                return ""
            case State.HOMOPHONE:
                return self._character(named(character), chance, character)
            case State.OTHER:
                return self._character(self._other(named(character)).drawn(chance), chance)

    def _character(self, syllable: str, chance: Random, but: str = "") -> str:
        """One that is read so; `but` itself where there is no other."""
        among = self._characters.get(syllable)
        if among is None or among.names == (but,):
            return but or self._character(self._any.drawn(chance), chance)
        while (one := among.drawn(chance)) == but:
            pass
        return one

    def _other(self, said: str) -> "_Choice":
        if said not in self._others:
            self._others[said] = _Choice(self._likely(said))
        return self._others[said]

    def _likely(self, said: str) -> dict[str, float]:
        """How likely each syllable is heard where this one was said and misheard."""
        counted = self._table["pairs"].get(said, {})
        initials, finals = self._table["initials"], self._table["finals"]
        initial, final = parts(said)
        guess = {}
        for heard in self._characters:
            new_initial, new_final = parts(heard)
            gain = initials.get(initial, {}).get(new_initial, 1.0) * finals.get(final, {}).get(new_final, 1.0)
            guess[heard] = 0.0 if heard == said else commonness(heard) * gain
        total = sum(guess.values())
        return {
            heard: counted.get(heard, 0) + _KEPT_APART * weight / total for heard, weight in guess.items()
        }


class _Choice:
    """Draws names by their weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.names = tuple(weights)
        self._up_to = list(accumulate(weights.values()))

    def drawn(self, chance: Random) -> str:
        return self.names[bisect_left(self._up_to, chance.random() * self._up_to[-1])]


@cache
def shipped() -> Confusions:
    """The recogniser we ship, read once."""
    return Confusions.shipped()
