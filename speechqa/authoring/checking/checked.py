"""Checklist files with all that can be said against them: what makes them refused, and what is doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from speechqa.checklist import Checklist, load
from speechqa.errors import ChecklistError, Fault, Level


@dataclass(frozen=True, slots=True)
class Checked:
    """One file, with its faults in their order."""

    path: Path
    faults: tuple[Fault, ...]
    checklist: Checklist | None  # None when there are errors

    def count(self, level: Level) -> int:
        return sum(fault.level is level for fault in self.faults)


def checked(path: Path) -> Checked:
    """Reads a checklist; warnings are looked for when it has no errors."""
    try:
        checklist = load(path)
    except ChecklistError as error:
        return Checked(path, error.faults, None)
    from speechqa.authoring.checking.lint import warnings  # loads numpy, which a hostile file need not

    return Checked(path, warnings(checklist), checklist)


def counts(files: Iterable[Checked]) -> tuple[int, int]:
    """Errors and warnings of all files."""
    files = tuple(files)
    return sum(file.count(Level.ERROR) for file in files), sum(file.count(Level.WARNING) for file in files)
