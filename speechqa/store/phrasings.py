"""By which phrases rules were judged that are the same but for these; found by all else that they rest on.

A finding that is kept under another phrasing is good for this one too where nothing of the difference is
heard; so the cache must know which phrasings there were. Entries are written whole or not at all, and one
that was damaged counts as absent; where two processes write at a time the later one is kept: all that can be
lost is time.
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from speechqa.atomic import atomic_writer, make_folder
from speechqa.checklist.phrases import Phrase

if TYPE_CHECKING:
    import msgspec

FOLDER = "phrasings"
MOST = 16  # phrasings of a rule

Lists: TypeAlias = tuple[tuple[Phrase, ...], ...]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """The lists of phrases of a rule and of what it refers to, in the order in which they lie there."""

    rule: str  # digest of all that it rests on, these too
    lists: Lists


@dataclass(frozen=True, slots=True)
class Phrasings:
    """A folder of entries; may be shared by several processes."""

    folder: Path

    def of(self, rest: str) -> tuple[Phrasing, ...]:
        """Those of the rules with that digest of all but their phrases, the latest last."""
        import msgspec

        try:
            return _decoder().decode(zlib.decompress((self.folder / FOLDER / rest).read_bytes()))
        except (OSError, zlib.error, msgspec.DecodeError, UnicodeDecodeError):
            return ()

    def add(self, rest: str, phrasing: Phrasing) -> None:
        """Keeps a phrasing, unless it is known, and forgets what came long before it. Raises OutputError."""
        import msgspec

        known = self.of(rest)
        if any(one.rule == phrasing.rule for one in known):
            return
        path = self.folder / FOLDER / rest
        make_folder(path.parent)
        with atomic_writer(path, "wb", durable=False) as file:
            file.write(zlib.compress(msgspec.msgpack.encode((*known, phrasing)[-MOST:])))


@lru_cache(maxsize=1)
def _decoder() -> "msgspec.msgpack.Decoder[tuple[Phrasing, ...]]":
    import msgspec

    return msgspec.msgpack.Decoder(tuple[Phrasing, ...])
