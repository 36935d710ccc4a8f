"""Words that count against somebody need more than a likeness of sound."""

from pathlib import Path

import pytest

from tests.matching.lines import checklist, dialogue, judged

SAID = "{by: agent, phrases: [百分之百保本保息, 稳赚不赔]}"
FORBID = f"  - {{id: r, title: 甲, because: 乙, deduct: 5, forbid: {SAID}}}\n"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (("A 这个百分之百保本保息",), "fail"),
        (("A 这个白分之白保本保西",), "unknown"),  # by sound alone
        (("A 这个白分之白保本保西", "A 稳赚不赔的"), "fail"),  # and one in so many words
        (("A 这个不错",), "pass"),
    ],
)
def test_a_forbidden_phrase_heard_by_sound_alone_is_for_a_listener(
    tmp_path: Path, lines: tuple[str, ...], verdict: str
) -> None:
    (finding,) = judged(checklist(tmp_path, FORBID), dialogue(*lines))
    assert finding.verdict == verdict
    if verdict == "unknown":
        assert finding.deducted == 0
        assert "只有读音相近" in finding.because.zh
        assert [hit.heard for hit in finding.near_misses] == ["白分之白保本保西"]


def test_what_must_be_said_may_be_heard_by_sound(tmp_path: Path) -> None:
    rules = FORBID.replace("forbid", "require")
    (finding,) = judged(checklist(tmp_path, rules), dialogue("A 这个白分之白保本保西"))
    assert finding.verdict == "pass"
