"""Phrases and the named lists that hold them.

A phrase is text; `…` (or `...`) in it is a gap of a few characters inside one turn; `<name>` stands
for a whole list of the same file, or of one that `terms:` names.
"""

import re
from dataclasses import dataclass, field

from speechqa.checklist.form import Faults, shown
from speechqa.checklist.yaml.nodes import Node, Place, Scalar, Sequence
from speechqa.checklist.yaml.slips import WIDE_BRACKET, full_width
from speechqa.text import MANDARIN, normal_in

_GAP = re.compile(r"…+|\.{3,}")
REFERENCE = re.compile(r"<([\w-]+)>")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording. `pieces` are its normalised parts: `请问…机主` has two, with a gap between."""

    text: str
    pieces: tuple[str, ...]

    def __hash__(self) -> int:  # asked for whole lists of them; a text has its own at hand
        return hash(self.text)


MOST_BORROWED = 200_000  # phrases that references bring in, all together: lists of lists explode


@dataclass(slots=True)
class PhraseLists:
    """The named lists of a checklist, its language, and how many phrases references may still bring in."""

    language: str = MANDARIN
    named: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    below: frozenset[str] = frozenset()  # of the section being read, also those not read yet
    left: int = MOST_BORROWED


def named_lists(entries: dict[str, tuple[Place, Node]], faults: Faults, lists: PhraseLists) -> None:
    """Adds the lists of a `phrases:` section to those known already. A list may use those before it."""
    lists.below = frozenset(entries)
    for name, (place, node) in entries.items():
        if not re.fullmatch(r"[\w-]+", name):
            faults.expected(
                place,
                "phrases",
                ("字母、数字、汉字或连字符组成的名称", "a name of letters, digits and hyphens"),
                f'"{name}"',
            )
        if name in lists.named:
            faults.add(
                place,
                f"phrases: 列表 {name} 在共用的说法 (terms) 里已经有了；请换一个名称，"
                f"要在其基础上加说法可写 [<{name}>, …]",
                f"phrases: there is a list {name} in the shared terms already; give it another name, "
                f"and take [<{name}>, ...] to add to it",
                "duplicate",
            )
        lists.named[name] = phrase_list(node, name, lists, faults)


def phrase_list(node: Node, key: str, lists: PhraseLists, faults: Faults) -> tuple[Phrase, ...]:
    """The phrases of one text or a list of texts, in order, each once."""
    items = node.items if isinstance(node, Sequence) else [node]
    if not items:
        faults.add(
            node.place,
            f"{key}: 列表是空的；请至少写一个短语",
            f"{key}: the list is empty; write a phrase",
            "empty",
        )
    found: dict[Phrase, None] = {}
    for item in items:
        if not isinstance(item, Scalar):
            faults.expected(item.place, key, ("短语", "a phrase"), shown(item))
        elif match := REFERENCE.fullmatch(item.text.strip()):
            found.update(dict.fromkeys(_borrowed(match[1], item, lists, faults)))
        elif phrase := _phrase(item, key, lists.language, faults):
            if phrase in found and not isinstance(node, Scalar):
                faults.add(
                    item.place,
                    f"{key}: 重复的短语 {item.text}，请删除一个",
                    f"{key}: duplicate phrase {item.text}; remove one",
                    "duplicate",
                )
            found[phrase] = None
    return tuple(found)


def _borrowed(name: str, item: Scalar, lists: PhraseLists, faults: Faults) -> tuple[Phrase, ...]:
    phrases = lists.named.get(name)
    if phrases is None:
        if name in lists.below:
            faults.add(
                item.place,
                f"短语列表 {name} 写在后面：请把它移到用到它的列表之前",
                f"the phrase list {name} stands below: move it above the list that uses it",
                "unknown-phrase-list",
            )
        else:
            faults.unknown(item.place, ("短语列表", "phrase list"), name, lists.named)
        return ()
    lists.left -= len(phrases)
    if lists.left < 0:
        faults.add(
            item.place,
            f"引用的短语合计超过 {MOST_BORROWED:,} 个；请把共用的条件写成一个时刻 (moments)，"
            "再用 happened 引用",
            f"references bring in more than {MOST_BORROWED:,} phrases; make a moment of the condition that "
            "they share and refer to it with happened",
            "too-large",
        )
        return ()
    return phrases


def _phrase(item: Scalar, key: str, language: str, faults: Faults) -> Phrase | None:
    wide = None if item.quoted else WIDE_BRACKET.search(item.text)
    if wide is not None:
        said = full_width(wide[0])
        faults.add(item.place_of(wide.start()), f"{key}: {said.zh}", f"{key}: {said.en}")
        return None
    pieces = tuple(normal_in(language, piece).text for piece in _GAP.split(item.text))
    if not all(pieces):
        faults.expected(item.place, key, ("含有文字的短语", "a phrase with words in it"), shown(item))
        return None
    if len(pieces) > 4:
        faults.add(item.place, f"{key}: 一个短语最多三处“…”", f"{key}: at most three gaps in a phrase")
    return Phrase(item.text.strip(), pieces)
