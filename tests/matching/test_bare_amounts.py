"""Prices without 元 or 块 and days without a month, as different people say them; and what they are not."""

from pathlib import Path

import pytest

from speechqa.checklist.operators.facts import EntityKind
from speechqa.matching.conversation import Conversation
from speechqa.matching.things.said import things
from tests.matching.lines import dialogue, judged, one_rule, verdict


def said(kind: EntityKind, text: str) -> list[str]:
    """Values of a kind that are found in one turn."""
    return [thing.found.value for thing in things(kind, Conversation(dialogue(f"A {text}")))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("您现在的套餐是五十九的", 59),
        ("一个月五十九", 59),
        ("我就要三十九那个", 39),
        ("给您换成五十九那个吧", 59),
        ("这个套餐三十九，够用了", 39),
        ("那个套餐才三十九", 39),
        ("您用的是一百二十九的套餐", 129),
        ("幺二九的套餐", 129),
        ("一九九套餐您看行吗", 199),
        ("59套餐", 59),
        ("59的那个套餐", 59),
        ("就是五十九那档", 59),
        ("最低的就是三十八这一档", 38),
        ("九十九档的流量多一些", 99),
        ("月租五十九", 59),
        ("月租呢是五十九", 59),
        ("月租费三十九的", 39),
        ("资费五十九，别的不收", 59),
        ("资费的话是二十九", 29),
        ("费用就三十九", 39),
        ("每月三十九对吧", 39),
        ("每个月才十九", 19),
        ("每月也就十五，很划算的", 15),
        ("一个月也就二十九而已", 29),
        ("一个月就三十九就行", 39),
        ("十九一个月不贵的", 19),
        ("三十每月", 30),
        ("三十九包月", 39),
        ("一个月三十九包二十G", 39),
        ("一个月五十九含宽带", 59),
        ("一个月六十八送您一个会员", 68),
        ("给您升到九十九那个吧，流量多", 99),
        ("我想办三十八那个", 38),
        ("那就选二十九的", 29),
        ("套餐费六十九", 69),
        ("最低消费三十八", 38),
        ("保底三十九", 39),
        ("原价九十九", 99),
        ("定价一百九十九", 199),
        ("首期三百", 300),
        ("每期八百六", 860),
        ("五十九这个套餐", 59),
        ("五十九的那款套餐", 59),
        ("您是说五十九那款，比较便宜", 59),
        ("我家那个业务是十五的", 15),
        ("呃套餐嘛，一百一十八的", 118),
    ],
)
def test_a_price_needs_no_unit_beside_a_word_for_prices(text: str, value: int) -> None:
    assert said(EntityKind.AMOUNT, text) == [f"{value:.2f}"]


def test_prices_in_a_row_are_each_read() -> None:
    found = said(EntityKind.AMOUNT, "套餐有三十九的，五十九的和九十九的")
    assert found == ["39.00", "59.00", "99.00"]


