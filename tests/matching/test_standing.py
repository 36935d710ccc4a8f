"""Several replies to one question: which of them stands, and when it was given."""

from pathlib import Path

import pytest

from speechqa.assessment import Finding
from speechqa.call import Layout, Role, Transcript, Turn, Word
from speechqa.checklist import Checklist
from tests.matching.lines import checklist, dialogue, judged, verdict

MOMENTS = """
  cq: {by: agent, phrases: 办理可以吗}
  ok: {answered: cq, as: yes, asked_for: consent}
  refused: {answered: cq, as: no, asked_for: consent}
  done: {by: agent, phrases: 办理成功}
"""
ASKED = "A 给您办理可以吗"
DONE = "A 办理成功"


def rules(folder: Path, line: str) -> Checklist:
    return checklist(folder, f"  - {{id: r, title: 甲, because: 乙, {line}}}\n", MOMENTS)


def consented(folder: Path, *lines: str) -> str:
    """Whether the agent ordered with consent: by the operator itself, and by the moment that it makes."""
    verdicts = {
        verdict(rules(folder, f"require: {condition}"), dialogue(*lines))
        for condition in (
            "{answered: cq, as: yes, asked_for: consent, before: done}",
            "{happened: ok, before: done}",
        )
    }
    return "/".join(sorted(verdicts))


@pytest.mark.parametrize(
    "replies",
    [
        ("C 嗯", "A 好不好", "C 可以"),
        ("C 嗯", "C 可以"),
        ("C 嗯", "A 每月三十块", "C 可以"),
        ("C 我想想", "C 那办吧"),
        ("C 我想想", "A 您看呢", "C 可以"),
        ("C 再说吧", "A 这个随时可以取消的", "C 那给我办一个"),
        ("C 我想想", "A 您担心什么呢", "C 没什么，那给我办吧"),
        ("C 不用吧", "A 首月是免费的", "C 那行，给我办一个"),
        ("C 嗯", "C 嗯", "C 嗯", "C 那好吧"),
        ("C 可以", "A 那您稍等", "C 好的谢谢"),
    ],
)
def test_a_clear_yes_supersedes_what_was_vague(tmp_path: Path, replies: tuple[str, ...]) -> None:
    assert consented(tmp_path, ASKED, *replies, DONE) == "pass"


@pytest.mark.parametrize(
    "replies",
    [
        ("C 好的", "C 那算了"),
        ("C 可以", "A 那您稍等", "C 算了，我不要了"),
        ("C 可以", "A 那您稍等", "C 哎，还是不办了吧"),
        ("C 可以", "A 嗯", "C 不行不行"),
        ("C 可以", "A 好的，您稍等", "C 嗯", "A 正在给您操作", "C 算了，别办了"),
        ("C 可以", "A 再跟您确认一下，给您办理可以吗", "C 不用了"),
        ("C 我考虑一下", "A 那好", "C 可以"),
        ("C 我考虑一下", "A 方便加您微信吗", "C 可以"),
        ("C 我考虑一下", "A 我给您发个短信", "C 可以"),
        ("C 可以", "A 一共三十块一个月", "C 啊？那不办了"),
        ("C 可以", "A 随时可以取消", "C 那不办了"),
        ("C 可以", "A 那我给您办上", "C 算了不要了"),
        ("C 可以", "A 三十块一个月，您看行吗", "C 太贵了，不要"),
        ("C 嗯",),
    ],
)
def test_a_yes_that_is_taken_back_or_meant_for_something_else_is_no_consent(
    tmp_path: Path, replies: tuple[str, ...]
) -> None:
    assert consented(tmp_path, ASKED, *replies, DONE) == "fail"


