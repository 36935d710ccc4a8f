"""Looking again whenever an author saves: faults, examples, and what the change does to past calls.

Editors save in many ways (in place, by renaming another file, by deleting first), and network folders tell
nobody of changes: so the contents are looked at twice a second, and a save counts when it has settled.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import sleep

from speechqa import checklist
from speechqa.authoring.backtest import backtest
from speechqa.authoring.examples import Trial, trials
from speechqa.authoring.flips import Difference, difference
from speechqa.authoring.past_calls import PastCall
from speechqa.call import Seconds
from speechqa.checklist import Checklist
from speechqa.checklist.yaml_nodes import Mapping, Node, Scalar, read_nodes
from speechqa.checklist.yaml_nodes import Sequence as Items
from speechqa.errors import ChecklistError, Fault

PAUSE: Seconds = 0.5  # between looks
_NAMED = (".yaml", ".yml", ".csv", ".json")  # ends of names of files that a checklist may refer to


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one save."""

    faults: tuple[Fault, ...]  # empty: the checklist is sound
    trials: tuple[Trial, ...] = ()
    difference: Difference | None = None  # from the last sound save; None without one, or without calls


def rounds(path: Path, calls: Sequence[PastCall]) -> Iterator[Round]:
    """A round now, and one for every save, for ever."""
    before: Checklist | None = None
    for _ in saves(path):
        try:
            now = checklist.load(path)
        except ChecklistError as error:
            yield Round(error.faults)
            continue
        found = difference(backtest(calls, before, now)) if before is not None and calls else None
        yield Round((), tuple(trials(now)), found)
        before = now


def saves(path: Path) -> Iterator[None]:
    """Once now, and whenever the checklist, or a file that it names, holds something else, for ever."""
    files = files_of(path)
    seen = _contents(files)
    yield
    while True:
        sleep(PAUSE)
        now = _contents(files)
        if now == seen:
            continue
        sleep(PAUSE / 2)
        if _contents(files) == now:  # else it is still being written
            files = files_of(path)
            seen = _contents(files)
            yield


def files_of(path: Path) -> tuple[Path, ...]:
    """The checklist and the files that it names, whether they are there or not."""
    try:
        top, _ = read_nodes(path, path.read_bytes())
    except (OSError, ChecklistError):
        return (path,)
    named = (text for _, node in top.entries.values() for text in _texts(node))
    return (path, *(path.parent / text for text in named if text.endswith(_NAMED)))


def _texts(node: Node) -> list[str]:
    """A text, or those of a list or of a mapping's fields."""
    match node:
        case Items(items=items):
            parts = items
        case Mapping(entries=entries):
            parts = [value for _, value in entries.values()]
        case _:
            parts = [node]
    return [part.text.strip() for part in parts if isinstance(part, Scalar)]


def _contents(files: Sequence[Path]) -> tuple[str | None, ...]:
    """A digest of each file; None for one that cannot be read."""
    return tuple(map(_digest, files))


def _digest(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