@pytest.mark.parametrize(
    "text",
    [
        "坐一号线到头",
        "请到十号窗口办套餐",
        "我今年五十九岁，办个套餐",
        "孩子烧到三十九度，套餐回头说",
        "套餐一共有十个",
        "您尾号五九的套餐",
        "尾号是五九的，套餐要改吗",
        "就五九那个号办套餐",
        "两个套餐都可以",
        "两套餐具",
        "第三档套餐",
        "给您升到三档",
        "一个月三十天",
        "套餐三十天有效",
        "一个月十六次",
        "每月二十个G",
        "每月五百分钟",
        "三十G的套餐",
        "一百兆那个套餐",
        "五G套餐",
        "二十四期的分期",
        "两年的套餐",
        "二零二五的套餐已经下线了",
        "2025套餐",
        "套餐里有三张副卡",
        "一个月三号出账",
        "费用十六号扣",
        "打八折的套餐",
        "套餐打九五折",
        "十分钟就办好",
        "我十六那年办的套餐",
        "那个十六的孩子",
        "房号三零二的那个",
        "三十二的那个楼",
        "工号五九的客服",
        "一个月一次",
        "每天两点到三点",
        "每月二三十",
        "每月几十",
        "套餐二选一",
        "我说第五十九的那个",
        "六十岁以上的套餐",
        "十二个月的合约",
        "拨打10086套餐台",
        "七十五公斤，每月称一次",
        "家里温度三十九那个屋",
        "我住三零二的，资费怎么收",
        "我都五十九的人了，套餐够用",
        "套餐是十六号生效",
    ],
)
def test_numbers_of_other_things_are_no_price(text: str) -> None:
    assert said(EntityKind.AMOUNT, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十六号", "16"),
        ("我十六号还", "16"),
        ("大概十六号吧", "16"),
        ("十六号给您回电话", "16"),
        ("您看二十号行吗", "20"),
        ("二十八号发工资，我再还", "28"),
        ("要等到三十号了", "30"),
        ("每回都是五号扣的", "05"),
        ("那就十六号，好吧", "16"),
        ("五号我一定还上", "05"),
        ("五号能还吗", "05"),
        ("最晚二十五号还清", "25"),
        ("16号之前存进来", "16"),
        ("16号能到账吗", "16"),
        ("二十六号那天我在外地", "26"),
        ("一号就自动生效", "01"),
        ("从一号开始", "01"),
        ("过了十号就逾期", "10"),
        ("十号扣款", "10"),
        ("二十号出账单", "20"),
        ("十五号的时候扣了一笔", "15"),
        ("十五号上午我打过", "15"),
        ("还款日是十八号", "18"),
        ("账单日八号，还款日二十八号", "08 28"),
        ("下月一号", "下月-01"),
        ("下个月一号生效", "下月-01"),
        ("下月一号起按新套餐", "下月-01"),
        ("本月十五", "本月-15"),
        ("本月十五号", "本月-15"),
        ("这个月二十五之前", "本月-25"),
        ("本月二十八还款", "本月-28"),
        ("下个月十号我就还", "下月-10"),
        ("下个月十五给您打电话", "下月-15"),
        ("次月十二到期", "下月-12"),
        ("上个月二十扣的", "上月-20"),
        ("每月十五扣款", "每月-15"),
        ("每个月二十之前还", "每月-20"),
        ("每月五号出账", "每月-05"),
        ("当月三十一号", "本月-31"),
        ("嗯，呃十六号吧", "16"),
        ("十二月十六", "12-16"),
        ("我二号三号都有空", "02 03"),
    ],
)
def test_a_day_needs_no_month(text: str, value: str) -> None:
    assert " ".join(said(EntityKind.DATE, text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "坐一号线",
        "地铁十号线",
        "请到十号窗口",
        "三号楼二单元",
        "我住五号院",
        "我是十六号",
        "这里是八号",
        "十六号客服为您服务",
        "工号十六号",
        "三号坐席给您服务",
        "五号营业厅",
        "三号店",
        "二号门进来",
        "尾号十六号",
        "一号柜台",
        "五号电池",
        "七号电池两节",
        "九十二号汽油",
        "九十五号加满",
        "三十八号那家",
        "十个号",
        "两个号码",
        "一号机",
        "八号台",
        "六号房",
        "三号桌",
        "五号车厢",
        "十二号产品",
        "十五日内可以退保",
        "犹豫期十五日",
        "下个月三十块",
        "下个月十G流量",
        "本月二十分钟",
        "这个月五次了",
        "下个月五个人",
        "每月十五",
        "这个月两百",
        "零八号，您好",
        "您排三号",
        "请三号为您办理",
        "一号文件",
        "号码是十六",
        "您好，我是九幺二号，请问什么事",
        "改成解放大道二百一十号",
    ],
)
def test_numbers_of_other_things_are_no_day(text: str) -> None:
    assert said(EntityKind.DATE, text) == []


@pytest.mark.parametrize("heard", ["套餐是二十的", "一个月二十", "资费二十，可以吗", "就二十那个套餐"])
def test_a_bare_price_that_is_not_the_sheets_is_shown_beside_it(tmp_path: Path, heard: str) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: fee, as: amount}")
    (finding,) = judged(rules, dialogue(f"A {heard}", "C 嗯"), {"fee": "30"})
    assert finding.verdict == "fail"
    assert [(hit.heard, hit.wanted) for hit in finding.near_misses] == [("二十", "30")]
    assert "二十" in finding.because.zh
    assert "30" in finding.because.zh


@pytest.mark.parametrize(
    "heard", ["套餐是三十的", "一个月三十", "原来五十九的套餐，现在三十每月", "就三十那个套餐"]
)
def test_a_bare_price_that_is_the_sheets_is_right(tmp_path: Path, heard: str) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: fee, as: amount}")
    assert verdict(rules, dialogue(f"A {heard}", "C 嗯"), {"fee": "30"}) == "pass"
