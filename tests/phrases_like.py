"""Phrases for tests: what was said in calls, what sounds like it, and what was never said."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from speechqa.checklist.phrases import Phrase
from speechqa.sound import folded, syllables


def phrases_like(views: Sequence[str], count: int, draw: random.Random) -> Iterator[Phrase]:
    """So many of them, of calls whose joined views are given; some in two or three pieces, some cut short."""
    kinds: Sequence[Callable[[str, random.Random], str]] = (_as_it_is, _alike, _nearly, _garbled)
    for _ in range(count):
        pieces = []
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            said = draw.choice([turn for turn in draw.choice(views).split("\n") if turn])
            begin = draw.randrange(len(said))
            text = said[begin : begin + draw.randint(1, 12)]
            pieces.append(draw.choice(kinds)(text, draw))
        yield Phrase("…".join(pieces), tuple(pieces))


def _as_it_is(text: str, _: random.Random) -> str:
    return text


def _alike(text: str, draw: random.Random) -> str:
    """Other characters, the same syllables but for those that are often confused."""
    return "".join(draw.choice(_sounding_like().get(folded(syllables(one)), [one])) for one in text)


def _nearly(text: str, draw: random.Random) -> str:
    """The same with a syllable lost, put in or changed."""
    at = draw.randrange(len(text))
    cut = draw.choice(
        (text[:at] + text[at + 1 :], text[:at] + "的" + text[at:], text[:at] + "国" + text[at + 1 :])
    )
    return _alike(cut or text, draw)


def _garbled(text: str, draw: random.Random) -> str:
    return "".join(draw.sample(text, len(text)))


@lru_cache(maxsize=1)
def _sounding_like() -> dict[str, list[str]]:
    """By folded syllable: some common characters."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0x9FA6, 7):
        found[folded(syllables(chr(code)))].append(chr(code))
    return found
