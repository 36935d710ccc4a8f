"""How a language writes what people say: what a wording is made of, and where it may begin and end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechqa.matching.phones import folded as folded_phones
from speechqa.matching.phones import phones_of
from speechqa.sound import folded, syllables
from speechqa.text import ENGLISH, MANDARIN, normal_in


@dataclass(frozen=True, slots=True)
class Writing:
    """Wordings of a language are counted in units: characters, or words where blanks stand between them."""

    language: str
    clause: re.Pattern[str]  # of a turn as it is written
    blank: str  # between units
    shortest: int  # units of a wording: shorter ones are in every call
    longest: int  # ... and longer ones in one
    shortest_clause: int  # units of one that is said by itself

    def view(self, text: str) -> str:
        """The normalised view, on which wordings are compared."""
        return normal_in(self.language, text).text

    def units(self, view: str) -> Sequence[str]:
        return view.split() if self.blank else view

    def has(self, view: str, wording: str) -> bool:
        """Whether a wording stands in a view, no unit of it cut."""
        if not self.blank:
            return wording in view
        return f" {wording} " in f" {view} ".replace("\n", " \n ")

    def fits(self, view: str) -> bool:
        """Whether a clause is neither too short nor too long for a wording."""
        return self.shortest_clause <= len(self.units(view)) <= self.longest

    def ends(self, clause: str) -> Iterator[str]:
        """A clause with its beginnings and ends, where they are neither too short nor too long.

        What starts or ends where people do is seldom half a word; only a whole clause may be shorter: 您好.
        """
        if self.fits(clause):
            yield clause
        units = self.units(clause)
        for length in range(self.shortest, min(self.longest + 1, len(units))):
            yield self.blank.join(units[:length])
            yield self.blank.join(units[-length:])

    def sound(self, view: str) -> str:
        """How a view sounds, confusable sounds made equal."""
        return folded_phones(phones_of(view)) if self.language == ENGLISH else folded(syllables(view))


_WRITINGS = (
    Writing(MANDARIN, re.compile(r"[^，。！？；、：,.!?;:\s]+"), "", 3, 12, 2),
    Writing(ENGLISH, re.compile(r"(?:[^,.!?;:\n]|[.,:](?=\d))+"), " ", 2, 8, 1),
)


def writing_of(language: str) -> Writing:
    """How a language that checklists can be in writes."""
    return next(one for one in _WRITINGS if one.language == language)
