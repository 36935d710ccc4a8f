"""A checklist in words: what a supervisor would read aloud."""

import re
from pathlib import Path

import pytest

from speechqa.authoring.prose import Prose, prose
from speechqa.authoring.prose.conditions import told
from speechqa.authoring.prose.page import as_markdown, as_text
from speechqa.authoring.prose.tree import in_line, lines
from speechqa.call import Lang
from speechqa.checklist import Checklist, load
from speechqa.checklist.conditions import COMPOSITIONS, OPERATORS
from speechqa.checklist.scopes import SCOPE_KEYS

SHIPPED = sorted((Path(__file__).parents[2] / "rules").glob("*.yaml"))
HEAD = "speechqa: 1\nid: t\nversion: '1'\ntitle: 试\n"
MOMENTS = """moments:
  介绍: {by: agent, phrases: 给您推荐}
  同意: {by: customer, phrases: 可以}
"""
FLOWS = """flows:
  投诉:
    steps:
      - {step: 安抚, said: {happened: 同意}, within: 30 s}
      - choose:
          - {when: {metadata: product, eq: 宽带}, steps: [{step: 上门, said: {happened: 介绍}}]}
          - {steps: [{step: 回访, said: {happened: 介绍}}]}
      - {step: 致谢, said: {by: agent, phrases: 感谢}, optional: yes, when: {spoke: customer}}
    ends_at: [介绍]
"""
ZH = [  # a condition, how it is said, how it is denied
    (
        "{by: agent, window: first 15 s, phrases: 您好}",
        "坐席在开口 15 秒内说“您好”",
        "坐席在开口 15 秒内没有说“您好”",
    ),
    ("{phrases: [您好, 早上好]}", "有人说“您好”或“早上好”", "没有人说“您好”或“早上好”"),
    (
        "{by: agent, phrases: [甲一, 甲二, 甲三, 甲四, 甲五]}",
        "坐席说“甲一”“甲二”“甲三”“甲四”等 5 种说法之一",
        "坐席没有说“甲一”“甲二”“甲三”“甲四”等 5 种说法之一",
    ),
    (
        "{by: agent, phrases: {all: [您好, 工号], ordered: yes, near: 20}}",
        "坐席把“您好”“工号”都说到（按先后；彼此相隔不超过 20 个字）",
        "坐席没有把“您好”“工号”都说到（按先后；彼此相隔不超过 20 个字）",
    ),
    (
        "{by: agent, phrases: {of: [甲一, 甲二, 甲三], at_least: 2, unit: turn}}",
        "坐席说到“甲一”“甲二”“甲三”这 3 种说法里的至少 2 种（在同一句话里）",
        "坐席没有说到“甲一”“甲二”“甲三”这 3 种说法里的至少 2 种（在同一句话里）",
    ),
    (
        "{by: agent, by_sound: no, phrases: {any: 保证, not_inside: 保证金, unless_negated: yes, "
        "unless_quoted: yes, min_hits: 2}}",
        "坐席说“保证” 2 次以上（夹在“保证金”里的不算；前面有否定的不算；转述对方的话不算；"
        "只认文字，读音相近的不算）",
        "坐席没有说“保证” 2 次以上（夹在“保证金”里的不算；前面有否定的不算；转述对方的话不算；"
        "只认文字，读音相近的不算）",
    ),
    ("{phrases: {none: 保证}}", "没有人说“保证”", "有人说“保证”"),
    (
        "{by: customer, turns: last 3, phrases: 再见}",
        "客户在最后 3 句里说“再见”",
        "客户在最后 3 句里没有说“再见”",
    ),
    (
        "{by: agent, around: any 介绍, within: 2 turns, phrases: 元}",
        "坐席在任意一次“介绍”前后 2 句内说“元”",
        "坐席在任意一次“介绍”前后 2 句内没有说“元”",
    ),
    (
        "{by: agent, after: 介绍, within: 10 s, until: 同意, phrases: 元}",
        "坐席在首次“介绍”之后 10 秒内、下一次“同意”出现之前说“元”",
        "坐席在首次“介绍”之后 10 秒内、下一次“同意”出现之前没有说“元”",
    ),
    (
        "{by: agent, window: last 3 turns, phrases: 元}",
        "坐席在整通最后 3 句里说“元”",
        "坐席在整通最后 3 句里没有说“元”",
    ),
    (
        "{by: agent, window: 10..30 s, phrases: 元}",
        "坐席在第 10 到 30 秒之间说“元”",
        "坐席在第 10 到 30 秒之间没有说“元”",
    ),
    (
        "{by: agent, window: first 50 %, phrases: 元}",
        "坐席在通话的前 50%说“元”",
        "坐席在通话的前 50%没有说“元”",
    ),
    (
        "{by: agent, pattern: '保证.{0,4}赚', means: 承诺收益}",
        "坐席说出“承诺收益”一类的话",
        "坐席没有说出“承诺收益”一类的话",
    ),
    (
        "{by: agent, like: [还有什么可以帮您], threshold: 0.8}",
        "坐席说与“还有什么可以帮您”相近的话（相似 80% 以上）",
        "坐席没有说与“还有什么可以帮您”相近的话（相似 80% 以上）",
    ),
    (
        "{by: customer, repeat: {times: 3, within_turns: 6}}",
        "客户把差不多的话说 3 遍（相似 70% 以上；每两遍之间不超过 6 句；不足 5 个字的不算）",
        "客户没有把差不多的话说 3 遍（相似 70% 以上；每两遍之间不超过 6 句；不足 5 个字的不算）",
    ),
    (
        "{answered: 介绍, as: yes, asked_for: consent}",
        "对方对“介绍”给出肯定答复（2 句之内；要明确同意，“嗯”不算）",
        "对方对“介绍”没有给出肯定答复（2 句之内；要明确同意，“嗯”不算）",
    ),
    (
        "{happened: 介绍, before: last 同意}",
        "在最后一次“同意”之前出现“介绍”",
        "在最后一次“同意”之前没有出现“介绍”",
    ),
    (
        "{happened: 介绍, after: 2nd 同意, if_never: fail}",
        "在第 2 次“同意”之后出现“介绍”（没有出现“同意”时算没做到）",
        "在第 2 次“同意”之后没有出现“介绍”（没有出现“同意”时算做到）",
    ),
    (
        "{happened: 介绍, after: each 同意, if_never: pass}",
        "在每一次“同意”之后出现“介绍”（没有出现“同意”时算做到）",
        "在每一次“同意”之后没有出现“介绍”（没有出现“同意”时算没做到）",
    ),
    ("{spoke: agent, after: 同意}", "坐席在首次“同意”之后说话", "坐席在首次“同意”之后没有说话"),
    (
        "{metadata: team, in: [一组, 二组]}",
        "通话信息里的“team”是“一组”或“二组”",
        "通话信息里的“team”不是“一组”或“二组”",
    ),
    ("{metadata: team, exists: no}", "通话信息里的“team”没有填写", "通话信息里的“team”有填写"),
    (
        "{metadata: hired_at, newer_than: 90 days}",
        "通话信息里的“hired_at”距通话不满 90 天",
        "通话信息里的“hired_at”距通话已满 90 天",
    ),
    (
        "{metadata: started_at, hours: '08:00..21:00'}",
        "通话信息里的“started_at”在 08:00 到 21:00 之间",
        "通话信息里的“started_at”不在 08:00 到 21:00 之间",
    ),
    ("{by: agent, entity: amount}", "坐席说出金额", "坐席没有说出金额"),
    (
        "{by: agent, stated: monthly_fee, as: amount}",
        "坐席照资料说对“monthly_fee”（金额）",
        "坐席没有照资料说对“monthly_fee”（金额）",
    ),
    (
        "{silence: over 7 s, count: 2, excused_by: [请稍等]}",
        "出现 2 次以上超过 7 秒的静默（前一句或后一句说了“请稍等”的不算）",
        "没有出现 2 次以上超过 7 秒的静默（前一句或后一句说了“请稍等”的不算）",
    ),
    ("{by: agent, response_time: over 5 s}", "坐席超过 5 秒才接话", "坐席没有超过 5 秒才接话"),
    (
        "{by: agent, speaking_rate: 180..300}",
        "坐席的语速每分钟在 180 到 300 字之间",
        "坐席的语速每分钟不在 180 到 300 字之间",
    ),
    (
        "{by: agent, interruption: over 0.5 s}",
        "坐席抢话超过 0.5 秒（不足 4 个字的应声不算；对方说了 1 秒以后才算）",
        "坐席没有抢话超过 0.5 秒（不足 4 个字的应声不算；对方说了 1 秒以后才算）",
    ),
    (
        "{by: agent, talk_ratio: over 80 %}",
        "坐席的说话时间占双方说话时间的比例超过 80%",
        "坐席的说话时间占双方说话时间的比例不超过 80%",
    ),
    ("{duration: under 30 s}", "录音时长不到 30 秒", "录音时长至少 30 秒"),
    (
        "{by: agent, tone: [impatient, rude], count: 2}",
        "坐席出现 2 句以上不耐烦或粗鲁的语气（把握 50% 以上）",
        "坐席没有出现 2 句以上不耐烦或粗鲁的语气（把握 50% 以上）",
    ),
    (
        "{by: agent, loudness: over 8 dB}",
        "坐席把声音提高超过 8 分贝（和自己平时比）",
        "坐席没有把声音提高超过 8 分贝（和自己平时比）",
    ),
    ("{flow: 投诉}", "按话术流程“投诉”走完", "没有按话术流程“投诉”走完"),
    (
        "{flow: 投诉, step: 安抚}",
        "话术流程“投诉”的“安抚”这一步做到了",
        "话术流程“投诉”的“安抚”这一步没有做到",
    ),
]
EN = [
    ("{by: agent, window: first 15 s, phrases: 您好}", "the agent says “您好” in the first 15 s of speech"),
    ("{not: {by: agent, phrases: 您好}}", "the agent does not say “您好”"),
    ("{phrases: {none: [甲一, 甲二]}}", "nobody says “甲一” or “甲二”"),
    (
        "{by: agent, after: 介绍, within: 1 turns, phrases: 元}",
        "the agent says “元” within 1 turn after the first “介绍”",
    ),
    ("{happened: 介绍, before: 2nd 同意}", "“介绍” happens before the 2nd “同意”"),
    ("{silence: over 7 s, by: customer}", "there is silence of over 7 s, broken by the customer,"),
    ("{turn_count: 3..8}", "the number of turns is between 3 and 8"),
    ("{not: {turn_count: 3..8}}", "the number of turns is outside 3 to 8"),
    ("{not: {duration: at least 30 s}}", "the length of the recording is under 30 s"),
]
PLAIN_WORDS = (OPERATORS.keys() | COMPOSITIONS.keys() | SCOPE_KEYS | {"deduct", "veto"}) - {"by"}


