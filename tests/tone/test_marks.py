import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Role, ToneLabel, ToneMark, Transcript, Turn
from speechqa.tone import tones, tones_of
from speechqa.tone.classifier import Probabilities
from speechqa.tone.features import said as read
from speechqa.tone.labels import HOSTILE, LABELS
from speechqa.tone.marks import TOGETHER
from speechqa.tone.model_file import loaded, located
from speechqa.tone_words import PLAIN, TENSE

TEXTS = st.text(max_size=40) | st.text("你好吗不是说过了别再打我就投诉滚，。", max_size=20)
SIDES = st.sampled_from(Role)


def call(*said: tuple[Role, str]) -> Transcript:
    turns = tuple(Turn(role, 5.0 * at, 5.0 * at + 4.0, text) for at, (role, text) in enumerate(said))
    return Transcript(5.0 * len(turns) + 5.0, "zh", "t", turns)


def agent(text: str) -> Transcript:
    return call((Role.AGENT, text))


def told(transcript: Transcript) -> list[ToneMark]:
    """The telling marks."""
    return [mark for mark in tones(transcript).marks if mark.label not in PLAIN]


def probabilities(transcript: Transcript) -> Probabilities:
    return loaded(located()).probabilities([read(turn.role, turn.text) for turn in transcript.turns])


def customer(text: str) -> Transcript:
    return call((Role.CUSTOMER, text))


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (agent("我不是跟你说了吗，一个月三十"), ToneLabel.IMPATIENT),
        (agent("你到底办不办啊"), ToneLabel.IMPATIENT),
        (agent("这有啥听不明白的，都说几遍了"), ToneLabel.IMPATIENT),
        (agent("您好，请讲，你到底要不要"), ToneLabel.IMPATIENT),
        (agent("您慢慢说，不着急"), ToneLabel.WARM),
        (agent("您别着急，我马上帮您查"), ToneLabel.WARM),
        (agent("规定就是这样，我也没办法"), ToneLabel.COLD),
        (customer("别再打了，烦死了"), ToneLabel.STRONG_REFUSAL),
        (customer("等了三天也没人来，你们这效率真够可以的"), ToneLabel.DISSATISFIED),
        (customer("什么意思啊，我没听懂"), ToneLabel.CONFUSED),
    ],
)
def test_a_telling_tone_is_marked_with_the_words_that_decided(said: Transcript, label: ToneLabel) -> None:
    (mark,) = told(said)
    assert mark.label is label
    assert bool(mark.cues) == (label in TENSE)
    assert all(cue in said.turns[0].text for cue in mark.cues)
    assert 0 < mark.confidence <= 1


@pytest.mark.parametrize(
    "said",
    [
        agent("每个月三十块，全国通用"),
        agent("十二加二百五十六的"),
        agent("滚动播放三十天"),
        agent("逾期会影响征信，这是系统规定的提示"),
        agent("您是说师傅骂您有病，对吗？我给您记下来"),
        agent(""),
        agent("Are you serious? Shut up!"),
        customer("我邻居说再打就投诉他，我说算了吧"),
        customer("不需要，谢谢"),
        call((Role.UNKNOWN, "你到底办不办啊")),
    ],
)
def test_plain_words_and_strong_words_in_a_harmless_tone_have_no_mark(said: Transcript) -> None:
    assert told(said) == []


@pytest.mark.parametrize(
    "said",
    ["你到抵办不办啊", "我不是跟你说乐吗，你怎么还闻", "你倒底办不办啊", "这有啥听不明白滴，都说几边了"],
)
def test_misheard_characters_do_not_erase_hostility(said: str) -> None:
    (mark,) = told(agent(said))
    assert mark.label in HOSTILE


def test_signs_and_case_of_the_text_change_nothing() -> None:
    plain, signs = (
        probabilities(agent(text))
        for text in ("好的WIFI密码我不是说过了吗", "好的，Wifi密码。我，不是说过了吗？！")
    )
    assert plain.tolist() == signs.tolist()


def test_the_call_around_a_turn_tells_how_it_was_meant() -> None:
    said = "您真是太有耐心了"
    kind = call((Role.CUSTOMER, "麻烦你等我找一下单子"), (Role.AGENT, "不急，您慢慢找"), (Role.AGENT, said))
    harsh = call(
        (Role.CUSTOMER, "你什么态度，投诉你"), (Role.AGENT, "爱投诉不投诉，你有病吧"), (Role.AGENT, said)
    )
    hostile = [at for at, label in enumerate(LABELS[Role.AGENT]) if label in HOSTILE]
    assert probabilities(harsh)[2, hostile].sum() > 0.2 + probabilities(kind)[2, hostile].sum()


@given(st.lists(st.tuples(SIDES, TEXTS), max_size=6))
def test_any_text_gives_probabilities(said: list[tuple[Role, str]]) -> None:
    rows = probabilities(call(*said))
    assert rows.shape == (len(said), 5)
    assert rows.min(initial=1.0) >= 0.0
    assert rows.sum(axis=1) == pytest.approx(1.0)


@given(st.lists(st.lists(st.tuples(SIDES, TEXTS), max_size=4), max_size=5))
def test_calls_that_are_judged_together_are_marked_as_each_alone(calls: list[list[tuple[Role, str]]]) -> None:
    transcripts = [call(*said) for said in calls]
    assert tones_of(transcripts) == [tones(one) for one in transcripts]


def test_any_number_of_calls_are_judged_each_in_its_place() -> None:
    marked, plain = agent("你到底办不办啊"), agent("每个月三十块，全国通用" * (TOGETHER // 20))
    marks = [one.marks for one in tones_of([plain, marked, plain, plain, marked])]
    alone, other = tones(plain).marks, tones(marked).marks
    assert marks == [alone, other, alone, alone, other]
    assert alone != other
    assert tones_of([]) == []


@given(st.lists(st.tuples(SIDES, TEXTS), max_size=6))
def test_cues_are_parts_of_their_turn_and_labels_those_of_its_side(said: list[tuple[Role, str]]) -> None:
    transcript = call(*said)
    for mark in tones(transcript).marks:
        turn = transcript.turns[mark.turn]
        assert mark.label in LABELS[turn.role]
        assert all(cue in turn.text for cue in mark.cues)
