"""Who is the agent, by what each voice says.

Pairs of syllables tell: 感谢您 is an agent's, 多少钱 a customer's, and by sound they survive what a
recogniser makes of them; so does who talks more. How much each tells is in roles.json, fitted by
tests/bench/fit_roles.py on written dialogues, misheard too. Of dialogues of a kind that the pairs were not
counted in, 33-99 % are sure; of these 1.8 % of the inbound ones (169) are wrong, none of the others (1,837).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp

from speechqa.call import Role
from speechqa.sound import named

SURE = 0.95  # certainty under which roles stay unknown
FEW = 10  # pairs that are taken to tell nothing, so that a short 好的 decides little
LETTERS = 2  # of a syllable's name, at least: a sign or a Latin letter has one


@dataclass(frozen=True, slots=True)
class Casting:
    """Which voice has which role, and how sure that is."""

    roles: Mapping[int, Role]  # by voice
    confidence: float  # 0-1; of the likeliest casting, when no role is given too


@dataclass(frozen=True, slots=True)
class Table:
    """What has been fitted."""

    scores: Mapping[str, float]  # by pair of syllables: logarithm of how much more often an agent says it
    weights: tuple[float, ...]  # of the differences


NOBODY = Casting({}, 0.0)


def casting(said: Mapping[int, str], sure: float = SURE) -> Casting:
    """The roles of voices by all that each says; none where fewer than two speak, or it is less than `sure`.

    Of more than two voices the one most like an agent and the one most like a customer have a role.
    """
    if len(said) < 2:
        return NOBODY
    ranked = _ranked(said)
    customer, agent = ranked[0], ranked[-1]
    confidence = certainty(said[agent], said[customer])
    if len(ranked) > 2:  # the agent must stand out of all
        confidence = min(confidence, certainty(said[agent], said[ranked[-2]]))
    roles = {agent: Role.AGENT, customer: Role.CUSTOMER} if confidence >= sure else {}
    return Casting(roles, confidence)


def _ranked(said: Mapping[int, str]) -> list[int]:
    """The voices, the most like an agent last."""
    return sorted(
        said,
        key=lambda voice: sum(certainty(said[voice], said[other]) for other in said if other != voice),
    )


def certainty(agent: str, customer: str) -> float:
    """How sure it is, 0-1, that the first of two is the agent, by what they say and how much."""
    table = _table()
    parts = differences(agent, customer, table.scores)
    return 1 / (1 + exp(-sum(weight * part for weight, part in zip(table.weights, parts, strict=True))))


def likeness(text: str, scores: Mapping[str, float]) -> float:
    """How much more this is an agent's than a customer's: the mean of its pairs, near 0 for a few."""
    found = [scores.get(pair, 0.0) for pair in pairs(text)]
    return sum(found) / (len(found) + FEW)


def differences(one: str, other: str, scores: Mapping[str, float]) -> tuple[float, float]:
    """By how much the first sounds more like an agent, and talks more, than the second."""
    said, answered = (sum(map(str.isalnum, text)) for text in (one, other))  # signs are nothing said
    return likeness(one, scores) - likeness(other, scores), (said - answered) / max(1, said + answered)


def pairs(text: Sequence[str]) -> Iterator[str]:
    """Syllables that follow each other, by name; signs between them are left out."""
    heard = [name for letter in text if len(name := named(letter)) >= LETTERS or letter == "嗯"]
    return (f"{one} {other}" for one, other in pairwise(heard))


@lru_cache(maxsize=1)
def _table() -> Table:
    read = json.loads((files(__package__) / "roles.json").read_text("utf-8"))
    return Table(read["pairs"], tuple(read["weights"]))