def read(folder: Path, rules: str, top: str = "") -> Checklist:
    path = folder / "c.yaml"
    path.write_text(f"{HEAD}{top}{MOMENTS}{FLOWS}rules:\n{rules}", "utf-8")
    return load(path)


def one(folder: Path, keys: str, top: str = "") -> Checklist:
    return read(folder, f"  - {{id: r, title: 甲, because: 乙, {keys}}}\n", top)


def page(checklist: Checklist, lang: Lang = Lang.ZH) -> str:
    return "\n".join(as_text(prose(checklist, checklist.rules), lang))


@pytest.mark.parametrize(("condition", "said", "denied"), ZH, ids=[row[0] for row in ZH])
def test_a_condition_is_a_sentence_and_so_is_its_denial(
    condition: str, said: str, denied: str, tmp_path: Path
) -> None:
    required = one(tmp_path, f"require: {condition}").rules[0].require
    assert (told(required).text.zh, told(required, holds=False).text.zh) == (said, denied)


@pytest.mark.parametrize(("condition", "said"), EN)
def test_in_english_too(condition: str, said: str, tmp_path: Path) -> None:
    assert told(one(tmp_path, f"require: {condition}").rules[0].require).text.en == said


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        ("{all: [{spoke: agent}, {spoke: customer}]}", "坐席说话，并且客户说话"),
        ("{any: [{spoke: agent}, {spoke: customer}]}", "坐席说话，或者客户说话"),
        ("{not: {all: [{spoke: agent}, {spoke: customer}]}}", "坐席没有说话，或者客户没有说话"),
        ("{not: {any: [{spoke: agent}, {spoke: customer}]}}", "坐席没有说话，并且客户没有说话"),
        ("{not: {not: {spoke: agent}}}", "坐席说话"),
        ("{all: [{spoke: agent}]}", "坐席说话"),
    ],
)
def test_a_few_short_conditions_are_one_sentence(condition: str, line: str, tmp_path: Path) -> None:
    tree = told(one(tmp_path, f"when: {condition}, require: {{spoke: agent}}").rules[0].conditions[-1])
    assert in_line(tree, Lang.ZH) == line


