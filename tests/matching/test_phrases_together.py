"""Phrases that count only together: in one turn, in order, near one another."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.call import Role, Transcript, Turn, Word
from speechqa.checklist import load
from speechqa.errors import ChecklistError
from tests.matching.lines import dialogue, judged, one_rule, verdict

SCRIPT = "{all: [理解, 感谢, 处理], ordered: yes}"


@pytest.mark.parametrize(
    ("phrases", "lines", "expected"),
    [
        # unit: turn
        ("{all: [您好, 工号], unit: turn}", ("A 您好，工号8012", "C 喂"), "pass"),
        ("{all: [您好, 工号], unit: turn}", ("A 您好", "C 喂", "A 工号8012"), "fail"),
        ("{all: [您好, 工号], unit: turn}", ("A 您好", "C 喂", "A 工号8012，您好"), "pass"),
        ("{of: [资费, 热线, 退订], at_least: 2, unit: turn}", ("A 资费三十，退订发短信", "C 哦"), "pass"),
        ("{of: [资费, 热线, 退订], at_least: 2, unit: turn}", ("A 资费三十", "C 哦", "A 退订发短信"), "fail"),
        ("{any: 您好, min_hits: 2, unit: turn}", ("A 您好", "C 喂", "A 您好"), "fail"),
        ("{any: 您好, min_hits: 2, unit: turn}", ("A 您好您好", "C 喂"), "pass"),
        ("{any: [您好, 早上好], unit: turn}", ("A 早上好", "C 喂"), "pass"),
        # ordered, over turns
        (SCRIPT, ("A 我理解您，感谢您反映，马上处理",), "pass"),
        (SCRIPT, ("A 我很理解", "C 嗯", "A 感谢您反映", "C 嗯", "A 我来处理"), "pass"),
        (SCRIPT, ("A 我来处理", "C 嗯", "A 感谢您反映，我理解您"), "fail"),
        (SCRIPT, ("A 马上处理，我理解您，感谢您反映，这就处理",), "pass"),
        (SCRIPT, ("A 感谢您，我理解，这就处理",), "fail"),
        (SCRIPT, ("A 我理解您，这就处理",), "fail"),
        ("{of: [理解, 感谢, 处理], at_least: 2, ordered: yes}", ("A 处理好了，理解您，感谢您",), "pass"),
        ("{of: [理解, 感谢, 处理], at_least: 2, ordered: yes}", ("A 处理好了，感谢，理解",), "fail"),
        ("{all: [您好, 工号], ordered: yes, unit: turn}", ("A 您好", "C 喂", "A 工号8012"), "fail"),
        ("{all: [您好, 工号], ordered: yes, unit: turn}", ("A 您好", "C 喂", "A 您好，工号8012"), "pass"),
        # near
        ("{all: [资费, 三十], near: 5}", ("A 资费是每月三十",), "pass"),
        ("{all: [资费, 三十], near: 5}", ("A 每月三十的资费",), "pass"),
        ("{all: [资费, 三十], near: 5}", ("A 资费的话我给您说清楚一点每月三十",), "fail"),
        ("{all: [资费, 三十], near: 5}", ("A 资费", "A 三十"), "fail"),
        ("{all: [资费, 三十], near: 5}", ("A 资费，呃，是，三十",), "pass"),
        ("{all: [资费, 三十], near: 5, ordered: yes}", ("A 每月三十的资费",), "fail"),
        ("{all: [资费, 三十], near: 5, ordered: yes}", ("A 三十的资费，资费是三十",), "pass"),
        ("{all: [宽带, 流量, 三十], near: 4}", ("A 宽带加流量一共三十",), "pass"),
        ("{all: [宽带, 流量, 三十], near: 4}", ("A 宽带加流量给您便宜点一共三十",), "fail"),
        ("{any: 保证, min_hits: 3, near: 4}", ("A 保证保证，我保证",), "pass"),
        ("{any: 保证, min_hits: 3, near: 4}", ("A 保证，这件事情我跟您说，保证，保证",), "fail"),
        ("{none: [保证, 收益], at_least: 2, near: 4}", ("A 保证有收益",), "fail"),
        ("{none: [保证, 收益], at_least: 2, near: 4}", ("A 保证送到，说到那个收益",), "pass"),
    ],
)
def test_phrases_count_together(tmp_path: Path, phrases: str, lines: tuple[str, ...], expected: str) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, phrases: {phrases}}}")
    assert verdict(rules, dialogue(*lines)) == expected


def test_each_phrase_of_a_chain_is_evidence(tmp_path: Path) -> None:
    said = dialogue("A 处理，我理解您", "C 嗯", "A 感谢您，我来处理")
    (finding,) = judged(one_rule(tmp_path, f"{{by: agent, phrases: {SCRIPT}}}"), said)
    assert [(hit.turn, hit.wanted) for hit in finding.hits] == [(0, "理解"), (2, "感谢"), (2, "处理")]
    assert finding.hits[0].start < finding.hits[1].start < finding.hits[2].start


def test_what_was_said_in_another_order_is_told_in_that_order(tmp_path: Path) -> None:
    (finding,) = judged(
        one_rule(tmp_path, f"{{by: agent, phrases: {SCRIPT}}}"), dialogue("A 处理，感谢，理解", "C 嗯")
    )
    assert finding.verdict == "fail"
    assert [hit.wanted for hit in finding.near_misses] == ["处理", "感谢", "理解"]
    assert "处理" in finding.because.zh


def test_a_chain_found_by_sound_says_so(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: {all: [同意办理, 资费], near: 6}}")
    (finding,) = judged(rules, dialogue("A 同一半里的资费"))
    assert finding.verdict == "pass"
    assert [hit.by for hit in finding.hits] == ["sound", "text"]


def test_what_may_make_a_chain_whole_is_a_doubt_and_what_cannot_is_none(tmp_path: Path) -> None:
    wanted = "{all: [您是机主本人吗, 资费], ordered: yes}"
    rules = one_rule(tmp_path, f"{{by: agent, by_sound: no, phrases: {wanted}}}")

    def recognised(text: str) -> Transcript:
        (turn,) = dialogue(f"A {text}").turns
        words = (Word(turn.text, turn.start, turn.end, 0.75),)
        return Transcript(9.0, "zh", "t", (replace(turn, words=words),))

    assert verdict(rules, recognised("您是机组本人吗，资费三十")) == "unknown"
    assert verdict(rules, recognised("资费三十，您是机组本人吗")) == "fail"


def test_a_window_cuts_a_chain_by_word_times(tmp_path: Path) -> None:
    rules = one_rule(
        tmp_path, "{by: agent, window: first 15 s, phrases: {all: [您好, 工号], ordered: yes, unit: turn}}"
    )
    early = (Word("您好", 0.0, 0.5, 0.9), Word("工号", 5.0, 5.5, 0.9))
    late = (Word("您好", 0.0, 0.5, 0.9), Word("工号", 20.0, 20.5, 0.9))
    for words, expected in ((early, "pass"), (late, "fail")):
        turn = Turn(Role.AGENT, 0.0, words[-1].end, "您好工号", 0, words)
        assert verdict(rules, Transcript(30.0, "zh", "t", (turn,))) == expected


def test_who_spoke_unknown_leaves_a_chain_unknown(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, phrases: {SCRIPT}}}")
    assert verdict(rules, dialogue("? 理解，感谢，处理", "? 好")) == "unknown"
    assert verdict(rules, dialogue("A 理解", "? 感谢", "A 处理")) == "unknown"


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        ("{any: [您好, 你好], ordered: yes}", "ordered: one phrase is enough"),
        ("{any: [您好, 你好], near: 5}", "near: one phrase is enough"),
        ("{of: [您好, 你好], near: 5}", "near: one phrase is enough"),
        ("{none: [您好, 你好], ordered: yes}", "ordered: one phrase is enough"),
        ("{all: [您好, 工号], ordered: yes, min_hits: 3}", "min_hits: cannot go with ordered"),
        ("{of: [您好, 工号], at_least: 3}", "at_least: 3 of 2 phrases can never hold"),
        ("{all: [您好, 工号], near: 0}", "near: expected a whole number 1-999"),
        ("{all: [您好, 工号], unit: sentence}", "unit"),
    ],
)
def test_what_has_no_meaning_together_is_refused(tmp_path: Path, phrases: str, expected: str) -> None:
    with pytest.raises(ChecklistError) as caught:
        one_rule(tmp_path, f"{{by: agent, phrases: {phrases}}}")
    assert expected in caught.value.message.en


WORDS = ("理解", "感谢", "处理")


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_an_ordered_chain_is_found_exactly_where_there_is_one(
    tmp_path_factory: pytest.TempPathFactory, said: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "ordered"
    path = folder / "c.yaml"
    if not path.exists():
        folder.mkdir()
        one_rule(folder, f"{{by: agent, phrases: {SCRIPT}}}")
    rest = iter(said)
    expected = "pass" if all(word in rest for word in WORDS) else "fail"
    assert verdict(load(path), dialogue(*(f"A {word}" for word in [*said, "好"]))) == expected
