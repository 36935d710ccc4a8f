"""JSON Schemas (2020-12) of checklists and of the phrase lists that they share, for editors: completion,
descriptions, faults while typing.

A condition is told by its operator's key, as the reader does it: `if` the key is there, `then` its shape. A
union of thirty shapes would give an author thirty complaints for one slip.
"""

import json
from collections.abc import Mapping

from speechqa.assessment import Verdict
from speechqa.authoring.schema.values import (
    COMPOSITIONS,
    CONDITION,
    LANGUAGE,
    OPERATORS,
    REQUIRED,
    REVIEW,
    SCOPE,
    SCORED,
    SEVERITY,
    TEXT,
    VETO,
    WITHIN,
    Json,
    Schema,
    flag,
    form,
    items,
    matching,
    number,
    phrases,
)
from speechqa.authoring.schema.words import described
from speechqa.checklist import LANGUAGE_VERSION
from speechqa.checklist.conditions import OPERATORS as READERS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = matching(r"[a-z0-9][a-z0-9-]*", "fee-disclosure")


def dumps() -> str:
    """The schema of a checklist as a file's content."""
    return _dumped(schema())


def dumps_terms() -> str:
    """The schema of a file of shared phrase lists as a file's content."""
    return _dumped(terms_schema())


def schema() -> Schema:
    """The schema of a checklist."""
    return {
        "$schema": DIALECT,
        "title": "speechqa checklist",
        **_form(_top(), "file", ("speechqa", "id", "version", "title", "rules")),
        "$defs": {
            "condition": _condition(),
            "rule": _rule(),
            "example": _example(),
            "flow": _flow(),
            "steps": items({"anyOf": [_step(), _choice()]}, 1),
            **{key: {**value, "description": described(key)} for key, value in SCOPE.items()},
        },
    }


def terms_schema() -> Schema:
    """The schema of a file of shared phrase lists (`terms:`)."""
    top = _top()
    return {
        "$schema": DIALECT,
        "title": "speechqa phrase lists",
        **_form({key: top[key] for key in ("speechqa", "title", "phrases")}, "file", ("phrases",)),
    }


def _dumped(of: Schema) -> str:
    return json.dumps(of, ensure_ascii=False, indent=2)


def _top() -> Mapping[str, Schema]:
    named: Schema = {"type": "object", "additionalProperties": CONDITION}
    return {
        "speechqa": {"enum": [int(LANGUAGE_VERSION), LANGUAGE_VERSION]},
        "id": IDENTIFIER,
        "version": TEXT,
        "title": TEXT,
        "language": LANGUAGE,
        "start_from": number(1, 100),
        "pass_mark": number(0, 100),
        "coverage_below": number(0, 1),
        "review_when": REVIEW,
        "sections": {
            "type": "object",
            "additionalProperties": _form(
                {"weight": number(0, 1000), "pass_mark": number(0, 100)}, "sections", ("weight",)
            ),
        },
        "products": _form({"file": TEXT, "key": TEXT}, "products", ("file", "key")),
        "terms": items(TEXT),
        "phrases": {"type": "object", "additionalProperties": phrases()},
        "moments": named,
        "flows": {"type": "object", "additionalProperties": {"$ref": "#/$defs/flow"}},
        "rules": items({"$ref": "#/$defs/rule"}, 1),
    }


def _rule() -> Schema:
    properties: Mapping[str, Schema] = {
        "id": IDENTIFIER,
        "title": TEXT,
        "section": TEXT,
        "deduct": SCORED,
        "add": SCORED,
        "set_score": number(0, 100),
        "counts": _form({"times": number(1, 10), "when": CONDITION}, "counts", ("times", "when")),
        "severity": SEVERITY,
        "veto": VETO,
        "when": CONDITION,
        "unless": CONDITION,
        "require": CONDITION,
        "forbid": CONDITION,
        "doubt_if": CONDITION,
        "because": TEXT,
        "examples": items({"$ref": "#/$defs/example"}),
    }
    one_of: list[Json] = [{"required": ["require"]}, {"required": ["forbid"]}]
    return {**_form(properties, "", ("id", "title", "because")), "oneOf": one_of}


def _example() -> Schema:
    metadata: Schema = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
    said = {"type": "string", "pattern": r"^\s*(坐席|客户|agent|customer)\s*([（(][^()（）]*[)）])?\s*[:：]"}
    properties: Mapping[str, Schema] = {
        "verdict": {"enum": [str(verdict) for verdict in Verdict]},
        "call": {**said},
        "about": TEXT,
        "metadata": metadata,
    }
    return _form(properties, "examples", ("verdict", "call"))


def _flow() -> Schema:
    return _form({"steps": {"$ref": "#/$defs/steps"}, "ends_at": items(TEXT)}, "flows", ("steps",))


def _step() -> Schema:
    properties: Mapping[str, Schema] = {
        "step": TEXT,
        "said": CONDITION,
        "when": CONDITION,
        "within": WITHIN,
        "optional": flag(),
    }
    return _form(properties, "flows", ("step", "said"))


def _choice() -> Schema:
    branch = _form({"when": CONDITION, "steps": {"$ref": "#/$defs/steps"}}, "flows", ("steps",))
    return _form({"choose": items(branch)}, "flows", ("choose",))


def _condition() -> Schema:
    """One operator, or several conditions put together; each key decides what may stand beside it."""
    shapes = {
        **{key: _operator(key) for key in OPERATORS},
        **{key: _composition(key) for key in COMPOSITIONS},
    }
    needed: list[Json] = [{"required": [key]} for key in shapes]
    told: list[Json] = [{"if": {"required": [key]}, "then": shape} for key, shape in shapes.items()]
    return {
        "type": "object",
        "properties": {key: {"description": described(key)} for key in shapes},
        "anyOf": needed,
        "allOf": told,
    }


def _operator(operator: str) -> Schema:
    """The keys that the operator's reader knows, each with what may stand behind it."""
    own = OPERATORS[operator]
    told: dict[str, Json] = {key: _told(key, value, operator) for key, value in own.items()}
    for key in sorted(READERS[operator].known - own.keys()):
        told[key] = {"$ref": f"#/$defs/{key}"}
    return form(told, (operator, *REQUIRED.get(operator, ())))


def _composition(key: str) -> Schema:
    return form({key: _told(key, COMPOSITIONS[key])})


def _form(properties: Mapping[str, Schema], within: str, required: tuple[str, ...] = ()) -> Schema:
    return form({key: _told(key, value, within) for key, value in properties.items()}, required)


def _told(key: str, value: Schema, within: str = "") -> Schema:
    """What may stand behind a key, with what an editor says of it and of the keys inside."""
    return {**_inside(key, value), "description": described(key, within)}


def _inside(key: str, value: Schema) -> Schema:
    properties, choices = value.get("properties"), value.get("anyOf")
    if isinstance(properties, dict):
        return {
            **value,
            "properties": {
                name: {"description": described(name, key), **part} if isinstance(part, dict) else part
                for name, part in properties.items()
            },
        }
    if isinstance(choices, list):
        told: list[Json] = [_inside(key, one) if isinstance(one, dict) else one for one in choices]
        return {**value, "anyOf": told}
    return value
