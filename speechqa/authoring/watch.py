"""Looking again whenever an author saves: faults, examples, and what the change does to past calls.

Editors save in many ways (in place, by renaming another file, by deleting first), and network folders tell
nobody of changes: so the contents are looked at twice a second, and a save counts when it has settled.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import sleep

from speechqa.authoring.backtest import backtest
from speechqa.authoring.edits import Written, edits, written
from speechqa.authoring.examples import Trial, trials
from speechqa.authoring.flips import Difference, difference
from speechqa.authoring.past_calls import PastCall
from speechqa.call import Seconds
from speechqa.checklist import Checklist, load
from speechqa.checklist.yaml.nodes import Mapping, Node, Scalar, read_nodes
from speechqa.checklist.yaml.nodes import Sequence as Items
from speechqa.errors import ChecklistError, Fault
from speechqa.store import FindingCache

PAUSE: Seconds = 0.5  # between looks
_NAMED = (".yaml", ".yml", ".csv", ".json")  # ends of names of files that a checklist may refer to


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one save."""

    faults: tuple[Fault, ...]  # empty: the checklist is sound
    trials: tuple[Trial, ...] = ()
    difference: Difference | None = None  # from the last sound save; None without one, or without calls
    saved: tuple[Path, ...] = ()  # the files that hold something else; none at first


def rounds(path: Path, calls: Sequence[PastCall], cache: FindingCache | None = None) -> Iterator[Round]:
    """A round now, and one for every save, for ever; what the cache knows is not worked out again."""
    before: tuple[Checklist, Written] | None = None
    for saved in saves(path):
        try:
            checklist = load(path)
        except ChecklistError as error:
            yield Round(error.faults, saved=saved)
            continue
        now, found = (checklist, written(checklist)), None
        if before is not None and calls:
            found = _difference(calls, before, now, cache)
        yield Round((), tuple(trials(checklist)), found, saved)
        before = now


def _difference(
    calls: Sequence[PastCall],
    before: tuple[Checklist, Written],
    now: tuple[Checklist, Written],
    cache: FindingCache | None,
) -> Difference:
    test = backtest(calls, before[0], now[0], cache=cache)
    return difference(test, edits(before[1], now[1]))


def saves(path: Path) -> Iterator[tuple[Path, ...]]:
    """Once now, and whenever the checklist, or a file that it names, holds something else, for ever: those
    that do.
    """
    files = files_of(path)
    seen = _contents(files)
    yield ()
    while True:
        sleep(PAUSE)
        now = _contents(files)
        if now == seen:
            continue
        sleep(PAUSE / 2)
        if _contents(files) == now:  # else it is still being written
            saved = tuple(file for file, was, is_now in zip(files, seen, now, strict=True) if was != is_now)
            files = files_of(path)
            seen = _contents(files)
            yield saved


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
