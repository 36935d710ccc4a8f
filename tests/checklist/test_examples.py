"""Examples of rules: dialogues with a note where the timing matters."""

from pathlib import Path

import pytest

from speechqa.authoring.examples import spoken
from speechqa.call import Call, Role
from speechqa.checklist import load
from speechqa.checklist.values import Example
from speechqa.errors import ChecklistError
from speechqa.matching import Judge

HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: 试\nrules:\n"


def example(folder: Path, *lines: str, require: str = "{by: agent, phrases: 您好}") -> Example:
    path = folder / "c.yaml"
    call = "".join(f"          {line}\n" for line in lines)
    rule = f"  - id: a\n    title: 甲\n    because: 乙\n    require: {require}\n"
    path.write_text(f"{HEAD}{rule}    examples:\n      - verdict: pass\n        call: |\n{call}", "utf-8")
    return load(path).rules[0].examples[0]


def test_lines_follow_one_another_after_a_breath_at_the_speed_of_speech(tmp_path: Path) -> None:
    first, second = spoken(example(tmp_path, "坐席：您好，请讲。", "客户：我要查话费").dialogue).turns
    assert first.start == 0
    assert first.end == pytest.approx(4 / 4.5, abs=0.001)
    assert second.start == pytest.approx(first.end + 0.4, abs=0.001)
    assert [word.text for word in first.words] == ["您", "好", "请", "讲"]
    assert first.words[-1].end == first.end


@pytest.mark.parametrize(
    ("line", "gap", "seconds"),
    [
        ("坐席（停顿 12 秒）：您好您好您好", 12.0, 6 / 4.5),
        ("坐席（停顿12秒）：您好您好您好", 12.0, 6 / 4.5),
        ("agent (after 12 s): 您好您好您好", 12.0, 6 / 4.5),
        ("坐席（抢话 1.5 秒）：您好您好您好", -1.5, 6 / 4.5),
        ("agent (1.5 s early): 您好您好您好", -1.5, 6 / 4.5),
        ("坐席（每分钟 360 字）：您好您好您好", 0.4, 1.0),
        ("agent (360 a minute): 您好您好您好", 0.4, 1.0),
        ("坐席（停顿 3 秒，每分钟 360 字）：您好您好您好", 3.0, 1.0),
    ],
)
def test_a_note_says_where_the_timing_is_another(
    tmp_path: Path, line: str, gap: float, seconds: float
) -> None:
    customer, agent = spoken(example(tmp_path, "客户：我要查一下上个月的话费", line).dialogue).turns
    assert (customer.role, agent.role) == (Role.CUSTOMER, Role.AGENT)
    assert agent.start - customer.end == pytest.approx(gap, abs=0.002)
    assert agent.end - agent.start == pytest.approx(seconds, abs=0.002)


@pytest.mark.parametrize("note", ["停顿", "慢", "停顿 3 分钟", "每分钟 0 字", "停顿 3 秒，", "after 3"])
def test_a_note_that_says_nothing_known_is_refused(tmp_path: Path, note: str) -> None:
    with pytest.raises(ChecklistError, match=r"agent \(after 8 s\): hello"):
        example(tmp_path, f"坐席（{note}）：您好")


@pytest.mark.parametrize(
    ("require", "lines", "verdict"),
    [
        ("{not: {silence: over 7 s}}", ("客户：喂", "坐席（停顿 8 秒）：您好"), "fail"),
        ("{not: {silence: over 7 s}}", ("客户：喂", "坐席（停顿 6 秒）：您好"), "pass"),
        ("{by: agent, speaking_rate: 180..300}", ("坐席（每分钟 400 字）：" + "您好请讲" * 8,), "fail"),
        ("{by: agent, speaking_rate: 180..300}", ("坐席：" + "您好请讲" * 8,), "pass"),
        (
            "{not: {by: agent, interruption: over 0.5 s}}",
            ("客户：我上个月的话费怎么多了这么多你帮我看看", "坐席（抢话 1.5 秒）：您先听我说完好吗"),
            "fail",
        ),
    ],
)
def test_rules_about_time_can_be_shown_by_example(
    tmp_path: Path, require: str, lines: tuple[str, ...], verdict: str
) -> None:
    transcript = spoken(example(tmp_path, *lines, require=require).dialogue)
    judge = Judge(load(tmp_path / "c.yaml"))
    (finding,) = judge.findings(Call("c", Path("c")), judge.listen([transcript])[0])
    assert finding.verdict == verdict, finding.because.zh
