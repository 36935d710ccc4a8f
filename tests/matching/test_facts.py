"""stated and metadata: what the calls table and the product sheet say, and whether it was said right."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Witness
from speechqa.call import Message, Transcript, Turn
from speechqa.checklist import load
from speechqa.matching.days import moment_of, time_of_day
from tests.matching.lines import dialogue, judged, one_rule, verdict
from tests.matching.test_wordings import recognised

SHEET = "campaign,monthly_fee,hotline,flow\n畅享包,30,10086,20G\n青春卡,19.8元/月,400-820-8820,\n"


@pytest.mark.parametrize(
    ("kind", "value", "said", "expected"),
    [
        ("amount", "30", "每月三十块钱", "pass"),
        ("amount", "30", "每月30元", "pass"),
        ("amount", "30元/月", "一个月三十", "pass"),
        ("amount", "30", "每月二十块", "fail"),
        ("amount", "30", "给您推荐一款流量包", "fail"),
        ("amount", "30", "原价五十，现在三十块", "pass"),
        ("amount", "30", "首月十元，次月起三十元", "pass"),
        ("amount", "30", "每月三十块，超出后每G五块", "pass"),
        ("amount", "30", "每月三十，不对，是五十块", "fail"),
        ("amount", "30", "每月五十，说错了，三十块", "pass"),
        ("amount", "30", "三十来块", "unknown"),
        ("amount", "30", "三百块", "fail"),
        ("amount", "19.8", "十九块八", "pass"),
        ("amount", "19.8", "十九块", "fail"),
        ("amount", "¥29.90", "二十九块九", "pass"),
        ("amount", "1,280", "一千二百八十块", "pass"),
        ("amount", "0", "这个是免费的", "pass"),
        ("amount", "免费", "不收您任何费用", "pass"),
        ("amount", "0", "每月五块", "fail"),
        ("amount", "面议", "每月五块", "unknown"),
        ("hotline", "10086", "打幺零零八六", "pass"),
        ("hotline", "10086", "打10010", "fail"),
        ("hotline", "400-820-8820", "四零零，八二零，八八二零", "pass"),
        ("hotline", "4008208820", "打客服电话", "fail"),
        ("hotline", "010-88886666", "打010 8888 6666", "pass"),
        ("hotline", "1258", "打1258", "pass"),
        ("hotline", "见合同", "打10086", "unknown"),
        ("phone", "13800138000", "幺三八零零一三八零零零", "pass"),
        ("phone", "13800138000", "幺三八零零一三八零零一", "fail"),
        ("date", "2026-12-01", "十二月一号生效", "pass"),
        ("date", "2026/12/1", "二零二六年十二月一日", "pass"),
        ("date", "2026-12-01", "十一月一号生效", "fail"),
        ("date", "2026-12-01", "二零二五年十二月一日", "fail"),
        ("date", "2026-12-01", "下个月生效", "fail"),
        ("date", "2026-12-01", "明天生效", "unknown"),
        ("date", "12月1日", "12月1号", "pass"),
        ("date", "年底", "12月1号", "unknown"),
        ("number", "20G", "每月二十个G", "pass"),
        ("number", "20G", "每月三十G，二十块", "fail"),
        ("number", "20GB", "每月20g", "pass"),
        ("number", "500M", "五百兆宽带", "pass"),
        ("number", "12个月", "合约十二个月", "pass"),
        ("number", "12个月", "合约二十四个月", "fail"),
        ("number", "3", "一共三张卡", "pass"),
        ("number", "3", "一共两张卡", "fail"),
        ("number", "不限", "一共两张卡", "unknown"),
        ("text", "畅享流量包", "给您推荐畅享流量包", "pass"),
        ("text", "畅享流量包", "给您推荐唱响流量包", "pass"),
        ("text", "畅享流量包", "给您推荐畅想的流量包呢", "pass"),
        ("text", "畅享流量包", "给您推荐一款宽带", "fail"),
        ("text", "王强", "我是网墙", "fail"),
        ("text", "5G畅享", "这是５Ｇ畅享", "pass"),
    ],
)
def test_a_fact_is_said_right_or_wrong(
    tmp_path: Path, kind: str, value: str, said: str, expected: str
) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, stated: fact, as: {kind}}}")
    assert verdict(rules, dialogue(f"A {said}", "C 嗯"), {"fact": value}) == expected


def test_said_wrong_shows_both_values(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: monthly_fee, as: amount}")
    (finding,) = judged(rules, dialogue("A 每月二十块", "C 嗯"), {"monthly_fee": "30"})
    assert [(hit.heard, hit.wanted) for hit in finding.near_misses] == [("二十块", "30")]
    assert "二十块" in finding.because.zh
    assert "“30”" in finding.because.zh
    assert "30" in finding.because.en


def test_said_right_is_the_evidence(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: monthly_fee, as: amount}")
    (finding,) = judged(rules, dialogue("A 原价五十，现在三十块", "C 嗯"), {"monthly_fee": "30"})
    assert [(hit.heard, hit.wanted, hit.by) for hit in finding.hits] == [("三十块", "30", Witness.TEXT)]


def test_a_name_is_found_by_sound_and_says_so(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: name, as: text}")
    (finding,) = judged(rules, dialogue("A 给您推荐唱响流量包", "C 嗯"), {"name": "畅享流量包"})
    assert [(hit.heard, hit.by) for hit in finding.hits] == [("唱响流量包", Witness.SOUND)]


def test_a_fact_that_nobody_gives_is_unknown_and_says_which(tmp_path: Path) -> None:
    (finding,) = judged(
        one_rule(tmp_path, "{by: agent, stated: monthly_fee, as: amount}"), dialogue("A 每月二十块", "C 嗯")
    )
    assert finding.verdict == "unknown"
    assert "monthly_fee" in finding.because.zh


def test_a_wrong_value_of_unsure_words_accuses_nobody(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: fee, as: amount}")
    said = dialogue("A 每月二十块", "C 嗯")
    assert verdict(rules, recognised(said, 0.9), {"fee": "30"}) == "fail"
    assert verdict(rules, recognised(said, 0.6), {"fee": "30"}) == "unknown"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 资费是每月三十块", "C 嗯"), "pass"),
        (("A 资费是每月二十块", "C 嗯"), "fail"),
        (("A 三十块", "C 嗯", "A 好", "A 这个资费二十块"), "fail"),
        (("C 资费三十块", "A 资费您知道吧"), "fail"),
        (("? 资费三十块", "? 嗯"), "unknown"),
    ],
)
def test_a_fact_counts_in_its_place(tmp_path: Path, lines: tuple[str, ...], expected: str) -> None:
    rules = one_rule(
        tmp_path,
        "{by: agent, stated: fee, as: amount, around: any fee, within: 1 turns, if_never: fail}",
        "{fee: {by: agent, phrases: 资费}}",
    )
    assert verdict(rules, dialogue(*lines), {"fee": "30"}) == expected


def with_sheet(folder: Path, condition: str, sheet: str | bytes = SHEET) -> Path:
    (folder / "products.csv").write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
    path = folder / "c.yaml"
    path.write_text(
        "speechqa: 1\nid: t\nversion: '1'\ntitle: 试\nproducts: {file: products.csv, key: campaign}\n"
        f"rules:\n  - {{id: r, title: 甲, because: 乙, deduct: 5, require: {condition}}}\n",
        "utf-8",
    )
    return path


FEE = "{by: agent, stated: monthly_fee, as: amount}"


@pytest.mark.parametrize(
    ("metadata", "said", "expected"),
    [
        ({"campaign": "畅享包"}, "每月三十块", "pass"),
        ({"campaign": "畅享包"}, "每月十九块八", "fail"),
        ({"campaign": "青春卡"}, "每月十九块八", "pass"),
        ({"campaign": "畅享包", "monthly_fee": "25"}, "每月二十五", "pass"),
        ({"campaign": "神秘卡"}, "每月三十块", "unknown"),
        ({}, "每月三十块", "unknown"),
    ],
)
def test_a_product_sheet_gives_the_facts_of_a_calls_product(
    tmp_path: Path, metadata: dict[str, str], said: str, expected: str
) -> None:
    rules = load(with_sheet(tmp_path, FEE))
    assert verdict(rules, dialogue(f"A {said}", "C 嗯"), metadata) == expected


@pytest.mark.parametrize(
    ("condition", "metadata", "named"),
    [
        (FEE, {"campaign": "神秘卡"}, "没有“神秘卡”这个产品"),
        (FEE, {}, "没有“campaign”"),
        ("{by: agent, stated: flow, as: number}", {"campaign": "青春卡"}, "“青春卡”的“flow”是空的"),
        ("{by: agent, stated: colour, as: text}", {"campaign": "青春卡"}, "没有“colour”"),
        ("{metadata: flow, eq: 20G}", {"campaign": "青春卡"}, "“青春卡”的“flow”是空的"),
    ],
)
def test_what_the_sheet_does_not_say_is_unknown_with_the_reason(
    tmp_path: Path, condition: str, metadata: dict[str, str], named: str
) -> None:
    (finding,) = judged(load(with_sheet(tmp_path, condition)), dialogue("A 三十块", "C 嗯"), metadata)
    assert finding.verdict == "unknown"
    assert named in finding.because.zh


def test_metadata_rules_see_the_sheet_too(tmp_path: Path) -> None:
    rules = load(with_sheet(tmp_path, "{metadata: monthly_fee, gt: 20}"))
    assert verdict(rules, dialogue("A 喂"), {"campaign": "畅享包"}) == "pass"


CALL = {"started_at": "2026-11-22 10:00:00"}


@pytest.mark.parametrize(
    ("condition", "metadata", "expected"),
    [
        ("{metadata: hired, newer_than: 90 days}", {"hired": "2026-10-01"}, "pass"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "2026-08-25"}, "pass"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "2026-08-24"}, "fail"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "2020/3/5"}, "fail"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "2026/11/1 09:30"}, "pass"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "2026年11月1日"}, "pass"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "20261101"}, "pass"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "去年"}, "unknown"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "2026-13-01"}, "unknown"),
        ("{metadata: hired, newer_than: 90 days}", {"hired": "3/5/2026"}, "unknown"),
        ("{metadata: hired, newer_than: 90 days}", {}, "unknown"),
        ("{metadata: hired, older_than: 90 days}", {"hired": "2020-03-05"}, "pass"),
        ("{metadata: hired, older_than: 90 days}", {"hired": "2026-08-24"}, "fail"),
        ("{metadata: hired, older_than: 1 day}", {"hired": "2026-11-20T08:00:00+08:00"}, "pass"),
        ("{metadata: started_at, hours: '08:00..21:00'}", {}, "pass"),
        ("{metadata: started_at, hours: '10:00..11:00'}", {}, "pass"),
        ("{metadata: started_at, hours: '09:00..10:00'}", {}, "fail"),
        ("{metadata: started_at, hours: '22:00..06:00'}", {}, "fail"),
        ("{metadata: back, hours: '22:00..06:00'}", {"back": "2026-11-22 23:10"}, "pass"),
        ("{metadata: back, hours: '22:00..06:00'}", {"back": "2026/11/22 5:59"}, "pass"),
        ("{metadata: back, hours: '22:00..06:00'}", {"back": "6:00"}, "fail"),
        ("{metadata: back, hours: '00:00..24:00'}", {"back": "23:59:59"}, "pass"),
        ("{metadata: back, hours: '08:00..21:00'}", {"back": "2026-11-22"}, "unknown"),
        ("{metadata: back, hours: '08:00..21:00'}", {"back": "上午"}, "unknown"),
        ("{metadata: age, lt: 60}", {"age": "59"}, "pass"),
        ("{metadata: age, lt: 60}", {"age": "1,059"}, "fail"),
        ("{metadata: age, lt: 60}", {"age": "六十"}, "unknown"),
        ("{metadata: due, gt: '2026-03-05'}", {"due": "2026/3/6"}, "pass"),
        ("{metadata: due, gt: '2026-03-05'}", {"due": "很久"}, "unknown"),
        ("{metadata: grade, gt: B}", {"grade": "C"}, "pass"),
    ],
)
def test_days_hours_and_order_of_a_column(
    tmp_path: Path, condition: str, metadata: dict[str, str], expected: str
) -> None:
    assert verdict(one_rule(tmp_path, condition), dialogue("A 您好"), CALL | metadata) == expected


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        ({"hired": "去年", **CALL}, "“hired”是“去年”"),
        ({"hired": "2026-01-01"}, "started_at"),
        ({"hired": "2026-01-01", "started_at": "昨天"}, "“started_at”是“昨天”"),
        (CALL, "hired"),
    ],
)
def test_what_cannot_be_counted_names_the_column(
    tmp_path: Path, metadata: dict[str, str], named: str
) -> None:
    rules = one_rule(tmp_path, "{metadata: hired, newer_than: 90 days}")
    (finding,) = judged(rules, dialogue("A 您好"), metadata)
    assert finding.verdict == "unknown"
    assert named in finding.because.zh


def test_a_column_that_compares_otherwise_is_told(tmp_path: Path) -> None:
    (finding,) = judged(
        one_rule(tmp_path, "{metadata: team, eq: 一组}"), dialogue("A 您好"), {"team": "二组"}
    )
    assert finding.verdict == "fail"
    assert [(hit.heard, hit.by) for hit in finding.near_misses] == [("二组", Witness.METADATA)]
    assert finding.because.zh == "乙。“team”是“二组”"
    (other,) = finding.near_misses
    assert other.measure is not None
    assert other.measure.wanted == Message("“team”是“一组”", "“team” is “一组”")


def test_a_column_that_compares_as_wanted_is_told(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{metadata: hired, newer_than: 90 days}")
    (finding,) = judged(rules, dialogue("A 您好"), {"hired": "2026-01-01", "started_at": "2026-02-01"})
    assert finding.because == Message("“hired”是“2026-01-01”", "“hired” is “2026-01-01”")
    (hit,) = finding.hits
    assert hit.measure is not None
    assert hit.measure.wanted.en == "“hired” is less than 90 days before the call"


def test_a_silent_place_is_no_wrong_statement(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, stated: fee, as: amount}")
    only_customer = dialogue("C 三十块是吧")
    assert verdict(rules, only_customer, {"fee": "30"}) == "unknown"
    nobody = Transcript(9.0, "zh", "t", ())
    assert verdict(rules, nobody, {"fee": "30"}) == "not_applicable"
    empty = Transcript(9.0, "zh", "t", (Turn(only_customer.turns[0].role, 0.0, 1.0, "。"),))
    assert verdict(rules, empty, {"fee": "30"}) == "unknown"


@given(st.datetimes(min_value=moment_of("1950-01-01"), max_value=moment_of("2049-12-31")))
def test_a_date_is_read_back_as_it_was_written(when: object) -> None:
    written = str(when)[:19]
    assert str(moment_of(written)) == written
    assert str(moment_of(written.replace("-", "/"))) == written
    assert time_of_day(written) is not None
