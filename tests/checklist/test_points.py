"""How points, vetoes and sections are written, and every fault of them with its place."""

from pathlib import Path

import pytest

from speechqa.assessment import Flag
from speechqa.call import Lang
from speechqa.checklist import Checklist, load
from speechqa.checklist.points import Per, Points, Veto
from speechqa.checklist.sections import Section
from speechqa.errors import ChecklistError

HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: 试\n"
SECTIONS = "sections: {态度: {weight: 20}, 准确: {weight: 30, pass_mark: 60}}\n"
SAID, NOT_SAID = "require: {by: agent, phrases: 您好}", "forbid: {by: agent, phrases: 绝对}"


def rule(keys: str, asks: str = SAID, name: str = "a") -> str:
    return f"  - {{id: {name}, title: 甲, because: 乙, {keys}, {asks}}}\n"


def loaded(folder: Path, rules: str, head: str = "") -> Checklist:
    path = folder / "c.yaml"
    path.write_text(f"{HEAD}{head}rules:\n{rules}", "utf-8")
    return load(path)


def faults(folder: Path, rules: str, head: str = "", lang: Lang = Lang.EN) -> list[str]:
    with pytest.raises(ChecklistError) as caught:
        loaded(folder, rules, head)
    return [fault.text(lang).partition("c.yaml:")[2] for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("keys", "points"),
    [
        ("deduct: 5", Points(5)),
        ("deduct: 2.5", Points(2.5)),
        ("deduct: {points: 5}", Points(5)),
        ("deduct: {points: 5, per: call}", Points(5)),
        ("deduct: {points: 2, per: hit}", Points(2, Per.HIT)),
        ("deduct: {points: 2, per: hit, at_most: 10}", Points(2, Per.HIT, 10)),
        ("severity: major", Points()),
    ],
)
def test_what_a_fail_costs_is_a_number_or_so_much_for_each_hit(
    tmp_path: Path, keys: str, points: Points
) -> None:
    assert loaded(tmp_path, rule(keys, NOT_SAID)).rules[0].stakes.deduct == points


def test_a_bonus_a_set_score_and_a_count_are_read(tmp_path: Path) -> None:
    rules = loaded(
        tmp_path,
        rule("add: {points: 1, per: hit, at_most: 5}")
        + rule("set_score: 60", name="b")
        + rule("deduct: 5, counts: {times: 2, when: {by: customer, phrases: 投诉你}}", name="c"),
    )
    add, held, doubled = (one.stakes for one in rules.rules)
    assert add.add == Points(1, Per.HIT, 5)
    assert (held.set_score, held.add, held.counts) == (60, None, None)
    assert doubled.counts is not None
    assert doubled.counts.times == 2
    assert "投诉你" in [phrase.text for phrase in rules.phrases()], "what it is heard by is listened for"


@pytest.mark.parametrize(
    ("written", "veto"),
    [("yes", Veto.CALL), ("call", Veto.CALL), ("是", Veto.CALL), ("section", Veto.SECTION), ("no", None)],
)
def test_a_veto_is_of_the_call_or_of_a_section(tmp_path: Path, written: str, veto: Veto | None) -> None:
    both = rule(f"veto: {written}, section: 态度") + rule("deduct: 5, section: 准确", name="b")
    assert loaded(tmp_path, both, SECTIONS).rules[0].veto is veto


def test_sections_have_a_weight_and_perhaps_a_mark_of_their_own(tmp_path: Path) -> None:
    both = rule("section: 态度") + rule("section: 准确", name="b")
    read = loaded(tmp_path, both, SECTIONS)
    assert read.sections == (Section("态度", 20), Section("准确", 30, 60))
    assert [one.stakes.section for one in read.rules] == ["态度", "准确"]
    assert loaded(tmp_path, rule("deduct: 5")).sections == ()


@pytest.mark.parametrize(
    ("head", "flags"),
    [
        ("", tuple(Flag)),
        ("review_when: [vetoed, below_mark]\n", (Flag.VETOED, Flag.BELOW_MARK, Flag.AUDIO)),
        ("review_when: [audio, tone]\n", (Flag.AUDIO, Flag.TONE)),
        ("review_when: []\n", (Flag.AUDIO,)),
    ],
)
def test_what_sends_a_call_to_review_can_be_chosen_but_for_the_audio(
    tmp_path: Path, head: str, flags: tuple[Flag, ...]
) -> None:
    assert loaded(tmp_path, rule("deduct: 5"), head).marks.review_when == flags


@pytest.mark.parametrize(
    "asks",
    [
        NOT_SAID,
        "require: {not: {by: agent, phrases: 绝对}}",
        "require: {all: [{by: agent, phrases: 您好}, {not: {by: agent, pattern: 保证.收益}}]}",
        "forbid: {any: [{metadata: team, eq: 一组}, {by: agent, tone: rude}]}",
        "forbid: {silence: over 7 s}",
    ],
)
def test_what_can_be_said_several_times_can_cost_by_the_hit(tmp_path: Path, asks: str) -> None:
    assert loaded(tmp_path, rule("deduct: {points: 2, per: hit}", asks)).rules[0].stakes.deduct.per is Per.HIT


def test_the_steps_of_a_flow_can_cost_by_the_hit(tmp_path: Path) -> None:
    steps = "[{step: 安抚, said: {phrases: 理解您}}, {step: 方案, said: {phrases: 这样处理}}]"
    flow = f"flows: {{投诉: {{steps: {steps}}}}}\n"
    by_hit = "deduct: {points: 2, per: hit}"
    whole = loaded(tmp_path, rule(by_hit, "require: {flow: 投诉}"), flow)
    assert whole.rules[0].stakes.deduct.per is Per.HIT
    (fault,) = faults(tmp_path, rule(by_hit, "require: {flow: 投诉, step: 安抚}"), flow)
    assert "nothing to count" in fault


