"""Warnings about names of lists that are read as phrases, for want of the `<` and `>` around them."""

import re
from collections.abc import Iterator

from speechqa.authoring.checking.source import Source, Wording, scalars, warning
from speechqa.checklist.yaml.nodes import Mapping, Node, Place, Scalar, Sequence
from speechqa.errors import Fault

_NAME = re.compile(r"(?P<open>[<＜《〈«]*)\s*(?P<name>[\w-]+)\s*(?P<close>[>＞》〉»]*)")


def names_as_phrases(read: Source) -> Iterator[Fault]:
    """A phrase that is the name of a list: its letters are looked for, not the phrases of the list."""
    for one, lonely in _phrases(read).items():
        match = _NAME.fullmatch(one.text)
        if match is None or match["name"] not in read.lists or one.spot.path != read.path:
            continue
        name, marked = match["name"], match["open"] or match["close"]
        if marked:
            zh = f"“{one.text}”会当成一个短语：列表要用半角尖括号，中间不留空格，请写 <{name}>"
            en = f'"{one.text}" is read as a phrase: write the list as <{name}>, with plain marks, no blanks'
        elif one.quoted or _may_be_meant(read, one, name, lonely):
            continue
        else:
            zh = f"“{name}”是列表的名称：要用整张列表请写 <{name}>；确是这几个字就加上引号"
            en = f'"{name}" is the name of a list: write <{name}> for its phrases, or quote it if you mean it'
        yield warning("list-as-phrase", one.spot, zh, en)


def _phrases(read: Source) -> dict[Wording, bool]:
    """Every phrase that is asked for, and whether it stands alone in an operator."""
    found: dict[Wording, bool] = {}
    for asked in read.asked():
        alone = {part.place for part in scalars(asked.node)} - set(_listed(asked.node))
        for wording in read.terms(asked):
            found.setdefault(wording, wording.spot.place in alone)
    return found


def _listed(node: Node) -> Iterator[Place]:
    """Where the items stand of all lists below a node that have several."""
    parts = node.items if isinstance(node, Sequence) else []
    if len(parts) > 1:
        yield from (part.place for part in parts if isinstance(part, Scalar))
    if isinstance(node, Mapping):
        for _, part in node.entries.values():
            yield from _listed(part)


def _may_be_meant(read: Source, one: Wording, name: str, lonely: bool) -> bool:
    """Whether a phrase stands in a list, of which another has its name and holds it too."""
    path, listed = read.lists[name]
    own = [item for item in scalars(listed) if item.text.strip() == one.text]
    within = path == one.spot.path and any(item.place == one.spot.place for item in own)
    return within or (bool(own) and not lonely)
