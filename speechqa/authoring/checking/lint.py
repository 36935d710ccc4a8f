"""Warnings about a checklist that can be read but says something its author cannot mean.

One function a warning, each from the checklist with its source to faults; what cannot be proven is not said.
"""

import re
from collections.abc import Callable, Iterator

from speechqa.assessment import Verdict
from speechqa.authoring.checking.lint_language import only_in_mandarin
from speechqa.authoring.checking.lint_lists import names_as_phrases
from speechqa.authoring.checking.lint_patterns import never_in_text, without_means
from speechqa.authoring.checking.lint_phrases import dead_exceptions, dead_phrases, joined_phrases
from speechqa.authoring.checking.lint_places import never_applies, unreachable
from speechqa.authoring.checking.lint_sound import opposite_lists, opposite_rules, short_by_sound
from speechqa.authoring.checking.lint_tone import tones_of_nobody
from speechqa.authoring.checking.source import Source, scalars, source, warning
from speechqa.checklist import Checklist
from speechqa.checklist.operators import leaves
from speechqa.checklist.operators.facts import Metadata
from speechqa.checklist.phrases import REFERENCE
from speechqa.checklist.points import Per, Veto
from speechqa.checklist.yaml.nodes import Place
from speechqa.errors import Fault

SPEAKER = re.compile(r"(坐席|客户|agent|customer)\s*[:：]")


def warnings(checklist: Checklist) -> tuple[Fault, ...]:
    """All that is doubtful, in the order of the files."""
    read = source(checklist)
    found = {fault: None for check in CHECKS for fault in check(read)}
    return tuple(
        sorted(found, key=lambda fault: (fault.path != read.path, fault.path, fault.line, fault.column))
    )


def unused_moments(read: Source) -> Iterator[Fault]:
    """A moment that nothing refers to."""
    used = {name for one in read.asked() for name in (*one.leaf.moments, *one.leaf.scope.moments)}
    used |= {name for flow in read.checklist.flows.values() for name in flow.ends_at}
    for name, (place, _) in read.section("moments").items():
        if name not in used:
            zh = f"时刻 {name} 没有任何规则用到；请删除，或在规则里引用"
            en = f"moment {name} is never used; remove it, or refer to it in a rule"
            yield warning("unused", read.at(place), zh, en)


def unused_lists(read: Source) -> Iterator[Fault]:
    """A list of this file that nothing takes. Those of shared files may be for other checklists."""
    used = {match[1] for one in scalars(read.top) if (match := REFERENCE.fullmatch(one.text.strip()))}
    for name, (place, _) in read.section("phrases").items():
        if name not in used:
            zh = f"短语列表 {name} 没有用到；请删除，或用 <{name}> 引用"
            en = f"phrase list {name} is never used; remove it, or take it as <{name}>"
            yield warning("unused", read.at(place), zh, en)


def missing_examples(read: Source) -> Iterator[Fault]:
    """A rule that is not shown to pass and to fail."""
    names = {Verdict.PASS: ("合格", "passes"), Verdict.FAIL: ("违规", "fails")}
    for rule, node in read.rules():
        given = {example.verdict for example in rule.examples}
        lacking = [name for verdict, name in names.items() if verdict not in given]
        if lacking:
            zh = "和".join(f"一个{name[0]}的" for name in lacking)
            en = " and ".join(f"one that {name[1]}" for name in lacking)
            yield warning(
                "no-examples",
                read.key_of(node, "id"),
                f"规则 {rule.id} 缺少{zh}示例 (examples)；改规则时没有东西能发现改错了",
                f"rule {rule.id} lacks an example, {en}; nothing will notice when a change breaks it",
            )


def joined_lines(read: Source) -> Iterator[Fault]:
    """A line of an example that holds the next speaker's words too."""
    for rule, node in read.rules():
        for example in rule.examples:
            for line in example.dialogue:
                if match := SPEAKER.search(line.text):
                    yield warning(
                        "joined-lines",
                        read.at(Place(example.line, node.place.column)),
                        f"示例里一行有两个人的话（…{match[0]}…）；请每人另起一行，call: 后面写 |",
                        f"a line of the example has two speakers (...{match[0]}...); begin a line for each, "
                        "with | after call:",
                    )


def because_says_nothing(read: Source) -> Iterator[Fault]:
    """A reason that only repeats the title."""
    for rule, node in read.rules():
        if rule.because.zh.strip() == rule.title.strip():
            yield warning(
                "because-says-nothing",
                read.value_of(node, "because"),
                f"because 与 title 相同；请写出扣分时坐席该看到的原因，例如“没有{rule.title}”",
                "because repeats the title; say what was missing or wrong, for the agent who lost the points",
            )