@pytest.mark.parametrize(
    "replies",
    [
        ("C 好的", "A 稍后给您发短信", "C 我不要发票"),
        ("C 好的", "A 需要给您发短信通知吗", "C 不用了"),
        ("C 好的", "A 稍后给您发条短信", "C 不用"),
        ("C 可以", "A 还需要别的业务吗", "C 不要了"),
        ("C 可以", "A 您稍等", "C 不着急"),
        ("C 可以", "A 再给您推荐一款会员", "C 不要"),
        ("C 可以", "A 您把验证码报一下", "C 不要"),
        ("C 可以", "A 原来的套餐就停了", "C 取消吧"),
        ("C 可以", "A 要不要再办一张副卡", "C 不办了"),
        ("C 可以", "A 您稍等", "C 别的我不要"),
    ],
)
def test_a_refusal_of_something_else_takes_no_consent_back(tmp_path: Path, replies: tuple[str, ...]) -> None:
    assert consented(tmp_path, ASKED, *replies, DONE) == "pass"


def test_what_is_said_after_it_was_done_takes_no_consent_back(tmp_path: Path) -> None:
    assert consented(tmp_path, ASKED, "C 可以", DONE, "C 算了，我不要了") == "pass"
    later = rules(tmp_path, "require: {answered: cq, as: yes, asked_for: consent}")
    assert verdict(later, dialogue(ASKED, "C 可以", DONE, "C 算了，我不要了")) == "pass"


@pytest.mark.parametrize(
    "replies",
    [
        ("C 我考虑一下", "A 这个很多人都在用", "C 可以"),
        ("C 我考虑一下", "A 先给您办一个月试试好吗", "C 好的"),
        ("C 嗯", "A 您都听明白了吗", "C 可以"),
        ("C 可以", "A 您稍等", "C 等等，我再想想"),
        ("C 可以", "C 你说什么？"),
        ("C 可以", "A 好", "C 但是要等下个月"),
    ],
)
def test_what_may_be_meant_for_the_question_or_not_is_left_to_a_listener(
    tmp_path: Path, replies: tuple[str, ...]
) -> None:
    assert consented(tmp_path, ASKED, *replies, DONE) == "unknown"


def test_a_refusal_that_consent_followed_is_still_a_refusal(tmp_path: Path) -> None:
    lines = (ASKED, "C 不用", "A 首月是免费的", "C 那行，给我办一个", DONE)
    assert verdict(rules(tmp_path, "forbid: {happened: refused}"), dialogue(*lines)) == "fail"


def test_a_withdrawal_is_a_no(tmp_path: Path) -> None:
    lines = (ASKED, "C 可以", "A 那您稍等", "C 算了，我不要了", DONE)
    (finding,) = judged(rules(tmp_path, "forbid: {happened: refused}"), dialogue(*lines))
    assert [(hit.turn, hit.heard) for hit in finding.hits] == [(3, "算了，我不要了")]


@pytest.mark.parametrize(
    ("line", "reply", "expected"),
    [
        ("require: {answered: cq, as: yes, asked_for: consent}", "可以", "unknown"),
        ("require: {answered: cq, as: yes, asked_for: consent}", "不可以", "fail"),
        ("forbid: {answered: cq, as: no, asked_for: consent}", "不可以", "unknown"),
        ("forbid: {answered: cq, as: no, asked_for: consent}", "可以", "pass"),
        ("require: {by: customer, answered: cq, as: yes, asked_for: consent}", "可以", "unknown"),
    ],
)
def test_a_reply_by_nobody_knows_whom_is_a_doubt(
    tmp_path: Path, line: str, reply: str, expected: str
) -> None:
    assert verdict(rules(tmp_path, line), dialogue(ASKED, f"? {reply}", "C 喂")) == expected


def test_a_reply_by_nobody_knows_whom_takes_nothing_from_a_clear_one(tmp_path: Path) -> None:
    rule = rules(tmp_path, "require: {answered: cq, as: yes, asked_for: consent}")
    assert verdict(rule, dialogue(ASKED, "? 不可以", "C 可以")) == "pass"


def test_hums_are_not_counted_among_the_turns_that_a_reply_may_take(tmp_path: Path) -> None:
    rule = rules(tmp_path, "require: {answered: cq, as: yes, asked_for: consent, within_turns: 2}")
    told = ("A 就是流量包", "C 嗯嗯")
    assert verdict(rule, dialogue(ASKED, "C 嗯", *told, "C 多少钱？", "A 三十", "C 可以")) == "pass"
    assert verdict(rule, dialogue(ASKED, "C 什么？", "A 流量包", "C 多少钱？", "A 三十", "C 可以")) == "fail"


