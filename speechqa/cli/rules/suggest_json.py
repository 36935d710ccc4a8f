"""What `rules suggest --format json` prints."""

import json

from speechqa.authoring.suggest import Suggestions
from speechqa.authoring.suggest.trying import Change
from speechqa.cli.rules.suggest_lines import phrase_places


def dumps(found: Suggestions) -> str:
    """One object. Keys: rule, calls, missed, control, reviewed, reviewed_calls, tried, coincidences,
    obstacle, to_listen, suggestions.
    """
    content = {
        "rule": found.rule.id,
        "calls": found.calls,
        "missed": found.missed,
        "control": found.control,
        "reviewed": found.reviewed is not None,
        "reviewed_calls": found.reviewed,
        "tried": found.tried,
        "coincidences": found.coincidences,
        "obstacle": found.obstacle.value if found.obstacle else None,
        "to_listen": [
            {
                "kind": one.kind.value,
                "wanted": one.wanted,
                "wordings": list(one.wordings),
                "places": [
                    {"call_id": place.call.call_id, "listen_at": round(place.start, 3)}
                    for place in one.places
                ],
            }
            for one in found.to_listen
        ],
        "suggestions": [
            {
                "phrase": one.phrase,
                "origin": one.origin.value,
                "path": str(one.to.path),
                "line": one.to.place.line,
                "column": one.to.place.column,
                "list": one.to.name or None,
                "mended": [_change(one.phrase, change) for change in one.mended],
                "spoilt": [_change(one.phrase, change) for change in one.spoilt],
                "new_fails": one.alarms,
                "other_changes": one.others,
                "heard_failed": one.heard_failed,
                "heard_passed": one.heard_passed,
            }
            for one in found.found
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _change(phrase: str, change: Change) -> dict[str, object]:
    return {
        "call_id": change.call.call_id,
        "rule": change.flip.new.rule,
        "from": change.flip.old.verdict.value,
        "to": change.flip.new.verdict.value,
        "listen_at": [round(start, 3) for start in phrase_places(phrase, change.flip)],
    }
