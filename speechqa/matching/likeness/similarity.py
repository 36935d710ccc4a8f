"""How much alike two sentences are, by their characters and by their sounds.

Compared is the gist: without what a speaker adds for politeness or impatience (请问, 到底, 一下, 吗), and
with the commonest words of one meaning made one (您 and 你, 可以 and 能). The best of three counts:
characters in order; sounds in order, for what a recogniser misspells; characters in any order, for what
was put the other way round (多少钱一个月, 一个月多少钱).

Characters know nothing of meaning, so two differences weigh more than they measure: that one sentence denies
what the other says (会收取费用, 不会收取费用), and that they ask for different things (多少钱, 多少流量).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from speechqa.sound import folded, syllables

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]
    Integers: TypeAlias = npt.NDArray[np.int64]

BY_SOUND = 0.05  # taken off what is alike by sound only
IN_ANY_ORDER = 0.1  # ... and in another order only
DENIED = 0.3  # ... where only one of the two denies it
ASKED = 0.2  # ... where they ask for different things

_MOST = 4  # of some that are compared closely with one of the others

_SAME = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"(.)[不没]\1", r"\1"),  # 是不是, 有没有
        ("您", "你"),
        ("可不可以|能不能|能否|可否|能够|可以", "能"),
        ("是否", "是"),
        ("帮助|帮忙|帮得?到|帮得上", "帮"),
        ("其它|别的|另外|其他的?", "其他"),
        ("啥|哪些", "什么"),
        ("需要|需求", "需"),
        ("没有", "没"),
        ("块钱|元", "块"),
    )
)
_ADDED = re.compile(
    r"我就?问[你的]是?|我[就只]?想[问知]道?|告诉我|回答我|请问|麻烦你|到底|究竟|那个|这个|这边|那边|就是|然后|的话|一下|"
    r"^[那就请]+|[的了呢吗吧嘛呀么啦哦]"
)
_NO_DENIAL = re.compile(
    r"不好意思|不客气|差不多|对不起|没关系|没问题|没事|不错|不过|不管|不仅|不但|不只|不光|特别|别人|个别|区别|级别|类别|"
    r"无论|无线|无限|未来|不用谢|非常"
)
_DENIAL = re.compile("[不没别未无非甭]|免[费除]")
_ASKS = re.compile("(多少|什么|怎么|几|哪)(.{1,2})")


@dataclass(frozen=True, slots=True)
class Gist:
    """What is compared of a sentence."""

    characters: str
    sounds: str
    bag: str  # the characters in order of their codes
    bag_of_sounds: str
    denies: bool
    asks: tuple[tuple[str, frozenset[str]], ...]  # words that ask, each with the characters after it


@lru_cache(maxsize=1 << 14)
def gist(normal_text: str) -> Gist:
    """The gist of a stretch of a normalised view."""
    plain = normal_text
    for old, new in _SAME:
        plain = old.sub(new, plain)
    characters = _ADDED.sub("", plain) or plain
    sounds = folded(syllables(characters))
    asks = tuple((match[1], frozenset(match[2])) for match in _ASKS.finditer(characters))
    return Gist(characters, sounds, "".join(sorted(characters)), "".join(sorted(sounds)), denies(plain), asks)


def denies(normal_text: str) -> bool:
    """Whether there is a denial in a stretch of a normalised view."""
    return _DENIAL.search(_NO_DENIAL.sub("", normal_text)) is not None


def similarities(some: Sequence[Gist], others: Sequence[Gist]) -> "Floats":
    """Of each pair of two equally long lists, 0-1."""
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    if not some:
        return np.zeros(0)

    def table(one: Sequence[str], other: Sequence[str]) -> "Floats":
        return np.asarray(cpdist(one, other, scorer=Indel.normalized_similarity, dtype=np.float64))

    characters = table([one.characters for one in some], [one.characters for one in others])
    sounds = table([one.sounds for one in some], [one.sounds for one in others])
    bags = table([one.bag for one in some], [one.bag for one in others])
    alike = np.maximum(characters, np.maximum(sounds - BY_SOUND, bags - IN_ANY_ORDER))
    pairs = list(zip(some, others, strict=True))
    alike -= DENIED * np.array([one.denies != other.denies for one, other in pairs])
    alike -= ASKED * np.array([_ask_otherwise(one, other) for one, other in pairs])
    return np.maximum(alike, 0.0)


def worth_comparing(
    some: Sequence[Gist], others: Sequence[Gist], least: float
) -> "tuple[Integers, Integers]":
    """Places in two lists of the pairs that may be as similar as `least`; of each of the others, a few.

    Sounds in any order are at least as similar as anything that is counted: one table decides.
    """
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    if not some or not others:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    bags = cdist(
        [one.bag_of_sounds for one in some],
        [one.bag_of_sounds for one in others],
        scorer=Indel.normalized_similarity,
        score_cutoff=least,
        dtype=np.float32,
    )
    if len(some) > _MOST:
        floors = np.partition(bags, -_MOST, axis=0)[-_MOST]
        bags = np.where(bags >= floors, bags, 0.0)
    rows, columns = np.nonzero(bags >= least)
    return rows, columns


def _ask_otherwise(one: Gist, other: Gist) -> bool:
    """Whether both ask by one word, but never for the same thing."""
    shared = {word for word, _ in one.asks} & {word for word, _ in other.asks}
    return any(not _asked_for(one, word) & _asked_for(other, word) for word in shared)


def _asked_for(gist: Gist, asked: str) -> frozenset[str]:
    """The characters after a word that asks, wherever it does."""
    return frozenset().union(*(after for word, after in gist.asks if word == asked))