def test_more_of_them_are_a_list_with_what_is_asked_of_it(tmp_path: Path) -> None:
    condition = "{at_least: {count: 2, of: [{spoke: agent}, {spoke: customer}, {happened: 介绍}]}}"
    rule = one(tmp_path, f"require: {condition}").rules[0]
    assert list(lines(told(rule.require), Lang.ZH)) == [
        "以下至少 2 项成立：",
        "  1. 坐席说话",
        "  2. 客户说话",
        "  3. 出现“介绍”",
    ]
    assert next(lines(told(rule.require, holds=False), Lang.ZH)) == "以下至少 2 项成立："


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("deduct: 5, require: {spoke: agent}", "扣 5 分，轻重：一般"),
        ("require: {spoke: agent}", "不扣分，轻重：一般"),
        (
            "deduct: 20, severity: critical, veto: yes, require: {spoke: agent}",
            "扣 20 分，轻重：关键，一票否决",
        ),
        (
            "deduct: {points: 2, per: hit, at_most: 10}, forbid: {phrases: 保证}",
            "每次扣 2 分，最多 10 分，轻重：一般",
        ),
        ("add: 3, require: {spoke: agent}", "加 3 分"),
        ("set_score: 60, require: {spoke: agent}", "没做到时整通最高 60 分，轻重：一般"),
    ],
)
def test_what_a_rule_costs_is_told(keys: str, said: str, tmp_path: Path) -> None:
    assert f"1. 甲（r）：{said}" in page(one(tmp_path, keys))


