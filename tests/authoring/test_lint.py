"""Warnings: each with a checklist that deserves it and the nearest that does not."""

from pathlib import Path

import pytest

from speechqa.authoring.checking.lint import warnings
from speechqa.authoring.checking.lint_phrases import contained
from speechqa.call import Lang
from speechqa.checklist import load
from speechqa.checklist.phrases import Phrase
from speechqa.errors import Level

EXAMPLES = "examples: [{verdict: pass, call: 坐席：好}, {verdict: fail, call: 坐席：好}]"
HEAD = "speechqa: 1\nid: x\nversion: '1'\ntitle: 试\npass_mark: 96\n"


def rule(text: str, name: str = "a", more: str = "deduct: 5") -> str:
    return f"  - {{id: {name}, title: 甲, because: 乙, {more}, {text}, {EXAMPLES}}}\n"


def told(folder: Path, text: str, code: str | None = None) -> list[str]:
    """Warnings, each `line:column message`, of one kind or all."""
    path = folder / "c.yaml"
    path.write_text(HEAD + text, "utf-8")
    found = warnings(load(path))
    assert all(fault.level is Level.WARNING for fault in found)
    return [
        f"{fault.line}:{fault.column} {fault.message.text(Lang.EN)}"
        for fault in found
        if code in {None, fault.code}
    ]


def of_rule(folder: Path, require: str, code: str) -> list[str]:
    return told(folder, "rules:\n" + rule(require), code)


def test_a_sound_checklist_has_no_warnings(tmp_path: Path) -> None:
    assert told(tmp_path, "rules:\n" + rule("require: {by: agent, phrases: [您好, 早上好]}")) == []


@pytest.mark.parametrize(
    "phrases",
    [
        "[早上好, 各位早上好]",
        "[每月…元, 那现在每月…元整]",
        "[包月多少钱, 流量包月多少钱呢]",
        "{any: [早上好, 早上好啊您], unless_negated: yes}",
        "{any: [早上好, 各位早上好], not_inside: [不太好]}",
        "[给您办…好吗给您办, 给您办]",
    ],
)
def test_a_phrase_that_contains_another_adds_nothing(tmp_path: Path, phrases: str) -> None:
    (found,) = of_rule(tmp_path, f"require: {{phrases: {phrases}}}", "dead-phrase")
    assert "adds nothing: whenever it is said" in found


@pytest.mark.parametrize(
    "require",
    [
        "{phrases: {of: [早上好, 各位早上好], at_least: 2}}",
        "{phrases: {all: [早上好, 各位早上好]}}",
        "{phrases: {any: [早上好, 各位早上好], min_hits: 2}}",
        "{phrases: {any: [早上好, 各位早上好], not_inside: [今早上好]}}",
        "{phrases: {any: [百分百, 不是百分百], unless_negated: yes}}",
        "{phrases: [机主, 是机主吗]}",  # two syllables are not heard by sound, four are
        "{phrases: [每月…元, 每个月…块]}",
        "{phrases: [早上…好, 早上好]}",
        "{like: [早上好, 各位早上好]}",
    ],
)
def test_a_phrase_that_may_count_where_the_shorter_does_not_is_left_alone(
    tmp_path: Path, require: str
) -> None:
    assert of_rule(tmp_path, f"require: {require}", "dead-phrase") == []


def test_by_text_alone_every_longer_phrase_is_dead(tmp_path: Path) -> None:
    found = of_rule(tmp_path, "require: {phrases: [机主, 是机主吗], by_sound: no}", "dead-phrase")
    assert [one.split()[0] for one in found] == ["7:70"]


def test_one_phrase_written_twice_with_other_marks_is_told_as_such(tmp_path: Path) -> None:
    (found,) = of_rule(tmp_path, "require: {phrases: [有毛病, 有毛病啊]}", "dead-phrase")
    assert '"有毛病啊" and "有毛病" are one phrase' in found


