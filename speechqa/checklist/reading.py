"""What the readers of all operators share: the names that a file defines, and the shape of a reader."""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from speechqa.checklist.expressions import Effort
from speechqa.checklist.form import Faults, Form
from speechqa.checklist.phrases import Phrase, PhraseLists, phrase_list
from speechqa.checklist.scopes import SCOPE_KEYS, scope
from speechqa.checklist.where import Scope
from speechqa.checklist.yaml.nodes import Mapping, Scalar

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a condition needs: the file's faults, its phrase lists, and the names that it defines."""

    faults: Faults
    lists: PhraseLists
    moments: frozenset[str] = frozenset()
    flows: MappingOf[str, frozenset[str]] = field(default_factory=dict)  # names of each one's steps
    effort: Effort = field(default_factory=Effort)
    negated: bool = False  # inside `not` or `forbid`

    def opposite(self) -> "Reading":
        """The same for what stands under `not`."""
        return replace(self, negated=not self.negated)

    def scope(self, form: Form) -> Scope:
        """Where the condition of a form looks; its moments are checked.

        `if_never` speaks of the rule, so under `not` it means the opposite of the condition.
        """
        found = scope(form, self.negated)
        for key in ("before", "after", "around", "until"):
            self.moment(form, key)
        return found

    def moment(self, form: Form, key: str) -> str:
        """The name of a moment in a field (its last word: `first pitch`); empty when there is none."""
        node = form.node(key)
        if not isinstance(node, Scalar) or not node.text.strip():
            return ""
        name = node.text.split()[-1]
        if name not in self.moments:
            self.faults.unknown(node.place, ("时刻", "moment"), name, self.moments)
        return name

    def phrases(self, form: Form, key: str) -> tuple[Phrase, ...]:
        """The phrases of a field; none when it is missing."""
        node = form.node(key)
        return phrase_list(node, key, self.lists, self.faults) if node is not None else ()

    def inner(self, form: Form, key: str, known: Iterable[str]) -> Form | None:
        """The field as a form of its own; None when it is no mapping."""
        node = form.node(key)
        return Form(node, self.faults, known) if isinstance(node, Mapping) else None


@dataclass(frozen=True, slots=True)
class Reader(Generic[Value]):
    """How one operator is written: its key, the keys beside it, whether it may say where it looks."""

    operator: str
    read: Callable[[Form, Reading], Value]
    keys: tuple[str, ...] = ()
    scoped: bool = True

    @property
    def known(self) -> frozenset[str]:
        scope_keys = SCOPE_KEYS if self.scoped else frozenset[str]()
        return scope_keys | {self.operator, *self.keys}
