"""The labels of each side, in the order of the classifier's columns: from friendly to hostile."""

from collections.abc import Mapping
from types import MappingProxyType

from speechqa.call import Role, ToneLabel
from speechqa.tone_words import PLAIN

LABELS: Mapping[Role, tuple[ToneLabel, ...]] = MappingProxyType(
    {
        Role.AGENT: (
            ToneLabel.WARM,
            ToneLabel.NEUTRAL,
            ToneLabel.COLD,
            ToneLabel.IMPATIENT,
            ToneLabel.RUDE,
        ),
        Role.CUSTOMER: (
            ToneLabel.CALM,
            ToneLabel.CONFUSED,
            ToneLabel.DISSATISFIED,
            ToneLabel.ANGRY,
            ToneLabel.STRONG_REFUSAL,
        ),
    }
)
COUNT = 5  # labels of a side
FRIENDLY = PLAIN | {ToneLabel.WARM, ToneLabel.CONFUSED}
HOSTILE = frozenset({ToneLabel.IMPATIENT, ToneLabel.RUDE, ToneLabel.ANGRY, ToneLabel.STRONG_REFUSAL})
