"""How a recogniser mishears English: a model of words that sound alike, assumed, fitted to no recording.

A word is kept, taken for another that sounds nearly the same (common words sooner), cut in two words, or
lost: of the short words that carry no stress nearly every second error is a loss. Some words are put in.
Errors come in bursts and some turns are worse than others. How alike two words sound is the weighted edit
distance of their phonemes: voiced and voiceless sounds, nasals, and vowels among themselves are near.

The words and their phonemes are `english.json`; its "about" tells where they are from. How sure the
recogniser is of what it heard is taken from its table for Mandarin (`confusions`), state by state.
"""

import json
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import exp
from random import Random
from typing import NamedTuple, Self

from speechqa.authoring.noise.confusions import Drawn, State

WORD = re.compile(r"(?P<number>\d(?:[\d,.]*\d)?)|[^\W\d_]+(?:['’][^\W\d_]+)*")
_WEAK_WORDS = """
a an the to of and or is are am was be been it its it's i i'm i'll you your he she we they that at in on
for with as so do does did have has had will would can could from by us me my our there just
"""
_WEAK = frozenset(_WEAK_WORDS.split())
_LOST, _LOST_WEAK = 0.08, 0.45  # share of the errors that are losses
_ADDED = 0.1  # ... words put in, for each that is wrong
_CUT = 0.12  # ... long words taken for two
_CUT_FROM = 5  # phonemes
_CUT_TRIED = 5  # words that sound like a part
_CUT_FAR = 1.2  # distance from which two words sound like something else
_LINGERS = 0.25  # by how much likelier an error is behind another
_SPREAD = 0.6  # of the turns' odds
_MOST = 0.9  # chance of an error of a word in the worst of turns
_SILENT = (0.25, 0.1, 0.02)  # turns of one, two and more words that are not heard at all, of the error rate
_STEEP = 2.5  # by how much a phoneme's distance makes a word less likely, in nats
_ALIKE = 0.3  # distance of words that sound the same: what they mean keeps them apart
_TRIED = 60  # words nearest by their folded phonemes
_VOWELS = "AaVOWYeREIioXUu"
_CLASSES = ("pb", "td", "kg", "fvTD", "szSZ", "Cj", "mnN")  # letters of phonemes, see english.json
_KINDS = ("ptk", "bdg", "fTsSh", "vDzZ", "lrwy", _VOWELS)
_FAINT = "htdszVI"  # phonemes that are easily lost or put in
_FOLDED = str.maketrans({one: group[0] for group in (*_CLASSES, _VOWELS) for one in group})
_MISREAD = {
    "13": "30",
    "14": "40",
    "15": "50",
    "16": "60",
    "17": "70",
    "18": "80",
    "19": "90",
    "5": "9",
    "9": "5",
}
_MISREAD |= {heard: said for said, heard in _MISREAD.items() if len(said) == 2}


class _Choice(NamedTuple):
    """What may be heard for a word, and the running sums of how likely each is."""

    heard: tuple[str, ...]
    sums: tuple[float, ...]

    def drawn(self, chance: Random) -> str:
        return chance.choices(self.heard, cum_weights=self.sums)[0]


