"""Where a condition looks: windows, anchors, roles, slices."""

from pathlib import Path

import pytest

from speechqa.call import Role, Transcript, Turn, Word
from tests.matching.lines import dialogue, judged, one_rule, verdict

MOMENTS = "{pitch: {by: agent, phrases: 给您推荐}, yes: {by: customer, phrases: 是我本人}}"
LONG = "A " + "这个事情是这样的" * 12


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("first 15 s", "fail"),
        ("last 5 s", "pass"),
        ("first 1 turns", "fail"),
        ("last 1 turns", "pass"),
        ("50..100 %", "pass"),
    ],
)
def test_a_window_bounds_where_words_count(tmp_path: Path, window: str, expected: str) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, window: {window}, phrases: 您好}}")
    assert verdict(rules, dialogue(LONG, "C 哦", "A 您好")) == expected


def test_a_window_goes_by_word_times_and_not_by_turn_starts(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, window: first 15 s, phrases: 工号}")
    words = (Word("您好", 0.0, 0.5, 0.9), Word("工号", 20.0, 20.5, 0.9))
    turn = Turn(Role.AGENT, 0.0, 20.5, "您好工号", 0, words)
    assert verdict(rules, Transcript(30.0, "zh", "t", (turn,))) == "fail"


def test_a_window_starts_with_the_first_word_of_the_call(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, window: first 5 s, phrases: 您好}")
    late = Transcript(60.0, "zh", "t", (Turn(Role.AGENT, 40.0, 41.0, "您好"),))
    assert verdict(rules, late) == "pass"


@pytest.mark.parametrize(
    ("anchor", "lines", "expected"),
    [
        ("before: pitch", ("C 是我本人", "A 给您推荐"), "pass"),
        ("before: pitch", ("A 给您推荐", "C 是我本人"), "fail"),
        ("after: pitch", ("A 给您推荐", "C 是我本人"), "pass"),
        ("before: last pitch", ("A 给您推荐", "C 是我本人", "A 给您推荐"), "pass"),
        ("before: each pitch", ("A 给您推荐", "C 是我本人", "A 给您推荐"), "fail"),
        ("before: any pitch", ("A 给您推荐", "C 是我本人", "A 给您推荐"), "pass"),
        ("before: 2nd pitch", ("A 给您推荐", "C 是我本人", "A 给您推荐"), "pass"),
        ("before: pitch", ("A 您好", "C 是我本人"), "not_applicable"),
        ("before: pitch, if_never: fail", ("A 您好", "C 是我本人"), "fail"),
        ("before: pitch, if_never: pass", ("A 您好", "C 喂"), "pass"),
        ("until: pitch", ("C 是我本人",), "pass"),
        ("until: pitch", ("A 给您推荐", "C 是我本人"), "fail"),
        ("after: pitch, within: 1 turns", ("A 给您推荐", "A 喂", "C 是我本人"), "fail"),
        ("after: pitch, within: 2 turns", ("A 给您推荐", "A 喂", "C 是我本人"), "pass"),
        ("after: pitch, within: 1 s", ("A 给您推荐", "A 喂喂喂喂喂", "C 是我本人"), "fail"),
    ],
)
def test_an_anchor_says_where_in_relation_to_a_moment(
    tmp_path: Path, anchor: str, lines: tuple[str, ...], expected: str
) -> None:
    rules = one_rule(tmp_path, f"{{by: customer, {anchor}, phrases: 是我本人}}", MOMENTS)
    assert verdict(rules, dialogue(*lines)) == expected


def test_what_comes_earlier_in_the_same_turn_is_before(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, before: pitch, phrases: 资费三十}", MOMENTS)
    assert verdict(rules, dialogue("A 资费三十，给您推荐")) == "pass"
    assert verdict(rules, dialogue("A 给您推荐，资费三十")) == "fail"


@pytest.mark.parametrize(("turns", "expected"), [("first 1", "fail"), ("last 1", "pass"), ("last 2", "pass")])
def test_a_slice_takes_turns_of_the_role(tmp_path: Path, turns: str, expected: str) -> None:
    rules = one_rule(tmp_path, f"{{by: agent, turns: {turns}, phrases: 再见}}")
    assert verdict(rules, dialogue("A 您好", "C 再见", "A 再见", "C 再见")) == expected


def test_role_unknown_leaves_role_bound_rules_unknown_and_others_judged(tmp_path: Path) -> None:
    mono = dialogue("? 您好", "? 再见")
    (bound,) = judged(one_rule(tmp_path, "{by: agent, phrases: 您好}"), mono)
    assert bound.verdict == "unknown"
    assert [hit.heard for hit in bound.near_misses] == ["您好"]
    assert "单声道" in bound.because.zh
    assert verdict(one_rule(tmp_path, "{phrases: 您好}"), mono) == "pass"


def test_a_silent_side_is_unknown_and_a_silent_call_not_applicable(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{by: agent, phrases: 您好}")
    assert verdict(rules, dialogue("C 喂", "C 喂喂")) == "unknown"
    assert verdict(rules, dialogue()) == "not_applicable"


@pytest.mark.parametrize("which", ["each", "any"])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A 给您推荐", "C 好", "A 给您推荐", "C 好"), "pass"),
        (("C 是我本人", "A 给您推荐", "C 好", "A 给您推荐", "C 好"), "pass"),
        (("A 给您推荐", "C 是我本人", "A 给您推荐", "C 好"), "fail"),
        (("A 给您推荐", "C 好", "A 给您推荐", "C 是我本人"), "fail"),
        (("A 给您推荐", "C 是我本人", "A 给您推荐", "C 是我本人"), "fail"),
    ],
)
def test_what_is_forbidden_after_each_of_several_moments_is_so_after_any_of_them(
    tmp_path: Path, which: str, lines: tuple[str, ...], expected: str
) -> None:
    inside = f"by: customer, after: {which} pitch, within: 1 turns, phrases"
    for forbidden in (f"{{not: {{{inside}: 是我本人}}}}", f"{{{inside}: {{none: 是我本人}}}}"):
        (finding,) = judged(one_rule(tmp_path, forbidden, MOMENTS), dialogue(*lines))
        assert finding.verdict == expected
        assert (len(finding.hits) > 0) is (expected == "fail")


def test_what_is_required_after_each_of_several_moments_is_required_after_all(tmp_path: Path) -> None:
    rules = one_rule(
        tmp_path, "{by: customer, after: each pitch, within: 1 turns, phrases: 是我本人}", MOMENTS
    )
    assert verdict(rules, dialogue("A 给您推荐", "C 是我本人", "A 给您推荐", "C 好")) == "fail"
    assert verdict(rules, dialogue("A 给您推荐", "C 是我本人", "A 给您推荐", "C 是我本人")) == "pass"
