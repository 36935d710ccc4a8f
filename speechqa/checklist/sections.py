"""The sections (大项) of a checklist and which calls go to review, as values and as an author writes them:

sections:
  态度: {weight: 20}
  准确: {weight: 30, pass_mark: 60}   a call whose section is below it has not passed
review_when: [vetoed, below_mark]     audio always; all others too unless given
"""

from collections.abc import Sequence
from dataclasses import dataclass

from speechqa.assessment import Flag
from speechqa.checklist.form import Form, number, one_of, shown
from speechqa.checklist.yaml.nodes import Mapping, Node, Scalar


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a checklist with a score of its own."""

    name: str
    weight: float  # of its score in that of the call; 0: told, but not counted
    pass_mark: float | None = None  # None: it has none


def sections(form: Form) -> tuple[Section, ...]:
    """The sections of a checklist, in its order; none when it has none."""
    found = tuple(_section(name, node, form) for name, (_, node) in form.entries("sections").items())
    node = form.node("sections")
    if isinstance(node, Mapping) and not found:
        form.faults.add(node.place, "sections: 一个大项也没有", "sections: there are none", "empty")
    if found and not any(section.weight for section in found):
        form.faults.add(
            form.mapping.entries["sections"][0],
            "sections: 权重 (weight) 全是 0，无法算出总分；至少给一个大项权重",
            "sections: all weights are 0, so there is no score; give one of them a weight",
            "never",
        )
    return found


def review_when(form: Form) -> tuple[Flag, ...]:
    """What sends a call to review."""
    if form.node("review_when") is None:
        return tuple(Flag)
    chosen = (one_of(item, "review_when", Flag, form.faults) for item in form.items("review_when"))
    return tuple(dict.fromkeys([flag for flag in chosen if flag is not None] + [Flag.AUDIO]))


def check_rules(nodes: Sequence[Node], found: Sequence[Section], start_from: float, form: Form) -> None:
    """Notes rules that do not fit the sections or `start_from`, and sections without rules."""
    names = [section.name for section in found]
    used = set()
    for node in nodes:
        if isinstance(node, Mapping):
            used.add(_named(node, names, form))
            _check_set_score(node, start_from, form)
    written = form.node("sections")
    if isinstance(written, Mapping) and used <= set(names):  # else a rule of the section may be misspelt
        for name in (name for name in names if name not in used):
            form.faults.add(
                written.entries[name][0],
                f"sections: 大项 {name} 里没有规则；请在规则里写 section: {name}，或删去这个大项",
                f"sections: no rule is in {name}; write section: {name} in a rule, or drop the section",
                "empty",
            )


def _section(name: str, node: Node, form: Form) -> Section:
    if not isinstance(node, Mapping):
        form.faults.expected(node.place, f"sections: {name}", (" {weight: 20}", "{weight: 20}"), shown(node))
        return Section(name, 1)
    inner = Form(node, form.faults, {"weight", "pass_mark"})
    if inner.node("weight") is None:
        form.faults.add(
            node.place,
            f"sections: {name} 缺少 weight（权重）",
            f"sections: {name}: missing weight",
            "missing",
        )
    mark = inner.number("pass_mark", 0, 0, 100) if inner.node("pass_mark") is not None else None
    return Section(name, inner.number("weight", 1, 0, 1000), mark)


def _named(node: Mapping, names: Sequence[str], form: Form) -> str:
    """The section that a rule names; faults when it should and does not, or there is no such section."""
    _, written = node.entries.get("section", (None, None))
    name = written.text.strip() if isinstance(written, Scalar) else ""
    if written is None and names:
        form.faults.add(
            node.place,
            f"缺少 section：有大项的质检表里，每条规则都要写明属于哪个大项（{'、'.join(names)}）",
            f"missing section: where a checklist has sections every rule names one ({', '.join(names)})",
            "missing",
        )
    elif written is not None and name and not names:
        form.faults.add(
            written.place,
            f"section: 本表没有定义大项 {name}；请在开头写 sections: {name}: {{weight: …}}，或去掉 section",
            f"section: no sections are defined; define {name} under sections, or drop section",
            "unknown-section",
        )
    elif written is not None and name and name not in names:
        form.faults.unknown(written.place, ("大项", "section"), name, names)
    return name


def _check_set_score(node: Mapping, start_from: float, form: Form) -> None:
    _, written = node.entries.get("set_score", (None, None))
    value = number(written) if written is not None else None
    if written is not None and value is not None and start_from < value <= 100:
        form.faults.add(
            written.place,
            f"set_score: {value:g} 高于起始分 start_from {start_from:g}，不起作用；请改小",
            f"set_score: {value:g} is above start_from {start_from:g} and does nothing; lower it",
            "never",
        )
