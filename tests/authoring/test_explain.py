"""Why a rule came out as it did: the same outcomes that judged it, and what was wanting in a near miss."""

from pathlib import Path

import pytest

from speechqa import transcript_file
from speechqa.assessment import Verdict
from speechqa.authoring.explain import Explanation, Step, explained
from speechqa.authoring.prose import DOUBT, MUST, MUST_NOT, UNLESS, WHEN
from speechqa.call import Call, Role, Transcript, Turn, Word
from speechqa.checklist import Checklist, load
from speechqa.matching import Judge
from speechqa.matching.outcome import Truth
from speechqa.tone import tones
from tests.matching.lines import dialogue

ROOT = Path(__file__).parents[2]
MOMENTS = """moments:
  介绍: {by: agent, phrases: 给您推荐}
  询问: {by: agent, phrases: 办理吗}
  同意: {answered: 询问, as: yes, asked_for: consent}
"""


def checklist(folder: Path, keys: str) -> Checklist:
    path = folder / "c.yaml"
    head = f"speechqa: 1\nid: t\nversion: '1'\ntitle: 试\n{MOMENTS}"
    rule = f"rules:\n  - {{id: r, title: 甲, because: 乙, deduct: 5, {keys}}}\n"
    path.write_text(head + rule, "utf-8")
    return load(path)


def why(
    folder: Path, keys: str, transcript: Transcript, metadata: dict[str, str] | None = None
) -> Explanation:
    rules = checklist(folder, keys)
    return explained(rules, rules.rules[0], Call("t", Path("t.json"), metadata or {}), transcript)


def required(explanation: Explanation) -> Step:
    return next(step for lead, step in explanation.steps if lead in (MUST, MUST_NOT))


NEAR = [  # what is required, the call, what was wanting, where it was heard
    (
        "{by: agent, window: first 5 s, phrases: 您好}",
        ("A 请问有什么可以帮您的吗我是客服小李", "C 喂", "A 哦您好"),
        "有，但不在开口 5 秒内",
        "您好",
    ),
    ("{by: agent, phrases: 您好}", ("A 喂", "C 您好"), "有，但是客户说的", "您好"),
    ("{by: agent, turns: last 1, phrases: 再见}", ("A 再见", "A 还有"), "有，但不在最后 1 句里", "再见"),
    ("{by: agent, turns: first 1, phrases: 您好}", ("A 喂", "A 您好"), "有，但不在头 1 句里", "您好"),
    (
        "{by: agent, after: 介绍, phrases: 资费}",
        ("A 资费三十元", "A 给您推荐宽带"),
        "有，但不在首次“介绍”之后",
        "资费",
    ),
    (
        "{by: agent, before: last 介绍, phrases: 资费}",
        ("A 给您推荐宽带", "A 资费三十元"),
        "有，但不在最后一次“介绍”之前",
        "资费",
    ),
    (
        "{by: agent, after: 介绍, within: 1 turns, phrases: 资费}",
        ("A 给您推荐宽带", "C 哦", "C 嗯", "A 资费三十元"),
        "有，但离得太远",
        "资费",
    ),
    (
        "{by: agent, around: 介绍, within: 1 turns, phrases: 资费}",
        ("A 资费三十元", "C 哦", "C 嗯", "A 给您推荐宽带"),
        "有，但不在首次“介绍”附近",
        "资费",
    ),
    (
        "{by: agent, until: 介绍, phrases: 资费}",
        ("A 给您推荐宽带", "A 资费三十元"),
        "有，但在“介绍”之后",
        "资费",
    ),
    (
        "{by: agent, phrases: {any: 保证, not_inside: 保证金}}",
        ("A 保证金两百元",),
        "有，但夹在例外说法里（“保证金”）",
        "保证",
    ),
    ("{by: agent, phrases: {any: 保证, unless_negated: yes}}", ("A 我不能保证",), "有，但前面有否定", "保证"),
    (
        "{by: agent, phrases: {any: 保证, unless_quoted: yes}}",
        ("A 您说保证有收益",),
        "有，但是在转述对方的话",
        "保证",
    ),
    (
        "{by: agent, phrases: {all: [您好, 工号]}}",
        ("A 您好我是客服",),
        "只说了一部分，不够 2 种",
        "您好",
    ),
    ("{by: agent, phrases: {any: 您好, min_hits: 2}}", ("A 您好",), "有，但次数不够", "您好"),
    (
        "{by: agent, phrases: {all: [您好, 工号], ordered: yes}}",
        ("A 工号一二三，您好",),
        "都说了，但次序不对、隔得太远或不在同一句",
        "工号",
    ),
    (
        "{by: agent, pattern: 保证, but_not: 不}",
        ("A 不保证",),
        "有，但同一小句里出现了排除的字眼",
        "保证",
    ),
    (
        "{happened: 介绍, before: 询问}",
        ("A 给您办理吗", "C 啊", "A 给您推荐宽带"),
        "有，但不在首次“询问”之前",
        "给您推荐",
    ),
    (
        "{answered: 询问, as: yes, asked_for: consent, within_turns: 1}",
        ("A 办理吗", "C 什么", "C 办吧"),
        "答了，但超出了 1 句",
        "办吧",
    ),
    (
        "{by: agent, tone: rude, count: 2}",
        ("A 你有病吧，滚",),
        "有，但次数不够",
        "你有病吧，滚",
    ),
]


