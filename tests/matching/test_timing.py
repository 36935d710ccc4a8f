"""silence and response_time: who let whom wait, for how long, and what excuses it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa.assessment import Finding, Measure, Witness
from speechqa.call import Hold, HoldKind, Message, Role, Transcript, Turn
from speechqa.matching.timing.timeline import PAUSE, Timeline
from tests.matching.lines import checklist, judged, one_rule
from tests.matching.timed import mono, read, timed, wordless

LONG = "silence: over 7 s"
EXCUSED = "{silence: over 7 s, excused_by: [请稍等, 我帮您查一下, 久等了]}"


def found(folder: Path, condition: str, transcript: Transcript, moments: str = "{}") -> Finding:
    return judged(one_rule(folder, condition, moments), transcript)[0]


def forbidden(folder: Path, condition: str, transcript: Transcript) -> Finding:
    rule = f"  - {{id: r, title: 甲, because: 静默过久, forbid: {condition}}}\n"
    return judged(checklist(folder, rule), transcript)[0]


@pytest.mark.parametrize(
    ("condition", "lines", "expected"),
    [
        (LONG, ("A 0 您好请讲 2", "C 10 我想查话费 12"), "pass"),
        (LONG, ("A 0 您好请讲 2", "C 8.5 我想查话费 12"), "fail"),
        (LONG, ("A 0 您好请讲 2", "C 9 我想查话费 12"), "fail"),
        ("silence: at least 7 s", ("A 0 您好请讲 2", "C 9 我想查话费 12"), "pass"),
        (LONG, ("A 0 我看一下 2 12 您的余额是三十 15", "C 16 好 17"), "pass"),
        (LONG, ("A 0 我看一下 2 12 您的余额是三十 15", "C 5 嗯嗯 6"), "fail"),
        (f"{LONG}, between: same", ("A 0 我看一下 2 12 您的余额 15", "C 16 好 17"), "pass"),
        (f"{LONG}, between: same", ("A 0 您好请讲 2", "C 10 我想查话费 12"), "fail"),
        (f"{LONG}, between: other", ("A 0 您好请讲 2", "C 10 我想查话费 12"), "pass"),
        (f"{LONG}, between: other", ("A 0 我看一下 2 12 您的余额 15", "C 16 好 17"), "fail"),
        (f"{LONG}, between: same", ("A 0 我看一下 2", "A 12 您的余额 15", "C 16 好 17"), "pass"),
        (f"by: agent, {LONG}", ("A 0 您好请讲 2", "C 10 我想查话费 12"), "fail"),
        (f"by: customer, {LONG}", ("A 0 您好请讲 2", "C 10 我想查话费 12"), "pass"),
        (f"by: agent, {LONG}", ("C 0 我想查话费 2", "A 10 好的 12"), "pass"),
        (f"{LONG}, count: 2", ("A 0 您好 1", "C 10 喂 11", "A 12 请讲 13"), "fail"),
        (f"{LONG}, count: 2", ("A 0 您好 1", "C 10 喂 11", "A 20 请讲 21"), "pass"),
        (
            "silence: over 10 s, count: 2, total: over 30 s",
            ("A 0 稍等 1", "C 20 喂 21", "A 40 好 41"),
            "pass",
        ),
        (
            "silence: over 10 s, count: 2, total: over 30 s",
            ("A 0 稍等 1", "C 12 喂 13", "A 30 好 31"),
            "fail",
        ),
        (f"{LONG}, window: first 20 s", ("A 0 您好 1", "C 15 喂 16", "A 17 好 18"), "pass"),
        (f"{LONG}, window: first 6 s", ("A 0 您好 1", "C 15 喂 16", "A 17 好 18"), "fail"),
        (f"{LONG}, window: first 10 s", ("A 0 您好 1", "C 15 喂 16", "A 17 好 18"), "pass"),
        (f"{LONG}, window: last 10 s", ("A 0 您好 1", "C 15 喂 16", "A 17 好 18"), "fail"),
        (f"{LONG}, turns: first 2", ("A 0 您好 1", "C 2 喂 3", "A 20 好 21"), "fail"),
        (LONG, ("A 9 您好 10", "C 11 喂 12"), "fail"),  # before the first word of the call
        (LONG, ("A 0 您好 10", "C 2 嗯 3", "C 12 好 13"), "fail"),  # the agent talks until 10
    ],
)
def test_a_silence_lies_between_words_of_the_right_speakers(
    tmp_path: Path, condition: str, lines: tuple[str, ...], expected: str
) -> None:
    assert found(tmp_path, f"{{{condition}}}", timed(*lines)).verdict == expected


def test_silence_behind_the_last_word_is_none(tmp_path: Path) -> None:
    assert found(tmp_path, f"{{{LONG}}}", timed("A 0 您好 1", "C 2 喂 3", until=60)).verdict == "fail"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 0 请稍等一下 2", "A 20 您的余额是三十 22", "C 23 好 24"), "pass"),
        (("A 0 请稍等一下 2 20 您的余额是三十 22", "C 23 好 24"), "pass"),
        (("A 0 我帮您查一下 2", "C 2.5 好的谢谢 3", "A 20 查到了 22"), "pass"),
        (("C 0 怎么扣这么多 2", "A 15 让您久等了 16"), "pass"),
        (("C 0 怎么扣这么多 2", "A 15 是这样的 16"), "fail"),
        (("A 0 请稍等一下 2", "C 3 那我先把问题跟你说一遍啊 8", "A 20 您说 22"), "fail"),
        (("A 0 请稍等一下 2", "C 3 好 4", "A 5 余额三十还有别的吗 9", "C 20 没有了 22"), "fail"),
        (("A 0 您好请讲 2", "C 3 我请你帮我查一下这个月话费 6", "A 15 三十块 16"), "fail"),
        (("A 0 您好请讲 2", "C 4 好 5"), "pass"),
    ],
)
def test_a_silence_is_forgiven_when_it_was_announced(
    tmp_path: Path, lines: tuple[str, ...], expected: str
) -> None:
    assert forbidden(tmp_path, EXCUSED, timed(*lines)).verdict == expected


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("情稍等", "pass"),
        ("我帮您插一下", "pass"),
        ("我帮林茶叶下", "unknown"),
        ("您的套餐是", "fail"),
    ],
)
def test_an_announcement_may_be_misheard(tmp_path: Path, heard: str, expected: str) -> None:
    call = timed(f"A 0 {heard} 2", "C 3 好 4", "A 20 余额三十 22")
    finding = forbidden(tmp_path, EXCUSED, call)
    assert finding.verdict == expected
    if expected == "unknown":
        assert "听到像“我帮您查一下”的话，不能确定，需人工听" in finding.because.zh


def test_the_silence_is_the_evidence(tmp_path: Path) -> None:
    finding = forbidden(tmp_path, f"{{{LONG}}}", timed("A 0 您好请讲 2", "C 14.3 喂 15"))
    (hit,) = finding.hits
    assert (hit.start, hit.end, hit.heard, hit.wanted) == (2, 14.3, "", "over 7 s")
    assert hit.measure == Measure(
        Message("静默 12.3 秒，之后客户开口", "12.3 s of silence, then the customer spoke"),
        wanted=Message("超过 7 秒", "over 7 s"),
        whose=None,
    )
    assert (hit.by, hit.role, hit.turn, hit.span) == (Witness.AUDIO, Role.CUSTOMER, 1, None)
    assert finding.because.zh == "静默过久。见 00:02 静默 12.3 秒，之后客户开口"


@pytest.mark.parametrize(
    ("hold", "told"),
    [
        (Hold(2, 14, HoldKind.MUSIC), "客户听着音乐或提示音等了 12.3 秒，之后客户开口"),
        (Hold(2, 14, HoldKind.SILENCE), "让客户在静默中等了 12.3 秒，之后客户开口"),
        (Hold(9, 14, HoldKind.MUSIC), "静默 12.3 秒，之后客户开口"),  # for less than half of it
    ],
)
def test_a_silence_that_is_a_hold_counts_and_is_told_as_one(tmp_path: Path, hold: Hold, told: str) -> None:
    held = replace(timed("A 0 您好请讲 2", "C 14.3 喂 15"), holds=(hold,))
    finding = forbidden(tmp_path, f"{{{LONG}}}", held)
    assert finding.verdict == "fail"
    assert read(finding.hits[0]).zh == told


def test_a_reply_after_a_hold_says_how_much_of_the_wait_it_was(tmp_path: Path) -> None:
    held = replace(timed("C 0 帮我查话费 2", "A 14 查到了 15"), holds=(Hold(4, 13, HoldKind.MUSIC),))
    finding = forbidden(tmp_path, "{by: agent, response_time: over 5 s}", held)
    assert read(finding.hits[0]) == Message(
        "等了 12.0 秒才答话（其中在线等待 9.0 秒）", "answered after 12.0 s (9.0 s of it on hold)"
    )


def test_an_excused_silence_and_the_longest_one_are_the_near_misses(tmp_path: Path) -> None:
    lines = ("A 0 请稍等一下 2", "A 20 您的余额是三十 22", "C 27 好 28")
    finding = found(tmp_path, EXCUSED, timed(*lines))
    assert [read(hit).zh for hit in finding.near_misses] == [
        "静默 18.0 秒，之后坐席接着说，已说“请稍等”",
        "静默 5.0 秒，之后客户开口",
    ]


def test_too_short_a_silence_is_told_with_what_was_asked_for(tmp_path: Path) -> None:
    finding = found(tmp_path, f"{{{LONG}}}", timed("A 0 您好请讲 2", "C 5 喂 6"))
    assert finding.because.zh == "乙。00:02 静默 3.0 秒，之后客户开口，应超过 7 秒"
    assert finding.because.en == "乙 (00:02 3.0 s of silence, then the customer spoke, expected over 7 s)"


def test_silences_that_are_too_short_together_are_told_with_their_sum(tmp_path: Path) -> None:
    condition = "{silence: over 10 s, count: 2, total: over 30 s}"
    finding = found(tmp_path, condition, timed("A 0 稍等 1", "C 12 喂 13", "A 30 好 31"))
    assert read(finding.near_misses[0]).zh == "静默 2 次，共 28.0 秒"


def test_a_side_that_was_not_recorded_makes_silences_unknown(tmp_path: Path) -> None:
    finding = forbidden(tmp_path, f"{{{LONG}}}", timed("A 0 您好请讲 2 20 好的再见 22"))
    assert finding.verdict == "unknown"
    assert "客户一侧没有语音，需人工听" in finding.because.zh
    assert forbidden(tmp_path, f"{{{LONG}}}", timed("A 0 您好请讲 2 4 好的再见 6")).verdict == "pass"


def test_on_a_mono_recording_silence_is_heard_but_not_whose(tmp_path: Path) -> None:
    call = mono("A 0 您好请讲 2", "C 14 喂 15")
    assert forbidden(tmp_path, f"{{{LONG}}}", call).verdict == "fail"
    assert forbidden(tmp_path, f"{{{LONG}, between: other}}", call).verdict == "unknown"
    assert forbidden(tmp_path, f"{{by: agent, {LONG}}}", call).verdict == "unknown"


def test_without_word_times_a_long_turn_may_hide_a_pause(tmp_path: Path) -> None:
    between = wordless("A 0 您好请讲 2", "C 14 喂 15")
    inside = wordless("A 0 我看一下您的余额是三十 20", "C 21 好 22")
    brisk = wordless("A 0 我看一下您的余额是三十 3", "C 4 好 5")
    assert forbidden(tmp_path, f"{{{LONG}}}", between).verdict == "fail"
    finding = forbidden(tmp_path, f"{{{LONG}}}", inside)
    assert finding.verdict == "unknown"
    assert "没有逐字时间" in finding.because.zh
    assert forbidden(tmp_path, f"{{{LONG}, between: other}}", inside).verdict == "pass"
    assert forbidden(tmp_path, f"{{{LONG}}}", brisk).verdict == "pass"


def test_a_silence_can_be_a_moment(tmp_path: Path) -> None:
    moments = "{hold: {silence: over 10 s}}"
    condition = "{by: agent, phrases: 久等, after: hold, within: 1 turns}"
    lines = ("A 0 请稍等 2", "C 3 好 4", "A 30 让您久等了 32")
    assert found(tmp_path, condition, timed(*lines), moments).verdict == "pass"
    blunt = ("A 0 请稍等 2", "C 3 好 4", "A 30 余额三十 32")
    assert found(tmp_path, condition, timed(*blunt), moments).verdict == "fail"


@pytest.mark.parametrize(
    ("condition", "lines", "expected"),
    [
        ("by: agent, response_time: over 5 s", ("C 0 怎么收费 2", "A 9 是这样 11"), "pass"),
        ("by: agent, response_time: over 5 s", ("C 0 怎么收费 2", "A 6 是这样 8"), "fail"),
        ("by: agent, response_time: over 5 s", ("A 0 您好请讲 2", "C 9 怎么收费 11"), "fail"),
        ("by: customer, response_time: over 5 s", ("A 0 您好请讲 2", "C 9 怎么收费 11"), "pass"),
        ("response_time: over 5 s", ("A 0 您好请讲 2", "C 9 怎么收费 11"), "pass"),
        ("by: agent, response_time: over 5 s", ("C 0 怎么 1", "A 2 嗯 2.5", "A 12 是这样 14"), "fail"),
        (
            "by: agent, response_time: over 5 s, count: 2",
            ("C 0 喂 1", "A 9 您好 11", "C 12 怎么收费 13"),
            "fail",
        ),
        (
            "by: agent, response_time: over 5 s, count: 2",
            ("C 0 喂 1", "A 9 您好 11", "C 12 怎么收费 13", "A 20 是这样 21"),
            "pass",
        ),
        ("by: agent, response_time: under 1 s", ("C 0 怎么收费 2", "A 1.5 是这样 4"), "pass"),
        (
            "by: agent, response_time: over 5 s",
            ("A 0 这个套餐是这样的 9", "C 2 嗯 3", "A 16 明白吗 17"),
            "fail",
        ),
        ("by: agent, response_time: over 5 s", ("C 0 喂 1", "C 4 有人吗 5", "A 8 您好 9"), "fail"),
    ],
)
def test_a_reply_is_timed_from_the_others_last_word(
    tmp_path: Path, condition: str, lines: tuple[str, ...], expected: str
) -> None:
    assert found(tmp_path, f"{{{condition}}}", timed(*lines)).verdict == expected


def test_a_reply_that_was_slow_is_shown(tmp_path: Path) -> None:
    condition = "{by: agent, response_time: under 3 s}"
    finding = found(tmp_path, condition, timed("C 0 怎么收费 2", "A 9 是这样 11"))
    assert finding.because.zh == "乙。00:02 等了 7.0 秒才答话，应少于 3 秒"
    (hit,) = finding.near_misses
    assert (hit.start, hit.end, hit.role) == (2, 9, Role.AGENT)


def test_who_replies_is_unknown_on_a_mono_recording(tmp_path: Path) -> None:
    call = mono("C 0 怎么收费 2", "A 9 是这样 11")
    assert found(tmp_path, "{by: agent, response_time: over 5 s}", call).verdict == "unknown"
    assert found(tmp_path, "{response_time: over 5 s}", call).verdict == "unknown"
    assert found(tmp_path, "{response_time: over 20 s}", call).verdict == "fail"


def test_word_times_decide_and_not_those_of_turns(tmp_path: Path) -> None:
    """A turn that was cut generously begins before its first word."""
    said = timed("A 0 您好请讲 2", "C 12 怎么收费 13")
    early = Transcript(
        said.duration,
        "zh",
        "t",
        (said.turns[0], Turn(Role.CUSTOMER, 3.0, 13.0, "怎么收费", words=said.turns[1].words)),
    )
    assert found(tmp_path, f"{{{LONG}}}", early).verdict == "pass"


@given(st.lists(st.tuples(st.sampled_from("AC"), st.integers(0, 600), st.integers(1, 50)), max_size=8))
def test_gaps_are_in_order_apart_from_all_speech_and_longer_than_a_pause(
    turns: list[tuple[str, int, int]],
) -> None:
    lines = [f"{who} {start / 10} 喂 {(start + length) / 10}" for who, start, length in turns]
    timeline = Timeline(timed(*lines).turns)
    assert list(timeline.gaps) == sorted(timeline.gaps)
    for gap in timeline.gaps:
        assert gap.end - gap.start > PAUSE
        assert all(piece.end <= gap.start or gap.end <= piece.start for piece in timeline.pieces)
