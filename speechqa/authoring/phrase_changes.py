"""Rules that differ by phrases only: where none of those is heard, the finding of one is that of the other.

What a rule says of a call rests on its phrases only by where they are heard, nearly heard included. So of two
rules that are the same but for phrases more or fewer in their lists, both say the same of a call in which
none of these is heard, however it may be: an author adds phrases ten times a day, and few calls in a hundred
have one of them. Three things keep rules apart. Phrases that both have must stand in the same order, as
evidence does. A sentence that says what was missing names the first two of a list (`matching.naming`). And
how surely nothing of a list was said depends on its shortest phrase: words that nobody can tell may hide it
(`Place.unheard`).

Lists that are compared in other ways (`like`, the replies of `answered`) belong to what must be the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from speechqa.assessment import Finding
from speechqa.authoring.anatomy import digest, rebuilt
from speechqa.checklist.operators.timing import Silence
from speechqa.checklist.operators.words import Phrases, Repeat
from speechqa.checklist.phrases import Phrase
from speechqa.checklist.where import ANYWHERE
from speechqa.matching.naming import name
from speechqa.store import Phrasing
from speechqa.store.phrasings import MOST, Lists

if TYPE_CHECKING:
    from speechqa.matching.hearing import PhraseIndex


@dataclass(frozen=True, slots=True)
class Bared:
    """A value without its phrases: what is left, as a digest, and their lists."""

    rest: str
    lists: Lists


def bared(value: object) -> Bared:
    """The value without the phrases that are listened for."""
    lists: list[tuple[Phrase, ...]] = []
    numbers = count()

    def without(part: object) -> object:
        """Where they were is a number, so that what has the same digest has its lists in the same order."""
        place = (Phrase(str(next(numbers)), ()),)
        match part:
            case Phrases():
                lists.extend((part.wanted, part.not_inside))
                shortest = min((len("".join(one.pieces)) for one in part.wanted), default=0)
                return replace(part, wanted=(*place, Phrase(str(shortest), ())), not_inside=())
            case Silence():
                lists.append(part.excused_by)
                return replace(part, excused_by=place)
            case Repeat():
                lists.append(part.excepting)
                return replace(part, excepting=place)
            case _:
                return part

    return Bared(digest(rebuilt(value, without)), tuple(lists))


class Change:
    """Phrases that one of two rules has and the other has not."""

    def __init__(self, phrases: frozenset[Phrase]) -> None:
        self._phrases = phrases

    @cached_property
    def index(self) -> "PhraseIndex":
        from speechqa.matching.hearing import PhraseIndex

        return PhraseIndex(tuple(sorted(self._phrases, key=lambda phrase: phrase.text)))


@dataclass(frozen=True, slots=True)
class Lender:
    """A rule whose finding is that of another in calls where nothing of the change is heard."""

    rule: str  # digest of all that it rests on
    change: Change
    names: tuple[str, ...]  # of its lists, as a sentence has them: those that the other names otherwise
    fading: bool = False  # whether it will soon be forgotten

    def lends(self, finding: Finding) -> bool:
        """Whether a finding of it is free of such names."""
        said = (finding.because.zh, *(hit.wanted for hit in (*finding.hits, *finding.near_misses)))
        return not any(name in text for name in self.names for text in said)


class Changes:
    """What rules differ by, each set of phrases once: a list that rules share is changed for all of them."""

    def __init__(self) -> None:
        self._known: dict[frozenset[Phrase], Change] = {}

    def lenders(self, rule: Phrasing, known: Sequence[Phrasing]) -> tuple[Lender, ...]:
        """Those of the known ones, the oldest first, that differ from the rule by phrases, nearest first."""
        found: list[tuple[int, Lender]] = []
        for age, other in enumerate(reversed(known)):
            if other.rule == rule.rule or len(other.lists) != len(rule.lists):
                continue
            pairs = [(old, new) for old, new in zip(other.lists, rule.lists, strict=True) if old != new]
            if all(_in_one_order(old, new) for old, new in pairs):
                phrases = frozenset(phrase for old, new in pairs for phrase in set(old) ^ set(new))
                change = self._known.setdefault(phrases, Change(phrases))
                names = tuple(_name(old) for old, new in pairs if _name(old) != _name(new))
                found.append((len(phrases), Lender(other.rule, change, names, age >= MOST // 2)))
        return tuple(lender for _, lender in sorted(found, key=lambda one: one[0]))


def _in_one_order(old: Sequence[Phrase], new: Sequence[Phrase]) -> bool:
    """Whether the phrases that are in both stand in the same order."""
    olds, news = set(old), set(new)
    return [phrase for phrase in old if phrase in news] == [phrase for phrase in new if phrase in olds]


def _name(wanted: tuple[Phrase, ...]) -> str:
    return name(Phrases(ANYWHERE, wanted)).zh