def test_a_phrase_of_a_shared_list_is_dead_only_if_it_is_so_wherever_it_is_used(tmp_path: Path) -> None:
    lists = "phrases: {greeting: [早上好, 各位早上好]}\nrules:\n"
    plain = rule("require: {phrases: <greeting>}")
    both = rule("require: {phrases: {of: <greeting>, at_least: 2}}", "b")
    assert len(told(tmp_path, lists + plain, "dead-phrase")) == 1
    assert told(tmp_path, lists + plain + both, "dead-phrase") == []


def test_a_list_of_another_file_is_not_blamed_for_what_stands_here(tmp_path: Path) -> None:
    (tmp_path / "terms.yaml").write_text("phrases: {polite: [各位早上好]}\n", "utf-8")
    here = "terms: [terms.yaml]\nrules:\n" + rule("require: {phrases: [早上好, <polite>]}")
    assert told(tmp_path, here, "dead-phrase") == []
    (tmp_path / "terms.yaml").write_text("phrases: {polite: [早上好, 各位早上好]}\n", "utf-8")
    there = "terms: [terms.yaml]\nrules:\n" + rule("require: {phrases: <polite>}")
    assert [one.split()[0] for one in told(tmp_path, there, "dead-phrase")] == ["1:25"]


def test_what_is_contained_is_found_without_comparing_all_with_all() -> None:
    texts = [f"{number:05}" for number in range(0, 10_000, 2)]  # neither in the other
    phrases = [Phrase(text, (text,)) for text in texts]
    longer = Phrase("x00042y", ("x00042y",))
    assert contained([*phrases, longer]) == {longer: [Phrase("00042", ("00042",))]}


@pytest.mark.parametrize(
    ("excepted", "useless"),
    [("不会打错了", 0), ("账单打错", 1), ("没大错了", 0), ("不是…打错", 0)],
)
def test_an_exception_without_a_wanted_phrase_in_it_excepts_nothing(
    tmp_path: Path, excepted: str, useless: int
) -> None:
    text = f"forbid: {{phrases: {{any: [打错了], not_inside: [{excepted}]}}}}"
    assert len(of_rule(tmp_path, text, "dead-exception")) == useless


@pytest.mark.parametrize(
    ("phrases", "joined"),
    [
        ("[您好，早上好]", 1),
        ("[您好、早上好、打扰了, 喂]", 1),
        ("[您好，我是客服, 打扰了]", 0),
        ("['您好，早上好']", 0),
        ("[您好, 早上好]", 0),
        ("您好，我是客服", 0),
    ],
)
def test_phrases_run_together_by_full_width_marks_are_noticed(
    tmp_path: Path, phrases: str, joined: int
) -> None:
    assert len(of_rule(tmp_path, f"require: {{phrases: {phrases}}}", "joined-phrases")) == joined


@pytest.mark.parametrize(
    ("no", "alike"),
    [("不是我哥", 0), ("是我咯", 1), ("确实是我咯", 0), ("是我", 0), ("事窝歌", 1)],
)
def test_a_no_that_sounds_like_a_yes_is_noticed(tmp_path: Path, no: str, alike: int) -> None:
    text = f"moments: {{ask: {{phrases: 是机主吗}}}}\nrules:\n{rule('require: {answered: ask, as: yes, yes: [是我哥, 是], no: [%s]}' % no)}"  # noqa: E501, UP031
    assert len(told(tmp_path, text, "sounds-alike")) == alike


@pytest.mark.parametrize(
    ("forbidden", "alike"),
    [
        ("{by: agent, phrases: [四十元包月]}", 1),
        ("{phrases: [四十元包月]}", 1),
        ("{by: customer, phrases: [四十元包月]}", 0),
        ("{by: agent, phrases: [四十元包月], by_sound: no}", 0),
        ("{by: agent, phrases: [五十元包月]}", 0),
        ("{by: agent, phrases: [是十元包年]}", 0),
    ],
)
def test_a_forbidden_phrase_that_sounds_like_a_wanted_one_is_noticed(
    tmp_path: Path, forbidden: str, alike: int
) -> None:
    text = (
        "rules:\n" + rule("require: {by: agent, phrases: [是十元包月]}") + rule(f"forbid: {forbidden}", "b")
    )
    found = told(tmp_path, text, "sounds-alike")
    assert len(found) == alike
    assert all(one.startswith("8:") and "(b) sounds like" in one for one in found)


