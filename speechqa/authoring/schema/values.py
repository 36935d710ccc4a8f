"""What may stand behind each key of a checklist, as JSON Schema.

The patterns say what `checklist.scopes` and `checklist.ranges` read; tests hold them to it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from speechqa.assessment import Flag
from speechqa.call import Role, ToneLabel
from speechqa.checklist.operators.facts import Comparison, EntityKind, FactKind
from speechqa.checklist.operators.replies import AnswerKind, AskedFor
from speechqa.checklist.operators.timing import UNIT_OF, Between, CallMeasure, Per
from speechqa.checklist.operators.words import Unit
from speechqa.checklist.points import Per as PointsPer
from speechqa.checklist.points import Veto
from speechqa.checklist.ranges import Measure
from speechqa.checklist.values import Language, Severity
from speechqa.checklist.where import IfNever

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Schema: TypeAlias = dict[str, Json]

_N = r"\d+(\.\d+)?"
_NAME = r"\S+"  # of a moment; editors' \w knows no Chinese
_CLOCK = r"(([01]?\d|2[0-3]):[0-5]\d|24:00)"
TEXT: Schema = {"type": ["string", "number"], "pattern": r"\S"}  # editors take 10086 for a number
CONDITION: Schema = {"$ref": "#/$defs/condition"}


def enumerated(kinds: Iterable[StrEnum]) -> Schema:
    """One of the members."""
    return {"enum": [str(kind) for kind in kinds]}


def whole(low: int = 1, high: int = 999) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": low, "maximum": high}


def number(low: float, high: float) -> Schema:
    """A number."""
    return {"type": "number", "minimum": low, "maximum": high}


def flag() -> Schema:
    """Yes or no, in the words that the reader takes."""
    return {"enum": ["yes", "no", True, False, "是", "否"]}


def matching(pattern: str, *examples: str) -> Schema:
    """A text of this form."""
    return {"type": "string", "pattern": f"^{pattern}$", "examples": list(examples)}


def phrases() -> Schema:
    """A phrase, or a list of them; <name> stands for a list of the file."""
    return {"anyOf": [TEXT, items(TEXT, 1)]}


def items(of: Schema, least: int = 0) -> Schema:
    """A list."""
    return {"type": "array", "items": of, **({"minItems": least} if least else {})}


def form(properties: Mapping[str, Json], required: Iterable[str] = ()) -> Schema:
    """A mapping of these keys and no others."""
    needed: list[Json] = list(required)
    return {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
    }


def measured(measure: Measure) -> Schema:
    """A range as an author says it: over 7 s, 180..300."""
    unit = rf"\s*{measure}" if measure else ""
    shown = f" {measure}" if measure else ""
    return matching(
        rf"\s*((over|under|at least|at most)\s+{_N}{unit}|{_N}\s*\.\.\s*{_N}{unit})\s*",
        f"over 7{shown}",
        f"at most 3{shown}",
        f"3..7{shown}",
    )


def anchor() -> Schema:
    """A moment, and which of its times."""
    return matching(rf"((first|last|each|any)\s+|[1-9]\d*(st|nd|rd|th)\s+)?{_NAME}", "介绍", "last 介绍")


WITHIN = matching(rf"{_N}\s*(s|turns?)", "10 s", "3 turns")
SCOPE: Mapping[str, Schema] = MappingProxyType(
    {
        "by": enumerated(Role),
        "window": matching(
            rf"((first|last)\s+{_N}|{_N}\s*\.\.\s*{_N})\s*(s|turns?|%)",
            "first 15 s",
            "last 3 turns",
            "0..50 %",
        ),
        "before": anchor(),
        "after": anchor(),
        "around": anchor(),
        "until": TEXT,
        "within": WITHIN,
        "turns": matching(r"(first|last)\s+[1-9]\d*", "first 3", "last 2"),
        "if_never": enumerated(IfNever),
    }
)
PHRASES: Mapping[str, Schema] = MappingProxyType(
    {
        "any": phrases(),
        "all": phrases(),
        "of": phrases(),
        "none": phrases(),
        "at_least": whole(),
        "min_hits": whole(),
        "not_inside": phrases(),
        "unit": enumerated(Unit),
        "ordered": flag(),
        "near": whole(),
        "unless_negated": flag(),
        "unless_quoted": flag(),
    }
)
ONE_OF_PHRASES = ("any", "all", "of", "none")  # exactly one of them is given
REPEAT: Mapping[str, Schema] = MappingProxyType(
    {
        "times": whole(),
        "similarity": number(0.3, 1),
        "within_turns": whole(),
        "min_characters": whole(),
        "excepting": phrases(),
    }
)
POINTS = form({"points": number(0, 100), "per": enumerated(PointsPer), "at_most": number(0, 100)}, ["points"])
SCORED: Schema = {"anyOf": [number(0, 100), POINTS]}
OPERATORS: Mapping[str, Mapping[str, Schema]] = MappingProxyType(  # operator -> its own keys
    {
        "phrases": {
            "phrases": {
                "anyOf": [
                    TEXT,
                    items(TEXT, 1),
                    {**form(PHRASES), "oneOf": [{"required": [key]} for key in ONE_OF_PHRASES]},
                ]
            },
            "by_sound": flag(),
        },
        "pattern": {"pattern": TEXT, "but_not": TEXT, "means": TEXT},
        "like": {"like": phrases(), "threshold": number(0.5, 1)},
        "repeat": {"repeat": form(REPEAT)},
        "answered": {
            "answered": TEXT,
            "as": enumerated(AnswerKind),
            "asked_for": enumerated(AskedFor),
            "within_turns": whole(),
            "yes": phrases(),
            "no": phrases(),
            "vague": phrases(),
        },
        "happened": {"happened": TEXT},
        "spoke": {"spoke": enumerated(Role)},
        "metadata": {
            "metadata": TEXT,
            **{kind: phrases() for kind in Comparison},
            Comparison.EXISTS: flag(),
            Comparison.NEWER_THAN: matching(r"\s*\d+\s*days?\s*", "90 days"),
            Comparison.OLDER_THAN: matching(r"\s*\d+\s*days?\s*", "90 days"),
            Comparison.HOURS: matching(rf"\s*{_CLOCK}\s*\.\.\s*{_CLOCK}\s*", "08:00..21:00"),
        },
        "entity": {"entity": enumerated(EntityKind), "count": whole()},
        "stated": {"stated": TEXT, "as": enumerated(FactKind)},
        "silence": {
            "silence": measured(Measure.SECONDS),
            "between": enumerated(Between),
            "count": whole(),
            "total": measured(Measure.SECONDS),
            "excused_by": phrases(),
        },
        "response_time": {"response_time": measured(Measure.SECONDS), "count": whole()},
        "speaking_rate": {
            "speaking_rate": measured(Measure.COUNT),
            "per": enumerated(Per),
            "min_characters": whole(),
            "count": whole(),
        },
        "interruption": {
            "interruption": measured(Measure.SECONDS),
            "min_characters": whole(),
            "spoken": number(0, 60),
            "count": whole(),
        },
        **{str(measure): {str(measure): measured(UNIT_OF[measure])} for measure in CallMeasure},
        "tone": {
            "tone": {"anyOf": [enumerated(ToneLabel), items(enumerated(ToneLabel), 1)]},
            "count": whole(),
            "min_confidence": number(0, 1),
            "in_words": flag(),
        },
        "loudness": {"loudness": measured(Measure.DECIBEL), "count": whole()},
        "pitch": {"pitch": measured(Measure.PERCENT), "count": whole()},
        "flow": {"flow": TEXT, "step": TEXT},
    }
)
REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(  # beside the operator itself
    {"answered": ("as",), "stated": ("as",), CallMeasure.TALK_RATIO: ("by",)}
)
COMPOSITIONS: Mapping[str, Schema] = MappingProxyType(
    {
        "all": items(CONDITION, 1),
        "any": items(CONDITION, 1),
        "not": CONDITION,
        "at_least": form({"count": whole(), "of": items(CONDITION, 1)}),
    }
)
REVIEW = items(enumerated(Flag))
VETO: Schema = {"enum": ["yes", "no", *(str(veto) for veto in Veto), True, False, "是", "否"]}
SEVERITY = enumerated(Severity)
LANGUAGE = enumerated(Language)
