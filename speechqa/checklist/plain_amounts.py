"""Amounts as people write them (`超过7秒`, `前15秒`, `3句`, `10分`), in the words of the language.

Only where there is one reading: the fault then says what to write.
"""

import re

_N = r"(?P<n>\d+(?:\.\d+)?)"
_UNIT = r"(?P<unit>s|sec|seconds?|秒钟?|turns?|句话?|轮|%|％|dB|db|分贝|次|个|字)?"
_HOWS = {
    "over": r"超过|大于|多于|高于|长于|over|more than|above|>",
    "under": r"少于|小于|低于|短于|不到|不足|under|less than|below|<",
    "at least": r"至少|不少于|不低于|不小于|最少|at least|>=|≥",
    "at most": r"至多|最多|不超过|不多于|不高于|不大于|at most|<=|≤",
}
_UNITS = {
    "s": ("s", "sec", "second", "seconds", "秒", "秒钟"),
    "turns": ("turn", "turns", "句", "句话", "轮"),
    "%": ("%", "％"),
    "dB": ("dB", "db", "分贝"),
}
_UNIT_OF = {written: ours for ours, some in _UNITS.items() for written in some}
_SIDES = {
    "first": r"(?:前|头|开头|最初|最开始的?|开始的?|first)",
    "last": r"(?:最后的?|末尾?|结尾|后|last)",
}
_BOUNDS = tuple(
    (how, re.compile(rf"(?:{words})\s*{_N}\s*{_UNIT}"))
    for how, words in sorted(_HOWS.items(), key=lambda one: one[0].startswith("at"), reverse=True)
)
_ABOVE = re.compile(rf"{_N}\s*{_UNIT}\s*(?P<side>以上|及以上|以下|及以下)")
_TO = r"(?:到|至|~|～|—|-|–|\.\.+)"
_BETWEEN = re.compile(rf"(?P<low>\d+(?:\.\d+)?)\s*(?:秒|句|轮|s|%)?\s*{_TO}\s*{_N}\s*{_UNIT}")
_DISTANCE = re.compile(rf"{_N}\s*{_UNIT}\s*(?:之?内|以内)?")
_STRETCH = tuple(
    (side, re.compile(rf"{words}\s*{_N}\s*{_UNIT}\s*(?:之?内|以内)?")) for side, words in _SIDES.items()
)
_POINTS = re.compile(r"(?:扣|加)?\s*(?P<n>-?\d+(?:\.\d+)?)\s*(?:分|次|个|句|字|points?|%|％)?")


def plain_range(text: str, unit: str) -> str | None:
    """`超过7秒` as `over 7 s`, in the unit that is measured; None when it cannot be told."""
    text = text.strip()
    for how, pattern in _BOUNDS:
        if (match := pattern.fullmatch(text)) and _fits(match["unit"], unit):
            return f"{how} {match['n']}{unit and f' {unit}'}"
    if (match := _ABOVE.fullmatch(text)) and _fits(match["unit"], unit):
        return (
            f"{'at least' if match['side'].endswith('上') else 'at most'} {match['n']}{unit and f' {unit}'}"
        )
    match = _between(text)
    return (
        f"{match['low']}..{match['n']}{unit and f' {unit}'}" if match and _fits(match["unit"], unit) else None
    )


def plain_window(text: str) -> str | None:
    """`前15秒` as `first 15 s`, `10到30秒` as `10..30 s`."""
    text = text.strip()
    for side, pattern in _STRETCH:
        if (match := pattern.fullmatch(text)) and (unit := _unit(match["unit"])):
            return f"{side} {match['n']} {unit}"
    match = _between(text)
    unit = _unit(match["unit"]) if match else ""
    return f"{match['low']}..{match['n']} {unit}" if match and unit else None


def plain_distance(text: str) -> str | None:
    """`3句` as `3 turns`, `10秒内` as `10 s`."""
    match = _DISTANCE.fullmatch(text.strip())
    unit = _unit(match["unit"]) if match else ""
    return f"{match['n']} {unit}" if match and unit in {"s", "turns"} else None


def plain_turns(text: str) -> str | None:
    """`前3句` as `first 3`."""
    for side, pattern in _STRETCH:
        match = pattern.fullmatch(text.strip())
        if match and _unit(match["unit"]) in {"", "turns"} and match["n"].strip("0").isdigit():
            return f"{side} {match['n']}"
    return None


def plain_number(text: str) -> str | None:
    """`10分` as `10`."""
    match = _POINTS.fullmatch(text.strip())
    return match["n"] if match else None


def _between(text: str) -> "re.Match[str] | None":
    match = _BETWEEN.fullmatch(text)
    return match if match and float(match["low"]) < float(match["n"]) else None


def _unit(written: str | None) -> str:
    return _UNIT_OF.get(written or "", "")


def _fits(written: str | None, unit: str) -> bool:
    """Whether what was written can only be that unit: itself, or none."""
    return _unit(written) in {unit, ""}
