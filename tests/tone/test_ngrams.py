import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.tone.lines import BEGIN, END, Lines
from speechqa.tone.ngrams import Kind, Vocabulary
from speechqa.tone.views import read


def spelt(code: int) -> str:
    """The characters of a run's number."""
    return spelt(code >> 16) + chr(code & 0xFFFF) if code else ""


def rows(known: Vocabulary, lines: Lines) -> npt.NDArray[np.float64]:
    return np.asarray(known.weighed(lines).rows(lines, len(known.codes)).toarray(), np.float64)


def test_a_vocabulary_keeps_what_stands_in_enough_lines() -> None:
    known = Vocabulary.of(read(["说了", "说了", "说过说过"]), Kind(2, 2))
    assert {spelt(code) for code in known.codes.tolist()} == {"说", "了", "说了", BEGIN + "说", "了" + END}
    assert known.codes.tolist() == sorted(known.codes.tolist())


def test_a_run_in_every_line_tells_less_than_one_in_few() -> None:
    known = Vocabulary.of(read(["好吗", "好的", "好吗", "好"]), Kind(1, 1))
    weight = dict(zip(map(spelt, known.codes.tolist()), known.rarity.tolist(), strict=True))
    assert weight["好"] == pytest.approx(1.0)
    assert weight["好"] < weight["吗"] < weight["的"]


def test_lines_have_length_one_however_often_something_is_said() -> None:
    known = Vocabulary.of(read(["不要不要", "不要", "要"]), Kind(2, 1))
    lengths = np.linalg.norm(rows(known, read(["不要不要不要", "要", "", "别"])), axis=1)
    assert lengths == pytest.approx([1, 1, 0, 0])


def test_what_is_said_again_counts_by_the_logarithm() -> None:
    known = Vocabulary.of(read(["要", "不"]), Kind(1, 1))  # equally telling
    once, again = sorted(rows(known, read(["要要要不"]))[0])
    assert again / once == pytest.approx(1 + np.log(3))


@given(st.lists(st.text("说过了吗", max_size=8), min_size=1, max_size=5))
def test_a_part_of_a_vocabulary_weighs_by_the_whole_as_it_does_alone(texts: list[str]) -> None:
    material, lines = read(["说过了吗", "说过了", "说吗"]), read(texts)
    whole, part = Vocabulary.of(material, Kind(3, 1)), Vocabulary.of(material, Kind(2, 2))
    positions = part.index.positions(np.append(np.uint64(0), whole.codes))
    by_whole, alone = part.weighed_by(whole.weighed(lines), positions, lines), part.weighed(lines)
    assert by_whole.known.tolist() == alone.known.tolist()
    assert by_whole.amounts == pytest.approx(alone.amounts)


def test_nothing_known_gives_empty_rows() -> None:
    lines, nothing = read(["说了", ""]), Vocabulary.of(read([]), Kind(2, 1))
    assert rows(nothing, lines).shape == (2, 0)
