"""The base of all operators: the leaves of conditions."""

from dataclasses import dataclass

from speechqa.checklist.phrases import Phrase
from speechqa.checklist.where import Scope


@dataclass(frozen=True, slots=True)
class Operator:
    """Looks at the call, or at what is known of it, in the places of its scope."""

    scope: Scope

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase that it compares."""
        return ()

    @property
    def moments(self) -> tuple[str, ...]:
        """Names of the moments that it refers to, beside those of its scope."""
        return ()
