"""like and repeat: what is said much as an example, or again and again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Witness
from speechqa.call import Role, Transcript, Turn, Word
from speechqa.errors import ChecklistError
from speechqa.matching.likeness.similarity import gist, similarities
from tests.matching.lines import dialogue, judged, one_rule, verdict

HELP = "请问还有什么可以帮您"


@pytest.mark.parametrize(
    ("example", "said", "expected"),
    [
        (HELP, "还有什么能帮到您的吗？", "pass"),
        (HELP, "请问有什么还可以帮助您？", "pass"),
        (HELP, "好的，请问还有什么可以邦您，没有的话祝您愉快。", "pass"),
        (HELP, "好的没问题那请问还有什么可以帮您的没有的话祝您生活愉快再见", "pass"),
        (HELP, "请问有什么可以投诉？", "fail"),
        (HELP, "您还有什么不满意？", "fail"),
        ("感谢您的来电，祝您生活愉快", "谢谢您的来电，祝您生活愉快。", "pass"),
        ("感谢您的来电，祝您生活愉快", "感谢您办理我们的业务。", "fail"),
        ("非常抱歉给您带来不便", "很抱歉给您带来了不便，", "pass"),
        ("非常抱歉给您带来不便", "非常报歉给您代来不变。", "pass"),
        ("非常抱歉给您带来不便", "非常感谢您的支持。", "fail"),
        ("您的心情我非常理解", "我非常理解您的心情。", "pass"),
        ("您的心情我非常理解", "您的问题我不太理解。", "fail"),
        ("我会尽快帮您处理", "我这边会尽快给您处理的。", "pass"),
        ("我会尽快帮您处理", "我不会帮您处理。", "fail"),
        ("请您稍等我帮您查询一下", "您稍等一下，我给您查一下。", "pass"),
        ("请您稍等我帮您查询一下", "您可以去营业厅查询一下。", "fail"),
        ("这个业务随时可以取消", "您随时可以取消这个业务。", "pass"),
        ("这个业务随时可以取消", "这个业务不可以取消。", "fail"),
        ("我们不会收取任何费用", "我们会收取任何费用。", "fail"),
        ("您反映的问题已经记录下来了", "您的问题我已经记录下来了。", "pass"),
        ("我们会在二十四小时内给您回复", "二十四小时之内会给您回复。", "pass"),
        ("请问您现在方便接听电话吗", "您现在接电话方便吗？", "pass"),
        ("请问您现在方便接听电话吗", "请问您的电话是多少？", "fail"),
        ("多少钱一个月", "一个月要多少流量？", "fail"),
        ("怎么办理", "怎么退订？", "fail"),
        ("今天的通话会录音", "今天的通话会录音。", "pass"),
        ("今天的通话会录音", "今天天气不错。", "fail"),
    ],
)
def test_a_sentence_is_like_an_example(tmp_path: Path, example: str, said: str, expected: str) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, like: [{example}]}}")
    assert verdict(rules, dialogue(f"A {said}", "C 嗯")) == expected


def test_the_nearest_example_is_the_evidence(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, like: [祝您生活愉快, 请问还有什么可以帮您, 感谢您的来电]}")
    said = dialogue("C 喂", "A 好的，已经查到了。还有什么能帮到您的吗？")
    (finding,) = judged(rules, said)
    (hit,) = finding.hits
    assert (hit.wanted, hit.by, hit.turn) == (HELP, Witness.SIMILARITY, 1)
    assert hit.heard == "还有什么能帮到您的吗"
    assert said.turns[1].start < hit.start < hit.end <= said.turns[1].end
    assert 0.75 <= hit.confidence <= 1


def test_what_is_less_alike_than_wanted_is_the_near_miss(tmp_path: Path) -> None:
    (finding,) = judged(
        one_rule(tmp_path, f"{{by: agent, like: [{HELP}], threshold: 0.95}}"),
        dialogue("A 您好", "C 嗯", "A 那您看请问还有啥能帮助到您"),
    )
    assert finding.verdict == "fail"
    assert [hit.by for hit in finding.near_misses] == ["similarity"]
    assert "能帮助" in finding.because.zh


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("window: last 3 s", "pass"),
        ("window: first 3 s", "fail"),
        ("turns: last 1", "pass"),
        ("after: hello", "pass"),
        ("before: hello", "fail"),
        ("around: hello, within: 1 turns", "fail"),
        ("around: any hello, within: 4 turns", "pass"),
    ],
)
def test_an_example_is_looked_for_where_the_scope_says(tmp_path: Path, scope: str, expected: str) -> None:
    rules = one_rule(
        tmp_path, f"{{by: agent, like: [{HELP}], {scope}}}", "{hello: {by: agent, phrases: 您好}}"
    )
    said = dialogue("A 您好这里是客服中心", "C 喂喂喂喂", "A 给您查到了", "C 好的谢谢", "A 还有什么可以帮您")
    assert verdict(rules, said) == expected


def test_what_nobody_knows_who_said_leaves_like_and_repeat_unknown(tmp_path: Path) -> None:
    said = dialogue("? 还有什么可以帮您", "? 没有")
    assert verdict(one_rule(tmp_path, f"{{by: agent, like: [{HELP}]}}"), said) == "unknown"
    assert verdict(one_rule(tmp_path, "{by: customer, repeat: {times: 2}}"), said) == "unknown"


def test_a_threshold_outside_its_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match=r"threshold: expected a number 0\.5-1"):
        one_rule(tmp_path, "{like: [您好], threshold: 80}")


ASKED_THRICE = ("C 多少钱一个月", "A 您先听我说", "C 我问你一个月到底多少钱", "A 嗯", "C 一个月要多少钱啊")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (ASKED_THRICE, "pass"),
        (("C 我这个月怎么多扣了钱", "A 嗯", "C 我问你怎么多扣了钱", "A 嗯", "C 到底怎么多扣的钱"), "pass"),
        (("C 什么时候能修好", "A 快了", "C 到底什么时候修好啊", "A 嗯", "C 我就想知道什么时候修好"), "pass"),
        (("C 给我转人工客服", "A 好", "C 我要转人工客服", "A 好", "C 转人工客服"), "pass"),
        (("C 我要退订这个业务", "A 嗯", "C 我说了我要退订业务", "A 嗯", "C 退订这个业务"), "pass"),
        (("C 你们这个信号太差了", "A 嗯", "C 信号太差了", "A 嗯", "C 我说你们信号太差了"), "pass"),
        (("C 多少钱一个月", "A 三十", "C 多少流量一个月", "A 二十G", "C 多少分钟一个月"), "fail"),
        (("C 怎么办理这个", "A 短信", "C 怎么退订这个", "A 短信", "C 怎么查询这个"), "fail"),
        (("C 多少钱一个月", "A 三十", "C 一个月多少钱"), "fail"),
        (("C 多少钱一个月，一个月多少钱，多少钱一个月", "A 三十"), "fail"),
        (("C 好的好的", "A 嗯", "C 好的好的", "A 嗯", "C 好的好的"), "fail"),
        (("C 嗯嗯嗯嗯嗯嗯", "A 嗯", "C 嗯嗯嗯嗯嗯嗯", "A 嗯", "C 嗯嗯嗯嗯嗯嗯"), "fail"),
        (("A 多少钱一个月", "C 嗯", "A 一个月多少钱", "C 嗯", "A 多少钱一个月"), "fail"),
        (("C 我要办理业务", "A 嗯", "C 我不要办理业务", "A 嗯", "C 办理别的业务"), "fail"),
        (("C 您好请问在吗", "A 在", "C 我想问宽带的事", "A 您说", "C 家里网速太慢了"), "fail"),
        (("C 麻烦您帮我查询", "A 嗯", "C 帮我查询", "A 嗯", "C 帮我查询"), "fail"),
    ],
)
def test_a_customer_says_the_same_three_times(tmp_path: Path, lines: tuple[str, ...], expected: str) -> None:
    rules = one_rule(tmp_path, "{by: customer, repeat: {times: 3, similarity: 0.7}}")
    assert verdict(rules, dialogue(*lines)) == expected


def test_all_times_are_evidence(tmp_path: Path) -> None:
    (finding,) = judged(one_rule(tmp_path, "{by: customer, repeat: {times: 3}}"), dialogue(*ASKED_THRICE))
    assert [hit.turn for hit in finding.hits] == [0, 2, 4]
    assert {hit.wanted for hit in finding.hits} == {"多少钱一个月"}
    assert {hit.by for hit in finding.hits} == {Witness.SIMILARITY}
    assert finding.hits[1].heard == "我问你一个月到底多少钱"


def test_said_twice_of_three_times_is_the_near_miss(tmp_path: Path) -> None:
    (finding,) = judged(
        one_rule(tmp_path, "{by: customer, repeat: {times: 3}}"),
        dialogue("C 多少钱一个月", "A 嗯", "C 一个月多少钱"),
    )
    assert finding.verdict == "fail"
    assert [hit.turn for hit in finding.near_misses] == [0, 2]


@pytest.mark.parametrize(("within", "expected"), [(1, "fail"), (3, "pass")])
def test_each_time_is_within_so_many_turns_of_the_one_before(
    tmp_path: Path, within: int, expected: str
) -> None:
    rules = one_rule(tmp_path, f"{{by: customer, repeat: {{times: 2, within_turns: {within}}}}}")
    said = dialogue("C 多少钱一个月", "C 家里网速慢", "C 我再想想看", "C 多少钱一个月")
    assert verdict(rules, said) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", "pass"),
        (", excepting: [听得到吗]", "fail"),
        (", excepting: 办理", "pass"),
        (", min_characters: 9", "fail"),
    ],
)
def test_some_sayings_may_be_repeated(tmp_path: Path, keys: str, expected: str) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, repeat: {{times: 2{keys}}}}}")
    assert verdict(rules, dialogue("A 喂您好听得到吗", "C 喂", "A 喂您好听得到吗")) == expected


def test_a_repetition_counts_only_in_its_window(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: customer, window: first 10 s, repeat: {times: 2}}")
    said = (Word("多少钱一个月", 0.0, 2.0, 0.9), Word("多少钱一个月", 20.0, 22.0, 0.9))
    turns = tuple(Turn(Role.CUSTOMER, word.start, word.end, word.text, 1, (word,)) for word in said)
    assert verdict(rules, Transcript(30.0, "zh", "t", turns)) == "fail"
    close = (turns[0], Turn(Role.CUSTOMER, 5.0, 7.0, said[0].text, 1, (Word(said[0].text, 5.0, 7.0, 0.9),)))
    assert verdict(rules, Transcript(30.0, "zh", "t", close)) == "pass"


@pytest.mark.parametrize("written", ["three", "[3]", "3"])
def test_a_repeat_that_is_no_form_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(ChecklistError, match="repeat: expected"):
        one_rule(tmp_path, f"{{repeat: {written}}}")


SENTENCES = st.text("多少钱一个月怎么退订不是我您可以办理还有什么帮", min_size=1, max_size=14)


@given(SENTENCES, SENTENCES)
def test_similarity_is_symmetric_whole_for_itself_and_within_bounds(one: str, other: str) -> None:
    there, back, same = similarities(
        [gist(one), gist(other), gist(one)], [gist(other), gist(one), gist(one)]
    ).tolist()
    assert there == pytest.approx(back)
    assert 0 <= there <= 1
    assert same == pytest.approx(1)


def test_three_hundred_examples_are_looked_for_at_once(tmp_path: Path) -> None:
    examples = ", ".join(f"第{number}种说法是请您稍等" for number in range(300))
    rules = one_rule(tmp_path, f"{{by: agent, like: [{examples}]}}")
    (finding,) = judged(rules, dialogue("A 您好", "A 第77种说法是请您稍等"))
    assert finding.hits[0].wanted == "第77种说法是请您稍等"


@pytest.mark.parametrize(
    ("example", "said", "expected"),
    [
        ("我们保证您百分之百赚钱", "我们不保证您百分之百赚钱", "fail"),
        ("我们保证您百分之百赚钱", "我们保证您百分之百能赚钱", "pass"),
        ("您可以随时退订", "不可以随时退订的", "fail"),
        ("您可以随时退订", "您随时可以退订的", "pass"),
        ("不收取任何费用", "不收取您任何费用", "pass"),
    ],
)
def test_a_stretch_does_not_leave_out_the_denial_before_it(
    tmp_path: Path, example: str, said: str, expected: str
) -> None:
    assert verdict(one_rule(tmp_path, f"{{by: agent, like: [{example}]}}"), dialogue(f"A {said}")) == expected
