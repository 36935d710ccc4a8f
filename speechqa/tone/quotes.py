"""What of a turn is quoted for its tone: whole clauses, since runs of characters mean nothing to a reader."""

import re
from collections.abc import Sequence

MOST = 2  # quotations of a turn
LONGEST = 20  # characters of a clause that is quoted whole
BESIDE = 6  # characters kept on each side of a run in a longer one
_CLAUSE = re.compile(r"[^，。？！；：、,.?!;:\s]+")


def quotes(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The clauses in which the spans begin, heaviest span first, each once."""
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    found: dict[str, None] = {}
    for start, end in spans:
        for first, last in clauses:
            if first <= start < last:
                if last - first > LONGEST:
                    first, last = max(first, start - BESIDE), min(last, max(end, start + 1) + BESIDE)
                found[text[first:last]] = None
    return tuple(found)[:MOST]
