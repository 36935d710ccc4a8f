import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Role, ToneLabel
from speechqa.tone.explain import LONGEST, explained, pieces
from speechqa.tone.features import said
from speechqa.tone.model_file import loaded, located


@pytest.mark.parametrize(
    ("role", "text", "label", "telling"),
    [
        (Role.AGENT, "好的先生，不是跟您说过了吗", ToneLabel.IMPATIENT, "说过了"),
        (Role.AGENT, "这个事您别着急，套餐是三十块", ToneLabel.WARM, "别着急"),
        (Role.CUSTOMER, "今天周三对吧，别再打了", ToneLabel.STRONG_REFUSAL, "别再打"),
    ],
)
def test_the_words_that_decided_come_first(role: Role, text: str, label: ToneLabel, telling: str) -> None:
    turn = said(role, text)
    first = pieces(loaded(located()), turn, label)[0]
    assert telling in turn.view[first.start : first.end]
    assert first.weight > 0


def test_a_turn_of_one_character_is_one_piece() -> None:
    (piece,) = pieces(loaded(located()), said(Role.CUSTOMER, "滚！"), ToneLabel.STRONG_REFUSAL)
    assert (piece.start, piece.end) == (0, 1)


def test_an_explanation_tells_the_turn_alone_and_in_its_call() -> None:
    model = loaded(located())
    turns = [
        said(Role.CUSTOMER, "你们到底管不管"),
        said(Role.AGENT, "您别吼行不行"),
        said(Role.CUSTOMER, "我就吼了"),
    ]
    why = explained(model, turns, 2, ToneLabel.ANGRY)
    assert why.probability == pytest.approx(model.probabilities(turns)[2, 3])
    assert why.alone == pytest.approx(model.probabilities(turns[2:])[0, 3])


@given(st.text("不是说过了吗您好办理hi1 ，", max_size=30), st.sampled_from([ToneLabel.WARM, ToneLabel.RUDE]))
def test_pieces_lie_in_the_turn_and_apart(text: str, label: ToneLabel) -> None:
    turn = said(Role.AGENT, text)
    found = pieces(loaded(located()), turn, label)
    covered = [at for one in found for at in range(one.start, one.end)]
    assert len(covered) == len(set(covered))
    assert all(0 <= one.start < one.end <= len(turn.view) for one in found)
    assert all(one.end - one.start <= LONGEST for one in found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
