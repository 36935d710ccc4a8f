"""Parts of a recording by their times, from a stream of blocks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from speechqa.audio import SAMPLE_RATE
from speechqa.spans import Span

if TYPE_CHECKING:
    from speechqa.audio import Samples


class Excerpt(NamedTuple):
    """What is heard in one of some spans."""

    place: int  # of the span among all
    samples: "Samples"  # shape (channels, n)


def excerpts(spans: Sequence[Span], blocks: "Iterable[Samples]") -> Iterator[Excerpt]:
    """The sound in each span, in order of start; those beyond the end of the recording are missing.

    Memory is bounded by a block and the longest span. No block is read when there are no spans.
    """
    order = sorted(range(len(spans)), key=lambda place: spans[place])
    held: Samples | None = None
    start = 0  # sample at which what is held begins
    reading = iter(blocks)
    for place in order:
        first, last = (round(time * SAMPLE_RATE) for time in spans[place])
        while held is None or start + held.shape[1] < last:
            block = next(reading, None)
            if block is None:
                break
            if held is None:
                held = block
                continue
            keep = min(held.shape[1], max(0, first - start))
            held, start = np.concatenate([held[:, keep:], block], axis=1), start + keep
        if held is not None and first < start + held.shape[1]:
            yield Excerpt(place, held[:, max(0, first - start) : last - start])