def test_a_bonus_is_told_as_one(tmp_path: Path) -> None:
    told_page = page(one(tmp_path, "add: 3, require: {spoke: agent}"))
    assert "   做到就加分：坐席说话\n   没有加分的理由：乙" in told_page
    assert "扣分理由" not in told_page


def test_what_stands_for_a_gap_is_explained_where_there_is_one(tmp_path: Path) -> None:
    gap = "说法里的“…”代表中间可以隔几个字。"
    assert page(one(tmp_path, "require: {by: agent, phrases: 户号…核对}")).endswith(gap)
    assert gap not in page(one(tmp_path, "require: {by: agent, phrases: 核对}"))


def test_sections_and_their_shares_are_told(tmp_path: Path) -> None:
    top = "sections: {态度: {weight: 1}, 准确: {weight: 3, pass_mark: 60}}\nreview_when: [vetoed]\n"
    rules = "".join(
        f"  - {{id: {rule}, title: 甲, because: 乙, section: {name}, veto: section, deduct: 1, require: "
        "{spoke: agent}}\n"
        for rule, name in (("a", "态度"), ("b", "准确"))
    )
    told_page = page(read(tmp_path, rules, top))
    assert "分大项计分，各占总分：态度 25%、准确 75%（单项不到 60 分也不合格）。" in told_page
    assert "以下通话列为待复核：被一票否决、录音质量差。" in told_page
    assert "扣 1 分，轻重：一般，否决所在大项，属于“准确”" in told_page


def test_where_facts_of_products_come_from_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("campaign,fee\n宽带,30\n", "utf-8")
    rule = "require: {by: agent, stated: fee, as: amount}"
    told_page = page(one(tmp_path, rule, "products: {file: p.csv, key: campaign}\n"))
    assert "产品资料在 p.csv 里，按通话信息的“campaign”找到产品。" in told_page


def test_a_rule_says_when_it_applies_what_must_be_and_what_leaves_it_to_a_listener(tmp_path: Path) -> None:
    rule = (
        "when: {happened: 介绍}, unless: {spoke: customer}, require: {happened: 同意}, "
        "doubt_if: {happened: 同意, after: 介绍}, deduct: 5, "
        "counts: {times: 2, when: {metadata: team, eq: 新人}}"
    )
    told_page = page(one(tmp_path, rule))
    for said in (
        "   适用的情形：出现“介绍”",
        "   不适用的情形：客户说话",
        "   必须：出现“同意”",
        "   没做到但需人工听的情形：在首次“介绍”之后出现“同意”",
        "   按 2 倍计分的情形：通话信息里的“team”是“新人”",
        "   扣分理由：乙",
    ):
        assert said in told_page.splitlines()