@pytest.mark.parametrize(("condition", "call", "wanting", "heard"), NEAR, ids=[row[0] for row in NEAR])
def test_a_near_miss_says_what_was_wanting(
    condition: str, call: tuple[str, ...], wanting: str, heard: str, tmp_path: Path
) -> None:
    step = required(why(tmp_path, f"require: {condition}", dialogue(*call)))
    assert step.truth is Truth.FALSE
    assert step.nearly is not None
    assert step.nearly.why.zh == wanting
    assert heard in {hit.heard for hit in step.nearly.hits}


def test_where_nothing_came_near_it_says_where_it_looked(tmp_path: Path) -> None:
    call = dialogue("A 喂", "C 喂", "A 什么事")
    step = required(why(tmp_path, "require: {by: agent, phrases: 祝您生活愉快}", call))
    assert step.nearly is None
    assert [one.zh for one in step.looked] == ["看了全程，坐席 2 句"]
    bound = required(why(tmp_path, "require: {by: agent, window: first 1 s, phrases: 祝您}", call))
    assert [one.zh for one in bound.looked] == ["看了 00:00–00:01，坐席 1 句"]


def test_what_held_has_its_evidence_and_no_excuse(tmp_path: Path) -> None:
    step = required(why(tmp_path, "require: {by: agent, phrases: 您好}", dialogue("A 您好", "C 喂")))
    assert (step.truth, step.looked, step.nearly) == (Truth.TRUE, (), None)
    assert [(hit.role, hit.heard) for hit in step.hits] == [(Role.AGENT, "您好")]


def test_what_must_not_be_is_shown_where_it_was(tmp_path: Path) -> None:
    explanation = why(tmp_path, "forbid: {by: agent, phrases: 保证}", dialogue("A 我保证", "C 喂"))
    assert explanation.finding.verdict is Verdict.FAIL
    lead, step = explanation.steps[0]
    assert (lead, step.truth, step.hits[0].heard) == (MUST_NOT, Truth.TRUE, "保证")


def test_the_parts_of_a_requirement_are_a_tree_each_with_its_truth(tmp_path: Path) -> None:
    keys = (
        "require: {all: [{by: agent, phrases: 您好}, {not: {happened: 介绍}}, "
        "{any: [{spoke: customer}, {by: agent, after: 询问, phrases: 再见}]}]}"
    )
    step = required(why(tmp_path, keys, dialogue("A 您好，给您推荐宽带", "C 喂")))
    assert step.truth is Truth.FALSE
    assert [(part.sentence.zh, part.truth) for part in step.parts] == [
        ("坐席说“您好”", Truth.TRUE),
        ("没有出现“介绍”（实际出现了）", Truth.FALSE),
        ("以下至少一项成立", Truth.TRUE),
    ]
    customer, goodbye = step.parts[2].parts
    assert (customer.truth, goodbye.truth) == (Truth.TRUE, Truth.SKIPPED)
    assert goodbye.looked[0].zh == "没有出现“询问”（或没有那一次），这一条不看"