@pytest.mark.parametrize(
    ("forbid", "short"),
    [
        ("forbid: {phrases: [神经病, 有毛病]}", 1),
        ("forbid: {phrases: [神经病], by_sound: no}", 0),
        ("forbid: {phrases: [闭嘴, 你有神经病]}", 0),
        ("require: {phrases: [神经病]}", 0),
    ],
)
def test_short_forbidden_phrases_by_sound_are_noticed(tmp_path: Path, forbid: str, short: int) -> None:
    assert len(of_rule(tmp_path, forbid, "short-by-sound")) == short


@pytest.mark.parametrize(
    ("conditions", "never"),
    [
        ("when: {phrases: 推荐}, unless: {phrases: 推荐}", 1),
        ("when: {all: [{phrases: 推荐}, {phrases: 宽带}]}, unless: {phrases: 宽带}", 1),
        ("when: {phrases: 推荐}, unless: {any: [{phrases: 推荐}, {phrases: 宽带}]}", 1),
        ("when: {all: [{phrases: 推荐}, {not: {phrases: 推荐}}]}", 1),
        ("when: {phrases: 推荐}, unless: {phrases: 宽带}", 0),
        ("when: {any: [{phrases: 推荐}, {phrases: 宽带}]}, unless: {phrases: 宽带}", 0),
        ("when: {by: agent, phrases: 推荐}, unless: {by: customer, phrases: 推荐}", 0),
        ("unless: {phrases: 推荐}", 0),
    ],
)
def test_a_rule_that_can_never_apply_is_noticed(tmp_path: Path, conditions: str, never: int) -> None:
    assert len(of_rule(tmp_path, f"{conditions}, require: {{phrases: 您好}}", "never-applies")) == never


@pytest.mark.parametrize(
    ("scope", "place"),
    [
        ("window: first 0 s", "window"),
        ("window: 100..120 %", "window"),
        ("after: late, within: 0 s", "within"),
        ("after: late, before: late", "before"),
        ("after: last late, before: late", "before"),
        ("after: 2nd late, before: 2nd late", "before"),
        ("window: first 30 s, after: late", "window"),
        ("window: first 30 s, after: later", "window"),
        ("window: first 31 s, after: late", ""),
        ("window: last 30 s, after: late", ""),
        ("after: late, before: 2nd late", ""),
        ("after: late, before: last late", ""),
        ("after: each late, before: late", ""),
        ("window: first 30 s, after: sometime", ""),
        ("window: 90..120 %", ""),
    ],
)
def test_a_place_that_cannot_be_reached_is_noticed(tmp_path: Path, scope: str, place: str) -> None:
    text = (
        "moments:\n"
        "  late: {phrases: 推荐, window: 30..90 s}\n"
        "  later: {all: [{happened: late}, {phrases: 宽带, after: late}]}\n"
        "  sometime: {any: [{happened: late}, {phrases: 宽带}]}\n"
        "rules:\n"
    )
    found = told(tmp_path, text + rule(f"require: {{phrases: 您好, {scope}}}"), "unreachable")
    assert [one.split()[1] for one in found] == ([f"{place}:"] if place else [])


def test_moments_and_lists_that_nothing_uses_are_noticed(tmp_path: Path) -> None:
    text = (
        "phrases:\n  used: [您好]\n  unused: [喂]\n  in-list: [早]\n  taking: [<in-list>, 早上好]\n"
        "moments:\n  ends: {phrases: 挂了}\n  idle: {phrases: <taking>}\n  bound: {phrases: 推荐}\n"
        "flows: {f: {steps: [{step: s, said: {phrases: <used>}}], ends_at: [ends]}}\n"
        "rules:\n"
    )
    found = told(tmp_path, text + rule("require: {flow: f, before: bound}"), "unused")
    assert [one.split(";")[0] for one in found] == [
        "8:3 phrase list unused is never used",
        "13:3 moment idle is never used",
    ]


