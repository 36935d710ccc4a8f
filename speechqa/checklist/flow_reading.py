"""The `flows:` section of a checklist: see `flows` for how it is written."""

from collections.abc import Mapping as MappingOf

from speechqa.checklist.conditions import condition
from speechqa.checklist.form import Form, shown
from speechqa.checklist.operators.flows import Branch, Choice, Flow, FlowPart, Step
from speechqa.checklist.operators.logic import NOTHING
from speechqa.checklist.reading import Reading
from speechqa.checklist.scopes import within
from speechqa.checklist.yaml.nodes import Mapping, Node, Place, Scalar, Sequence

_STEP_KEYS = frozenset({"step", "said", "when", "within", "optional"})


def flow(name: str, node: Node, reading: Reading) -> Flow:
    """The flow that a node describes; faults are noted in `reading.faults`."""
    if not isinstance(node, Mapping):
        reading.faults.expected(node.place, name, (" steps: […]", "steps: [...]"), shown(node))
        return Flow(name, ())
    form = Form(node, reading.faults, {"steps", "ends_at"})
    steps = _parts(form, reading)
    _check_names(form, Flow(name, steps).names, reading)
    return Flow(name, steps, tuple(_end(item, reading) for item in form.items("ends_at")))


def step_names(entries: MappingOf[str, tuple[Place, Node]]) -> dict[str, frozenset[str]]:
    """The names of each flow's steps, known before any condition is read: conditions refer to them."""
    return {name: frozenset(_names(node)) for name, (_, node) in entries.items()}


def _names(node: Node) -> list[str]:
    if isinstance(node, Sequence):
        return [name for item in node.items for name in _names(item)]
    if not isinstance(node, Mapping):
        return []
    step = node.entries.get("step")
    own = [step[1].text.strip()] if step is not None and isinstance(step[1], Scalar) else []
    below = (node.entries[key][1] for key in ("steps", "choose") if key in node.entries)
    return own + [name for part in below for name in _names(part)]


def _parts(form: Form, reading: Reading) -> tuple[FlowPart, ...]:
    items = form.items("steps")
    if not items:
        form.faults.add(form.place("steps"), "steps: 至少要有一个步骤", "steps: at least one step is needed")
    return tuple(_part(item, reading) for item in items)


def _part(node: Node, reading: Reading) -> FlowPart:
    if not isinstance(node, Mapping):
        reading.faults.expected(
            node.place, "steps", (" step 和 said，或 choose", "step and said, or choose"), shown(node)
        )
        return Step("", NOTHING)
    if "choose" in node.entries:
        form = Form(node, reading.faults, {"choose"})
        branches = tuple(_branch(item, reading) for item in form.items("choose"))
        _check_reached(branches, form)
        return Choice(branches)
    form = Form(node, reading.faults, _STEP_KEYS)
    said, when = form.node("said"), form.node("when")
    if said is None:
        form.faults.add(form.mapping.place, "缺少 said", "missing said")
    return Step(
        form.text("step"),
        condition(said, reading) if said is not None else NOTHING,
        condition(when, reading) if when is not None else None,
        within(form),
        form.flag("optional", False),
    )


def _branch(node: Node, reading: Reading) -> Branch:
    if not isinstance(node, Mapping):
        reading.faults.expected(node.place, "choose", (" when 和 steps", "when and steps"), shown(node))
        return Branch(())
    form = Form(node, reading.faults, {"when", "steps"})
    when = form.node("when")
    return Branch(_parts(form, reading), condition(when, reading) if when is not None else None)


def _check_reached(branches: tuple[Branch, ...], form: Form) -> None:
    if any(branch.when is None for branch in branches[:-1]):
        form.faults.add(
            form.place("choose"),
            "choose: 没有 when 的分支后面还有分支，永远走不到；请把它放到最后",
            "choose: the branches after one without when are never reached; put that one last",
        )


def _end(node: Node, reading: Reading) -> str:
    name = node.text.strip() if isinstance(node, Scalar) else ""
    if name not in reading.moments:
        reading.faults.unknown(node.place, ("时刻", "moment"), name or shown(node), reading.moments)
    return name


def _check_names(form: Form, names: tuple[str, ...], reading: Reading) -> None:
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        reading.faults.add(
            form.place("steps"),
            f"steps: 步骤 {name} 重名；同一流程里步骤名不能重复",
            f"steps: step {name} is named twice; names of one flow's steps differ",
        )
