"""Scripts (话术流程) in words: their steps in order, each with what is said and how soon."""

from collections.abc import Iterator

from speechqa.authoring.prose.conditions import told
from speechqa.authoring.prose.tree import Told
from speechqa.authoring.prose.where import distance
from speechqa.call import Message
from speechqa.checklist.operators.flows import Branch, Choice, Flow, FlowPart, Step


def flow_told(flow: Flow) -> Told:
    """Its steps in order, and what ends it early."""
    ends = "、".join(f"“{name}”" for name in flow.ends_at)
    head = Message(
        "依次做到以下各步" + (f"（出现{ends}后，还没做的步骤不再要求）" if ends else ""),
        "these steps in order" + (f" (after {ends} those still to come are not asked for)" if ends else ""),
    )
    return _listed(head, flow.steps)


def _listed(head: Message, parts: tuple[FlowPart, ...]) -> Told:
    steps = tuple(_step(part) if isinstance(part, Step) else _choice(part) for part in parts)
    return Told(head, steps, len(steps), listed=True)


def _step(step: Step) -> Told:
    said, name = told(step.said), f"“{step.id}”"
    asides = list(_asides(step))
    zh = "".join(f"（{aside.zh}）" for aside in asides)
    en = "".join(f" ({aside.en})" for aside in asides)
    if not said.parts:
        return Told(Message(f"{name}{zh}：{said.text.zh}", f"{name}{en}: {said.text.en}"))
    return Told(
        Message(f"{name}{zh}，{said.text.zh}", f"{name}{en}, {said.text.en}"),
        said.parts,
        said.wanted,
        listed=True,
    )


def _asides(step: Step) -> Iterator[Message]:
    if step.optional:
        yield Message("可以不做", "may be left out")
    if step.within is not None:
        far = distance(step.within)
        yield Message(f"上一步之后 {far.zh}内", f"within {far.en} of the step before")
    if step.when is not None:
        asked = told(step.when)
        zh = "，".join((asked.text.zh, *(part.text.zh for part in asked.parts)))
        en = ", ".join((asked.text.en, *(part.text.en for part in asked.parts)))
        yield Message(f"只在这时要求：{zh}", f"only when {en}")


def _choice(choice: Choice) -> Told:
    head = Message("看情况走其中一路", "one of these ways")
    return Told(head, tuple(_branch(one) for one in choice.branches), 1, listed=True)


def _branch(branch: Branch) -> Told:
    if branch.when is None:
        return _listed(Message("其他情况，依次", "otherwise, in order"), branch.steps)
    when = told(branch.when)
    zh = "，".join((when.text.zh, *(part.text.zh for part in when.parts)))
    en = ", ".join((when.text.en, *(part.text.en for part in when.parts)))
    return _listed(Message(f"如果{zh}，依次", f"if {en}, in order"), branch.steps)
