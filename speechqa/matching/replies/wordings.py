"""What a checklist adds to the common ways to answer."""

import re
from dataclasses import dataclass
from functools import lru_cache

from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Wordings:
    """The phrases for each kind of answer, as expressions; None: nothing."""

    yes: "re.Pattern[str] | None" = None
    no: "re.Pattern[str] | None" = None
    vague: "re.Pattern[str] | None" = None

    @classmethod
    def of(cls, answered: Answered) -> "Wordings":
        return _wordings(_Itself(answered))


@dataclass(frozen=True, slots=True, eq=False)
class _Itself:
    """A condition by its identity: it is asked hundreds of times a call, and has a hundred phrases."""

    condition: Answered

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.condition is self.condition

    def __hash__(self) -> int:
        return id(self.condition)


@lru_cache(maxsize=64)
def _wordings(of: _Itself) -> Wordings:
    condition = of.condition
    return Wordings(_expression(condition.yes), _expression(condition.no), _expression(condition.vague))


@lru_cache(maxsize=64)
def _expression(phrases: tuple[Phrase, ...]) -> "re.Pattern[str] | None":
    import re2

    pieces = (".*".join(map(_whole, phrase.pieces)) for phrase in phrases)
    return re2.compile("|".join(pieces)) if phrases else None


def _whole(piece: str) -> str:
    """A piece as an expression; one of Latin letters means whole words."""
    import re2

    escaped = str(re2.escape(piece))
    return rf"\b{escaped}\b" if piece.isascii() else escaped
