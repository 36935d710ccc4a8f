"""RE2 expressions, ready to be looked for in texts of several lines; ^ and $ mean the edges of a line.

A place is a character of the text, whatever bytes the library reads.
"""

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from speechqa.matching.alphabet import LAST, alphabet

if TYPE_CHECKING:
    import re

    import numpy as np
    import numpy.typing as npt
    import re2

Find: TypeAlias = Callable[[int, int], Iterator[tuple[int, int]]]  # matches between two places of a text

_MEMORY = 64 << 20  # bytes at most; with fewer, tables of long expressions are made again and again


class Text:
    """What several expressions are looked for in."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def codes(self) -> "npt.NDArray[np.intp]":
        """Of its characters; LAST of those beyond."""
        import numpy as np

        codes = np.frombuffer(self.text.encode("utf-32-le"), dtype=np.uint32)
        return np.minimum(codes, LAST).astype(np.intp)


class Expression(Protocol):
    """An expression that was read."""

    def of(self, text: Text) -> Find:
        """Where it is found in a text; empty matches too."""


@lru_cache(maxsize=1 << 10)  # a clause may hold several matches
def is_in(written: str, clause: str) -> bool:
    """Whether an expression is found in a few words: they are read sooner than written otherwise."""
    return _in_utf8(written).search(clause.encode()) is not None


@lru_cache(maxsize=512)
def expression(written: str) -> Expression:
    """Raises re2.error: it is wrong, or too large."""
    narrow = alphabet(written)
    return _Wide(written) if narrow is None else _Narrow(narrow.expression, narrow.table)


class _Narrow:
    """One that is looked for in texts of which each character is a byte."""

    def __init__(self, written: bytes, table: bytes) -> None:
        import numpy as np
        import re2

        self._read = _compiled(written, re2.Options.Encoding.LATIN1)
        self._table = np.frombuffer(table, dtype=np.uint8)

    def of(self, text: Text) -> Find:
        data = self._table.take(text.codes).tobytes()
        return lambda start, end: (found.span() for found in self._read.finditer(data, start, end))


class _Wide:
    """One that is looked for in UTF-8."""

    def __init__(self, written: str) -> None:
        self._read = _in_utf8(written)

    def of(self, text: Text) -> Find:
        data = text.text.encode()

        def find(start: int, end: int) -> Iterator[tuple[int, int]]:
            first, last = (len(text.text[:place].encode()) for place in (start, end))
            for found in self._read.finditer(data, first, last):
                yield (
                    len(data[: found.start()].decode(errors="ignore")),
                    len(data[: found.end()].decode(errors="ignore")),
                )

        return find


@lru_cache(maxsize=512)
def _in_utf8(written: str) -> "re.Pattern[bytes]":
    import re2

    return _compiled(written.encode(), re2.Options.Encoding.UTF8)


def _compiled(written: bytes, encoding: "re2.Options.Encoding") -> "re.Pattern[bytes]":
    import re2

    options = re2.Options()
    options.encoding = encoding
    options.log_errors = False
    options.never_capture = True  # spans of groups cost more than the search
    options.never_nl = True  # [^不] is no seam between two lines
    options.max_mem = _MEMORY
    return re2.compile(b"(?m)" + written, options)  # type: ignore[no-any-return]