def test_what_must_not_be_is_told_as_such(tmp_path: Path) -> None:
    short = page(one(tmp_path, "forbid: {by: agent, phrases: 保证}"))
    assert "   不得：坐席说“保证”" in short.splitlines()
    several = "{any: [{by: agent, phrases: 保证}, {by: agent, phrases: 包过}, {at_least: {count: 1, of: "
    several += "[{spoke: agent}, {spoke: customer}]}}]}"
    assert "   不得：有以下任何一项：" in page(one(tmp_path, f"forbid: {several}")).splitlines()


def test_moments_are_explained_once_below_and_only_those_that_are_needed(tmp_path: Path) -> None:
    used = page(one(tmp_path, "when: {happened: 介绍}, require: {phrases: 您好, after: 介绍}"))
    assert used.count("\n“介绍”\n   指：坐席说“给您推荐”") == 1
    assert "“同意”" not in used


def test_a_flow_is_told_step_by_step(tmp_path: Path) -> None:
    steps = page(one(tmp_path, "require: {flow: 投诉}"))
    for said in (
        "“投诉”",
        "   步骤：依次做到以下各步（出现“介绍”后，还没做的步骤不再要求）：",
        "     1. “安抚”（上一步之后 30 秒内）：出现“同意”",
        "     2. 看情况走其中一路：",
        "          1. 如果通话信息里的“product”是“宽带”，依次：",
        "               1. “上门”：出现“介绍”",
        "          2. 其他情况，依次：",
        "     3. “致谢”（可以不做）（只在这时要求：客户说话）：坐席说“感谢”",
    ):
        assert said in steps.splitlines()
    assert "“同意”\n   指：客户说“可以”" in steps


def test_some_rules_of_a_checklist_are_told_with_how_many_there_are(tmp_path: Path) -> None:
    rule = "  - {{id: {0}, title: 甲, because: 乙, require: {{spoke: agent}}}}\n"
    both = read(tmp_path, rule.format("a") + rule.format("b"))
    told_page = "\n".join(as_text(prose(both, both.rules[1:]), Lang.ZH))
    assert "共 2 条规则，这里是其中 1 条。" in told_page
    assert "甲（b）" in told_page
    assert "甲（a）" not in told_page


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", Lang)
def test_shipped_checklists_are_told_whole_and_without_a_word_of_yaml(path: Path, lang: Lang) -> None:
    checklist = load(path)
    whole = prose(checklist, checklist.rules)
    told_page = "\n".join(as_text(whole, lang))
    assert all(rule.title in told_page for rule in checklist.rules)
    assert all(f"\n“{moment.name}”\n" in told_page for moment in whole.moments)
    names = "|".join(re.escape(rule.id) for rule in checklist.rules)
    unquoted = re.sub(rf"“[^”]*”|{names}", "X", told_page)
    if lang is Lang.ZH and checklist.language == "zh":  # else its titles and reasons are English
        assert PLAIN_WORDS & set(re.findall(r"[a-z_]+", unquoted)) == set()
    assert "None" not in unquoted
    assert "  " not in re.sub(r"(?m)^ +", "", unquoted).replace("　", "")


@pytest.mark.parametrize("lang", Lang)
def test_markdown_has_the_same_sentences_and_shows_marks_as_they_are(lang: Lang, tmp_path: Path) -> None:
    rule = "  - {id: r, title: '*甲*', because: '<b>乙_丙</b>', require: {by: agent, phrases: '# 您好'}}\n"
    checklist = read(tmp_path, rule)
    markdown = list(as_markdown(prose(checklist, checklist.rules), lang))
    assert markdown[0] == "# 试"
    heading = next(line for line in markdown if line.startswith("### 1. "))
    assert r"\*甲\*" in heading
    assert any(r"\<b\>乙\_丙\</b\>" in line for line in markdown)
    assert any(r"“\# 您好”" in line for line in markdown)


def test_a_whole_checklist_is_a_value_that_programs_can_read(tmp_path: Path) -> None:
    checklist = one(tmp_path, "when: {happened: 介绍}, require: {spoke: agent}")
    whole: Prose = prose(checklist, checklist.rules)
    assert [rule.name for rule in whole.rules] == ["r"]
    assert [moment.name for moment in whole.moments] == ["介绍"]
    assert whole.flows == ()
