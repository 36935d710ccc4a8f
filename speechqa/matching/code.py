"""Which code judges: findings that other code made are no longer what this one would say.

The files themselves are looked at, with the tables and word lists beside them, so that nobody has to raise a
number when a verdict changes.
"""

import sys
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

ROOMS = ("checklist", "matching", "text", "tone")  # of the package; besides them, what lies at its top
LIBRARIES = ("ahocorasick-rs", "google-re2", "jellyfish", "jieba", "numpy", "opencc", "pypinyin", "rapidfuzz")


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Changes whenever the same words and the same rule could give another finding; hex."""
    package = files("speechqa")
    digest = sha256(repr(sys.version_info[:2]).encode())
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    tops = [entry for entry in _entries(package) if entry.is_file()]
    for file in (*tops, *(file for room in ROOMS for file in _files(package / room))):
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(room: Traversable) -> Iterator[Traversable]:
    """Those of a room and of the rooms in it, in an order that is always the same."""
    for entry in _entries(room):
        if entry.is_file():
            yield entry
        else:
            yield from _files(entry)


def _entries(room: Traversable) -> list[Traversable]:
    wanted = (one for one in room.iterdir() if not one.name.startswith((".", "__pycache__")))
    return sorted(wanted, key=lambda one: one.name)
