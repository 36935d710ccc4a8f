"""The lines of `rules test --noise`: how examples fare when words are misheard, for people."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

from speechqa.authoring.noise import Survival, Tally, percentages
from speechqa.call import Message
from speechqa.text import ENGLISH, MANDARIN

WEAKEST = 10  # examples that are told of
_HELPS = Message(
    "改进办法：同一个意思多写几种说法，坐席说到哪种都算；长句换成里面的关键几个字，字多更容易听错；"
    "禁用语相反，太短容易误伤。",
    "What helps: several phrasings of one meaning, any of which counts; the few characters that matter in "
    "place of a long sentence, of which more is misheard. Forbidden phrases are the opposite: short ones are "
    "heard where they were not said.",
)
GOOD = MappingProxyType(  # measured on each language's outbound and inbound checklist, ten draws an example
    {
        MANDARIN: Message(
            "怎样算好：自带的外呼和来电质检表在 10%、20%、30% 时，结论不变的约占 78–86%、61–76%、54–70%。",
            "What is good: of the examples of the outbound and inbound checklists that come with this, about "
            "78-86%, 61-76% and 54-70% come out as expected at 10, 20 and 30%. ",
        ),
        ENGLISH: Message(
            "怎样算好：自带的英语外呼和来电质检表在 10%、20%、30% 时，"
            "结论不变的约占 73–87%、59–78%、44–69%。",
            "What is good: of the examples of the English outbound and inbound checklists that come with "
            "this, about 73-87%, 59-78% and 44-69% come out as expected at 10, 20 and 30%. ",
        ),
    }
)
_OF = MappingProxyType(  # what an error rate is a share of
    {MANDARIN: Message("错字率", "characters"), ENGLISH: Message("错词率", "words")}
)


def lines(
    path: Path, survived: Sequence[Survival], left_out: int, language: str = MANDARIN
) -> Iterator[Message]:
    """What the figures are, the weakest examples, the rest counted, the sum, and what is a good one.

    `language` is that of the calls.
    """
    if left_out:
        yield Message(
            f"{path}: {left_out} 个示例原来就不符，未计入模拟；请先改好它们",
            f"{path}: {left_out} examples do not come out even as written and are left out; mend them first",
        )
    if not survived:
        return
    weak = sorted(
        (one for one in survived if one.right < 1), key=lambda one: (-one.wrong, one.right, one.example.line)
    )
    yield _head(survived[0], _OF[language])
    for one in weak[:WEAKEST]:
        yield _told(path, one)
    yield from _rest(len(survived), len(weak))
    yield _sum(path, survived)
    good = GOOD[language]
    yield Message(good.zh + _HELPS.zh, good.en + _HELPS.en)


def _head(one: Survival, of: Message) -> Message:
    rates = [f"{tally.cer:.0%}" for tally in one.tallies]
    draws = one.tallies[0].draws
    zh, en = "、".join(rates), ", ".join(rates)
    return Message(
        f"模拟听错：每个示例按{of.zh} {zh} 各听 {draws} 次；三个数依次是这三种{of.zh}下的次数，"
        f"例如符合 6/6/1 就是 {draws} 次里各有 6、6、1 次结论不变",
        f"Mishearing: each example is heard {draws} times with {en} of {of.en} wrong; the three numbers "
        f"are counts at these rates, so 6/6/1 as expected means 6, 6 and 1 of {draws} draws",
    )


def _told(path: Path, one: Survival) -> Message:
    right, unknown, wrong = (
        "/".join(str(count) for count in part)
        for part in zip(*((tally.right, tally.unknown, tally.wrong) for tally in one.tallies), strict=True)
    )
    where, wanted = f"{path}:{one.example.line}: {one.rule.id}", one.example.verdict
    return Message(
        f"{where}：应为 {wanted}：符合 {right}，需人工听 {unknown}，判错 {wrong}",
        f"{where}: expected {wanted}: as expected {right}, left to a listener {unknown}, wrong {wrong}",
    )


def _rest(count: int, weak: int) -> Iterator[Message]:
    more, fine = max(weak - WEAKEST, 0), count - weak
    if more:
        yield Message(
            f"另有 {more} 个示例好一些，没有列出", f"{more} more examples fare better and are not listed"
        )
    if fine:
        yield Message(f"{fine} 个示例每次都符合", f"{fine} examples come out as expected every time")


def _sum(path: Path, survived: Sequence[Survival]) -> Message:
    count = len(survived)
    by_cer = [_together(tallies) for tallies in zip(*(one.tallies for one in survived), strict=True)]
    total = _together(by_cer)
    right, unknown, wrong = percentages((total.right, total.unknown, total.wrong))
    by_rate = "/".join(f"{percentages((one.right, one.draws - one.right))[0]}%" for one in by_cer)
    return Message(
        f"{path}: 合计 {count} 个示例：结论不变 {right}%（{by_rate}），需人工听 {unknown}%，判错 {wrong}%",
        f"{path}: {count} examples in all: {right}% come out as expected ({by_rate}), {unknown}% are left to "
        f"a listener, {wrong}% are judged wrongly",
    )


def _together(tallies: Sequence[Tally]) -> Tally:
    """The draws of several examples at one error rate as those of one."""
    return Tally(
        tallies[0].cer,
        sum(tally.right for tally in tallies),
        sum(tally.unknown for tally in tallies),
        sum(tally.wrong for tally in tallies),
    )