@pytest.mark.parametrize(
    ("keys", "asks", "expected"),
    [
        ("deduct: lots", SAID, '7:43: deduct: expected a number 0-100, got "lots"'),
        ("deduct: {per: hit}", NOT_SAID, "7:43: deduct: missing points"),
        ("deduct: {points: 5, pro: hit}", NOT_SAID, "unknown key pro"),
        ("deduct: {points: 5, per: time}", NOT_SAID, "per: expected call | hit"),
        ("deduct: {points: 5, per: hit, at_most: 3}", NOT_SAID,
         "7:74: at_most: 3 is less than the 5 of one hit"),
        ("deduct: {points: 5, at_most: 10}", NOT_SAID, "at_most: a cap is for points that are counted"),
        ("deduct: {points: 5, per: hit}", SAID, "7:43: deduct: per: hit counts, but there is"),
        ("deduct: {points: 5, per: hit}", "forbid: {metadata: team, eq: 一组}", "there is nothing to count"),
        ("deduct: {points: 5, per: hit}", "forbid: {spoke: customer}", "there is nothing to count"),
        ("add: {points: 5, per: hit}", NOT_SAID, "add: per: hit counts, but there is nothing to count"),
        ("add: 3, deduct: 5", SAID, "deduct: cannot stand beside add"),
        ("add: 3, set_score: 60", SAID, "set_score: cannot stand beside add"),
        ("add: 3, veto: yes", SAID, "veto: cannot stand beside add"),
        ("set_score: none", SAID, "set_score: expected a number 0-100"),
        ("set_score: 95", SAID, "7:46: set_score: 95 is above start_from 90"),
        ("veto: perhaps", SAID, "veto: expected yes or no, call or section"),
        ("veto: section", SAID, "7:41: veto: section sets the rule's section to 0, but it names none"),
        ("counts: 2", SAID, 'counts: expected {times: 2, when: {...}}, got "2"'),
        ("counts: {when: {phrases: 您好}}", SAID, "counts: missing times"),
        ("counts: {times: 2}", SAID, "counts: missing when"),
        ("counts: {times: 0.5, when: {phrases: 您好}}", SAID, 'times: expected a number 1-10, got "0.5"'),
        ("counts: {times: 2, when: {phrasen: 您好}}", SAID, "unknown operator phrasen"),
        ("section: 态度", SAID, "section: no sections are defined; define 态度"),
    ],
)  # fmt: skip
def test_points_that_cannot_be_are_refused_with_their_place(
    tmp_path: Path, keys: str, asks: str, expected: str
) -> None:
    found = faults(tmp_path, rule(keys, asks), "start_from: 90\n")
    assert len(found) == 1
    assert expected in found[0]


@pytest.mark.parametrize(
    ("sections", "rules", "expected"),
    [
        (
            "{服务态度: {weight: 20}}",
            rule("section: 服务太度"),
            "unknown section 服务太度; did you mean 服务态度?",
        ),
        ("{态度: {weight: 20}}", rule("section: 其他"), "unknown section 其他; have: 态度"),
        ("{态度: {weight: 20}}", rule("section: 态度") + rule("deduct: 5", name="b"), "8:5: missing section"),
        (
            "{态度: {weight: 20}, 准确: {weight: 5}}",
            rule("section: 态度"),
            "5:30: sections: no rule is in 准确",
        ),
        ("{态度: {weight: 0}}", rule("section: 态度"), "5:1: sections: all weights are 0"),
        ("{态度: 20}", rule("section: 态度"), 'sections: 态度: expected {weight: 20}, got "20"'),
        ("{态度: {pass_mark: 20}}", rule("section: 态度"), "sections: 态度: missing weight"),
        ("{态度: {weight: -1}}", rule("section: 态度"), "weight: expected a number 0-1000"),
        ("{态度: {weight: 5, mark: 60}}", rule("section: 态度"), "unknown key mark"),
        ("{}", rule("deduct: 5"), "5:11: sections: there are none"),
        ("[态度]", rule("deduct: 5"), "sections: expected a mapping"),
    ],
)
def test_sections_that_cannot_be_are_refused_with_their_place(
    tmp_path: Path, sections: str, rules: str, expected: str
) -> None:
    found = faults(tmp_path, rules, f"sections: {sections}\n")
    assert len(found) == 1
    assert expected in found[0]


def test_an_unknown_reason_for_review_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, rule("deduct: 5"), "review_when: [vetoed, belowmark]\n")
    assert "5:23: unknown review_when belowmark; did you mean below_mark?" in fault


def test_all_faults_of_points_and_sections_are_told_at_once_in_chinese(tmp_path: Path) -> None:
    rules = rule("add: 3, deduct: 5") + rule("section: 态度, veto: maybe", name="b")
    found = faults(tmp_path, rules, SECTIONS, Lang.ZH)
    assert [fault.split(": ", 1)[1] for fault in found] == [
        "缺少 section：有大项的质检表里，每条规则都要写明属于哪个大项（态度、准确）",
        "deduct: 不能和 add 写在同一条规则里；加分和扣分请拆成两条规则",
        'veto: 应为 yes、no、call（整通）或 section（所在大项），实际为 "maybe"',
    ]
