from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from speechqa.spans import clipped, length, shared, union

found_spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted).map(tuple))


def moments(found: list[tuple[int, int]]) -> set[int]:
    return {moment for start, end in found for moment in range(int(start), int(end))}


@given(found_spans)
def test_a_union_covers_the_same_time_in_order_and_without_overlap(found: list[tuple[int, int]]) -> None:
    joined = union(found)
    assert moments(joined) == moments(found)  # type: ignore[arg-type]
    assert all(before[1] < after[0] for before, after in pairwise(joined))


@given(found_spans, st.integers(0, 20))
def test_a_bridged_union_leaves_no_gap_that_short(found: list[tuple[int, int]], bridging: int) -> None:
    joined = union(found, bridging)
    assert all(after[0] - before[1] > bridging for before, after in pairwise(joined))
    assert moments(found) <= moments(joined)  # type: ignore[arg-type]


@given(found_spans, found_spans)
def test_what_two_sides_share_is_the_time_of_both(
    some: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    both = shared(union(some), union(others))
    assert moments(both) == moments(some) & moments(others)  # type: ignore[arg-type]
    assert length(both) == len(moments(both))  # type: ignore[arg-type]


def test_spans_are_cut_where_a_stretch_begins_and_ends() -> None:
    assert clipped([(0, 4), (5, 6), (7, 20)], 3, 8) == [(3, 4), (5, 6), (7, 8)]
