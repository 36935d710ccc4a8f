"""speaking_rate and interruption: how fast, and who talked over whom."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Witness
from speechqa.call import Layout, Role, Transcript
from tests.matching.lines import checklist, judged, one_rule
from tests.matching.timed import mono, read, timed, wordless

RATE = "by: agent, speaking_rate: 180..300"
CUT_IN = "by: agent, interruption: over 0.5 s"
TWENTY = "我们这款套餐每个月三十块钱包含二十个流量"  # characters: 20
FORTY = TWENTY * 2


def found(folder: Path, condition: str, transcript: Transcript) -> Finding:
    return judged(one_rule(folder, f"{{{condition}}}"), transcript)[0]


def forbidden(folder: Path, condition: str, transcript: Transcript) -> Finding:
    rule = f"  - {{id: r, title: 甲, because: 打断客户, forbid: {{{condition}}}}}\n"
    return judged(checklist(folder, rule), transcript)[0]


@pytest.mark.parametrize(
    ("condition", "lines", "expected"),
    [
        (RATE, (f"A 0 {TWENTY} 5",), "pass"),  # 240
        (RATE, (f"A 0 {TWENTY} 4",), "pass"),  # 300
        (RATE, (f"A 0 {TWENTY} 3",), "fail"),  # 400
        (RATE, (f"A 0 {TWENTY} 8",), "fail"),  # 150
        (RATE, (f"A 0 {TWENTY} 5 30 {TWENTY} 35",), "pass"),  # the pause is no speaking
        (RATE, (f"A 0 {TWENTY} 5", f"C 6 {TWENTY} 8"), "pass"),  # the customer's speed is his own
        (RATE, (f"A 0 {TWENTY} 3", f"A 10 {TWENTY} 17"), "pass"),  # 400 and 171: 240 in all
        ("by: customer, speaking_rate: over 300", (f"A 0 {TWENTY} 5", f"C 6 {TWENTY} 8"), "pass"),
        ("speaking_rate: over 300", (f"A 0 {TWENTY} 5", f"C 6 {TWENTY} 8"), "pass"),  # 343 together
        (f"{RATE}, window: first 5 s", (f"A 0 {TWENTY} 5", f"A 10 {TWENTY} 12"), "pass"),
        ("by: agent, speaking_rate: over 320, per: turn", (f"A 0 {TWENTY} 3", f"A 10 {TWENTY} 17"), "pass"),
        (
            "by: agent, speaking_rate: over 320, per: turn, count: 2",
            (f"A 0 {TWENTY} 3", "C 4 好 5", f"A 10 {TWENTY} 17"),
            "fail",
        ),
        (
            "by: agent, speaking_rate: over 320, per: turn, count: 2",
            (f"A 0 {TWENTY} 3", "C 4 好 5", f"A 10 {TWENTY} 13"),
            "pass",
        ),
        ("by: agent, speaking_rate: over 320, per: turn", ("A 0 好的好的 0.3", f"A 10 {TWENTY} 17"), "fail"),
        (
            "by: agent, speaking_rate: over 320, per: turn, min_characters: 4",
            ("A 0 好的好的 0.3", f"A 10 {TWENTY} 17"),
            "pass",
        ),
        (RATE, ("A 0 您好 1", "C 2 喂 3"), "unknown"),  # too little was said
        (RATE, (f"C 0 {TWENTY} 5",), "unknown"),  # the agent's side is silent
    ],
)
def test_speed_is_counted_over_the_time_of_speaking(
    tmp_path: Path, condition: str, lines: tuple[str, ...], expected: str
) -> None:
    assert found(tmp_path, condition, timed(*lines)).verdict == expected


def test_a_speed_out_of_range_is_told_in_characters_a_minute(tmp_path: Path) -> None:
    finding = found(tmp_path, RATE, timed(f"A 0 {TWENTY} 3"))
    assert finding.because.zh == "乙。语速 400 字/分，应在 180 到 300 字/分之间"
    assert finding.because.en == "乙 (400 characters/min, expected between 180 and 300 characters/min)"
    (near,) = finding.near_misses
    assert (near.start, near.end, read(near).zh, near.wanted) == (0, 3, "语速 400 字/分", "180..300")
    assert near.measure is not None
    assert near.measure.wanted.zh == "在 180 到 300 字/分之间"


def test_a_speed_in_range_is_the_evidence_of_a_pass(tmp_path: Path) -> None:
    finding = found(tmp_path, RATE, timed(f"A 0 {TWENTY} 5"))
    assert finding.because.zh == "语速 240 字/分"
    assert finding.hits[0].by is Witness.AUDIO


def test_a_turn_that_was_too_fast_is_shown(tmp_path: Path) -> None:
    finding = forbidden(tmp_path, "by: agent, speaking_rate: over 320, per: turn", timed(f"A 61 {TWENTY} 64"))
    assert finding.because.zh == "打断客户。见 01:01 语速 400 字/分"
    assert finding.hits[0].turn == 0


def test_digits_and_words_of_latin_letters_take_time_and_punctuation_does_not(tmp_path: Path) -> None:
    said = "您好，请拨10086，或者 APP。" + TWENTY  # 6 characters, 5 digits, a word, and 20
    finding = found(
        tmp_path, "by: agent, speaking_rate: over 999", wordless(f"A 0 {said.replace(' ', '')} 8")
    )
    assert read(finding.near_misses[0]).zh == "语速 240–267 字/分"  # with its pauses, which nobody knows


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(10, "pass"), (13.6, "unknown"), (20, "fail"), (7, "fail")],  # 240, 176, 120 and 343 by turn times
)
def test_pauses_that_nobody_knows_of_only_make_a_speed_higher(
    tmp_path: Path, seconds: float, expected: str
) -> None:
    finding = found(tmp_path, RATE, wordless(f"A 0 {FORTY} {seconds}"))
    assert finding.verdict == expected


def test_whose_speed_it_is_cannot_be_known_on_a_mono_recording(tmp_path: Path) -> None:
    assert found(tmp_path, RATE, mono(f"A 0 {TWENTY} 3")).verdict == "unknown"
    assert found(tmp_path, "speaking_rate: over 300", mono(f"A 0 {TWENTY} 3")).verdict == "pass"


AGENT = f"A 0 {TWENTY} 5"  # talks until 5


@pytest.mark.parametrize(
    ("condition", "lines", "expected"),
    [
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 3 您先听我说完 6"), "fail"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 3.6 您先听我说完 6"), "pass"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 4.2 您先听我说完 6"), "pass"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 2 嗯嗯好的 3"), "pass"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 2 是的是的对对 3"), "pass"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 2 哦我明白了好的 3"), "pass"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 2 好的没问题谢谢您再见 4"), "pass"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 2 好的这个不归我们管 4"), "fail"),
        (CUT_IN, ("C 0 我上个月的话费怎么多扣了三十块 4", "A 2 听我说 3"), "pass"),  # three characters
        (f"{CUT_IN}, min_characters: 3", ("C 0 我上个月的话费怎么多扣了三十块 4", "A 2 听我说 3"), "fail"),
        (CUT_IN, ("C 0 我上个月的话费 4", "A 0.5 您先听我说完 3"), "pass"),  # both began together
        (f"{CUT_IN}, spoken: 0.3", ("C 0 我上个月的话费 4", "A 0.5 您先听我说完 3"), "fail"),
        (f"{CUT_IN}, spoken: 3", ("C 0 我上个月的话费 4", "A 2 您先听我说完 4"), "pass"),
        (CUT_IN, (AGENT, "C 4 不是你听我说 7"), "pass"),  # the customer cuts in
        ("by: customer, interruption: over 0.5 s", (AGENT, "C 4 不是你听我说 7"), "fail"),
        ("interruption: over 0.5 s", (AGENT, "C 4 不是你听我说 7"), "fail"),
        (f"{CUT_IN}, count: 2", ("C 0 我上个月的话费怎么多扣了 4", "A 3 您先听我说完 6"), "pass"),
        (
            f"{CUT_IN}, count: 2",
            (
                "C 0 我上个月的话费怎么多扣了 4",
                "A 3 您先听我说完 6",
                "C 7 我不听你们就是乱扣 11",
                "A 9 这个是系统扣的 12",
            ),
            "fail",
        ),
        # The agent begins in a pause of the customer, who goes on: nobody cut in.
        (CUT_IN, ("C 0 我上个月的话费 3 3.6 怎么多扣了三十块 6", "A 3.2 您的话费是这样的 6"), "pass"),
        # The customer lets the agent begin, and talks over him.
        (
            "by: customer, interruption: over 0.5 s",
            ("C 0 怎么扣费 2 6 我不想听你们这些 9", "A 3 您的话费是这样的先生 8"),
            "fail",
        ),
        (CUT_IN, ("C 0 怎么扣费 2 6 我不想听你们这些 9", "A 3 您的话费是这样的先生 8"), "pass"),
        (f"{CUT_IN}, window: first 3 s", ("C 0 我上个月的话费怎么多扣了 9", "A 7 您先听我说完 9"), "pass"),
        (f"{CUT_IN}, window: 5..12 s", ("C 0 我上个月的话费怎么多扣了 9", "A 7 您先听我说完 9"), "fail"),
        (CUT_IN, ("C 0 我要投诉你们 4", "A 2 ok ok 3"), "pass"),
    ],
)
def test_an_interruption_talks_over_somebody_who_goes_on(
    tmp_path: Path, condition: str, lines: tuple[str, ...], expected: str
) -> None:
    plain = tuple(line.replace("ok ok", "okok") for line in lines)
    assert forbidden(tmp_path, condition, timed(*plain)).verdict == expected


def test_a_thousand_yeses_are_read_at_once(tmp_path: Path) -> None:
    call = timed("C 0 我上个月的话费怎么多扣了三十块 400", f"A 3 {'对是的好' * 250}吗 300")
    assert forbidden(tmp_path, CUT_IN, call).verdict == "fail"


def test_the_interruption_is_the_evidence(tmp_path: Path) -> None:
    call = timed("C 0 我上个月的话费怎么多扣了三十块 4", "A 3.2 您先听我说 6")
    finding = forbidden(tmp_path, CUT_IN, call)
    (hit,) = finding.hits
    assert (hit.start, hit.end, hit.role, hit.turn) == (3.2, 4, Role.AGENT, 1)
    assert read(hit).zh == "抢话 0.8 秒：您先听我说"
    assert finding.because.zh == "打断客户。见 00:03 抢话 0.8 秒：您先听我说"


def test_an_overlap_that_is_short_is_the_near_miss(tmp_path: Path) -> None:
    call = timed("C 0 我上个月的话费怎么多扣了三十块 4", "A 3.6 您先听我说 6")
    finding = found(tmp_path, CUT_IN, call)
    assert finding.because.zh == "乙。00:03 抢话 0.4 秒：您先听我说，应超过 0.5 秒"


def test_a_mono_recording_cannot_show_who_cut_in(tmp_path: Path) -> None:
    lines = ("C 0 我上个月的话费怎么多扣了三十块 4", "A 3 您先听我说 6")
    finding = forbidden(tmp_path, CUT_IN, mono(*lines))
    assert finding.verdict == "unknown"
    assert "单声道" in finding.because.zh
    assert forbidden(tmp_path, "interruption: over 0.5 s", mono(*lines)).verdict == "unknown"
    assert forbidden(tmp_path, CUT_IN, timed(*lines, layout=Layout.MONO)).verdict == "unknown"


@pytest.mark.parametrize(
    ("channels", "expected"), [((0, 1), "fail"), ((0, 0), "unknown"), ((None, None), "fail")]
)
def test_two_sides_on_one_channel_are_a_mono_recording_whatever_the_roles(
    tmp_path: Path, channels: tuple[int | None, int | None], expected: str
) -> None:
    call = timed("C 0 我上个月的话费怎么多扣了三十块 4", "A 3 您先听我说 6", layout=None)
    turns = tuple(replace(turn, channel=channel) for turn, channel in zip(call.turns, channels, strict=True))
    assert forbidden(tmp_path, CUT_IN, replace(call, turns=turns)).verdict == expected


def test_a_side_that_was_not_recorded_could_have_been_cut_off(tmp_path: Path) -> None:
    assert forbidden(tmp_path, CUT_IN, timed("A 3 您先听我说 6")).verdict == "unknown"


def test_without_word_times_an_overlap_is_for_a_listener(tmp_path: Path) -> None:
    over = wordless("C 0 我上个月的话费怎么多扣了三十块 4", "A 3 您先听我说 6")
    after = wordless("C 0 我上个月的话费怎么多扣了三十块 4", "A 4 您先听我说 6")
    assert forbidden(tmp_path, CUT_IN, over).verdict == "unknown"
    assert forbidden(tmp_path, CUT_IN, after).verdict == "pass"
