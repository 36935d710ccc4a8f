"""Times as units of a drawing's width."""

from collections.abc import Iterable

from speechqa.call import Seconds
from speechqa.spans import Span, union

LEFT, WIDTH = 84, 908  # where time begins, and how far it goes
THINNEST = 2  # units


def x_of(at: Seconds, of: Seconds) -> int:
    """Where a time of a call of such a length is."""
    return LEFT + round(WIDTH * min(1.0, max(0.0, at / of)))


def line(found: Iterable[Span], of: Seconds, y: int) -> str:
    """A path along a height, over spans of time."""
    seen = union((x_of(start, of), max(x_of(end, of), x_of(start, of) + THINNEST)) for start, end in found)
    return "".join(f"M{start:g} {y}h{end - start:g}" for start, end in seen)
