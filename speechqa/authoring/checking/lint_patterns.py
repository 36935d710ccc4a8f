"""Warnings about expressions that look for what the compared text never has, or that cannot be read aloud."""

import re
from collections.abc import Iterator

from speechqa.authoring.checking.source import Source, Spot, warning
from speechqa.call import Message
from speechqa.checklist.operators.words import Pattern
from speechqa.checklist.yaml.nodes import Scalar
from speechqa.errors import Fault
from speechqa.text import ENGLISH, HESITATIONS, normal

_PART = re.compile(  # of an expression; what may be left out has `least`
    r"(?:\((?:\?(?:P?<\w+>|[A-Za-z-]*:|[A-Za-z-]+\)))?|\)|\||[\^$.]|\\."
    r"|\[(?P<class>\^?\]?(?:\\.|[^\]\\])*)\]|(?P<plain>.))"
    r"(?P<least>[?*]|\{0,\d*\})?(?:\+|\{\d+(?:,\d*)?\})?\??",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\.\[\](){}|*+?^$]")
_MAY_BE_LEFT_OUT = re.compile(r"\||\)(?:[?*]|\{0)")
_NO_CASE = "(?i"
_NOT_IN_ENGLISH = re.compile(r"[^a-z0-9 .]|  ")


def never_in_text(read: Source) -> Iterator[Fault]:
    """Marks, fillers or number words in an expression, which the compared text does not have."""
    for one in read.asked():
        if not isinstance(one.leaf, Pattern):
            continue
        for key in ("pattern", "but_not"):
            written = one.node.entries[key][1] if key in one.node.entries else None
            if not isinstance(written, Scalar):
                continue
            if read.checklist.language == ENGLISH:
                yield from _never_in_english(key, written, read)
                continue
            for at, words in _unheard(written.text):
                yield warning(
                    "never",
                    Spot(read.path, written.place_of(at)),
                    f"{key}: 这里永远对不上：比的是去掉标点、空格和语气词，转成简体、小写，"
                    f"连读的数字写成 123 的文字{_instead(words).zh}",
                    f"{key}: this never matches: the compared text has no punctuation, blanks or fillers, is "
                    f"simplified and in lower case, with spoken digits as 123{_instead(words).en}",
                )


def _never_in_english(key: str, written: Scalar, read: Source) -> Iterator[Fault]:
    """Capitals, apostrophes and marks: the compared text has small letters, digits and single blanks."""
    for at, words in _plain(written.text):
        unheard = _NOT_IN_ENGLISH.search(words.lower() if _NO_CASE in written.text else words)
        if unheard is None:
            continue
        yield warning(
            "never",
            Spot(read.path, written.place_of(at + unheard.start())),
            f"{key}: 这里永远对不上“{unheard[0]}”：比的是小写、去掉标点的英文，"
            "缩写写全 (you are)，数字写成 123",
            f'{key}: this never matches "{unheard[0]}": the compared text is in lower case without marks, '
            "with contractions written out (you are) and numbers as 123",
        )


def without_means(read: Source) -> Iterator[Fault]:
    """An expression of a rule that evidence can only quote as it stands."""
    for one in read.asked():
        if one.rule is None or not isinstance(one.leaf, Pattern) or one.leaf.means:
            continue
        if _SPECIAL.search(one.leaf.expression):
            yield warning(
                "pattern-without-means",
                read.key_of(one.node, "pattern"),
                "正则会原样出现在给坐席看的依据里；请加 means，用几个字写明它找的是什么，例如 means: 报工号",
                "agents are shown this expression as it stands; say in a few words with means what it looks "
                "for, e.g. means: staff number",
            )


def _instead(words: str) -> Message:
    if view := normal(words).text:
        return Message(
            f"；“{words}”在里面是“{view}”，请照此改写", f'; "{words}" is "{view}" there: write that'
        )
    return Message(f"，没有“{words}”，请删去", f'; it has no "{words}": remove it')


def _unheard(expression: str) -> Iterator[tuple[int, str]]:
    """The stretches of plain characters that the compared text cannot have, each with its place."""
    for at, words in _plain(expression):
        heard = words.lower() if _NO_CASE in expression else words
        view = normal(heard).text
        if view == heard or _ends_a_word(heard):
            continue
        only_fillers = view == "".join(one for one in heard if one not in HESITATIONS)
        if not (only_fillers and _MAY_BE_LEFT_OUT.search(expression)):
            yield at, words


def _ends_a_word(heard: str) -> bool:
    """Whether a hesitation begins it that is also the end of a word: 金.?额."""
    word = {"额": "金额", "嘛": "干嘛"}.get(heard[0])
    return word is not None and normal(word + heard[1:]).text == word + heard[1:]


def _plain(expression: str) -> Iterator[tuple[int, str]]:
    """What an expression wants letter by letter, as far as it goes on without a choice."""
    at, words = 0, ""
    for part in _PART.finditer(expression):
        one = "" if part["least"] else part["plain"] or _never_any(part["class"] or "")
        if one:
            at = at if words else part.start()
            words += one
        repeated = len(part[0]) > 1
        if words and (not one or repeated):
            yield at, words
            words = ""
    if words:
        yield at, words


def _never_any(members: str) -> str:
    """One of the characters of a class when the compared text has none of them; else nothing."""
    named = members.startswith(("^", "[:")) or "\\" in members or "-" in members[1:-1]
    return members[0] if members and not named and not normal(members).text else ""
