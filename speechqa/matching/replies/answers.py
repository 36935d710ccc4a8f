"""What a reply means: yes, no, vague, or not an answer at all.

Read clause by clause, as a listener does. A clear clause outweighs a polite one: 好的 after 不用了 takes
leave and orders nothing, 好的那算了 is a no. A condition, a delay or somebody else's opinion takes a consent
back (可以但是…, 再说吧, 我老公说可以), an invitation to go on gives none (行，你说吧), and a question is not
an answer (嗯？). What is said in a way that none of this covers is OTHER, and leaves the finding unknown.
Facts are answered more easily than consent is given: 嗯 confirms that one is the owner, but it does not
order anything. A refusal of something else takes no consent back (好，别的不要).
"""

import re
from enum import Enum, StrEnum, auto
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from speechqa.checklist.operators.replies import AnswerKind, AskedFor
from speechqa.matching.replies import words as words
from speechqa.matching.replies.wordings import Wordings
from speechqa.text import normal


class Reply(StrEnum):
    YES = "yes"
    NO = "no"
    VAGUE = "vague"
    UNCLEAR = "unclear"  # a question, a hello, nothing: the asker must ask again
    OTHER = "other"  # a statement that this module does not understand: nobody may be blamed for it


KIND_OF = {AnswerKind.YES: Reply.YES, AnswerKind.NO: Reply.NO, AnswerKind.VAGUE: Reply.VAGUE}


class How(Enum):
    """How a clause says what it says."""

    FIRM = auto()  # is not undone by a later clause that is less than firm
    WEAK = auto()
    BARE = auto()  # a word of acceptance: 好的
    CONCEDES = auto()  # one that counts as firm: 行吧, 那好; both only mean “go on” before an invitation
    INVITES = auto()  # asks the other to speak: 你说
    BUT = auto()  # 但是…
    CONDITION = auto()  # 如果…
    HUM = auto()  # counts if nothing else was said


_CLAUSE_ENDS = re.compile(
    r"[，。！；、,.!;\s…—]+|(?<=[?？])|(?<=[了的吧啊呀行好以是成嗯])(?=但是|不过(?!了)|可是)"
)
Said: TypeAlias = tuple[Reply, How]

_NOTHING: Said = (Reply.UNCLEAR, How.WEAK)
_UNREAD: Said = (Reply.OTHER, How.WEAK)
_SILENT = (Reply.UNCLEAR, Reply.OTHER)
_UNDONE = {  # by an invitation: 行，你说；by a question: 要是坏了，怎么办？
    How.INVITES: (How.BARE, How.CONCEDES),
    How.WEAK: (How.CONDITION,),
}


class Meaning(NamedTuple):
    """What a reply says, and the first clause from which it says so: half-open offsets in the reply."""

    kind: Reply
    how: How
    start: int
    end: int


@lru_cache(maxsize=1 << 14)  # callers say the same few things, and a rule asks again what another asked
def meaning(reply: str, asked_for: AskedFor, wordings: Wordings) -> Meaning:
    """What `reply`, one turn as transcribed or several on a line each, says to a question."""
    spans = clauses(reply)
    said = [_once(reply[start:end]) for start, end in spans]
    if asked_for is AskedFor.FACT:
        kind, how, at = _confirmed(reply, said, wordings)
    else:
        kind, how, at = agreed([_consent(clause, wordings) for clause in said])
    return Meaning(kind, how, *spans[at]) if spans else Meaning(kind, how, 0, len(reply))


def clauses(reply: str) -> list[tuple[int, int]]:
    """Where the clauses of a reply lie, half-open, a question mark with the one it ends."""
    edges = [(0, 0), *(end.span() for end in _CLAUSE_ENDS.finditer(reply)), (len(reply), len(reply))]
    return [(one[1], next_[0]) for one, next_ in pairwise(edges) if one[1] < next_[0]]


def _once(clause: str) -> str:
    """A clause with each word of assent or refusal said once."""
    return words.REPEATED.sub(r"\1", clause.replace("?", "？"))


def _plain(clause: str) -> str:
    """Its normalised words, without politeness where there is more."""
    plain = words.REPEATED.sub(r"\1", normal(clause).text)
    return words.POLITE.sub("", plain) or plain