class EnglishConfusions:
    """The words and how they sound, ready for drawing."""

    def __init__(self, sounds: dict[str, str]) -> None:
        self._sounds = sounds
        self._words = tuple(sounds)
        self._folded = tuple(one.translate(_FOLDED) for one in sounds.values())
        self._commonness = {word: 1 / (rank + 100) for rank, word in enumerate(sounds)}
        self._spelt: dict[str, list[str]] = defaultdict(list)  # folded phonemes -> words, common ones first
        for word, folded in zip(self._words, self._folded, strict=True):
            self._spelt[folded].append(word)
        self._weak = [word for word in self._words[:200] if word in _WEAK]
        self._choices: dict[str, _Choice] = {}

    @classmethod
    def shipped(cls) -> Self:
        table: dict[str, dict[str, str]] = json.loads(
            (files(__package__) / "english.json").read_text("utf-8")
        )
        return cls(table["sounds"])

    def draw(self, text: str, rate: float, chance: Random) -> list[Drawn]:
        """The words of a turn as they are heard, `rate` of them wrong; none of a turn that is lost whole."""
        words = list(WORD.finditer(text))
        silent = _SILENT[min(max(len(words), 1), len(_SILENT)) - 1]
        if chance.random() < silent * rate:
            return []
        worse = exp(_SPREAD * chance.gauss(0.0, 1.0) - _SPREAD**2 / 2)
        share = min(worse * rate, _MOST)
        lingering = min(share + _LINGERS, _MOST)
        fresh = share * (1 - lingering) / (1 - share)
        heard, wrong = list[Drawn](), chance.random() < share
        for word in words:
            new = self._misheard(word, chance) if wrong else (word[0],)
            heard += [Drawn(one, word.start(), self._state(word[0], one)) for one in new]
            if wrong and chance.random() < _ADDED:
                heard.append(Drawn(chance.choice(self._weak), word.start(), State.OTHER))
            wrong = chance.random() < (lingering if wrong else fresh)
        return heard or [Drawn(word[0], word.start(), State.KEPT) for word in words]

    def likely(self, said: str, count: int) -> list[str]:
        """What a word is taken for, the likeliest first; none for a word that nothing sounds like."""
        choice = self._choice(said.lower())
        weights = [after - before for before, after in zip((0.0, *choice.sums), choice.sums, strict=False)]
        ranked = sorted(zip(weights, choice.heard, strict=True), reverse=True)
        return [word for _, word in ranked[:count]]

    def _misheard(self, word: re.Match[str], chance: Random) -> tuple[str, ...]:
        """What is heard in a word's place: nothing, another word, or two."""
        said = word[0].lower().replace("’", "'")
        if chance.random() < (_LOST_WEAK if said in _WEAK else _LOST):
            return ()
        if word["number"]:
            return (_misread(word[0], chance),)
        if chance.random() < _CUT and (parts := self._cut(said)):
            return parts
        choice = self._choice(said)
        return (choice.drawn(chance),) if choice.heard else ()

    def _state(self, said: str, heard: str) -> State:
        if heard == said:
            return State.KEPT
        sound = self._sounds.get(said.lower())
        return State.HOMOPHONE if sound and sound == self._sounds.get(heard) else State.OTHER

    def _choice(self, said: str) -> _Choice:
        if said not in self._choices:
            rated = self._near(said)
            self._choices[said] = _Choice(tuple(rated), tuple(accumulate(rated.values())))
        return self._choices[said]

    def _near(self, said: str) -> dict[str, float]:
        """Words that sound nearly like one, with how likely each is heard for it."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        sound = self._sounds.get(said) or self._sound_of_likeliest(said)
        near = process.extract(
            sound.translate(_FOLDED), self._folded, scorer=Levenshtein.distance, limit=_TRIED
        )
        rated = {}
        for _, _, place in near:
            word = self._words[place]
            if word != said:
                far = max(distance(self._sounds[word], sound), _ALIKE)
                rated[word] = self._commonness[word] * exp(-_STEEP * far)
        return rated

    def _sound_of_likeliest(self, said: str) -> str:
        """The phonemes of the word that is spelt most like one that is not in the table."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        _, _, place = process.extract(said, self._words, scorer=Levenshtein.distance, limit=1)[0]
        return self._sounds[self._words[place]]

    def _cut(self, said: str) -> tuple[str, str] | None:
        """The two common words that sound most like a long one, if there are: account, a count."""
        sound = self._sounds.get(said, "")
        pairs = [
            (distance(self._sounds[one], sound[:at]) + distance(self._sounds[other], sound[at:]), one, other)
            for at in (range(1, len(sound)) if len(sound) >= _CUT_FROM else ())
            for one in self._spelt.get(sound[:at].translate(_FOLDED), ())[:_CUT_TRIED]
            for other in self._spelt.get(sound[at:].translate(_FOLDED), ())[:_CUT_TRIED]
            if at > 1 or one in _WEAK
        ]
        far, *pair = min(pairs, default=(_CUT_FAR, "", ""))
        return (pair[0], pair[1]) if far < _CUT_FAR else None


@cache
def shipped() -> EnglishConfusions:
    return EnglishConfusions.shipped()


def distance(one: str, other: str) -> float:
    """Weighted edit distance of two words' phonemes."""
    row = [0.0, *accumulate(map(_lost, other))]
    for sound in one:
        diagonal, row[0] = row[0], row[0] + _lost(sound)
        for place, wanted in enumerate(other, start=1):
            best = min(
                diagonal + _changed(sound, wanted), row[place] + _lost(sound), row[place - 1] + _lost(wanted)
            )
            diagonal, row[place] = row[place], best
    return row[-1]


def _lost(sound: str) -> float:
    return 0.5 if sound in _FAINT else 0.9


@cache
def _changed(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if any(one in group and other in group for group in _CLASSES):
        return 0.3
    return 0.5 if any(one in group and other in group for group in _KINDS) else 1.0


def _misread(number: str, chance: Random) -> str:
    """Another number that sounds like one, or one with another digit."""
    if number in _MISREAD:
        return _MISREAD[number]
    place = chance.choice([at for at, one in enumerate(number) if one.isdecimal()])
    digit = _MISREAD.get(number[place]) or chance.choice("0123456789")
    return number[:place] + digit + number[place + 1 :]
