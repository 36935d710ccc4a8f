"""Words that are said in one go though the transcript cuts them into several turns of their speaker."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Witness
from speechqa.call import Transcript
from tests.matching.lines import checklist, dialogue, judged, one_rule, verdict
from tests.matching.timed import mono, timed, wordless

ASKED = "{by: agent, phrases: 请问您是机主本人吗}"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("A 1 请问您是 2", "A 2.6 机主本人吗 4"), "pass"),
        (("A 1 请问 1.5", "A 2 您是 2.5", "A 3 机主本人吗 4"), "pass"),
        (("A 1 请问您是 2", "C 2.1 嗯 2.3", "A 2.6 机主本人吗 4"), "pass"),
        (("A 1 请问您是 2", "C 2.1 谁呀 2.3", "A 2.6 机主本人吗 4"), "fail"),
        (("A 1 请问您是 2", "A 5 机主本人吗 6"), "fail"),
        (("A 1 请问您是 2", "C 2.6 机主本人吗 4"), "fail"),
    ],
)
def test_a_phrase_goes_over_a_pause_and_a_hum_but_over_nothing_that_is_said(
    tmp_path: Path, turns: tuple[str, ...], expected: str
) -> None:
    assert verdict(one_rule(tmp_path, ASKED), timed("C 0 喂 0.5", *turns)) == expected
    assert verdict(one_rule(tmp_path, ASKED), wordless("C 0 喂 0.5", *turns)) == expected


def test_the_evidence_has_all_the_words_and_names_the_turn_in_which_they_begin(tmp_path: Path) -> None:
    call = timed("C 0 喂 0.5", "A 1 我想问请问您是 2.4", "C 2.5 嗯 2.6", "A 3 机主本人吗打扰了 4.8")
    (hit,) = judged(one_rule(tmp_path, ASKED), call)[0].hits
    assert (hit.heard, hit.by, hit.turn, hit.span) == ("请问您是机主本人吗", Witness.TEXT, 1, (3, 7))
    assert (hit.start, hit.end) == pytest.approx((1.6, 4.125), abs=0.01)


def test_a_phrase_over_two_turns_is_heard_by_its_sound(tmp_path: Path) -> None:
    call = timed("C 0 喂 0.5", "A 1 请问您事 2", "A 2.6 机组本人吗 4")
    (finding,) = judged(one_rule(tmp_path, ASKED), call)
    assert finding.verdict == "pass"
    assert [hit.by for hit in finding.hits] == [Witness.SOUND]


def test_a_sentence_that_has_ended_does_not_go_on_in_the_next_turn(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: 不要钱}")
    assert verdict(rules, dialogue("A 您要不要？", "A 钱是一个月三十")) == "fail"
    assert verdict(rules, dialogue("A 这个不要", "A 钱的")) == "pass"


def test_who_is_not_known_to_speak_goes_on_with_nothing(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{phrases: 请问您是机主本人吗}")
    assert verdict(rules, mono("A 1 请问您是 2", "A 2.6 机主本人吗 4")) == "fail"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 我们可不敢", "A 保证收益"), "pass"),
        (("A 我们不敢保证", "A 收益"), "pass"),
        (("A 我们从来不骗人。", "A 保证收益"), "fail"),
        (("A 我们可不敢", "C 你说什么", "A 保证收益"), "fail"),
    ],
)
def test_a_no_in_the_turn_before_denies_what_goes_on_from_it(
    tmp_path: Path, lines: tuple[str, ...], expected: str
) -> None:
    wanted = "{any: 保证收益, unless_negated: yes}"
    rule = f"  - {{id: r, title: 甲, because: 乙, forbid: {{by: agent, phrases: {wanted}}}}}\n"
    (finding,) = judged(checklist(tmp_path, rule), dialogue("C 喂", *lines))
    assert finding.verdict == expected


def test_an_answer_comes_after_the_whole_of_a_question_of_two_turns(tmp_path: Path) -> None:
    moments = f"{{asked: {ASKED}}}"
    rules = one_rule(tmp_path, "{answered: asked, as: yes}", moments)
    turns = ("A 1 请问您是 2", "C 2.1 嗯 2.3", "A 2.6 机主本人吗 4")
    assert verdict(rules, timed(*turns, "C 4.2 是我 5")) == "pass"
    assert verdict(rules, timed(*turns, "C 4.2 不是 5")) == "fail"


def test_phrases_in_order_follow_one_that_goes_over_two_turns(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: {all: [请问您是机主本人吗, 打扰了], ordered: yes}}")
    assert verdict(rules, dialogue("A 请问您是", "A 机主本人吗打扰了")) == "pass"
    assert verdict(rules, dialogue("A 打扰了请问您是", "A 机主本人吗")) == "fail"


def test_a_turn_that_begins_before_the_one_it_would_go_on_with_is_no_part_of_it(tmp_path: Path) -> None:
    first, second = timed("A 1 请问您是 2").turns[0], timed("A 0.5 机主本人吗 4").turns[0]
    call = Transcript(9.0, "zh", "t", (first, replace(second, start=0.5)))
    assert verdict(one_rule(tmp_path, ASKED), call) == "fail"


def test_words_that_are_whole_only_over_two_turns_keep_their_places(tmp_path: Path) -> None:
    """A hesitation that is part of a word (金额) where the turns are read as one."""
    call = timed("C 0 喂 0.5", "A 1 您的应还金 2", "A 2.5 额是三百块请问您是 4", "A 4.2 机主本人吗 5")
    (hit,) = judged(one_rule(tmp_path, ASKED), call)[0].hits
    assert (hit.heard, hit.turn, hit.span) == ("请问您是机主本人吗", 2, (5, 9))
    whole = judged(one_rule(tmp_path, "{by: agent, phrases: 应还金额}"), call)[0].hits
    assert [hit.turn for hit in whole] == [1]
