"""Faults as SARIF 2.1.0, the form in which code hosts and editors take a checker's results.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0; the numbers below are its sections.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from speechqa import __version__
from speechqa.authoring.checking.checked import Checked
from speechqa.authoring.checking.fault_kinds import KINDS
from speechqa.call import Lang
from speechqa.errors import Fault

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(files: Sequence[Checked], lang: Lang) -> str:
    """One run with a result for each fault of all files."""
    faults = [fault for file in files for fault in file.faults]
    codes = sorted({fault.code for fault in faults})
    run = {
        "tool": {
            "driver": {
                "name": "speechqa",
                "semanticVersion": __version__,
                "rules": [{"id": code, "shortDescription": {"text": _kind(code, lang)}} for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",  # 3.14.17: our columns count characters
        "results": [_result(fault, codes.index(fault.code), lang) for fault in faults],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def uri(path: Path) -> str:
    """An artefact's address: relative as it was given, or absolute (3.4.3)."""
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _kind(code: str, lang: Lang) -> str:
    return KINDS[code].text(lang) if code in KINDS else code


def _result(fault: Fault, rule: int, lang: Lang) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": uri(fault.path)}}
    if fault.line:
        place["region"] = {"startLine": fault.line, "startColumn": fault.column}
    return {
        "ruleId": fault.code,
        "ruleIndex": rule,
        "level": fault.level,
        "message": {"text": fault.message.text(lang)},
        "locations": [{"physicalLocation": place}],
    }
