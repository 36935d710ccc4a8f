"""Where a phrase does not count against somebody: it was denied, or the words were another's."""

from pathlib import Path

import pytest

from speechqa.matching.negation import denied, quoted
from tests.matching.lines import dialogue, judged, one_rule, verdict

WANTED = ("绝对赚", "稳赚", "保本", "保证收益", "百分之百", "绝对不扣", "保证", "下款")


def stretch(said: str) -> tuple[int, int]:
    """Where the phrase stands: the first of WANTED that is in the sentence."""
    start, wanted = next((said.index(one), one) for one in WANTED if one in said)
    return start, start + len(wanted)


@pytest.mark.parametrize(
    "said",
    [
        "这个不是百分之百保证的",
        "我可没说保本",
        "没有哪家敢承诺保本",
        "不存在稳赚的事",
        "我们不敢跟您承诺保证收益",
        "理财产品不能保本，您看合同",
        "谁也不敢说绝对赚",
        "没人能保证收益",
        "哪有稳赚的生意",
        "怎么可能保本呢",
        "谁敢打包票说稳赚",
        "我哪敢跟您说绝对赚",
        "别信那种保本的说法",
        "千万别以为稳赚",
        "监管禁止承诺保本",
        "这款并非保本产品",
        "不一定就保本",
        "我们无法保证收益",
        "难道还有稳赚的买卖吗",
        "谁说保本了",
        "保本这种话我们是不能讲的",
        "说保本的都是骗人",
        "稳赚是不可能的，投资都有风险",
        "承诺保证收益是违规的",
        "保不保本要看合同",
        "说稳赚的您千万要当心",
        "我从来没有承诺过保证收益",
        "这不叫稳赚",
        "保证收益的话我可不敢说",
        "我们不搞保本那一套",
        "银行规定不让讲保本",
        "哪家也保证不了稳赚",
        "不好说百分之百",
        "它不是那种绝对不扣的卡",
        "我这边没有百分之百的把握",
        "稳赚？没这回事",
        "您别指望保本",
        "不能说绝对不扣，只能说一般不扣",
        "您要是听谁说稳赚，那肯定是骗子",
        "咱不兴说绝对赚这种话",
        "我没跟任何客户承诺过保本",
        "投资有风险，并不是稳赚",
        "是否保本以合同为准",
        "未承诺保证收益",
    ],
)
def test_a_denied_phrase_does_not_count(said: str) -> None:
    found = denied(said, *stretch(said))
    assert found is not None
    assert found[0] <= stretch(said)[0] < stretch(said)[1] <= found[1]
    assert found != stretch(said), "the evidence shows the words that deny it"


@pytest.mark.parametrize(
    "said",
    [
        "您是说绝对不扣费吗",
        "您刚才问是不是保证收益",
        "别人跟您说保本的都是骗人",
        "您担心的是保本的问题",
        "有人跟您讲稳赚是吧",
        "您以为是稳赚对吧",
        "之前那个业务员跟您承诺保本了？",
        "网上说的稳赚您可别信",
        "您提到的保本产品下架了",
        "您的意思是保证收益是吗",
        "客户问过保本的事",
        "谁跟您说保本您可得当心",
        "您问的保证收益这个问题",
        "您朋友说的保本是以前的",
        "其他公司说百分之百的您也小心",
    ],
)
def test_words_of_somebody_else_do_not_count(said: str) -> None:
    found = quoted(said, *stretch(said))
    assert found is not None
    assert found[0] < stretch(said)[0]


@pytest.mark.parametrize(
    "said",
    [
        "不但保本而且还能赚",
        "不仅保本，收益也高",
        "没问题保证给您办下来",
        "不是我吹绝对赚",
        "谁说不保本",
        "难道不是稳赚吗",
        "这不是稳赚吗",
        "不就是稳赚嘛",
        "绝对赚，不骗您",
        "我跟您说绝对赚",
        "您听我说，绝对赚",
        "您听我的绝对赚",
        "不瞒您说保本",
        "不用担心绝对赚",
        "别担心，稳赚的",
        "您放心保本",
        "没错，稳赚",
        "不管怎么样都保本",
        "不可能不保本",
        "没有不稳赚的",
        "不出三个月绝对赚",
        "不收您手续费还保本",
        "不需要抵押百分之百下款",
        "不信您试试稳赚",
        "别犹豫了绝对赚",
        "不是，我们这个保本",
        "不开玩笑绝对赚",
        "保本，不是骗人的",
        "没有风险，保证收益",
        "怎么会不保本呢",
        "不光稳赚，还送礼品",
        "别的不说，保本是肯定的",
        "实话跟您讲稳赚",
        "买别家亏，买我们家稳赚",
        "不怕您笑话，稳赚",
        "您说是不是稳赚",
        "稳赚不赔",
        "放心吧，百分之百能过，不会有问题的",
        "不用您操心，稳赚",
        "没得说，绝对赚",
        "不买后悔，稳赚的",
        "怎么样，保本吧",
        "不像别家，我们保本",
        "我不跟您绕弯子，保证收益",
        "没有一个客户亏的，稳赚",
        "只要不退保就保本",
        "要不是保本我也不推荐",
        "不光我说，大家都知道稳赚",
        "没几天就稳赚",
        "不贵还保本",
        "不会让您吃亏的保证收益",
        "您不信可以查，保本的",
    ],
)
def test_a_promise_stays_one_whatever_no_stands_in_it(said: str) -> None:
    assert denied(said, *stretch(said)) is None
    assert quoted(said, *stretch(said)) is None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我可没说保本", "没说保本"),
        ("说保本的都是骗人", "保本的都是骗"),
        ("您是说保本吗", "您是说保本"),
    ],
)
def test_what_does_not_count_is_shown_with_the_words_that_take_it_back(
    tmp_path: Path, said: str, shown: str
) -> None:
    wanted = "{by: agent, phrases: {any: 保本, unless_negated: yes, unless_quoted: yes}}"
    (finding,) = judged(one_rule(tmp_path, wanted), dialogue("C 喂", f"A {said}"))
    assert finding.verdict == "fail"
    assert [(hit.heard, hit.wanted) for hit in finding.near_misses] == [(shown, "保本")]
    assert shown in finding.because.zh


def test_a_condition_that_does_not_ask_counts_denials_and_quotations(tmp_path: Path) -> None:
    for said in ("我可没说保本", "您是说保本吗"):
        assert (
            verdict(one_rule(tmp_path, "{by: agent, phrases: 保本}"), dialogue("C 喂", f"A {said}")) == "pass"
        )


@pytest.mark.parametrize("said", ["我特别能体会您的心情", "我非常能体会您", "这里要区别能体会和不能办"])
def test_a_word_that_only_contains_a_no_denies_nothing(tmp_path: Path, said: str) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: {any: [能体会], unless_negated: yes}}")
    assert verdict(rules, dialogue(f"A {said}")) == "pass"
