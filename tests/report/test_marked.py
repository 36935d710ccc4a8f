"""Marks in a text: they may overlap, and never change a word."""

from hypothesis import given
from hypothesis import strategies as st

from speechqa.report.marked import Mark, Piece, Span, pieces

SPANS = st.builds(
    Span, st.integers(-3, 30), st.integers(-3, 30), st.sampled_from(Mark), st.sampled_from(["甲", "乙"])
)


def test_where_marks_overlap_the_worst_is_shown_and_all_are_named() -> None:
    found = pieces("介绍流量包", (Span(0, 4, Mark.PASS, "内容"), Span(2, 5, Mark.FAIL, "机主")))
    assert found == (
        Piece("介绍", Mark.PASS, "内容"),
        Piece("流量", Mark.FAIL, "机主\n内容"),
        Piece("包", Mark.FAIL, "机主"),
    )


def test_words_without_evidence_stay_unmarked() -> None:
    assert pieces("您好", ()) == (Piece("您好", None, ""),)


@given(st.text(max_size=25), st.lists(SPANS))
def test_the_pieces_are_the_text(text: str, spans: list[Span]) -> None:
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


@given(st.text(max_size=25), st.lists(SPANS))
def test_a_character_is_marked_when_a_span_covers_it(text: str, spans: list[Span]) -> None:
    marked = [piece.mark is not None for piece in pieces(text, spans) for _ in piece.text]
    covered = [any(span.start <= at < span.end for span in spans) for at in range(len(text))]
    assert marked == covered
