"""What a condition is: an operator that looks at the call, or several put together.

Each family of operators has a module with its values and how they are written: `words`, `replies`,
`events`, `facts`, `timing`, `voice`, `flows`. The union below lists them all, so that the type checker names
every place that forgets a new one.
"""

from collections.abc import Sequence
from typing import TypeAlias

from speechqa.checklist.operators.events import Events
from speechqa.checklist.operators.facts import Facts
from speechqa.checklist.operators.flows import FlowFollowed
from speechqa.checklist.operators.logic import All, Any, AtLeast, Not
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.timing import Timing
from speechqa.checklist.operators.voice import Voice
from speechqa.checklist.operators.words import Words
from speechqa.checklist.phrases import Phrase

Leaf: TypeAlias = Words | Answered | Events | Facts | Timing | Voice | FlowFollowed
Condition: TypeAlias = Leaf | All | Any | Not | AtLeast


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """The operators of a condition that look at the call, left to right."""
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case leaf:
            return (leaf,)


def moments_of(condition: Condition) -> tuple[str, ...]:
    """Names of the moments that a condition refers to, each once."""
    named = (name for leaf in leaves(condition) for name in (*leaf.moments, *leaf.scope.moments))
    return tuple(dict.fromkeys(named))


def phrases_of(conditions: Sequence[Condition]) -> tuple[Phrase, ...]:
    """The phrases that conditions compare, each once."""
    found = (phrase for condition in conditions for leaf in leaves(condition) for phrase in leaf.phrases)
    return tuple(dict.fromkeys(found))