FACT = "require: {answered: cq, as: yes, asked_for: fact}"


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        (("C 嗯", "C 不是"), "fail"),
        (("C 嗯", "C 不需要"), "pass"),
        (("C 嗯", "A 给您推荐一款", "C 不要"), "pass"),
        (("C 是的", "C 哦不对，不是我的"), "fail"),
        (("C 应该是吧", "C 对，是我"), "pass"),
        (("C 不是", "C 好的"), "fail"),
    ],
)
def test_a_fact_is_corrected_only_in_the_same_breath(
    tmp_path: Path, replies: tuple[str, ...], expected: str
) -> None:
    assert verdict(rules(tmp_path, FACT), dialogue(ASKED, *replies)) == expected


def said(role: Role, *clauses: tuple[str, float, float]) -> Turn:
    words = tuple(Word(text, start, end, None) for text, start, end in clauses)
    text = "，".join(text for text, _, _ in clauses)
    return Turn(role, clauses[0][1], clauses[-1][2], text, None, words)


def of_turns(folder: Path, condition: str, *turns: Turn) -> Finding:
    transcript = Transcript(20.0, "zh", "test", turns, Layout.STEREO)
    return judged(rules(folder, f"require: {condition}"), transcript)[0]


ASKS = said(Role.AGENT, ("给您办理可以吗", 0, 2))
BEFORE_DONE = ("{happened: ok, before: done}", "{answered: cq, as: yes, asked_for: consent, before: done}")


@pytest.mark.parametrize("condition", BEFORE_DONE)
def test_an_answer_is_as_early_as_the_clause_that_gives_it(tmp_path: Path, condition: str) -> None:
    reply = said(Role.CUSTOMER, ("可以", 2.1, 2.6), ("谢谢你啊", 3.2, 6))
    finding = of_turns(tmp_path, condition, ASKS, reply, said(Role.AGENT, ("办理成功", 4, 5)))
    assert finding.verdict == "pass"
    assert (finding.hits[0].start, finding.hits[0].end) == (2.1, 2.6)


def test_a_firmer_word_does_not_make_an_answer_later(tmp_path: Path) -> None:
    reply = said(Role.CUSTOMER, ("可以", 2.1, 2.6), ("你给我办吧", 4.5, 6))
    finding = of_turns(tmp_path, BEFORE_DONE[0], ASKS, reply, said(Role.AGENT, ("办理成功", 4, 5)))
    assert finding.verdict == "pass"


def test_what_a_turn_goes_on_to_say_after_the_place_does_not_count(tmp_path: Path) -> None:
    reply = said(Role.CUSTOMER, ("可以", 2.1, 2.6), ("算了不要了", 5.5, 7))
    done = said(Role.AGENT, ("办理成功", 4, 5))
    assert of_turns(tmp_path, BEFORE_DONE[1], ASKS, reply, done).verdict == "pass"


def test_a_yes_after_the_order_is_none_before_it(tmp_path: Path) -> None:
    reply = said(Role.CUSTOMER, ("这个套餐多少钱来着", 2.1, 3.6), ("可以", 5.5, 7))
    done = said(Role.AGENT, ("办理成功", 4, 5))
    assert of_turns(tmp_path, BEFORE_DONE[1], ASKS, reply, done).verdict != "pass"


def test_of_a_long_turn_the_deciding_clause_is_quoted(tmp_path: Path) -> None:
    lines = (ASKED, "C 哎呀你们这个说得挺好听的，那可以，就是上次来的那个小伙子没讲清楚", DONE)
    (finding,) = judged(rules(tmp_path, "require: {happened: ok}"), dialogue(*lines))
    (hit,) = finding.hits
    assert hit.span is not None
    assert dialogue(*lines).turns[1].text[slice(*hit.span)] == hit.heard
    assert len(hit.heard) < 10
