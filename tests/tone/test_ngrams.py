import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.tone.ngrams import BEGIN, END, LONGEST, Kind, Vocabulary, runs

LINES = st.lists(st.text("说过了吗abc", max_size=8), max_size=5)


def spelt(code: int) -> str:
    """The characters of a run's number."""
    return spelt(code >> 16) + chr(code & 0xFFFF) if code else ""


@given(LINES, st.integers(1, LONGEST))
def test_every_run_stands_where_it_says(lines: list[str], longest: int) -> None:
    found = runs(lines, longest)
    for code, line, start, length in zip(*(part.tolist() for part in found), strict=True):
        edged = BEGIN + lines[line] + END
        assert edged[start + 1 : start + 1 + length] == spelt(code)


@given(LINES, st.integers(1, LONGEST))
def test_no_run_is_left_out_and_none_goes_beyond_a_line(lines: list[str], longest: int) -> None:
    singles = sum(map(len, lines))
    longer = sum(max(len(line) + 2 - length + 1, 0) for line in lines for length in range(2, longest + 1))
    assert len(runs(lines, longest).codes) == singles + longer


def test_a_vocabulary_keeps_what_stands_in_enough_lines() -> None:
    known = Vocabulary.of(["说了", "说了", "说过说过"], Kind(2, 2))
    assert {spelt(code) for code in known.codes.tolist()} == {"说", "了", "说了", BEGIN + "说", "了" + END}
    assert known.codes.tolist() == sorted(known.codes.tolist())


def test_a_run_in_every_line_tells_less_than_one_in_few() -> None:
    known = Vocabulary.of(["好吗", "好的", "好吗", "好"], Kind(1, 1))
    weight = dict(zip(map(spelt, known.codes.tolist()), known.rarity.tolist(), strict=True))
    assert weight["好"] == pytest.approx(1.0)
    assert weight["好"] < weight["吗"] < weight["的"]


def test_lines_have_length_one_however_often_something_is_said() -> None:
    known = Vocabulary.of(["不要不要", "不要", "要"], Kind(2, 1))
    rows = known.weighed(["不要不要不要", "要", "", "别"]).toarray()
    assert np.linalg.norm(rows, axis=1) == pytest.approx(
        [1, 1, 0 if BEGIN + END not in known.codes else 1, 0]
    )


def test_nothing_known_gives_empty_rows() -> None:
    nothing = Vocabulary.of([], Kind(2, 1))
    assert nothing.weighed(["说了", ""]).shape == (2, 0)