@pytest.mark.parametrize(
    ("condition", "truth", "said"),
    [
        (
            "{happened: 介绍, after: 询问, if_never: fail}",
            Truth.FALSE,
            "没有出现“询问”（或没有那一次），按质检表，这一条算不成立",
        ),
        (
            "{happened: 介绍, after: 询问, if_never: pass}",
            Truth.TRUE,
            "",
        ),
        (
            "{all: [{not: {happened: 介绍, after: 询问, if_never: fail}}]}",
            Truth.FALSE,
            "没有出现“询问”（或没有那一次），按质检表，这一条算不成立",
        ),
    ],
)
def test_without_its_moment_a_condition_is_what_its_author_says(
    condition: str, truth: Truth, said: str, tmp_path: Path
) -> None:
    step = required(why(tmp_path, f"require: {condition}", dialogue("A 给您推荐宽带", "C 喂")))
    assert step.truth is truth
    assert "".join(one.zh for one in step.looked) == said
    assert step.nearly is None


def test_a_rule_that_does_not_apply_is_explained_up_to_there(tmp_path: Path) -> None:
    keys = "when: {happened: 介绍}, require: {by: agent, phrases: 资费}"
    explanation = why(tmp_path, keys, dialogue("A 您好", "C 喂"))
    assert explanation.finding.verdict is Verdict.NOT_APPLICABLE
    assert [(lead, step.truth) for lead, step in explanation.steps] == [(WHEN, Truth.FALSE)]


def test_an_exception_that_holds_is_the_end_of_it(tmp_path: Path) -> None:
    keys = "unless: {happened: 介绍}, require: {by: agent, phrases: 资费}"
    explanation = why(tmp_path, keys, dialogue("A 给您推荐宽带", "C 喂"))
    assert [(lead, step.truth) for lead, step in explanation.steps] == [(UNLESS, Truth.TRUE)]


def test_what_leaves_a_fail_to_a_listener_is_told_only_of_a_fail(tmp_path: Path) -> None:
    keys = "require: {by: agent, phrases: 资费}, doubt_if: {happened: 介绍}"
    failed = why(tmp_path, keys, dialogue("A 给您推荐宽带", "C 喂"))
    passed = why(tmp_path, keys, dialogue("A 给您推荐宽带，资费三十元", "C 喂"))
    assert [lead for lead, _ in failed.steps] == [MUST, DOUBT]
    assert failed.finding.verdict is Verdict.UNKNOWN
    assert [lead for lead, _ in passed.steps] == [MUST]


def test_moments_say_when_they_happened_and_those_of_the_rule_why_not(tmp_path: Path) -> None:
    keys = "when: {happened: 介绍}, require: {happened: 同意}"
    explanation = why(tmp_path, keys, dialogue("A 给您推荐宽带，办理吗", "C 不要"))
    told = {one.moment: one for one in explanation.moments}
    assert list(told) == ["介绍", "同意", "询问"]
    assert [hit.heard for hit in told["介绍"].outcome.hits] == ["给您推荐"]
    assert (told["介绍"].why, told["询问"].why, told["询问"].direct) == (None, None, False)
    assert told["同意"].why is not None
    assert [hit.heard for hit in told["同意"].why.near] == ["不要"]


def test_metadata_are_told_as_the_call_has_them(tmp_path: Path) -> None:
    keys = "when: {metadata: team, eq: 一组}, require: {spoke: agent}"
    call = dialogue("A 您好", "C 喂")
    other = why(tmp_path, keys, call, {"team": "二组"}).steps[0][1]
    assert (other.truth, [one.zh for one in other.looked]) == (Truth.FALSE, ["这通的“team”是“二组”"])
    missing = why(tmp_path, keys, call).steps[0][1]
    assert missing.truth is Truth.UNKNOWN
    assert missing.blind is not None
    assert "team" in missing.blind.zh
    assert missing.looked == (), "it is said once"


