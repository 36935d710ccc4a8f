import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.tone.index import Index

NUMBERS = st.lists(st.integers(1, 2**64 - 1) | st.integers(1, 40), max_size=200, unique=True)


@given(NUMBERS, NUMBERS)
def test_a_number_is_found_where_it_stands_and_no_other_is(known: list[int], others: list[int]) -> None:
    index = Index(np.array(known, np.uint64))
    assert index.positions(np.array(known, np.uint64)).tolist() == list(range(1, len(known) + 1))
    strange = np.array([0, *(one for one in others if one not in known)], np.uint64)
    assert not index.positions(strange).any()


def test_many_numbers_are_found_in_any_shape() -> None:
    known = np.arange(1, 50_001, dtype=np.uint64) << np.uint64(16)
    index = Index(known)
    assert (index.positions(known.reshape(-1, 2)) == np.arange(1, 50_001).reshape(-1, 2)).all()
    assert not index.positions(known + np.uint64(1)).any()


def test_a_number_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Index(np.array([1, 2, 1], np.uint64))
