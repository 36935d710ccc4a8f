"""Before somebody is accused, a recogniser's unsure words are heard again by their sound. 【】 marks them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Verdict, Witness
from speechqa.authoring.explain import explained
from speechqa.call import Call, Transcript, Turn, Word
from speechqa.checklist import Checklist
from tests.matching.lines import dialogue, judged, one_rule

SURE, UNSURE = 0.98, 0.5
CANCELLATION = "{by: agent, means: 怎样退, pattern: '(营业厅|柜台).{0,6}(退|注销)'}"
OWNER = """
  机主询问: {by: agent, pattern: '机主|户主|本人'}
  推荐: {by: agent, phrases: [推荐]}
  确认: {answered: 机主询问, as: yes, asked_for: fact}"""
CONFIRMED = "{happened: 确认, before: 推荐}"


def recognised(*lines: str) -> Transcript:
    """The lines as a recogniser made them."""
    said = dialogue(*(line.replace("【", "").replace("】", "") for line in lines))
    turns = (_with_words(turn, line[2:]) for turn, line in zip(said.turns, lines, strict=True))
    return replace(said, turns=tuple(turns))


def _with_words(turn: Turn, marked: str) -> Turn:
    sures = [
        UNSURE if part.startswith("【") else SURE
        for part in re.findall("【[^】]*】|[^【】]", marked)
        for _ in part.strip("【】")
    ]
    step = (turn.end - turn.start) / max(len(sures), 1)
    words = (
        Word(character, turn.start + at * step, turn.start + (at + 1) * step, sure)
        for at, (character, sure) in enumerate(zip(turn.text, sures, strict=True))
        if character.isalnum()
    )
    return replace(turn, words=tuple(words))


def found(rules: Checklist, *lines: str) -> Finding:
    return judged(rules, recognised(*lines))[0]


@pytest.fixture
def cancellation(tmp_path: Path) -> Checklist:
    return one_rule(tmp_path, CANCELLATION)


@pytest.fixture
def owner(tmp_path: Path) -> Checklist:
    return one_rule(tmp_path, CONFIRMED, moments="{" + ",".join(OWNER.strip().split("\n  ")) + "}")


def test_a_required_pattern_heard_by_its_sound_alone_is_for_a_listener(cancellation: Checklist) -> None:
    finding = found(cancellation, "A 不要了去营业【听】里退", "C 好")
    assert finding.verdict is Verdict.UNKNOWN
    (near,) = finding.near_misses
    assert (near.heard, near.wanted, near.by) == ("营业听里退", "怎样退", Witness.SOUND)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("A 不要了去营业听里退", id="the recogniser was sure of it"),
        pytest.param("A 不要了去营业【钟】里退", id="it sounds otherwise"),
        pytest.param("A 不要了去营业【听】。里头退", id="it goes on in another sentence"),
        pytest.param("C 不要了去营业【听】里退", id="the other side said it"),
    ],
)
def test_what_does_not_sound_so_stays_a_fail(cancellation: Checklist, line: str) -> None:
    assert found(cancellation, "A 您好", "C 喂", line).verdict is Verdict.FAIL


def test_words_that_a_person_wrote_are_read_as_they_are_spelt(cancellation: Checklist) -> None:
    assert judged(cancellation, dialogue("A 不要了去营业听里退"))[0].verdict is Verdict.FAIL


def test_sound_alone_never_passes_and_never_accuses(tmp_path: Path) -> None:
    forbids = one_rule(tmp_path, f"{{not: {CANCELLATION}}}")
    assert found(forbids, "A 不要了去营业【听】里退").verdict is Verdict.PASS


def test_what_the_second_hearing_hears_excuses_nothing_that_was_said(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, f"{{all: [{CANCELLATION}, {{not: {{by: agent, phrases: [绝对]}}}}]}}")
    assert found(rules, "A 绝对好，不要了去营业【听】里退").verdict is Verdict.FAIL


def test_but_not_in_the_clause_leaves_no_doubt(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, CANCELLATION.replace("}'", "}'").replace("'}", "', but_not: 不能}"))
    assert found(rules, "A 不能在营业【听】里退", "C 好").verdict is Verdict.FAIL


def test_syllables_that_tell_too_little_leave_no_doubt(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, pattern: '退'}")
    assert found(rules, "A 我给您推荐一款会员您【推】一下", "C 好").verdict is Verdict.FAIL


def test_a_pattern_said_outside_its_place_is_no_doubt(tmp_path: Path) -> None:
    rules = one_rule(
        tmp_path, CANCELLATION[:-1] + ", after: 推荐, if_never: fail}", "{推荐: {by: agent, phrases: [推荐]}}"
    )
    assert found(rules, "A 去营业【听】里退", "C 嗯", "A 给您推荐一款", "C 好").verdict is Verdict.FAIL
    assert found(rules, "A 给您推荐一款", "C 嗯", "A 去营业【听】里退", "C 好").verdict is Verdict.UNKNOWN


def test_an_answer_to_a_question_heard_by_its_sound_is_for_a_listener(owner: Checklist) -> None:
    heard = found(owner, "A 请问您是【击煮】吗", "C 是的，我是", "A 给您推荐一款")
    assert heard.verdict is Verdict.UNKNOWN
    assert [hit.heard for hit in heard.near_misses] == ["是的，我是"]


def test_so_is_a_clear_answer_to_words_that_nobody_can_tell(owner: Checklist) -> None:
    assert found(owner, "A 请问您是【第出】吗", "C 是的，我是", "A 给您推荐一款").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        pytest.param("A 请问您是【击煮】吗", "C 不是", id="the answer is no"),
        pytest.param("A 请问您是【击煮】吗", "C 嗯", id="no clear answer"),
        pytest.param("A 请问您方便吗", "C 是的，我是", id="another question was heard well"),
    ],
)
def test_no_doubt_is_left_by(owner: Checklist, asked: str, answered: str) -> None:
    assert found(owner, asked, answered, "A 给您推荐一款").verdict is Verdict.FAIL


def test_a_reply_that_nobody_understands_may_have_been_the_consent_that_came_too_late(tmp_path: Path) -> None:
    moments = """{征求: {by: agent, phrases: [可以吗]}, 办好: {by: agent, phrases: [办好了]},
      同意: {answered: 征求, as: yes, asked_for: consent, within_turns: 3}}"""
    rules = one_rule(tmp_path, "{happened: 同意, before: 办好}", moments)
    late = ("A 已经给您办好了", "C 可以的")
    assert found(rules, "A 给您办可以吗", "C 【开拉】", *late).verdict is Verdict.UNKNOWN
    assert judged(rules, dialogue("A 给您办可以吗", "C 开拉", *late))[0].verdict is Verdict.FAIL


DONE = ", when: {by: agent, means: 办好了, pattern: '(手续|业务).{0,4}(办好|办妥)了'}"
WITHDRAWN = """, unless: {all: [{by: customer, phrases: [不要了]},
  {not: {by: agent, pattern: '(手续|业务).{0,4}(办好|办妥)了'}}]}"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        pytest.param("A 手续给您办妥了", Verdict.FAIL, id="it came up"),
        pytest.param("A 【首需】给您【半拖】了", Verdict.UNKNOWN, id="it sounds as if it came up"),
        pytest.param("A 首需给您半拖了", Verdict.NOT_APPLICABLE, id="the recogniser was sure of other words"),
        pytest.param("A 【收拾】给您【放好】了", Verdict.NOT_APPLICABLE, id="it sounds otherwise"),
    ],
)
def test_a_rule_that_may_have_come_up_is_for_a_listener(tmp_path: Path, line: str, verdict: Verdict) -> None:
    rules = one_rule(tmp_path, "{by: customer, phrases: [同意办理]}", keys=DONE)
    assert found(rules, "A 您好", line, "C 喂").verdict is verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        pytest.param("A 好的，再见", Verdict.NOT_APPLICABLE, id="the customer withdrew"),
        pytest.param("A 手续给您办妥了", Verdict.FAIL, id="and yet it was done"),
        pytest.param("A 【首需】给您【半拖】了", Verdict.UNKNOWN, id="and yet it may have been done"),
    ],
)
def test_what_excuses_a_rule_is_heard_again_too(tmp_path: Path, line: str, verdict: Verdict) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: [三十块一个月]}", keys=WITHDRAWN.replace("\n ", ""))
    assert found(rules, "A 给您办一个", "C 我不要了", line).verdict is verdict


def test_the_explanation_of_a_rule_has_the_same_verdict(cancellation: Checklist) -> None:
    call = recognised("A 不要了去营业【听】里退", "C 好")
    told = explained(cancellation, cancellation.rules[0], Call("t", Path("t.wav")), call)
    assert told.finding.verdict is Verdict.UNKNOWN