@pytest.mark.parametrize(
    ("examples", "lacking"),
    [
        ("", "one that passes and one that fails"),
        ("examples: [{verdict: pass, call: 坐席：好}]", "one that fails"),
        (
            "examples: [{verdict: fail, call: 坐席：好}, {verdict: unknown, call: 坐席：好}]",
            "one that passes",
        ),
    ],
)
def test_a_rule_without_examples_of_both_kinds_is_noticed(
    tmp_path: Path, examples: str, lacking: str
) -> None:
    text = (
        f"rules:\n  - {{id: a, title: 甲, because: 乙, deduct: 5, require: {{phrases: 您好}}, {examples}}}\n"
    )
    assert told(tmp_path, text) == [
        f"7:6 rule a lacks an example, {lacking}; nothing will notice when a change breaks it"
    ]


def test_two_speakers_in_one_line_of_an_example_are_noticed(tmp_path: Path) -> None:
    text = "rules:\n" + rule("require: {phrases: 您好}").replace(
        "call: 坐席：好}]", "call: 坐席：您好。客户：好}]"
    )
    (found,) = told(tmp_path, text, "joined-lines")
    assert "two speakers (...客户：...)" in found


def test_a_reason_that_repeats_the_title_is_noticed(tmp_path: Path) -> None:
    text = "rules:\n" + rule("require: {phrases: 您好}").replace("because: 乙", "because: 甲")
    (found,) = told(tmp_path, text, "because-says-nothing")
    assert found.startswith("7:32 because repeats the title")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("require: {metadata: team, eq: 一组}", "rests on the calls table alone"),
        ("require: {phrases: 您好}", "rests on something not heard"),
        ("forbid: {phrases: 闭嘴吧你}", ""),
        ("require: {phrases: 您好}, doubt_if: {phrases: 喂}", ""),
        ("require: {any: [{not: {phrases: 推荐}}, {phrases: 您好}]}", ""),
    ],
)
def test_a_veto_without_evidence_is_noticed(tmp_path: Path, text: str, expected: str) -> None:
    found = told(tmp_path, "rules:\n" + rule(text, more="veto: yes"), "veto-without-evidence")
    assert [expected in one for one in found] == ([True] if expected else [])


@pytest.mark.parametrize(
    ("marks", "stakes", "expected"),
    [
        ("", "deduct: 5", ""),
        ("", "deduct: 4", "every call passes: with all rules broken 96 points are left"),
        ("", "add: 4", "every call passes"),
        ("", "veto: yes", ""),
        ("", "set_score: 60", ""),
        ("", "deduct: {points: 1, per: hit}", ""),
        ("", "deduct: {points: 1, per: hit, at_most: 4}", "every call passes"),
        ("", "deduct: 4, counts: {times: 2, when: {phrases: 新}}", ""),
        ("start_from: 90\n", "deduct: 5", "no call can pass: scores start from 90"),
        ("sections: {甲: {weight: 1}, 乙: {weight: 0}}\n", "section: 甲, deduct: 4", "every call passes"),
        ("sections: {甲: {weight: 1, pass_mark: 98}, 乙: {weight: 0}}\n", "section: 甲, deduct: 4", ""),
    ],
)
def test_points_that_do_not_fit_the_pass_mark_are_noticed(
    tmp_path: Path, marks: str, stakes: str, expected: str
) -> None:
    other = rule("require: {phrases: 早}", "b", "section: 乙, deduct: 50") if "乙" in marks else ""
    found = told(tmp_path, f"{marks}rules:\n" + rule("forbid: {phrases: 您好}", more=stakes) + other, "marks")
    assert [expected in one for one in found] == ([True] if expected else [])


def test_the_shipped_checklists_have_no_errors_and_their_warnings_have_places() -> None:
    for path in sorted((Path(__file__).parents[2] / "rules").glob("*.yaml")):
        for fault in warnings(load(path)):
            length = fault.path.read_text("utf-8").count("\n")
            assert 1 <= fault.line <= length


