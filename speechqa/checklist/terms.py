"""Phrase lists that checklists share (`terms:`): files of nothing but `phrases:`.

terms: [terms/polite.yaml, terms/forbidden.yaml]
"""

from speechqa.checklist.beside import Beside
from speechqa.checklist.form import Faults, Form
from speechqa.checklist.phrases import PhraseLists, named_lists
from speechqa.checklist.yaml.nodes import Node, read_nodes
from speechqa.errors import ChecklistError

_KEYS = frozenset({"speechqa", "title", "phrases"})


def shared_lists(form: Form, beside: Beside, lists: PhraseLists) -> None:
    """Adds the lists of the files that `terms` names to `lists`; faults are noted with their own path."""
    for node in form.items("terms"):
        _add(node, form.faults, beside, lists)


def _add(node: Node, faults: Faults, beside: Beside, lists: PhraseLists) -> None:
    found = beside.read(node)
    if found is None:
        return
    path, content = found
    try:
        top, duplicates = read_nodes(path, content)
    except ChecklistError as error:
        faults.found.extend(error.faults)
        return
    own = Faults(path, list(duplicates))
    named_lists(Form(top, own, _KEYS).entries("phrases"), own, lists)
    faults.found.extend(own.found)
