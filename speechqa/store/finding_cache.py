"""Findings on disk, found by the words of the call: what a rule said of them is not worked out again.

An entry holds what several rules said of one transcript, each under a key that stands for all else that
decides it: the rule, what it refers to, what it asks of the call's facts. What decides besides, the code, is
in the entry: one made by other code counts as absent, and so does one that was damaged. Entries are written
whole or not at all. Of each rule the latest few findings are kept, so that an entry does not grow for ever.
"""

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from speechqa.assessment import Finding
from speechqa.atomic import atomic_writer, make_folder
from speechqa.call import Transcript

if TYPE_CHECKING:
    import msgspec

FOLDER = "findings"
KEPT = 4  # findings of a rule: what it was, what it is now, and what was tried between
MOST = 400  # findings of a call

_FAST = 1  # level of zlib: a third of the size in half the time of the others


@dataclass(frozen=True, slots=True)
class Known:
    """What rules said of a call, by key, the oldest first."""

    transcript: Transcript  # without its turns: what is left says how far its card may be trusted
    findings: Mapping[str, Finding]
    views: tuple[str, ...]  # what was said, as phrases are looked for in it


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    transcript: Transcript
    views: tuple[str, ...]
    findings: dict[str, Finding]


@dataclass(frozen=True, slots=True)
class FindingCache:
    """A folder of entries; may be shared by several processes."""

    folder: Path
    code: str  # digest of what judges: of other code's findings nothing is known

    def get(self, content: str) -> Known | None:
        """What is known of the transcript of that digest; None when there is nothing that is whole."""
        import msgspec

        try:
            entry = _decoder().decode(zlib.decompress(self._path(content).read_bytes()))
        except (OSError, zlib.error, msgspec.DecodeError, UnicodeDecodeError):
            return None
        return Known(entry.transcript, entry.findings, entry.views) if entry.code == self.code else None

    def put(self, content: str, known: Known) -> None:
        """Keeps what is known of a transcript, in place of what was. Raises OutputError."""
        import msgspec

        path = self._path(content)
        make_folder(path.parent)
        entry = _Entry(self.code, known.transcript, known.views, _latest(known.findings))
        with atomic_writer(path, "wb", durable=False) as file:
            file.write(zlib.compress(msgspec.msgpack.encode(entry), _FAST))

    def _path(self, content: str) -> Path:
        return self.folder / FOLDER / content[:2] / content


def _latest(findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """Those that are kept, the oldest first."""
    of_rule: Counter[str] = Counter()
    latest: list[tuple[str, Finding]] = []
    for key in reversed(tuple(findings)):
        finding = findings[key]
        of_rule[finding.rule] += 1
        if of_rule[finding.rule] <= KEPT:
            latest.append((key, finding))
    return dict(reversed(latest[:MOST]))


@lru_cache(maxsize=1)
def _decoder() -> "msgspec.msgpack.Decoder[_Entry]":
    import msgspec

    return msgspec.msgpack.Decoder(_Entry)
