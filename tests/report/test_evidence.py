"""Evidence on one line, for sheets: when, whose, what, by what witness."""

from dataclasses import replace

import pytest

from speechqa.assessment import Hit, Measure, Witness
from speechqa.call import Lang, Message, Role
from speechqa.report.evidence import evidence_line
from tests.report.runs import SILENCE

TURNS = ("您好，请问是机主吗", "喂")
QUOTED = Hit(Role.AGENT, 12.0, 13.5, "是机主吗", "是机主吗", Witness.SOUND, 0.82, 0, (5, 9))
SILENT = Hit(Role.AGENT, 7.0, 15.5, "", "over 7 s", Witness.AUDIO, 0.9, 1, measure=SILENCE)
WHOLE = Hit(Role.AGENT, 0.0, 90.0, "", "over 7 s", Witness.AUDIO, 0.9, measure=SILENCE)
THEIRS = replace(SILENT, measure=replace(SILENCE, whose=Role.CUSTOMER))
IS_TWO, IS_ONE = (Message(f"“team”是“{team}”", f"“team” is “{team}”") for team in ("二组", "一组"))
TEAM = Hit(
    Role.UNKNOWN,
    0.0,
    0.0,
    "二组",
    "team eq 一组",
    Witness.METADATA,
    1.0,
    measure=Measure(IS_TWO, IS_ONE, None),
)


@pytest.mark.parametrize(
    ("hit", "zh", "en"),
    [
        (QUOTED, "00:12 坐席 “是机主吗”（按读音，0.82）", "00:12 Agent “是机主吗” (by sound, 0.82)"),
        (
            SILENT,
            "00:07 静默 8.5 秒，之后坐席开口（按录音，0.90）",
            "00:07 8.5 s of silence, then the agent spoke (by audio, 0.90)",
        ),
        (
            WHOLE,
            "静默 8.5 秒，之后坐席开口（按录音，0.90）",
            "8.5 s of silence, then the agent spoke (by audio, 0.90)",
        ),
        (
            THEIRS,
            "00:07 客户 静默 8.5 秒，之后坐席开口（按录音，0.90）",
            "00:07 Customer 8.5 s of silence, then the agent spoke (by audio, 0.90)",
        ),
        (TEAM, "“team”是“二组”（按通话信息）", "“team” is “二组” (by call data)"),
    ],
)
def test_evidence_says_no_more_than_there_is(hit: Hit, zh: str, en: str) -> None:
    assert evidence_line(hit, TURNS, Lang.ZH) == zh
    assert evidence_line(hit, TURNS, Lang.EN) == en
