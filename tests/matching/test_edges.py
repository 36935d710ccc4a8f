"""How exact the times are that a window in seconds goes by: words at its edges, turns without word times."""

from pathlib import Path

import pytest

from speechqa.call import Transcript
from speechqa.checklist import Checklist, load
from tests.matching.lines import judged, one_rule, verdict
from tests.matching.timed import timed, wordless

MOMENTS = "{pitch: {by: agent, phrases: 流量包}, greeted: {by: agent, phrases: 工号}}"
FIRST_15 = "window: first 15 s"


def said_at(seconds: float, words: str = "工号") -> Transcript:
    """From the first word on, which comes a second after the recording begins."""
    return timed("A 1 喂 2", f"A {1 + seconds - 0.4:.2f} {words} {1 + seconds:.2f}", "C 30 好 31")


@pytest.mark.parametrize(
    ("ends", "required", "forbidden"),
    [
        (14.8, "pass", "fail"),
        (15.02, "pass", "fail"),
        (15.15, "unknown", "unknown"),
        (15.3, "fail", "pass"),
    ],
)
def test_what_ends_a_little_beyond_a_window_is_inside_or_for_a_listener(
    tmp_path: Path, ends: float, required: str, forbidden: str
) -> None:
    for operator in ("phrases: 工号", "pattern: 工号", "happened: greeted"):
        condition = f"{{by: agent, {FIRST_15}, {operator}}}"
        assert verdict(one_rule(tmp_path, condition, MOMENTS), said_at(ends)) == required, operator
        assert verdict(one_rule(tmp_path, f"{{not: {condition}}}", MOMENTS), said_at(ends)) == forbidden


def test_a_listener_is_told_that_it_was_said_at_the_edge(tmp_path: Path) -> None:
    for operator in ("phrases: 工号", "happened: greeted"):
        rules = one_rule(tmp_path, f"{{by: agent, {FIRST_15}, {operator}}}", MOMENTS)
        (finding,) = judged(rules, said_at(15.15))
        assert "边上" in finding.because.zh
        assert [hit.heard for hit in finding.near_misses] == ["工号"]


@pytest.mark.parametrize(
    ("where", "edge"),
    [("window: last 15 s", -15.0), ("window: 50..100 %", 15.0), ("before: pitch, within: 10 s", 20.0)],
)
def test_every_edge_in_seconds_or_per_cent_has_the_same_tolerance(
    tmp_path: Path, where: str, edge: float
) -> None:
    start = 30 + edge if edge < 0 else edge
    rules = one_rule(tmp_path, f"{{by: agent, {where}, phrases: 工号}}", MOMENTS)
    for early, expected in ((0.03, "pass"), (0.15, "unknown"), (0.4, "fail")):
        at = start - early
        call = timed("C 0 喂 0.5", f"A {at} 工号 {at + 0.5}", "A 29 那 29.5", "A 30 流量包 30")
        assert verdict(rules, call) == expected, early


def test_at_a_moment_the_order_of_words_decides_and_not_their_times(tmp_path: Path) -> None:
    call = timed("A 1 流量包 2 2.1 工号 2.5")
    assert verdict(one_rule(tmp_path, "{by: agent, before: pitch, phrases: 工号}", MOMENTS), call) == "fail"
    assert verdict(one_rule(tmp_path, "{by: agent, after: pitch, phrases: 工号}", MOMENTS), call) == "pass"


LONG = "这边是客服中心打扰您了工号三号跟您说一下"  # 20 characters, those asked for in the middle


@pytest.mark.parametrize(
    ("turn", "required", "forbidden"),
    [
        (f"A 1 {LONG} 6", "pass", "fail"),  # ends inside
        (f"A 8 {LONG} 13", "unknown", "unknown"),  # goes over the edge
        (f"A 1 {LONG} 60", "unknown", "unknown"),  # with a long pause somewhere
        (f"A 16 {LONG} 20", "fail", "pass"),  # begins beyond
    ],
)
def test_a_turn_without_word_times_that_goes_over_the_edge_is_for_a_listener(
    tmp_path: Path, turn: str, required: str, forbidden: str
) -> None:
    call = wordless("C 0 喂 0.5", turn)
    for operator in ("phrases: 工号", "pattern: 工号", "happened: greeted"):
        condition = f"{{by: agent, window: first 10 s, {operator}}}"
        assert verdict(one_rule(tmp_path, condition, MOMENTS), call) == required, operator
        assert verdict(one_rule(tmp_path, f"{{not: {condition}}}", MOMENTS), call) == forbidden


def test_the_first_words_of_a_turn_without_word_times_begin_when_it_does(tmp_path: Path) -> None:
    """Nobody talks so fast that a turn of 60 characters that ends at 16 s begins beyond 10 s."""
    call = wordless("C 0 喂 0.5", f"A 1 工号{'这个事情是这样的' * 8} 16")
    assert verdict(one_rule(tmp_path, "{by: agent, window: first 10 s, phrases: 工号}"), call) == "pass"
    assert verdict(one_rule(tmp_path, "{by: agent, window: first 1 s, phrases: 工号}"), call) == "fail"


def test_the_order_within_a_turn_without_word_times_is_known(tmp_path: Path) -> None:
    call = wordless("A 1 流量包，工号 20")
    assert verdict(one_rule(tmp_path, "{by: agent, after: pitch, phrases: 工号}", MOMENTS), call) == "pass"
    assert verdict(one_rule(tmp_path, "{by: agent, before: pitch, phrases: 工号}", MOMENTS), call) == "fail"


def scripted(folder: Path) -> Checklist:
    """A staff number due within five seconds of the first word."""
    flow = "flows:\n  f:\n    steps: [{step: 报工号, said: {by: agent, phrases: 工号}, within: 5 s}]\n"
    rule = "  - {id: r, title: 甲, because: 乙, deduct: 5, require: {flow: f}}\n"
    path = folder / "c.yaml"
    path.write_text(f"speechqa: 1\nid: t\nversion: '1'\ntitle: 试\n{flow}rules:\n{rule}", "utf-8")
    return load(path)


@pytest.mark.parametrize(("starts", "expected"), [(6.03, "pass"), (6.15, "unknown"), (6.4, "fail")])
def test_a_step_of_a_script_may_be_as_late_as_that(tmp_path: Path, starts: float, expected: str) -> None:
    (finding,) = judged(scripted(tmp_path), timed("C 1 喂 2", f"A {starts} 工号 {starts + 1}"))
    assert finding.verdict == expected
    assert ("边上" in finding.because.zh) is (expected == "unknown")


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        (6.4, "说晚了（00:06，过了 5.4 秒，应在通话开始后 5 秒内）"),
        (6.9999, "说晚了（00:06，过了 6.0 秒，应在通话开始后 5 秒内）"),
        (7.2, "说晚了（00:07，应在通话开始后 5 秒内）"),
    ],
)
def test_a_late_step_is_told_with_a_time_that_is_beyond_the_bound(
    tmp_path: Path, starts: float, told: str
) -> None:
    (finding,) = judged(scripted(tmp_path), timed("C 1 喂 2", f"A {starts} 工号 {starts + 1}"))
    assert told in finding.because.zh