def agreed(said: list[Said]) -> tuple[Reply, How, int]:
    """What the clauses of a reply to a request for consent come to, how, and since which of them."""
    kind, how, since = Reply.UNCLEAR, How.HUM, 0
    conditional = False
    for at, (one, manner) in enumerate(said):
        conditional = conditional or manner is How.CONDITION
        if one in _SILENT:
            if how in _UNDONE.get(manner, ()) and one is Reply.UNCLEAR:
                kind, how = Reply.UNCLEAR, How.HUM
            continue
        if one is Reply.YES and (conditional or (manner is How.BUT and kind is Reply.YES)):
            one = Reply.VAGUE
        if _outweighs((one, manner), (kind, how)):
            since = since if one is kind and how is not How.HUM else at
            kind, how = one, manner
    if kind is not Reply.UNCLEAR:
        return kind, how, since
    unread = next((at for at, (one, _) in enumerate(said) if one is Reply.OTHER), None)
    return (kind, how, 0) if unread is None else (Reply.OTHER, How.WEAK, unread)


def _outweighs(later: Said, earlier: Said) -> bool:
    """Whether what a later clause says stands against what was said before."""
    if earlier[0] is Reply.UNCLEAR:
        return True
    if later[1] is How.HUM or (earlier[0] is Reply.NO and later[0] is Reply.VAGUE):
        return earlier[1] is How.WEAK and later[1] is not How.HUM
    return earlier[1] in (How.WEAK, How.BARE, How.HUM) or later[1] not in (How.WEAK, How.BARE)


def _consent(clause: str, wordings: Wordings) -> Said:
    """What one clause says to a request for consent."""
    asks, plain = bool(words.QUESTION.search(clause)), _plain(clause)
    if not plain:
        hums = bool(words.HUM.fullmatch(clause.strip("？"))) and not asks
        return (Reply.VAGUE, How.HUM) if hums else _NOTHING
    if (asks and words.RHETORICAL.search(plain)) or words.SORRY.fullmatch(plain):
        return _NOTHING
    if words.INVITES.search(plain):
        return Reply.UNCLEAR, How.INVITES
    but = words.BUT.match(plain)
    rest = plain[but.end() :] if but else plain
    aside = not asks and words.ASIDE.search(rest)
    if aside and not words.FILLERS.sub("", words.ASIDE.sub("", rest)):
        return _UNREAD
    heard = words.REPORTED.match(rest)
    if heard is None:
        kind, how = _asserted(rest, asks, "？" in clause, wordings)
    else:
        kind, how = _NOTHING if asks else _reported(heard, rest, wordings)
    if but is None:
        return kind, how
    return (Reply.VAGUE if kind in _SILENT else kind), (how if kind is Reply.NO else How.BUT)


def _reported(heard: "re.Match[str]", plain: str, wordings: Wordings) -> Said:
    """What another person said of it: may refuse for the customer, but not consent."""
    if heard[0].endswith(("不让", "不同意")):
        return Reply.NO, How.FIRM
    kind, _ = _asserted(plain[heard.end() :] or "可以", False, False, wordings)
    return (Reply.VAGUE if kind is Reply.YES else kind), How.FIRM


def _asserted(plain: str, asks: bool, marked: bool, wordings: Wordings) -> Said:
    """What a clause says in the customer's own name; `marked`: with a question mark."""
    plain = plain if asks else words.ASIDE.sub("", plain)
    if words.FORMER.search(plain):
        return _UNREAD
    if words.DOUBLE_NO.search(plain):
        return Reply.VAGUE, How.WEAK
    if words.CONDITION.search(plain):
        return _NOTHING if asks or plain.endswith("呢") else (Reply.VAGUE, How.CONDITION)
    added = _added(plain, wordings, asks)
    if added is not None:
        return added, How.FIRM
    return _common(plain, asks, marked)


