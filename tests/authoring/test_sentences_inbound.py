"""What CHECKLISTS asks of the shipped inbound checklist, sentence by sentence; 11 and 12 of both."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from speechqa.assessment import Finding
from speechqa.call import Layout, Transcript
from speechqa.checklist import Checklist, load
from speechqa.matching import Judge
from speechqa.scoring import scorecard
from speechqa.tone import tones
from tests.bench.verdict_counts import dialogues
from tests.matching.lines import dialogue, judged
from tests.matching.timed import mono, timed

RULES = Path(__file__).parents[2] / "rules"
INBOUND = load(RULES / "inbound.yaml")
COMPLAINT = load(RULES / "complaint.yaml")
NEWCOMER = {"hired_at": "2026-10-01", "started_at": "2026-11-20 09:30"}
VETERAN = {"hired_at": "2020-10-01", "started_at": "2026-11-20 09:30"}


def inbound(rule: str, transcript: Transcript, metadata: Mapping[str, str] | None = None) -> Finding:
    return next(one for one in judged(INBOUND, transcript, metadata) if one.rule == rule)


def complaint(rule: str, transcript: Transcript) -> Finding:
    return next(one for one in judged(COMPLAINT, transcript) if one.rule == rule)


# 9. Inbound: picked up and greeted within 3 s


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 1 您好客服中心请讲 4", "C 5 查话费 6"), ("pass", "pass")),
        (("C 0.5 喂 1", "A 2.5 下午好请讲 4"), ("pass", "pass")),
        (("A 5 您好客服中心请讲 8", "C 9 查话费 10"), ("fail", "pass")),
        (("A 1 讲什么事 3", "C 4 你好查话费 5", "A 6 您好 7"), ("pass", "fail")),
    ],
)
def test_the_call_is_answered_within_three_seconds_and_with_a_greeting(
    lines: tuple[str, ...], expected: tuple[str, str]
) -> None:
    call = timed(*lines)
    assert (inbound("answer-speed", call).verdict, inbound("greeting", call).verdict) == expected


# 9. no dead air over 7 s without 请稍等


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("C 0 帮我查余额 2", "A 10 余额三十元 12"), "fail"),
        (("C 0 帮我查余额 2", "A 8 余额三十元 10"), "pass"),
        (("C 0 帮我查余额 2", "A 3 请稍等 4", "A 30 余额三十元 32"), "pass"),
        (("C 0 帮我查余额 2", "A 3 我帮您查一下 4", "C 4.2 好的 5", "A 30 余额三十元 32"), "pass"),
        (("C 0 帮我查余额 2", "A 30 让您久等了余额三十元 33"), "pass"),
        (("C 0 帮我查余额 2", "C 12 喂你在听吗 14", "A 15 在的 16"), "fail"),
        (("A 0 您找一下光猫编号 3", "A 20 找到了吗 22", "C 23 找到了 24"), "pass"),
        (("A 0 请问您的号码是多少 3", "C 15 一三八零零零零一二三四 19"), "pass"),
    ],
)
def test_a_customer_is_not_left_in_silence_over_seven_seconds(lines: tuple[str, ...], expected: str) -> None:
    assert inbound("dead-air", timed(*lines)).verdict == expected


def test_each_dead_air_costs_and_no_more_than_the_cap() -> None:
    turns = [f"{who} {at * 10} 那个账单的事情 {at * 10 + 2}" for at, who in enumerate("CACACACACA")]
    finding = inbound("dead-air", timed(*turns))
    assert [round(hit.end - hit.start, 1) for hit in finding.hits] == [8.0] * 5
    assert finding.deducted == 24


# 9. asked 还有什么可以帮您 before closing


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("C 取消了吗", "A 取消了，还有什么可以帮您？", "C 没了", "A 感谢来电，再见"), "pass"),
        (("C 取消了吗", "A 取消了", "C 好", "A 感谢来电，再见"), "fail"),
        (("C 取消了吗", "A 取消了，您这边别的业务还需要办吗？", "C 不用"), "pass"),
        (("C 取消了吗", "A 还没有取消，还需要您提供身份证", "C 好", "A 再见"), "fail"),
        (("C 取消了吗", "A 取消了", "C 行，来人了，挂了"), "not_applicable"),
    ],
)
def test_the_agent_asks_what_else_before_closing(lines: tuple[str, ...], expected: str) -> None:
    assert inbound("anything-else", dialogue(*lines)).verdict == expected


# 9. did not interrupt

TALKING = "C 0 我想问一下上个月的账单怎么多了二十块 6"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (timed(TALKING, "A 6.5 我帮您看看 8"), "pass"),
        (timed(TALKING, "A 3 这个您要自己去看 5.5"), "fail"),
        (timed(TALKING, "A 3 嗯嗯好的 4"), "pass"),
        (mono(TALKING, "A 3 这个您要自己去看 5.5"), "unknown"),
        (timed(TALKING, "A 7 是会员 8", "C 8.5 你让我把话说完 10"), "fail"),
    ],
)
def test_the_agent_lets_the_customer_finish(call: Transcript, expected: str) -> None:
    assert inbound("no-interruption", call).verdict == expected


# 9. 180-300 characters a minute


@pytest.mark.parametrize(("seconds", "expected"), [(8, "pass"), (11, "pass"), (6, "fail"), (16, "fail")])
def test_the_agent_speaks_180_to_300_characters_a_minute(seconds: float, expected: str) -> None:
    said = "您的套餐每个月包含二十吉国内流量和三百分钟通话超出以后另外计费"  # 32, and 您好您好
    call = timed(f"A 0 您好您好{said} {seconds}", "C 20 哦知道了 21")
    assert inbound("speaking-rate", call).verdict == expected


# 9. facts stated as in the product sheet


@pytest.mark.parametrize(
    ("said", "metadata", "expected"),
    [
        ("畅享套餐每个月五十九元", {"product": "畅享套餐"}, "pass"),
        ("畅享套餐一个月59块钱", {"product": "畅享套餐"}, "pass"),
        ("畅享套餐每个月六十九元", {"product": "畅享套餐"}, "fail"),
        ("畅享套餐每个月五十九元", {}, "unknown"),
        ("畅享套餐每个月五十九元", {"product": "没有的套餐"}, "unknown"),
        ("您上个月账单扣了六十九元", {"product": "畅享套餐"}, "not_applicable"),
    ],
)
def test_the_monthly_fee_is_stated_as_in_the_product_sheet(
    said: str, metadata: Mapping[str, str], expected: str
) -> None:
    call = dialogue("C 这个怎么收费", f"A {said}")
    assert inbound("fee-stated-right", call, metadata).verdict == expected


def test_a_wrong_fee_is_shown_beside_the_right_one() -> None:
    call = dialogue("C 这个怎么收费", "A 畅享套餐每个月六十九元")
    because = inbound("fee-stated-right", call, {"product": "畅享套餐"}).because.zh
    assert "59" in because
    assert "六十九" in because


@pytest.mark.parametrize(
    ("said", "expected"),
    [("有问题您拨打幺零零八六", "pass"), ("有问题您拨打10010", "fail"), ("有问题您打热线", "not_applicable")],
)
def test_the_hotline_is_stated_as_in_the_product_sheet(said: str, expected: str) -> None:
    call = dialogue("C 以后找谁", f"A {said}")
    assert inbound("hotline-stated-right", call, {"product": "畅享套餐"}).verdict == expected


# 11. Customer asked the same question three times


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (("这个钱什么时候退给我", "我问这个钱什么时候退给我", "到底这个钱什么时候退给我"), "fail"),
        (("这个钱什么时候退给我", "我问这个钱什么时候退给我"), "pass"),
        (("这个钱什么时候退给我", "营业厅几点关门", "那我这个号码能不能换套餐"), "pass"),
    ],
)
def test_asking_the_same_three_times_counts_against_the_agent(
    questions: tuple[str, ...], expected: str
) -> None:
    call = dialogue(*(line for question in questions for line in (f"C {question}", "A 正在处理")))
    assert inbound("repeated-question", call).verdict == expected
    assert complaint("repeated-question", call).verdict == expected


# 12. Agent sounded impatient in two turns


def test_impatience_in_two_turns_fails_and_in_one_does_not() -> None:
    once = dialogue("C 怎么退", "A 刚才不是说了吗，去营业厅退", "C 哪个", "A 人民路那个")
    twice = dialogue("C 怎么退", "A 刚才不是说了吗，去营业厅退", "C 哪个", "A 你自己不会看啊，赶紧的")
    for judge in (inbound, complaint):
        assert judge("agent-tone", once).verdict == "pass"
        assert judge("agent-tone", twice).verdict == "fail"


# 13. New agent (hired less than 90 days ago): greeting counts double


@pytest.mark.parametrize(
    ("metadata", "deducted"),
    [(NEWCOMER, 16), (VETERAN, 8), ({}, 8)],
)
def test_a_newcomers_missing_greeting_counts_double(metadata: Mapping[str, str], deducted: float) -> None:
    call = dialogue("A 讲，什么事", "C 查话费")
    assert inbound("greeting", call, metadata).deducted == deducted


# 15. Customer was on hold twice for over 30 s in total


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 0 请稍等 1", "A 17 再请稍等 19", "A 40 查到了 41", "C 42 好 43"), "fail"),
        (("A 0 请稍等 1", "C 17 喂 18", "A 18.5 再请稍等 20", "C 40 喂 41", "A 42 查到了 43"), "fail"),
        (("A 0 请稍等 1", "A 10 再请稍等 12", "A 24 查到了 25", "C 26 好 27"), "pass"),
        (("A 0 请稍等 1", "A 45 查到了 46", "C 47 好 48"), "pass"),
        (("A 0 您找一下卡 1", "A 20 您看一下背面 22", "A 45 找到了吗 46", "C 47 嗯 48"), "pass"),
    ],
)
def test_two_holds_of_over_thirty_seconds_in_total_fail(lines: tuple[str, ...], expected: str) -> None:
    assert inbound("hold-twice", timed(*lines)).verdict == expected


# 16. Agent spoke over 80 % of the time


@pytest.mark.parametrize(("until", "expected"), [(50, "fail"), (25, "pass")])
def test_an_agent_who_speaks_over_four_fifths_of_the_time_fails(until: float, expected: str) -> None:
    call = timed(
        "C 0 问个事 2",
        "C 3 喂 4",
        f"A 5 您好我们这个套餐每个月五十九元包含流量 {until}",
        "C 60 哦我想想看 67",
    )
    assert inbound("talk-share", call).verdict == expected


def test_a_perfect_inbound_call_gets_full_points_in_all_sections() -> None:
    call = timed(
        "A 1 您好客服中心工号三零二一请问有什么可以帮您 7",
        "C 8 我想问一下畅享套餐一个月多少钱 12",
        "A 12.5 畅享套餐每个月五十九元 15.5",
        "C 16 知道了 17",
        "A 17.5 请问还有什么可以帮您 20",
        "C 20.5 没有了谢谢 22",
        "A 22.5 感谢您的来电祝您生活愉快再见 26.5",
    )
    card = scorecard(INBOUND, judged(INBOUND, call, {"product": "畅享套餐", **VETERAN}), call)
    assert call.layout is Layout.STEREO
    assert [(one.name, one.score) for one in card.sections] == [
        ("态度", 100),
        ("准确", 100),
        ("速度", 100),
        ("质量", 100),
    ]
    assert card.passed is True


@pytest.mark.parametrize("checklist", [INBOUND, COMPLAINT], ids=lambda checklist: checklist.ref.id)
def test_no_written_dialogue_fails_a_rule_that_its_writer_passes(checklist: Checklist) -> None:
    judge = Judge(checklist)
    wrong = [
        (case.call.call_id, finding.rule)
        for case in dialogues(f"{checklist.ref.id}-dev")
        for finding in judge.findings(case.call, judge.listen([case.transcript])[0], tones(case.transcript))
        if finding.verdict == "fail" and case.expected.get(finding.rule, "fail") != "fail"
    ]
    assert wrong == []
