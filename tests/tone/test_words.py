import pytest

from speechqa.call import Role, ToneLabel, Transcript, Turn
from speechqa.tone import tones


def call(text: str, role: Role = Role.AGENT) -> Transcript:
    return Transcript(5.0, "zh", "t", (Turn(role, 0.0, 5.0, text),))


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("我不是跟你说了吗，一个月三十", ToneLabel.IMPATIENT),
        ("你到底办不办啊", ToneLabel.IMPATIENT),
        ("你有病吧", ToneLabel.RUDE),
        ("这有啥听不明白的，都说几遍了", ToneLabel.IMPATIENT),
        ("您耳朵是摆设吗", ToneLabel.RUDE),
        ("您慢慢说，不着急", ToneLabel.WARM),
        ("您好，请讲，你到底要不要", ToneLabel.IMPATIENT),
    ],
)
def test_wordings_carry_a_tone_and_are_named(said: str, label: ToneLabel) -> None:
    (mark,) = tones(call(said))
    assert mark.label is label
    assert mark.cues
    assert 0 < mark.confidence < 1


@pytest.mark.parametrize("said", ["每个月三十块，全国通用", "十二加二百五十六的", "滚动播放三十天", ""])
def test_plain_words_carry_none(said: str) -> None:
    assert tones(call(said)) == ()


def test_only_the_agent_is_judged() -> None:
    assert tones(call("你有病吧", Role.CUSTOMER)) == ()


def test_more_wordings_make_it_surer() -> None:
    (one,) = tones(call("你到底办不办"))
    (two,) = tones(call("你到底办不办，快点说"))
    assert one.confidence < two.confidence < 1