def test_an_unknown_says_what_a_listener_is_to_settle(tmp_path: Path) -> None:
    words = (Word("嗯", 0.0, 0.4, 0.1), Word("那个", 0.4, 1.0, 0.1))
    turns = (Turn(Role.UNKNOWN, 0.0, 1.0, "嗯那个", words=words), Turn(Role.CUSTOMER, 1.2, 2.0, "喂"))
    explanation = why(tmp_path, "require: {by: agent, phrases: 您好}", Transcript(2.0, "zh", "t", turns))
    step = required(explanation)
    assert explanation.finding.verdict is Verdict.UNKNOWN
    assert step.truth is Truth.UNKNOWN
    assert step.blind is not None
    assert step.blind.zh.endswith("需人工听")
    assert step.looked[0].zh == "看了全程，坐席 0 句，另有 1 句分不清是谁说的"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{by: agent, turns: last 2, phrases: 祝您}", "看了 00:02–00:06，坐席 2 句"),
        ("{by: agent, window: last 2 turns, phrases: 祝您}", "看了 00:04–00:06，坐席 1 句"),
        ("{by: customer, window: last 1 turns, phrases: 祝您}", "要看的范围里客户没有说话"),
        ("{by: agent, turns: last 9, phrases: 祝您}", "看了全程，坐席 3 句"),
    ],
)
def test_of_a_few_turns_it_says_from_when_to_when_they_are(condition: str, said: str, tmp_path: Path) -> None:
    call = dialogue("A 喂，请问您是哪一位", "A 您说您说", "C 喂", "A 请问您有什么事要跟我说")
    step = required(why(tmp_path, f"require: {condition}", call))
    assert [one.zh for one in step.looked] == [said]


def test_a_single_character_found_elsewhere_is_no_near_miss(tmp_path: Path) -> None:
    call = dialogue("C 我听着呢", "C 这儿吵", "A 您好")
    step = required(why(tmp_path, "require: {by: customer, window: last 1 turns, pattern: '.'}", call))
    assert (step.truth, step.nearly) == (Truth.FALSE, None)


def test_what_is_denied_and_was_there_says_so(tmp_path: Path) -> None:
    keys = "require: {all: [{not: {by: agent, phrases: 保证}}, {not: {by: agent, phrases: 您好}}]}"
    parts = required(why(tmp_path, keys, dialogue("A 我保证", "C 喂"))).parts
    assert [part.sentence.zh for part in parts] == ["坐席没有说“保证”（实际有）", "坐席没有说“您好”"]


def test_a_call_without_a_field_that_may_be_missing_is_told_as_such(tmp_path: Path) -> None:
    known = "{all: [{metadata: hung_up_by, exists: yes}, {metadata: hung_up_by, eq: customer}]}"
    step = required(why(tmp_path, f"forbid: {known}", dialogue("A 您好", "C 喂")))
    given, customer = step.parts
    assert (step.truth, given.truth, customer.truth) == (Truth.FALSE, Truth.FALSE, Truth.UNKNOWN)
    assert given.looked[0].zh == "这通的通话信息里没有“hung_up_by”，所以这一条算“没有”"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "samples/reference").glob("*.json"))[::3], ids=lambda path: path.stem
)
def test_an_explanation_runs_the_real_thing(path: Path) -> None:
    """Same findings as the judge's, and steps that agree with the verdict."""
    outbound = load(ROOT / "rules/outbound.yaml")
    transcript = transcript_file.read(path).transcript
    call, judge = Call(path.stem, path), Judge(outbound)
    findings = judge.findings(call, judge.listen([transcript])[0], tones(transcript))
    for rule, finding in list(zip(outbound.rules, findings, strict=True))[1:4]:
        explanation = explained(outbound, rule, call, transcript)
        assert explanation.finding == finding
        truths = dict(explanation.steps)
        asked = truths.get(MUST) or truths.get(MUST_NOT)
        if finding.verdict in (Verdict.PASS, Verdict.FAIL):
            assert asked is not None
            held = asked.truth is (Truth.FALSE if MUST_NOT in truths else Truth.TRUE)
            assert held is (finding.verdict is Verdict.PASS)
