"""What the asker does between two replies, and which of the replies stands then.

The asker may wait, urge (好不好), tell more, give in, or ask something else; what is said then answers that.
Only words that can be meant for nothing else (算了，我不办了) take a consent back after that.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from speechqa.matching.replies.answers import How, Reply, clauses
from speechqa.matching.replies.talk import talk_of
from speechqa.text import ENGLISH


class Move(Enum):
    """What the asker does before a reply."""

    NONE = auto()
    WAITS = auto()  # 好的，请稍等
    URGES = auto()  # asks for the same thing again
    TELLS = auto()
    GIVES_IN = auto()  # 没关系，您再考虑
    TURNS = auto()  # to a text message, an invoice: whatever is said then is for that
    OFFERS = auto()  # one thing more
    ASKS = auto()  # something else
    ASKS_ALIKE = auto()  # something else that is also done for the customer


@dataclass(frozen=True, slots=True)
class Given:
    """What a reply comes to, and the clause that says so: half-open offsets in the turn's text."""

    kind: Reply
    how: How
    turn: int
    start: int
    end: int
    said: str  # the words of the clause


def move(between: str, again: bool) -> Move:
    """What the asker's words between two replies do; `again`: a phrase of the question is among them."""
    talk = talk_of(between)
    said = [between[start:end] for start, end in clauses(between)]
    plain = [text for text in map(talk.view, said) if text]
    if not plain:
        return Move.NONE
    text = " ".join(plain) if talk.language == ENGLISH else "".join(plain)
    if talk.errand.search(text):
        return Move.TURNS
    if again or talk.tag.fullmatch(plain[-1]):
        return Move.URGES
    if talk.switches.search(text):
        return Move.TURNS
    if any(talk.question.search(clause) for clause in said):
        return Move.ASKS_ALIKE if talk.acts.search(text) else Move.ASKS
    if all(talk.waits.fullmatch(one) for one in plain):
        return Move.WAITS
    if talk.offers.search(text):
        return Move.OFFERS
    return Move.GIVES_IN if talk.gives_in.search(plain[0]) else Move.TELLS


@lru_cache(maxsize=1 << 10)  # each rule that asks for replies asks it of the same turns
def reports_done(between: str) -> bool:
    """Whether the asker says that what was asked for has been done: it is too late to take it back."""
    talk = talk_of(between)
    return any(talk.reports_done.search(talk.view(between[start:end])) for start, end in clauses(between))


def after(stand: tuple[Given, ...], later: Given, done: Move) -> tuple[Given, ...]:
    """Which replies stand when one more has come after what the asker did."""
    match stand[-1].kind:
        case Reply.YES:
            return _withdrawn(stand, later, done)
        case Reply.NO:
            return (*stand, later) if later.kind is Reply.YES and _persuaded(later, done) else stand
        case _:
            return _cleared(stand, later, done)


def _hesitates(said: str) -> bool:
    return bool(talk_of(said).hesitates.search(said.lower()))


def _acts(said: str) -> bool:
    return bool(talk_of(said).acts.search(said.lower()))


def _unread(given: Given) -> Given:
    """The same as something that nobody may be blamed for."""
    return replace(given, kind=Reply.OTHER, how=How.WEAK)


def _withdrawn(stand: tuple[Given, ...], later: Given, done: Move) -> tuple[Given, ...]:
    """What stands of a yes."""
    if later.kind is Reply.NO and _takes_back(later, done):
        return (later,)
    limits = later.how in (How.BUT, How.CONDITION) or _hesitates(later.said)
    if later.kind is Reply.VAGUE and limits and done in (Move.NONE, Move.WAITS, Move.URGES):
        return (_unread(later),)
    return stand


def _takes_back(later: Given, done: Move) -> bool:
    """Whether a no is meant for the question and not for what the asker turned to."""
    talk = talk_of(later.said)
    plain = talk.view(later.said)
    takes_back = bool(talk.takes_back.fullmatch(plain))
    match done:
        case Move.URGES:
            return True
        case Move.OFFERS | Move.ASKS_ALIKE:
            return False
        case Move.TURNS | Move.ASKS:
            return takes_back and bool(talk.acts.search(plain))
        case Move.NONE | Move.WAITS:
            return takes_back or bool(talk.refuses.fullmatch(plain))
        case _:
            return takes_back


def _persuaded(later: Given, done: Move) -> bool:
    if done in (Move.NONE, Move.URGES):
        return True
    told = done in (Move.WAITS, Move.TELLS, Move.TURNS, Move.OFFERS)
    return told and later.how is not How.BARE


def _cleared(stand: tuple[Given, ...], later: Given, done: Move) -> tuple[Given, ...]:
    """What stands after a vague reply; an unread one beside it where the later may be for the question."""
    hummed = stand[-1].how is How.HUM
    if later.kind is Reply.VAGUE:
        return (later,) if hummed and done is not Move.TURNS else stand
    if done in (Move.NONE, Move.URGES) or (hummed and done in (Move.WAITS, Move.TELLS)):
        return (later,)
    if later.kind is Reply.NO:
        return (later,) if done is Move.WAITS or _takes_back(later, done) else stand
    explicit = later.how is not How.BARE and done not in (Move.ASKS_ALIKE, Move.OFFERS)
    if done in (Move.TURNS, Move.ASKS):
        explicit = explicit and _acts(later.said)
    if explicit:
        return (later,)
    doubtful = done in (Move.TELLS, Move.ASKS, Move.ASKS_ALIKE, Move.OFFERS)
    return (*stand, _unread(later)) if doubtful else stand
