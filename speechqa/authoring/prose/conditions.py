"""Conditions in sentences, with what denies them carried to the operators."""

from collections.abc import Iterable

from speechqa.authoring.prose.operators import sentence
from speechqa.authoring.prose.tree import Told, branch
from speechqa.checklist.operators import Condition
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not


def told(condition: Condition, holds: bool = True) -> Told:
    """A condition in sentences; with `holds` false, that it does not hold."""
    match condition:
        case Not(part):
            return told(part, not holds)
        case All((part,)) | Any((part,)) | AtLeast(1, (part,)):
            return told(part, holds)
        case All(parts):
            return branch(_parts(parts, holds), len(parts) if holds else 1)
        case Any(parts):
            return branch(_parts(parts, holds), 1 if holds else len(parts))
        case AtLeast(count, parts):
            return branch(_parts(parts, holds), count if holds else len(parts) - count + 1)
        case leaf:
            return Told(sentence(leaf, holds))


def _parts(parts: Iterable[Condition], holds: bool) -> tuple[Told, ...]:
    return tuple(told(part, holds) for part in parts)
