"""Bounds as an author says them: `over 7 s`, `at least 3 s`, `under 60 %`, `180..300`.

In words and not in signs: a bare `> 7` begins a folded text in YAML, and nobody reads `>` aloud.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from speechqa.checklist.form import Form, shown
from speechqa.checklist.plain_amounts import plain_range
from speechqa.checklist.yaml.nodes import Scalar


class Measure(StrEnum):
    """What a range counts; the unit is written after the number."""

    SECONDS = "s"
    PERCENT = "%"
    DECIBEL = "dB"
    COUNT = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`; an open end leaves the bound itself out. None: no bound."""

    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    written: str = ""  # as the author put it, for evidence

    def holds(self, value: float) -> bool:
        if self.low is not None and (value < self.low or (self.open_low and value == self.low)):
            return False
        return self.high is None or value < self.high or (not self.open_high and value == self.high)


_NUMBER = r"\d+(?:\.\d+)?"
_ONE = re.compile(rf"(?P<how>over|under|at least|at most)\s+(?P<n>{_NUMBER})\s*(?P<unit>s|%|dB)?")
_TWO = re.compile(rf"(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})\s*(?P<unit>s|%|dB)?")


def range_of(form: Form, key: str, measure: Measure) -> Range:
    """The range in a field that must be there; a fault, and no bounds, when it is none of that measure."""
    node = form.node(key)
    if node is None:
        form.faults.add(form.mapping.place, f"缺少 {key}", f"missing {key}")
        return Range()
    text = node.text.strip() if isinstance(node, Scalar) else ""
    match = _ONE.fullmatch(text) or _TWO.fullmatch(text)
    if match is None or (match["unit"] or "") != measure:
        if ours := plain_range(text, measure):
            form.faults.rather(node.place, key, ours, shown(node))
            return Range()
        unit = f" {measure}" if measure else ""
        examples = f"over 7{unit} | under 7{unit} | at least 7{unit} | at most 7{unit} | 3..7{unit}"
        form.faults.expected(
            node.place, key, (f"（例如）{examples}", f"something like {examples}"), shown(node)
        )
        return Range()
    if match.re is _ONE:
        return _one_sided(match["how"], float(match["n"]), text)
    low, high = float(match["low"]), float(match["high"])
    if low > high:
        form.faults.add(
            node.place,
            f"{key}: {match['low']} 大于 {match['high']}，永远不会成立；请把小的数写在前面",
            f"{key}: {match['low']} is above {match['high']}, so it can never hold; smaller number first",
        )
    return Range(low, high, written=text)


def _one_sided(how: str, bound: float, written: str) -> Range:
    match how:
        case "over":
            return Range(low=bound, open_low=True, written=written)
        case "under":
            return Range(high=bound, open_high=True, written=written)
        case "at least":
            return Range(low=bound, written=written)
        case _:
            return Range(high=bound, written=written)
