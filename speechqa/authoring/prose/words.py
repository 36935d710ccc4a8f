"""The operators on words in words."""

from collections.abc import Iterator

from speechqa.authoring.prose.deeds import Deed, brackets, joined
from speechqa.authoring.prose.ranges import counted, listed, one_of, times
from speechqa.authoring.prose.where import NOTHING, SIDES, where
from speechqa.call import Message
from speechqa.checklist.operators.replies import Answered, AnswerKind, AskedFor
from speechqa.checklist.operators.words import Like, Pattern, Phrases, Repeat, Unit

_ANSWERS = {
    AnswerKind.YES: Message("肯定", "yes"),
    AnswerKind.NO: Message("否定", "no"),
    AnswerKind.VAGUE: Message("含糊", "something vague"),
}


def phrases(leaf: Phrases) -> Deed:
    """说“您好”或“早上好”."""
    n, more = len(leaf.wanted), times(leaf.min_hits)
    if leaf.at_least == 1:
        said = one_of(leaf.wanted)
        zh, en = f"说{said.zh}", said.en
    elif leaf.at_least >= n:
        said = counted(leaf.wanted)
        zh, en = f"把{said.zh}都说到", f"all of {said.en}"
    else:
        said = listed(leaf.wanted)
        zh = f"说到{said.zh}这 {n} 种说法里的至少 {leaf.at_least} 种"
        en = f"at least {leaf.at_least} of {n} wordings ({said.en})"
    aside = brackets(*_together(leaf), *_exceptions(leaf))
    return Deed(zh, f"says {en}", f"say {en}", joined(more, aside))


def pattern(leaf: Pattern) -> Deed:
    """说出“承诺收益”一类的话."""
    aside = brackets(
        Message("同一小句里有排除的字眼时不算", "not where the clause has an excepted word")
        if leaf.but_not
        else NOTHING
    )
    if leaf.means:
        return Deed(
            f"说出“{leaf.means}”一类的话",
            f"says something like “{leaf.means}”",
            f"say something like “{leaf.means}”",
            aside,
        )
    return Deed(
        f"说符合写法 {leaf.expression} 的话",
        f"says something written as {leaf.expression}",
        f"say something written as {leaf.expression}",
        aside,
    )


def like(leaf: Like) -> Deed:
    """说与“还有什么可以帮您”相近的话."""
    some = counted(leaf.examples)
    what = f"something like {some.en}"
    aside = brackets(
        Message(f"相似 {leaf.threshold:.0%} 以上", f"at least {leaf.threshold:.0%} alike"),
    )
    return Deed(f"说与{some.zh}相近的话", f"says {what}", f"say {what}", aside)


def repeat(leaf: Repeat) -> Deed:
    """把差不多的话说 3 遍."""
    some = counted(leaf.excepting)
    aside = brackets(
        Message(f"相似 {leaf.similarity:.0%} 以上", f"at least {leaf.similarity:.0%} alike"),
        Message(f"每两遍之间不超过 {leaf.within} 句", f"each within {leaf.within} turns of the one before"),
        Message(f"不足 {leaf.min_characters} 个字的不算", f"of {leaf.min_characters} characters or more"),
        Message(f"{some.zh}可以重复", f"{some.en} may be repeated") if leaf.excepting else NOTHING,
    )
    what = f"much the same thing {leaf.times} times"
    return Deed(f"把差不多的话说 {leaf.times} 遍", f"says {what}", f"say {what}", aside)


def answered(leaf: Answered, holds: bool) -> Message:
    """客户对“询问机主”给出肯定答复."""
    kind, place = _ANSWERS[leaf.kind], where(leaf.scope)
    who = SIDES[leaf.scope.by] if leaf.scope.by else Message("对方", "the other side")
    consent = leaf.asked_for is AskedFor.CONSENT
    added = len(leaf.yes) + len(leaf.no) + len(leaf.vague)
    aside = brackets(
        Message(f"{leaf.within} 句之内", f"within {leaf.within} turns"),
        Message("要明确同意，“嗯”不算", "clear consent: a hum is none") if consent else NOTHING,
        Message(f"另外列出了 {added} 种答法", f"{added} more wordings of answers are given")
        if added
        else NOTHING,
    )
    zh = f"{who.zh}{place.zh}对“{leaf.question}”{'' if holds else '没有'}给出{kind.zh}答复"
    verb = "answers" if holds else "does not answer"
    return joined(Message(zh, f"{who.en} {verb} “{leaf.question}” with {kind.en}{place.en}"), aside)


def _together(leaf: Phrases) -> Iterator[Message]:
    """How near to one another they are to be said."""
    if leaf.ordered:
        yield Message("按先后", "in this order")
    if leaf.near is not None:
        english = all(piece.isascii() for phrase in leaf.wanted for piece in phrase.pieces)
        zh, en = ("词", "words") if english else ("字", "characters")
        yield Message(f"彼此相隔不超过 {leaf.near} 个{zh}", f"at most {leaf.near} {en} apart")
    elif leaf.unit is Unit.TURN:
        yield Message("在同一句话里", "in one turn")


def _exceptions(leaf: Phrases) -> Iterator[Message]:
    if leaf.not_inside:
        some = counted(leaf.not_inside)
        yield Message(f"夹在{some.zh}里的不算", f"not inside {some.en}")
    if leaf.unless_negated:
        yield Message("前面有否定的不算", "not where it is denied")
    if leaf.unless_quoted:
        yield Message("转述对方的话不算", "not where the other side is quoted")
    if not leaf.by_sound:
        yield Message("只认文字，读音相近的不算", "by its letters only, not by sound")
