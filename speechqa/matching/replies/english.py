"""What an English reply means: as `answers`, clause by clause, in other words.

A plain no is firm here, and is undone by a firm yes alone (No, go ahead); I guess so is neither yes nor no.
"""

import re
from functools import lru_cache
from itertools import pairwise

from speechqa.checklist.operators.replies import AskedFor
from speechqa.matching.replies import english_words as words
from speechqa.matching.replies.answers import How, Meaning, Reply, Said, agreed
from speechqa.matching.replies.wordings import Wordings
from speechqa.text import ENGLISH, normal_in

_CLAUSE_ENDS = re.compile(
    r"[,.!;:\n…—]+(?!\d)|(?<=\?)|\s-\s|\s(?=but\b|though\b|although\b|except\b|only if\b)", re.IGNORECASE
)
_NOTHING: Said = (Reply.UNCLEAR, How.WEAK)
_UNREAD: Said = (Reply.OTHER, How.WEAK)
_SILENT = (Reply.UNCLEAR, Reply.OTHER)


@lru_cache(maxsize=1 << 12)
def meaning(reply: str, asked_for: AskedFor, wordings: Wordings) -> Meaning:
    """What `reply`, one turn as transcribed or several on a line each, says to a question."""
    spans = clauses(reply)
    said = [reply[start:end] for start, end in spans]
    if not spans:
        return Meaning(Reply.UNCLEAR, How.HUM, 0, len(reply))
    if asked_for is AskedFor.FACT:
        kind, how, at = _confirmed([_fact(clause, wordings) for clause in said], said)
    else:
        kind, how, at = agreed(_asked_on([_consent(clause, wordings) for clause in said], said))
    return Meaning(kind, how, *spans[at])


def clauses(reply: str) -> list[tuple[int, int]]:
    """Where the clauses of a reply lie, half-open, a question mark with the one it ends."""
    edges = [(0, 0), *(end.span() for end in _CLAUSE_ENDS.finditer(reply)), (len(reply), len(reply))]
    spans = ((one[1], next_[0]) for one, next_ in pairwise(edges))
    return [(start, end) for start, end in spans if reply[start:end].strip()]


def _plain(clause: str) -> str:
    """Its normalised words, without politeness where there is more."""
    plain = normal_in(ENGLISH, clause).text
    return words.POLITE.sub("", plain).strip() or plain


def _consent(clause: str, wordings: Wordings) -> Said:
    """What one clause says to a request for consent."""
    whole, plain = normal_in(ENGLISH, clause).text, _plain(clause)
    if words.HUM.fullmatch(whole):
        return _NOTHING if "?" in clause else (Reply.VAGUE, How.HUM)
    if words.EMPTY.fullmatch(whole):
        return _NOTHING
    if words.FOLLOWS.fullmatch(whole) and not wordings.yes:
        return _NOTHING if "?" in clause else (Reply.VAGUE, How.HUM)
    but = words.BUT.match(whole)
    kind, how = _asserted(whole if but is None else whole[but.end() :].strip(), plain, clause, wordings)
    if but is None:
        return kind, how
    return (Reply.VAGUE if kind in _SILENT else kind), (how if kind is Reply.NO else How.BUT)


def _asked_on(meant: list[Said], said: list[str]) -> list[Said]:
    """The clauses' meanings, of which an okay before a question (okay, and what then?) means nothing."""
    views = [normal_in(ENGLISH, clause).text for clause in said]
    asking = (at for at, clause in enumerate(said) if "?" in clause and words.ASKS_ON.match(views[at]))
    first = next(asking, 0)
    return [
        _NOTHING if at < first and words.ACKNOWLEDGES.fullmatch(views[at]) else one
        for at, one in enumerate(meant)
    ]


def _asserted(whole: str, plain: str, clause: str, wordings: Wordings) -> Said:
    asks = "?" in clause or bool(words.QUESTION.search(plain))
    if added := _added(whole, wordings, asks):
        return added, How.FIRM
    if words.ASSENT_BY_NO.search(whole):
        return Reply.YES, How.FIRM
    if words.REPORTED.search(whole):
        return (Reply.NO if words.NO.search(whole) else Reply.VAGUE), How.FIRM
    if words.INVITES.search(whole):
        return Reply.UNCLEAR, How.INVITES
    if words.CONDITION.search(whole) and not words.NO.search(whole):
        return _NOTHING if asks else (Reply.VAGUE, How.CONDITION)
    return _common(whole, plain, asks)


def _common(whole: str, plain: str, asks: bool) -> Said:
    """The same by the common ways to speak alone."""
    if words.NO.search(plain) or words.NO.search(whole):
        return (Reply.NO, How.FIRM) if not asks else _NOTHING
    if words.VAGUE.search(whole):
        return (Reply.VAGUE, How.FIRM) if not asks or words.ASKS_LEAVE.search(plain) else _NOTHING
    if asks:
        return _NOTHING
    if words.BARE.fullmatch(whole):
        return Reply.YES, How.BARE
    return (Reply.YES, How.FIRM) if words.YES.search(whole) or words.YES.search(plain) else _UNREAD


def _added(plain: str, wordings: Wordings, asks: bool) -> Reply | None:
    """What the checklist's own wordings make of a clause; None: nothing."""
    if wordings.no and wordings.no.search(plain):
        return Reply.NO
    if wordings.vague and wordings.vague.search(plain):
        return Reply.VAGUE
    if asks or not (wordings.yes and wordings.yes.search(plain)):
        return None
    return Reply.NO if words.NO.search(plain) else Reply.YES


def _confirmed(kinds: list[Reply], said: list[str]) -> tuple[Reply, How, int]:
    """What a reply to a question about a fact comes to: what corrects itself counts from there."""
    corrected = max((at for at, one in enumerate(said) if words.CORRECTS.match(_plain(one))), default=0)
    heard = kinds[corrected:]
    clear = [kind for kind in heard if kind not in _SILENT]
    if not clear:
        kind = Reply.OTHER if Reply.OTHER in heard else Reply.UNCLEAR
    elif Reply.NO in clear:
        kind = Reply.NO
    else:
        kind = Reply.YES if Reply.YES in clear else Reply.VAGUE
    since = corrected + heard.index(kind) if kind in heard else 0
    hums = kind is Reply.YES and bool(words.HUM.fullmatch(normal_in(ENGLISH, said[since]).text))
    return kind, (How.HUM if hums else How.FIRM), since


def _fact(clause: str, wordings: Wordings) -> Reply:
    """What one clause says to a question about a fact."""
    whole, plain = normal_in(ENGLISH, clause).text, _plain(clause)
    asks = "?" in clause or bool(words.QUESTION.search(plain))
    if words.HUM.fullmatch(whole):
        return Reply.UNCLEAR if asks else Reply.YES
    if kind := _added(whole, wordings, asks):
        return kind
    if words.EMPTY.fullmatch(whole):
        return Reply.UNCLEAR
    if words.KEEPS_QUIET.search(whole):
        return Reply.VAGUE
    if words.NOT_ME.search(whole) and not asks:
        return Reply.NO
    if words.SURELY_YES.search(whole) and not asks:
        return Reply.YES
    if asks or words.INVITES.search(whole):
        return Reply.UNCLEAR
    if words.NO.search(plain) or words.NO.search(whole):
        return Reply.NO
    if words.VAGUE.search(whole):
        return Reply.VAGUE
    return Reply.YES if words.YES_FACT.search(whole) or words.YES_FACT.search(plain) else Reply.OTHER
