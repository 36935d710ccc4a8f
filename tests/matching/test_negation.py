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


def marked(said: str) -> tuple[str, int, int]:
    """The words, and where in them the phrase stands that is marked in them."""
    start, end = said.index("「"), said.index("」") - 1
    return said.replace("「", "").replace("」", ""), start, end


@pytest.mark.parametrize(
    "said",
    [
        "不是每一个客户都能「百分之百」保证下款的",
        "我们不能对您的收益做「百分之百」的承诺",
        "我没有办法给您一个「百分之百」的保证",
        "这个我不能跟您说是「百分之百」收益的",
        "不是说买了这个产品就一定「百分之百」赚钱",
        "没有任何一款理财产品是可以「百分之百」赚钱的",
        "不代表以后也能「保证」收益",
        "不等于「保本」",
        "我们公司从来没有在任何场合承诺过「保本」",
        "不可能说所有人都「百分之百」能批",
        "并不是所有的产品都「保本」",
        "不是每款产品都「保本」",
        "这款产品不像存款那样「保本」",
        "没有哪一家银行会给客户承诺「保证」收益",
        "我们是不允许业务员跟客户讲「保本」的",
        "这个不是我们公司对客户的「百分之百」保证",
        "不是我个人能够「百分之百」决定的",
        "我不能在电话里面给您「保证」收益",
        "我没有权力在电话里跟您承诺「保本」",
        "我也不敢在这里给您打包票说「稳赚」",
        "我们不能在合同之外再给您「保证」收益",
        "并不意味着将来一定「保证」收益",
        "不能够因为您是老客户就给您「保证」收益",
        "我没有说过这个产品是「百分之百」赚的",
        "这个产品它不是一个「保本」的产品",
        "这个不是那种像存款一样「保本」的产品",
        "现在没有一个平台可以跟您说「百分之百」下款",
        "目前没有哪个产品敢跟您说「必赚」",
        "我们没有权力也不会去您的单位或者家里「派人上门」",
        "我们不会因为您晚还了几天就「派人上门」",
        "我们这边是不会随随便便就给您家里「派人上门」的",
        "我们也不会在没有通知您的情况下「起诉」您",
        "不会对您本人以及家人的任何方面「影响征信」",
        "您放心不会再额外向您收取任何费用或者「罚息」",
        "我可没说我们「保本」",
        "我从来没跟您讲过我们这个产品「保本」",
        "谁都不能在任何时候承诺「保证」收益",
        "不是绝对的「百分之百」",
        "不敢讲「百分之百」",
        "这款产品不是银行存款所以不能「保证」收益",
        "我们不会打电话给您单位的同事说要「起诉」您",
        "我们绝对不会对您的家人「派人上门」",
        "不是要「起诉」您的意思",
        "我没有要「起诉」您的意思",
        "目前还没有「起诉」您",
        "不会马上「起诉」您",
        "暂时不会「影响征信」",
        "只要您按时还款就不会「影响征信」",
        "您还了就不「影响征信」",
        "这个不会对您「影响征信」的",
    ],
)
def test_a_no_denies_what_it_leads_to_however_far_behind_it_in_the_clause(said: str) -> None:
    text, start, end = marked(said)
    found = denied(text, start, end)
    assert found is not None
    assert found[0] < start


@pytest.mark.parametrize(
    "said",
    [
        "您不用担心我们这个「百分之百」赚",
        "这个不贵而且「保本」",
        "不收您一分钱手续费就能「百分之百」批",
        "没有任何风险我们给您「保证」收益",
        "不管市场怎么变都「保本」",
        "您不买就亏了这个「稳赚」",
        "没有附加条件「百分之百」下款",
        "不用等三天当天「百分之百」下款",
        "不需要您出钱我们「保证」收益",
        "不是我跟您吹牛这个「百分之百」赚",
        "别人不行我们这边「百分之百」能批",
        "没几个月就能回本「稳赚」",
        "这个不是普通产品「百分之百」赚的",
        "别的平台不给您批我们「百分之百」下款",
        "不到一年就能把本钱收回来而且「稳赚」",
        "这个产品不收手续费同时「保证」收益",
        "没有门槛人人都能「百分之百」下款",
        "没有抵押也能「百分之百」下款",
        "您不会亏的这个「保本」",
        "您不相信的话我给您「保证」收益",
        "不论您什么情况我都给您「保证」收益",
        "您要是不放心我给您「保证」收益",
        "您再不把这笔欠款还清我们就「派人上门」",
        "您要是不按照我们说的时间还款就「派人上门」",
        "你不还钱就「派人上门」",
        "你不还我们就「起诉」你",
        "如果您今天不处理的话我们会「派人上门」",
        "再不还我们就「起诉」你",
        "您不接电话那我们只能「派人上门」",
        "您没有按时还款我们会「起诉」您",
        "不还款就会「影响征信」",
        "您不处理我们就要「起诉」您",
        "没还清的话明天「派人上门」",
        "要是还不上就等着我们「派人上门」",
        "您不配合我们工作的话我们马上「起诉」",
        "不按时还的话会产生「罚息」",
        "无论行情如何都「保本」",
        "没问题的我给您「保证」收益",
        "不用怀疑「百分之百」能批",
        "没有人比我们更能「保证」收益",
        "绝对没有问题「保证」收益",
        "您再不接电话就「派人上门」",
        "不及时处理会「影响征信」",
        "不按照约定还款会「影响征信」",
        "逾期不还会「影响征信」",
        "不想影响您家人那就赶紧还否则「派人上门」",
        "没有诚意那我们直接「起诉」",
        "您不理我们的话法务会「起诉」您",
        "不要以为我们不敢「派人上门」",
        "别以为我们不会「派人上门」",
        "不是不「派人上门」",
    ],
)
def test_a_no_of_something_else_in_the_clause_denies_nothing(said: str) -> None:
    assert denied(*marked(said)) is None
