import pytest

from speechqa.tone.quotes import LONGEST, quotes

SAID = "好的，我不是跟你说了吗，你听不懂啊？"
LONG = "我们这个活动就剩下最后三天了你到底要不要给我一个痛快话不要再这样拖下去"


@pytest.mark.parametrize(
    ("spans", "quoted"),
    [
        ([(6, 9)], ("我不是跟你说了吗",)),
        ([(13, 15), (5, 7)], ("你听不懂啊", "我不是跟你说了吗")),
        ([(5, 7), (8, 10)], ("我不是跟你说了吗",)),
        ([(9, 14)], ("我不是跟你说了吗",)),
        ([(13, 15), (5, 7), (0, 1)], ("你听不懂啊", "我不是跟你说了吗")),
        ([], ()),
    ],
)
def test_whole_clauses_are_quoted_the_heaviest_first(
    spans: list[tuple[int, int]], quoted: tuple[str, ...]
) -> None:
    assert quotes(SAID, spans) == quoted


def test_of_a_long_clause_what_is_around_the_run_is_quoted() -> None:
    at = LONG.index("到底")
    (quoted,) = quotes(LONG, [(at, at + 5)])
    assert "你到底要不要" in quoted
    assert len(quoted) <= LONGEST
    assert quoted in LONG