def vetoes_without_evidence(read: Source) -> Iterator[Fault]:
    """A veto that only rests on the calls table, or on something not having been heard."""
    negated = {one.rule.id for one in read.asked() if one.rule and one.key == "require" and one.negated}
    for rule, node in read.rules():
        if not rule.veto:
            continue
        if all(isinstance(leaf, Metadata) for leaf in leaves(rule.require)):
            zh = "一票否决只看通话信息表，通话里没有证据；请加上要听到的话，或去掉 veto"
            en = "this veto rests on the calls table alone; add what is to be heard, or drop veto"
        elif rule.id not in negated and rule.doubt_if is None:
            zh = "一票否决只凭“没听到”，听漏一句就否决整通；请用 doubt_if 写明何时交给人听，或去掉 veto"
            en = (
                "this veto rests on something not heard, and one misheard sentence vetoes the call; say with "
                "doubt_if when a person is to listen, or drop veto"
            )
        else:
            continue
        yield warning("veto-without-evidence", read.key_of(node, "veto"), zh, en)


def marks_that_do_not_fit(read: Source) -> Iterator[Fault]:
    """A pass mark that no call can reach, or that none can miss."""
    marks = read.checklist.marks
    lowest = _lowest_scores(read.checklist)
    sections = read.section("sections")
    for section in read.checklist.sections:
        if marks.start_from < (section.pass_mark or 0) and section.name in sections:
            yield warning(
                "marks", read.at(sections[section.name][0]), *_out_of_reach(read, section.pass_mark)
            )
    if marks.start_from < marks.pass_mark:
        yield warning("marks", read.value_of(read.top, "pass_mark"), *_out_of_reach(read, marks.pass_mark))
        return
    counted = [lowest[name] for name, weight in _weights(read.checklist).items() if weight]
    missed = any(lowest[section.name] < (section.pass_mark or 0) for section in read.checklist.sections)
    if min(counted, default=0.0) >= marks.pass_mark and not missed:
        yield warning(
            "marks",
            read.value_of(read.top, "pass_mark"),
            f"全部规则都违反也还有 {min(counted):g} 分，每通电话都不低于合格线 {marks.pass_mark:g}；"
            "请提高扣分或合格线",
            f"every call passes: with all rules broken {min(counted):g} points are left, not below "
            f"{marks.pass_mark:g}; raise the deductions or the pass mark",
        )


def _out_of_reach(read: Source, mark: float | None) -> tuple[str, str]:
    start = read.checklist.marks.start_from
    return (
        f"起始分 {start:g} 低于合格线 {mark:g}，没有通话能合格；请改其中一个",
        f"no call can pass: scores start from {start:g}, below the pass mark {mark:g}; change one of them",
    )


def _weights(checklist: Checklist) -> dict[str, float]:
    """Weight of each section; of all rules as one where there are none."""
    return {section.name: section.weight for section in checklist.sections} or {"": 1.0}


def _lowest_scores(checklist: Checklist) -> dict[str, float]:
    """What is left of each section when all its rules are broken."""
    lowest = dict.fromkeys(_weights(checklist), checklist.marks.start_from)
    for rule in checklist.rules:
        name, stakes = rule.stakes.section, rule.stakes
        if name not in lowest:
            continue
        endless = stakes.deduct.per is Per.HIT and stakes.deduct.at_most is None
        lost = stakes.deduct.most * (stakes.counts.times if stakes.counts else 1)
        lowest[name] = 0.0 if endless and lost else lowest[name] - lost
    for rule in checklist.rules:
        name, stakes = rule.stakes.section, rule.stakes
        for other in lowest:
            if stakes.veto is Veto.CALL or (stakes.veto is not None and other == name):
                lowest[other] = 0.0
        if stakes.set_score is not None and name in lowest:
            lowest[name] = min(lowest[name], stakes.set_score)
    return {name: max(score, 0.0) for name, score in lowest.items()}


CHECKS: tuple[Callable[[Source], Iterator[Fault]], ...] = (
    dead_phrases,
    dead_exceptions,
    joined_phrases,
    names_as_phrases,
    never_in_text,
    only_in_mandarin,
    tones_of_nobody,
    without_means,
    opposite_lists,
    opposite_rules,
    short_by_sound,
    never_applies,
    unreachable,
    unused_moments,
    unused_lists,
    missing_examples,
    joined_lines,
    because_says_nothing,
    vetoes_without_evidence,
    marks_that_do_not_fit,
)
