"""entity: what kinds of numbers, amounts and dates were said, however they were put."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Role, Transcript, Turn, Word
from speechqa.checklist.operators.facts import EntityKind
from speechqa.matching.conversation import Conversation
from speechqa.matching.things.digit_strings import is_bank_card, is_id_card
from speechqa.matching.things.numerals import number
from speechqa.matching.things.said import things
from tests.matching.lines import dialogue, judged, one_rule, verdict


def said(kind: str, text: str) -> list[tuple[str, bool]]:
    """Values of a kind that are found in one turn, and whether each is exact and sure."""
    found = things(EntityKind(kind), Conversation(dialogue(f"A {text}")))
    return [(thing.found.value, thing.found.exact and thing.found.sure) for thing in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一个月一百二十九块九", "129.90"),
        ("每月十九块八", "19.80"),
        ("二十九元九包月", "29.90"),
        ("一共一万零一百", "10100.00"),
        ("才9块9", "9.90"),
        ("两千一一年", "2100.00"),
        ("19.8元每月", "19.80"),
        ("１９．８元", "19.80"),
        ("三十呃五块钱", "35.00"),
        ("三块五毛", "3.50"),
        ("九块九毛九", "9.99"),
        ("十块零五毛", "10.50"),
        ("九块九一个月", "9.90"),
        ("一天一块钱", "1.00"),
        ("五毛", "0.50"),
        ("五分钱一条", "0.05"),
        ("￥29.90", "29.90"),
        ("1,280元", "1280.00"),
        ("三万五千块", "35000.00"),
        ("1.5万元", "15000.00"),
        ("每月三十，包20G", "30.00"),
        ("资费是30", "30.00"),
        ("月租就十八", "18.00"),
        ("39一个月", "39.00"),
        ("最高赔五十万", "500000.00"),
        ("三十块二选一", "30.00"),
        ("五块二十G", "5.00"),
        ("三十块五百兆", "30.00"),
        ("幺二九元", "129.00"),
        ("二九元套餐", "29.00"),
        ("零元购机", "0.00"),
        ("叁佰元整", "300.00"),
    ],
)
def test_an_amount_is_read_as_it_is_said(text: str, value: str) -> None:
    assert said("amount", text) == [(value, True)]


@pytest.mark.parametrize(
    "text", ["三十来块", "三十多块钱", "30元左右", "大概三十块", "不到五十块", "一百来块", "三十块来钱"]
)
def test_an_amount_may_be_vague(text: str) -> None:
    ((value, exact),) = said("amount", text)
    assert value in ("30.00", "50.00", "100.00")
    assert not exact


@pytest.mark.parametrize(
    "text",
    [
        "您稍等一下",
        "我们一起看",
        "三心二意",
        "十分满意",
        "千万别挂",
        "给您两三点建议",
        "现在半价",
        "这一块业务",
        "我们一块去办",
        "两块电池",
        "这两块内容",
        "三角形的",
        "元旦快乐",
        "你个二百五",
        "二三十块",
        "几十块",
        "一千零一夜",
        "一年三百六十五天",
        "送您三十个G",
        "每月二十G",
        "一个月，三十号之前",
        "三百兆宽带",
        "一分钱都不要",
        "第一块屏",
        "拨打10086",
        "五百分钟",
    ],
)
def test_other_words_are_no_amount(text: str) -> None:
    assert said("amount", text) == []


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("phone", "我电话是幺三八零零一三八零零零", "13800138000"),
        ("phone", "一三八，零零一三，八零零零。", "13800138000"),
        ("phone", "138 0013 8000", "13800138000"),
        ("phone", "1 3 8 0 0 1 3 8 0 0 0", "13800138000"),
        ("phone", "幺三八零零一三八三个零", "13800138000"),
        ("phone", "打010-88886666", "01088886666"),
        ("phone", "您说的是13800138000对吧", "13800138000"),
        ("id_card", "11010519491231002X", "11010519491231002X"),
        ("id_card", "幺幺零幺零五，幺九四九，幺二三幺，零零二叉", "11010519491231002X"),
        ("id_card", "一一零一零五一九四九一二三一零零二艾克斯", "11010519491231002X"),
        ("bank_card", "6222 0202 0011 2233 446", "6222020200112233446"),
        ("bank_card", "四五三二，零一五一，一二八三，零三六六", "4532015112830366"),
        ("hotline", "拨打10086一下", "10086"),
        ("hotline", "拨打幺零零八六一下就行", "10086"),
        ("hotline", "九五五八八咨询", "95588"),
        ("hotline", "四零零，八二零，八八二零", "4008208820"),
        ("hotline", "400-820-8820", "4008208820"),
        ("hotline", "可以打12345", "12345"),
        ("hotline", "打一万号", "10000"),
        ("hotline", "您打10000就可以", "10000"),
        ("hotline", "发短信到10010", "10010"),
        ("staff_number", "工号零二三", "023"),
        ("staff_number", "我是8012号，请问", "8012"),
        ("staff_number", "工号是8 0 1 2", "8012"),
        ("staff_number", "三零二幺号话务员为您服务", "3021"),
        ("staff_number", "我的工号，是幺零八", "108"),
        ("staff_number", "工号A1023", "A1023"),
        ("staff_number", "工号呢是八十六号", "86"),
        ("date", "三月五号生效", "03-05"),
        ("date", "十二月三十一日前", "12-31"),
        ("date", "12月31之前", "12-31"),
        ("date", "二零二六年三月五号", "2026-03-05"),
        ("date", "2026-03-05", "2026-03-05"),
        ("date", "二零二六年", "2026"),
        ("date", "二零二六年三月", "2026-03"),
        ("date", "下周三给您回复", "下周三"),
        ("date", "下个星期三", "下周三"),
        ("date", "礼拜天", "周日"),
        ("date", "明天上午十点", "明天 10:00"),
        ("date", "后天下午三点半", "后天 15:30"),
        ("date", "今晚八点", "今晚 20:00"),
        ("date", "今晚零点生效", "今晚 00:00"),
        ("date", "今天下班前", "今天"),
        ("date", "下个月五号扣费", "下月-05"),
        ("date", "五号之前", "05"),
        ("date", "月底前", "月底"),
    ],
)
def test_each_kind_has_one_canonical_value(kind: str, text: str, value: str) -> None:
    assert said(kind, text) == [(value, True)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("phone", "拨打10086"),
        ("phone", "订单号12345678901234"),
        ("phone", "12000138000"),
        ("phone", "他一下就一起来了"),
        ("hotline", "一共10000元"),
        ("hotline", "流量10000兆"),
        ("hotline", "编号10000"),
        ("hotline", "我的号是13800138000"),
        ("hotline", "卡号四五三二，零一五一，一二八三，零三六六"),
        ("staff_number", "您工号多少"),
        ("staff_number", "请记下我的工号"),
        ("staff_number", "这里是五号营业厅"),
        ("staff_number", "我是一号线"),
        ("date", "今天给您来电"),
        ("date", "给您两三点建议"),
        ("date", "三个月"),
        ("date", "一周三次"),
        ("date", "两周一次"),
        ("date", "十三月五号"),
        ("date", "三月三十五号"),
        ("date", "三号窗口"),
        ("date", "10号线"),
        ("date", "以前天天打"),
        ("date", "今后天天用"),
        ("id_card", "12345678"),
        ("bank_card", "13800138000"),
    ],
)
def test_what_only_looks_alike_is_none(kind: str, text: str) -> None:
    assert said(kind, text) == []


def test_several_are_found_in_the_order_of_the_call() -> None:
    assert said("amount", "首月十元，次月起三十元，原价五十") == [
        ("10.00", True),
        ("30.00", True),
        ("50.00", True),
    ]
    assert said("hotline", "拨10086或者10010") == [("10086", True), ("10010", True)]


@pytest.mark.parametrize(
    ("count", "lines", "expected"),
    [
        (1, ("A 每月三十块", "C 嗯"), "pass"),
        (2, ("A 每月三十块", "C 嗯"), "fail"),
        (2, ("A 每月三十块，一年三百六十块", "C 嗯"), "pass"),
        (1, ("A 您好", "C 三十块"), "fail"),
        (1, ("? 三十块", "? 嗯"), "unknown"),
    ],
)
def test_an_entity_is_said_so_many_times(
    tmp_path: Path, count: int, lines: tuple[str, ...], expected: str
) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, entity: amount, count: {count}}}")
    assert verdict(rules, dialogue(*lines)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 资费方面呢", "C 嗯", "A 每月三十块"), "pass"),
        (("A 每月三十块", "A 这就是资费"), "pass"),
        (("A 资费方面呢", "C 嗯", "A 好", "C 嗯", "A 三十块"), "fail"),
        (("A 您好", "C 嗯"), "not_applicable"),
    ],
)
def test_a_fee_is_an_amount_near_the_word_for_it(
    tmp_path: Path, lines: tuple[str, ...], expected: str
) -> None:
    rules = one_rule(
        tmp_path,
        "{by: agent, entity: amount, around: any fee, within: 2 turns}",
        "{fee: {by: agent, phrases: 资费}}",
    )
    assert verdict(rules, dialogue(*lines)) == expected


def test_evidence_points_to_the_words_and_their_time(tmp_path: Path) -> None:
    call = dialogue("C 喂", "A 呃，一个月，一百二十 九块九，包 20G")
    (finding,) = judged(one_rule(tmp_path, "{by: agent, entity: amount}"), call)
    (hit,) = finding.hits
    assert hit.span is not None
    assert call.turns[1].text[slice(*hit.span)] == hit.heard == "一百二十 九块九"
    assert (hit.wanted, hit.by, hit.turn) == ("amount", "text", 1)
    (lacking,) = judged(one_rule(tmp_path, "{by: agent, entity: date, window: first 9 s}"), call)
    assert "没有听到日期" in lacking.because.zh
    assert call.turns[1].start < hit.start < hit.end < call.turns[1].end


def test_a_window_counts_by_word_times(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, window: first 15 s, entity: staff_number}")
    for end, expected in ((6.0, "pass"), (21.0, "fail")):
        words = (Word("您好", 0.0, 0.5, 0.9), Word("工号零二三", end - 1, end, 0.9))
        turn = Turn(Role.AGENT, 0.0, end, "您好工号零二三", 0, words)
        assert verdict(rules, Transcript(30.0, "zh", "t", (turn,))) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [("id_card", "110105194912310021"), ("bank_card", "6222 0202 0011 2233 445")],
)
def test_a_wrong_check_digit_is_for_a_listener(tmp_path: Path, kind: str, text: str) -> None:
    (finding,) = judged(one_rule(tmp_path, f"{{by: agent, entity: {kind}}}"), dialogue(f"A {text}", "C 嗯"))
    assert finding.verdict == "unknown"
    assert "需人工听" in finding.because.zh


@given(st.integers(0, 99_999_999))
def test_numerals_are_read_as_they_are_written_out(value: int) -> None:
    assert number(written_out(value)) == value


@given(st.text("零一二两三四五六七八九十百千万亿0123456789.点,", max_size=12))
def test_any_numeral_has_a_value_or_none(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True))
def test_exactly_one_check_character_fits(body: str) -> None:
    assert sum(is_id_card(body + last) for last in "0123456789X") == 1
    assert sum(is_bank_card(body + last) for last in "0123456789") == 1


def written_out(value: int) -> str:
    """A number below a hundred million in Chinese numerals, as a clerk writes it."""
    if value == 0:
        return "零"
    high, low = divmod(value, 10_000)
    if not high:
        return _below(low)
    gap = "零" if low and low < 1000 else ""
    return f"{_below(high)}万{gap}{_below(low) if low else ''}"


def _below(value: int) -> str:
    digits = "零一二三四五六七八九"
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        text += digits[digit] + unit if digit else "零" if text and not text.endswith("零") else ""
    return text.rstrip("零")
