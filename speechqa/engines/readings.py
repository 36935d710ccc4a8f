"""How a passage may be read: the decoder's hypotheses, each as often as it is likely.

What is in a third of the readings was said with a probability of a third, as far as the model knows;
`matching.versions` has how far that is. Flatter shares where all hypotheses are improbable were tried, and
tell no better what was said.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp

READINGS = 12  # of a passage


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One text that a passage may have."""

    text: str
    log_probability: float  # natural, of all its tokens together


def readings(hypotheses: Sequence[Hypothesis]) -> tuple[str, ...]:
    """READINGS equally likely texts of a passage, the likeliest first; none where nothing was heard."""
    likely: dict[str, float] = {}
    best = max((one.log_probability for one in hypotheses), default=0.0)
    for one in hypotheses:
        if one.text:
            likely[one.text] = likely.get(one.text, 0.0) + exp(one.log_probability - best)
    ordered = sorted(likely, key=lambda text: -likely[text])
    upto = list(accumulate(likely[text] for text in ordered))
    places = ((number + 0.5) / READINGS * upto[-1] for number in range(READINGS if upto else 0))
    return tuple(ordered[bisect_left(upto, place)] for place in places)
