"""Evidence on the cards for phrases that nobody said: counted per hour, by the witness that brought it.

Strict: a phrase is said when its pieces stand, in order, in what that side said about then, in the
normalised view. So 客服中心 shown for a spoken 客户中心 is false evidence, though the verdict may be right.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from speechqa.call import Role, Seconds, Transcript
from speechqa.text import normal

ABOUT: Seconds = 3.0  # before and after the evidence, the phrase may have been said


@dataclass(frozen=True, slots=True)
class Claim:
    """A hit on a card: who is to have said what, when, by which witness."""

    role: Role
    start: Seconds
    end: Seconds
    wanted: str
    by: str


def is_false(claim: Claim, pieces: Iterable[str], said: Transcript) -> bool:
    """Whether the phrase, in its normalised pieces, was not said by that side about then.

    Of a side that is not known, whoever said it will do.
    """
    around = "".join(
        turn.text
        for turn in said.turns
        if claim.role in (turn.role, Role.UNKNOWN)
        and turn.start < claim.end + ABOUT
        and claim.start - ABOUT < turn.end
    )
    text, at = normal(around).text, 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return True
        at = found + len(piece)
    return False


def false_evidence(
    calls: Iterable[tuple[Sequence[Claim], Transcript]], phrases: Mapping[str, tuple[str, ...]]
) -> str:
    """How much there was of each witness, and how much of it false in an hour; of claims that are phrases."""
    claimed, false, seconds = Counter[str](), Counter[str](), 0.0
    for claims, said in calls:
        seconds += said.duration
        for claim in claims:
            if (pieces := phrases.get(claim.wanted)) is not None:
                claimed[claim.by] += 1
                false[claim.by] += is_false(claim, pieces, said)
    rates = (
        f"{witness} {false[witness] * 3600 / max(seconds, 1):.1f} an hour ({false[witness]} of {count})"
        for witness, count in sorted(claimed.items())
    )
    return ", ".join(rates) or "none"
