"""The examples of a rule: small dialogues, each with the verdict that must come of it.

    - verdict: fail
      about: 静默 12 秒没有说明
      metadata: {campaign: 宽带}
      call: |
        客户：我要查一下话费。
        坐席（停顿 12 秒）：您好，查到了。
        坐席（抢话 1.5 秒，每分钟 340 字）：您先听我说

Lines follow one another after a breath, as fast as people speak; a note in brackets says where they do not:
`停顿 12 秒` / `after 12 s`, `抢话 1.5 秒` / `1.5 s early`, `每分钟 340 字` / `340 a minute`.
"""

import re

from speechqa.assessment import Verdict
from speechqa.call import Role
from speechqa.checklist.form import Form, shown
from speechqa.checklist.reading import Reading
from speechqa.checklist.values import Example, Line
from speechqa.checklist.yaml.nodes import Mapping, Node, Scalar

_SPEAKERS = {"坐席": Role.AGENT, "客户": Role.CUSTOMER, "agent": Role.AGENT, "customer": Role.CUSTOMER}
_LINE = re.compile(
    r"(?P<who>坐席|客户|agent|customer)\s*(?:[（(](?P<notes>[^（()）]*)[)）])?\s*[:：]\s*(?P<text>.*)"
)
_N = r"\d+(?:\.\d+)?"
_TIMINGS = {  # what a note says: how it is written in each language
    "after": (rf"停顿\s*({_N})\s*秒", rf"after\s+({_N})\s*s"),
    "early": (rf"抢话\s*({_N})\s*秒", rf"({_N})\s*s\s+early"),
    "rate": (r"每分钟\s*([1-9]\d{0,3})\s*字", r"([1-9]\d{0,3})\s+a\s+minute"),
}


def example(node: Node, reading: Reading) -> Example | None:
    if not isinstance(node, Mapping):
        reading.faults.expected(node.place, "examples", (" verdict 和 call", "verdict and call"), shown(node))
        return None
    form = Form(node, reading.faults, {"verdict", "call", "about", "metadata"})
    metadata = {
        key: value.text for key, (_, value) in form.entries("metadata").items() if isinstance(value, Scalar)
    }
    return Example(
        verdict=form.choice("verdict", Verdict) or Verdict.PASS,
        dialogue=_dialogue(form),
        line=node.place.line,
        metadata=metadata,
        about=form.text("about", ""),
    )


def _line(said: str) -> Line | None:
    """One line of a dialogue; None when it is none."""
    match = _LINE.fullmatch(said)
    if match is None:
        return None
    notes: dict[str, float] = {}
    for note in re.split("[，、,]", match["notes"]) if match["notes"] is not None else ():
        timing = _timing(note.strip())
        if timing is None:
            return None
        notes |= timing
    wait = notes.get("after", -notes["early"] if "early" in notes else None)
    return Line(_SPEAKERS[match["who"]], match["text"], wait, notes.get("rate"))


def _timing(note: str) -> dict[str, float] | None:
    for name, ways in _TIMINGS.items():
        for way in ways:
            if found := re.fullmatch(way, note):
                return {name: float(found[1])}
    return None


def _dialogue(form: Form) -> tuple[Line, ...]:
    form.text("call")  # notes when it is missing or empty
    node = form.node("call")
    dialogue, offset = [], 0
    for line in node.text.splitlines(keepends=True) if isinstance(node, Scalar) else ():
        said = line.strip()
        one = _line(said)
        if one is not None:
            dialogue.append(one)
        elif said and isinstance(node, Scalar):
            wanted = (
                "以“坐席：”或“客户：”开头的一行，如 坐席（停顿 8 秒）：您好",
                "lines that begin with agent: or customer:, such as agent (after 8 s): hello",
            )
            place = node.place_of(offset + line.index(said))
            form.faults.expected(place, "call", wanted, f'"{said[:30]}"')
        offset += len(line)
    return tuple(dialogue)
