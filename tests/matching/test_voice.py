"""loudness and pitch: turns that stand out from how their speaker usually talks."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding
from speechqa.call import Layout, Role, Transcript, Turn
from tests.matching.lines import checklist, judged
from tests.matching.timed import read

CALM = (-26.0, -25.0, -24.5, -25.5, -25.0)
EVEN = (180.0, 182.0, 178.0, 180.0, 184.0)


def call(
    agent: tuple[float | None, ...],
    customer: tuple[float | None, ...] = CALM,
    pitches: tuple[float | None, ...] = EVEN,
) -> Transcript:
    """Turns one after the other with these levels; the agent's with these pitches."""
    pitches += (180.0,) * len(agent)
    turns: list[Turn] = []
    for number in range(max(len(agent), len(customer))):
        for role, levels in ((Role.AGENT, agent), (Role.CUSTOMER, customer)):
            if number < len(levels):
                at = 4.0 * len(turns)
                height = pitches[number] if role is Role.AGENT else 120.0
                turns.append(
                    Turn(role, at, at + 3, "你到底办不办啊", None, (), levels[number], height),
                )
    return Transcript(turns[-1].end + 1, "zh", "t", tuple(turns), Layout.STEREO)


def forbidden(folder: Path, condition: str, transcript: Transcript) -> Finding:
    rule = f"  - {{id: r, title: 甲, because: 对客户喊, forbid: {{{condition}}}}}\n"
    return judged(checklist(folder, rule), transcript)[0]


@pytest.mark.parametrize(
    ("condition", "agent", "expected"),
    [
        ("by: agent, loudness: over 8 dB", CALM, "pass"),
        ("by: agent, loudness: over 8 dB", (*CALM, -14.0), "fail"),
        ("by: agent, loudness: over 8 dB", (*CALM, -18.0), "pass"),
        ("by: agent, loudness: over 8 dB, count: 2", (*CALM, -14.0), "pass"),
        ("by: agent, loudness: over 8 dB, count: 2", (*CALM, *CALM, -14.0, -13.0), "fail"),
        ("by: customer, loudness: over 8 dB", (*CALM, -14.0), "pass"),
        ("loudness: over 8 dB", (*CALM, -14.0), "fail"),
        ("by: agent, loudness: over 8 dB, turns: first 3", (*CALM, -14.0), "pass"),
        ("by: agent, loudness: over 8 dB", (*CALM, None), "pass"),
        ("by: agent, loudness: over 8 dB", (-25.0, -14.0), "unknown"),  # what is usual?
        ("by: agent, loudness: over 8 dB", (None, None), "unknown"),
    ],
)
def test_a_loud_turn_is_louder_than_its_speaker_usually_is(
    tmp_path: Path, condition: str, agent: tuple[float | None, ...], expected: str
) -> None:
    assert forbidden(tmp_path, condition, call(agent)).verdict == expected


@pytest.mark.parametrize(
    ("condition", "pitches", "expected"),
    [
        ("by: agent, pitch: over 30 %", EVEN, "pass"),
        ("by: agent, pitch: over 30 %", (*EVEN, 260.0), "fail"),
        ("by: agent, pitch: over 30 %", (*EVEN, 220.0), "pass"),
        ("by: customer, pitch: over 30 %", (*EVEN, 260.0), "pass"),
        ("by: agent, pitch: over 30 %, window: first 5 s", (*EVEN, 260.0), "pass"),
    ],
)
def test_a_high_turn_is_higher_than_its_speaker_usually_talks(
    tmp_path: Path, condition: str, pitches: tuple[float, ...], expected: str
) -> None:
    assert forbidden(tmp_path, condition, call((*CALM, -25.0), pitches=pitches)).verdict == expected


def test_the_evidence_says_by_how_much(tmp_path: Path) -> None:
    loud = forbidden(tmp_path, "by: agent, loudness: over 8 dB", call((*CALM, -14.0)))
    assert loud.because.zh == "对客户喊。见 00:40 比平时响 11.0 分贝：你到底办不办啊"
    high = forbidden(tmp_path, "by: agent, pitch: over 30 %", call((*CALM, -25.0), pitches=(*EVEN, 270.0)))
    assert read(high.hits[0]).zh == "音调比平时高 49%：你到底办不办啊"


def test_an_imported_transcript_does_not_say_how_loud_it_was(tmp_path: Path) -> None:
    turns = tuple(replace(turn, loudness=None, pitch=None) for turn in call(CALM).turns)
    for operator in ("loudness: over 8 dB", "pitch: over 30 %"):
        finding = forbidden(tmp_path, f"by: agent, {operator}", replace(call(CALM), turns=turns))
        assert finding.verdict == "unknown"
        assert "没有音量和音高" in finding.because.zh


def test_on_a_mono_recording_nobody_has_a_usual_voice(tmp_path: Path) -> None:
    loud = call((*CALM, -14.0))
    unknown = replace(
        loud,
        layout=Layout.MONO,
        turns=tuple(replace(turn, role=Role.UNKNOWN) for turn in loud.turns),
    )
    for condition in ("by: agent, loudness: over 8 dB", "loudness: over 8 dB", "loudness: over 30 dB"):
        assert forbidden(tmp_path, condition, unknown).verdict == "unknown"
