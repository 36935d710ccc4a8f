"""Words that a recogniser is unsure of: whether they could hide what was not heard."""

from pathlib import Path

import pytest

from speechqa.call import Transcript
from tests.matching.lines import judged, one_rule, verdict
from tests.matching.timed import timed, turn

CLEAR = "A 10 这个套餐每月三十元流量用不完可以随时退订 15"


def with_muddle(words: str, confidence: float | None = 0.2, who: str = "A") -> Transcript:
    """A clear turn of a minute, and one that was hardly understood."""
    clear = timed("C 0 喂 0.5", CLEAR, "A 16 还有什么可以帮您的吗我们的热线是一零零八六 22", until=30.0)
    muddled = turn(f"{who} 23 {words} 27", confidence)
    return Transcript(30.0, "zh", "t", (*clear.turns, muddled), clear.layout)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (with_muddle("敢谁泥得街亭在剑再件"), "unknown"),
        (with_muddle("敢谁泥得街亭在剑再件", 0.9), "fail"),
        (with_muddle("敢谁泥得街亭在剑再件", None), "fail"),
        (with_muddle("再剑"), "fail"),  # too short for it
        (with_muddle("敢谁泥得街亭在剑再件", who="C"), "fail"),
    ],
)
def test_words_that_could_hide_a_phrase_leave_its_absence_to_a_listener(
    tmp_path: Path, call: Transcript, expected: str
) -> None:
    """... however well the rest of the call was understood."""
    rules = one_rule(tmp_path, "{by: agent, phrases: 祝您生活愉快}")
    assert verdict(rules, call) == expected


def test_they_hide_nothing_that_is_longer_or_said_elsewhere(tmp_path: Path) -> None:
    call = with_muddle("敢谁泥得街亭在剑再件")
    longer = one_rule(tmp_path, "{by: agent, phrases: 本次通话全程录音感谢您的配合}")
    assert verdict(longer, call) == "fail"
    earlier = one_rule(tmp_path, "{by: agent, window: first 18 s, phrases: 祝您生活愉快}")
    assert verdict(earlier, call) == "fail"


def test_they_speak_against_nobody_who_must_not_say_it(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{not: {by: agent, phrases: 祝您生活愉快}}")
    (finding,) = judged(rules, with_muddle("敢谁泥得街亭在剑再件"))
    assert finding.verdict == "pass"
    assert finding.confidence < 0.5
