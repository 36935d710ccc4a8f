"""Checklists: YAML files of rules, read whole or refused with every fault at once.

`load(path)` is the door; what it gives is in `values`, `operators` and `where`.
"""

from collections.abc import Mapping as MappingOf
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from speechqa.assessment import ChecklistRef
from speechqa.call import Message
from speechqa.checklist.beside import Beside
from speechqa.checklist.conditions import condition
from speechqa.checklist.flow_reading import flow, step_names
from speechqa.checklist.form import Faults, Form
from speechqa.checklist.operators import Condition, leaves, moments_of
from speechqa.checklist.operators.flows import Flow, FlowFollowed
from speechqa.checklist.phrases import PhraseLists, named_lists
from speechqa.checklist.products import product_sheet
from speechqa.checklist.reading import Reading
from speechqa.checklist.rules import identifier, rule
from speechqa.checklist.sections import check_rules, review_when, sections
from speechqa.checklist.terms import shared_lists
from speechqa.checklist.values import Checklist, Language, Marks, Moment
from speechqa.checklist.yaml.nodes import MAX_BYTES, Mapping, Node, Scalar, read_nodes
from speechqa.errors import ChecklistError, Fault, reason

LANGUAGE_VERSION = "1"
MOST_CIRCLES = 50  # told of one file
MOST_SHOWN = 20  # names of a circle
FLOW = "flow "  # before the name of a flow among moments
_KEYS = frozenset(
    {
        "speechqa",
        "id",
        "version",
        "title",
        "language",
        "start_from",
        "pass_mark",
        "coverage_below",
        "review_when",
        "sections",
        "products",
        "terms",
        "phrases",
        "moments",
        "flows",
        "rules",
    }
)

__all__ = ["Checklist", "load"]


def load(path: Path) -> Checklist:
    """The checklist in a file.

    Raises ChecklistError with every fault of the file, each with line and column; also when it
    cannot be read at all.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = reason(error)
        message = Message(
            f"无法读取质检表（{why.zh}）；请检查路径", f"cannot read the checklist ({why.en}); check the path"
        )
        raise ChecklistError((Fault(path, 0, 0, message, "unreadable"),)) from error
    top, duplicates = read_nodes(path, content)
    faults = Faults(path, list(duplicates))
    checklist = _checklist(top, content, faults)
    if faults.found:
        raise ChecklistError(tuple(faults.found))
    return checklist


def _checklist(top: Mapping, content: bytes, faults: Faults) -> Checklist:
    form = Form(top, faults, _KEYS)
    if form.text("speechqa") not in {LANGUAGE_VERSION, ""}:
        faults.expected(
            form.place("speechqa"),
            "speechqa",
            (f" {LANGUAGE_VERSION}", LANGUAGE_VERSION),
            form.text("speechqa"),
        )
    language = form.choice("language", Language, Language.MANDARIN) or Language.MANDARIN
    beside, lists = Beside(faults), PhraseLists(language)
    shared_lists(form, beside, lists)
    named_lists(form.entries("phrases"), faults, lists)
    written = form.entries("flows")
    reading = Reading(faults, lists, frozenset(form.entries("moments")), step_names(written))
    moments = {
        name: Moment(name, condition(node, reading)) for name, (_, node) in form.entries("moments").items()
    }
    flows = {name: flow(name, node, reading) for name, (_, node) in written.items()}
    nodes = form.items("rules")
    rules = tuple(filter(None, (rule(node, reading) for node in nodes)))
    if not nodes and not isinstance(form.node("rules"), Scalar | Mapping):
        faults.add(
            form.place("rules"), "rules: 至少要有一条规则", "rules: at least one rule is needed", "missing"
        )
    _check_ids(nodes, faults)
    _check_circles(form, moments, flows, faults)
    marks = Marks(
        form.number("start_from", 100, 1, 100),
        form.number("pass_mark", 80, 0, 100),
        form.number("coverage_below", 0.6, 0, 1),
        review_when(form),
    )
    parts = sections(form)
    products = product_sheet(form, beside)
    check_rules(nodes, parts, marks.start_from, form)
    ref = ChecklistRef(identifier(form, "id"), form.text("version"), beside.digest(content))
    return Checklist(
        ref, form.text("title"), faults.path, marks, moments, rules, flows, parts, products, language
    )


def _check_ids(nodes: list[Node], faults: Faults) -> None:
    first: dict[str, int] = {}
    for node in nodes:
        written = node.entries["id"][1] if isinstance(node, Mapping) and "id" in node.entries else None
        if not isinstance(written, Scalar):
            continue
        name = written.text.strip()
        if name in first:
            faults.add(
                written.place,
                f"id: {name} 重复，第 {first[name]} 行已经用过；请换一个",
                f"id: {name} is used already in line {first[name]}; choose another",
                "duplicate",
            )
        first.setdefault(name, written.place.line)


def _check_circles(
    form: Form, moments: MappingOf[str, Moment], flows: MappingOf[str, Flow], faults: Faults
) -> None:
    """Notes each circle of moments and flows that refer to one another, at its first name in the file."""
    graph = {name: _referred(moment.condition) for name, moment in moments.items()}
    for name, one in flows.items():
        used = (*one.ends_at, *(name for condition in one.conditions for name in _referred(condition)))
        graph[FLOW + name] = tuple(dict.fromkeys(used))
    places = {name: place for name, (place, _) in form.entries("moments").items()}
    places |= {FLOW + name: place for name, (place, _) in form.entries("flows").items()}
    for _ in range(MOST_CIRCLES):
        circle = _circle(graph)
        if not circle:
            return
        first = min(circle, key=list(graph).index)
        start = circle.index(first)
        way = " → ".join((*(*circle[start:], *circle[:start])[:MOST_SHOWN], first))
        way = way if len(circle) <= MOST_SHOWN else way.replace(f" → {first}", f" → … → {first}")
        faults.add(
            places[first],
            f"moments: {way} 绕了一圈又用到自己；请去掉其中一处引用",
            f"moments: {way} goes in a circle; drop one of the references",
            "circle",
        )
        graph = {name: used for name, used in graph.items() if name not in circle}


def _referred(condition: Condition) -> tuple[str, ...]:
    """Names of the moments and, marked so, of the flows that a condition refers to."""
    flows = (FLOW + leaf.flow for leaf in leaves(condition) if isinstance(leaf, FlowFollowed))
    return (*moments_of(condition), *flows)


def _circle(graph: MappingOf[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Moments that each refer to the next one, and the last to the first; none when there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1][1:]))  # graphlib names them against the references
    return ()
