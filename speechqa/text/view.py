"""A normalised view of a text, and where each of its characters stands in the source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised view. `offsets[i]` is the place in the source of character i of `text`; none is before the
    one in front of it.
    """

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span in the source of the non-empty half-open span [start, end) of the view."""
        return self.offsets[start], self.offsets[end - 1] + 1
