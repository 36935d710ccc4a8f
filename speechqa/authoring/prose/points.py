"""What a rule does to the score, in words."""

from collections.abc import Iterator, Sequence

from speechqa.assessment import Flag
from speechqa.call import Message
from speechqa.checklist.points import Counts, Per, Points, Stakes, Veto
from speechqa.checklist.sections import Section
from speechqa.checklist.values import Checklist, Rule, Severity

SEVERITIES = {
    Severity.NORMAL: Message("轻重：一般", "severity: normal"),
    Severity.MAJOR: Message("轻重：重要", "severity: major"),
    Severity.CRITICAL: Message("轻重：关键", "severity: critical"),
}
VETOES = {
    Veto.CALL: Message("一票否决", "a fail sets the call to 0"),
    Veto.SECTION: Message("否决所在大项", "a fail sets its section to 0"),
}
FLAGS = {
    Flag.VETOED: Message("被一票否决", "vetoed"),
    Flag.BELOW_MARK: Message("不及格", "below the pass mark"),
    Flag.UNKNOWN_CRITICAL: Message("关键规则需人工听", "a critical rule is unknown"),
    Flag.LOW_COVERAGE: Message("能判定的分值太少", "too few points could be judged"),
    Flag.TONE: Message("语气有问题", "tone"),
    Flag.AUDIO: Message("录音质量差", "poor audio"),
}


def points_told(rule: Rule) -> Message:
    """扣 20 分，关键，一票否决."""
    parts = [*_points(rule.stakes)]
    if rule.stakes.add is None:
        parts.append(SEVERITIES[rule.severity])
    if rule.stakes.veto is not None:
        parts.append(VETOES[rule.stakes.veto])
    if rule.stakes.section:
        parts.append(Message(f"属于“{rule.stakes.section}”", f"in section “{rule.stakes.section}”"))
    return Message("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def marks_told(checklist: Checklist) -> Iterator[Message]:
    """Where scores begin, the sections and their weights, and which calls a person is to hear."""
    marks = checklist.marks
    yield Message(
        f"满分 {marks.start_from:g} 分，{marks.pass_mark:g} 分及格。",
        f"Scores start from {marks.start_from:g}; {marks.pass_mark:g} is a pass.",
    )
    if checklist.sections:
        yield _sections(checklist.sections)
    low = Message(
        f"能判定的分值不到 {marks.coverage_below:.0%}", f"less than {marks.coverage_below:.0%} judged"
    )
    flags = [low if flag is Flag.LOW_COVERAGE else FLAGS[flag] for flag in marks.review_when]
    yield Message(
        f"以下通话列为待复核：{'、'.join(flag.zh for flag in flags)}。",
        f"These calls are flagged for a listener: {', '.join(flag.en for flag in flags)}.",
    )


def several_times(counts: Counts) -> Message:
    """What leads in the condition under which the points count several times."""
    return Message(f"按 {counts.times:g} 倍计分的情形", f"Counts {counts.times:g} times when")


def _points(stakes: Stakes) -> Iterator[Message]:
    if stakes.add is not None:
        yield _counted(stakes.add, Message("加", "adds"))
    elif stakes.deduct.each:
        yield _counted(stakes.deduct, Message("扣", "costs"))
    elif stakes.set_score is None:
        yield Message("不扣分", "costs nothing")
    if stakes.set_score is not None:
        best = f"{stakes.set_score:g}"
        what = Message("所在大项", "its section") if stakes.section else Message("整通", "the call")
        yield Message(f"没做到时{what.zh}最高 {best} 分", f"a fail holds {what.en} down to {best}")


def _counted(points: Points, verb: Message) -> Message:
    each = f"{points.each:g}"
    if points.per is Per.CALL:
        return Message(f"{verb.zh} {each} 分", f"{verb.en} {each} points")
    cap = "" if points.at_most is None else f"{points.at_most:g}"
    return Message(
        f"每次{verb.zh} {each} 分" + (f"，最多 {cap} 分" if cap else ""),
        f"{verb.en} {each} points each time" + (f", at most {cap}" if cap else ""),
    )


def _sections(sections: Sequence[Section]) -> Message:
    total = sum(section.weight for section in sections) or 1
    shares = [(one.name, f"{one.weight / total:.0%}", one.pass_mark) for one in sections]
    zh = [
        f"{name} {share}" + ("" if mark is None else f"（单项不到 {mark:g} 分也不合格）")
        for name, share, mark in shares
    ]
    en = [
        f"{name} {share}" + ("" if mark is None else f" (must reach {mark:g})")
        for name, share, mark in shares
    ]
    return Message(
        f"分大项计分，各占总分：{'、'.join(zh)}。",
        f"Sections and their shares of the score: {', '.join(en)}.",
    )