def _added(plain: str, wordings: Wordings, asks: bool) -> Reply | None:
    """What the checklist's own wordings make of a clause; None: nothing."""
    if wordings.no and wordings.no.search(plain):
        return Reply.NO
    if wordings.vague and wordings.vague.search(plain):
        return Reply.VAGUE
    agreed = wordings.yes.search(plain) if wordings.yes and not asks else None
    if agreed is None:
        return None
    denied = words.NO.search(plain) or words.DENIED.search(plain[: agreed.start()])
    return Reply.NO if denied else Reply.YES


def _common(plain: str, asks: bool, marked: bool) -> Said:
    """The same by the common ways to speak alone."""
    if not marked and words.ASSENT_BY_NO.search(plain):
        return Reply.YES, How.WEAK
    if words.ENOUGH.fullmatch(plain):
        return Reply.NO, How.WEAK
    if words.FLAT_NO.search(plain) and not asks:
        return Reply.NO, How.FIRM
    if words.VAGUE.search(plain) and (not asks or words.ASKS_LEAVE.search(plain)):
        return Reply.VAGUE, How.FIRM
    if asks or words.GO_ON.match(plain):
        return _NOTHING
    if words.NO.search(plain):
        return Reply.NO, (How.WEAK if words.WEAK_NO.fullmatch(plain) else How.FIRM)
    if words.NOT_CHEAP.search(plain):
        return Reply.VAGUE, How.WEAK
    if not words.YES_CONSENT.search(plain):
        return _UNREAD
    if words.CONCEDES.search(plain):
        return Reply.YES, How.CONCEDES
    return Reply.YES, (How.BARE if words.BARE_YES.fullmatch(plain) else How.FIRM)


def _confirmed(reply: str, said: list[str], wordings: Wordings) -> tuple[Reply, How, int]:
    """What a reply to a question about a fact comes to: what corrects itself counts from there."""
    corrected = max((at for at, one in enumerate(said) if words.CORRECTS.match(_plain(one))), default=0)
    kinds = [_fact(clause, wordings) for clause in said[corrected:]]
    kind = _stated(reply, kinds, _plain(said[corrected]) if said else "")
    since = corrected + kinds.index(kind) if kind in kinds else 0
    hums = bool(said) and kind is Reply.YES and not _plain(said[since])
    return kind, (How.HUM if hums else How.FIRM), since


def _stated(reply: str, kinds: list[Reply], first: str) -> Reply:
    """What the kinds of the clauses come to; `first`: the words of the first of them."""
    clear = [kind for kind in kinds if kind not in _SILENT]
    if not clear:
        return Reply.OTHER if Reply.OTHER in kinds else Reply.UNCLEAR
    decided = [kind for kind in clear if kind is not Reply.VAGUE]
    sure = words.SURELY_YES.search(first) or words.IS_OWNER.search(normal(reply).text)
    if Reply.NO in decided and not sure:
        return Reply.NO
    if sure and Reply.YES in decided:
        return Reply.YES
    return decided[0] if decided else Reply.VAGUE


def _fact(clause: str, wordings: Wordings) -> Reply:
    """What one clause says to a question about a fact."""
    asks, plain = bool(words.QUESTION.search(clause)), _plain(clause)
    if not plain:
        hums = bool(words.HUM.fullmatch(clause.strip("？"))) and not asks
        return Reply.YES if hums else Reply.UNCLEAR
    if asks and words.RHETORICAL.search(plain):
        return Reply.UNCLEAR
    kind = _added(plain, wordings, asks)
    if kind is not None:
        return kind
    if words.NONE_BUT_ME.search(plain):
        return Reply.YES
    if words.DOUBLE_NO.search(plain):
        return Reply.VAGUE
    if words.FORMER.search(plain):
        return Reply.OTHER
    if words.NOT_ME.search(plain) and not asks:
        return Reply.VAGUE if words.HEDGE.search(plain) else Reply.NO
    if words.SURELY_YES.search(plain) and not words.NO.search(plain):
        return Reply.YES
    if asks or words.GO_ON.match(plain) or words.INVITES.search(plain):
        return Reply.UNCLEAR
    if words.NO.search(plain):
        return Reply.NO
    if words.VAGUE.search(plain):
        return Reply.VAGUE
    return Reply.YES if words.YES_FACT.search(plain) else Reply.OTHER
