"""The turns of one role, each on a line of its own: what expressions are looked for in.

A turn that is surely another role's is an empty line: ^ and $ mean what they mean in the joined views.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from speechqa.matching.searching import Text

SEAM = "\n"  # between turns in the joined views, and between lines: no phrase contains it


@dataclass(frozen=True, slots=True)
class Lines:
    """`places[at]` is the place in the joined views of character `at` of the text."""

    text: Text
    places: Sequence[int]  # one more than there are characters
    starts: Sequence[int]  # by turn: where its line begins; one more than there are turns
    ends: Sequence[int]  # where sentences end, lines' ends included

    @property
    def whole(self) -> tuple[int, int]:
        """Where all turns are, half-open."""
        return 0, len(self.text.text)

    def line(self, turn: int) -> tuple[int, int]:
        """Where a turn is, half-open."""
        return self.starts[turn], self.starts[turn + 1] - len(SEAM)


def lines(
    views: Sequence[str], starts: Sequence[int], sentence_ends: Sequence[int], theirs: Sequence[bool]
) -> Lines:
    """Of turns with these views, which begin at these places of the joined ones; sentences end at those."""
    said = [view if mine else "" for view, mine in zip(views, theirs, strict=True)]
    ends = [start + len(view) for start, view in zip(starts, views, strict=True)]
    places = [
        place for end, line in zip(ends, said, strict=True) for place in range(end - len(line), end + 1)
    ]
    return Lines(
        Text(SEAM.join(said)),
        places or [0],
        [0, *accumulate(len(line) + len(SEAM) for line in said)],
        [bisect_left(places, end) for end in sentence_ends],
    )