LISTS = "phrases:\n  道歉: [抱歉, 对不起]\n  再见: [再见, 拜拜]\nrules:\n"


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        ("道歉", '"道歉" is the name of a list: write <道歉>'),
        ("[您好, 道歉]", '"道歉" is the name of a list'),
        ("{any: [您好, 道歉]}", '"道歉" is the name of a list'),
        ("再见", '"再见" is the name of a list'),
        ("《道歉》", '"《道歉》" is read as a phrase: write the list as <道歉>'),
        ("＜道歉＞", '"＜道歉＞" is read as a phrase'),
        ("[< 道歉 >, 您好]", '"< 道歉 >" is read as a phrase'),
    ],
)
def test_the_name_of_a_list_without_its_marks_is_a_phrase(tmp_path: Path, phrases: str, said: str) -> None:
    (found,) = told(tmp_path, LISTS + rule(f"require: {{phrases: {phrases}}}"), "list-as-phrase")
    assert said in found


@pytest.mark.parametrize("phrases", ["<道歉>", "'道歉'", "[您好, 再见]", "[<再见>, 您好]", "《服务协议》"])
def test_a_phrase_may_have_the_letters_of_a_list(tmp_path: Path, phrases: str) -> None:
    assert told(tmp_path, LISTS + rule(f"require: {{phrases: {phrases}}}"), "list-as-phrase") == []


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("您好，江城", '"您好，江城" is "您好江城" there'),
        ("一二三号", '"一二三号" is "123号" there'),
        ("(工号|编号)：[0-9]+", 'it has no "："'),
        ("好啊", '"好啊" is "好" there'),
        ("您好额", '"您好额" is "您好" there'),
        ("APP|应用", '"APP" is "app" there'),
        ("您好[，,]+江城", '"您好，" is "您好" there'),
        ("約定", '"約定" is "约定" there'),
    ],
)
def test_an_expression_of_what_the_compared_text_never_has_is_told_of(
    tmp_path: Path, expression: str, said: str
) -> None:
    (found,) = of_rule(tmp_path, f"require: {{pattern: '{expression}', means: 丙}}", "never")
    assert "pattern: this never matches" in found
    assert said in found


@pytest.mark.parametrize(
    "expression",
    [
        "您好，?江城",
        "您好[^，]江城",
        "好(吗|啊|$)",
        "好[啊呀]?吗",
        "(?i)APP",
        "一二.{0,3}三",
        "[一二三四]{3}",
        r"\d{3,5}|[0-9a-z]+号",
        "一{3}",
        "额度|余额|干嘛",
        "金.?额是多少",
    ],
)
def test_an_expression_that_can_match_is_left_alone(tmp_path: Path, expression: str) -> None:
    assert of_rule(tmp_path, f"require: {{pattern: '{expression}', means: 丙}}", "never") == []


def test_what_but_not_never_finds_is_told_of_at_its_place(tmp_path: Path) -> None:
    written = "require: {pattern: 保证, but_not: '不会|不能，'}"
    (found,) = of_rule(tmp_path, written, "never")
    column = rule(written).index("不能") + 1
    assert found.startswith(f"7:{column} but_not: this never matches")


def test_an_expression_of_a_rule_needs_words_for_people(tmp_path: Path) -> None:
    (found,) = of_rule(tmp_path, "require: {pattern: '(保证|承诺)收益'}", "pattern-without-means")
    assert "say in a few words with means" in found
    assert of_rule(tmp_path, "require: {pattern: 保证收益}", "pattern-without-means") == []
    assert of_rule(tmp_path, "require: {pattern: '保.收益', means: 承诺}", "pattern-without-means") == []


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("{by: agent, tone: [rude, angry]}", ['"angry" is a customer\'s tone']),
        ("{by: customer, tone: warm}", ['"warm" is an agent\'s tone']),
        ("{by: agent, tone: warm, in_words: yes}", ["in_words is for tones that are impatient"]),
        ("{by: agent, tone: [rude, warm], in_words: yes}", []),
        ("{tone: [rude, angry]}", []),
        ("{by: customer, tone: strong_refusal, in_words: yes}", []),
    ],
)
def test_a_tone_that_nobody_in_the_place_can_have_is_told(
    tmp_path: Path, condition: str, named: list[str]
) -> None:
    found = told(tmp_path, "rules:\n" + rule(f"require: {condition}"), "tone-of-nobody")
    assert len(found) == len(named)
    assert all(name in message for message, name in zip(found, named, strict=True))
