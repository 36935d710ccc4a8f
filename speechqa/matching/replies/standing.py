"""The replies to one occurrence of a question, and which of them stand in the end.

Turns that the asker does not break with more than a hum are one reply. A vague reply is superseded by a
clear one that follows, until something else is asked. A yes is withdrawn by a refusal that follows before
the place ends, or within as many turns as a reply may take where it has no end, and before the asker reports
that it is done.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeAlias
from weakref import WeakKeyDictionary

from speechqa.assessment import Hit, Witness
from speechqa.call import Role, Seconds
from speechqa.checklist.operators.replies import Answered, AskedFor
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.places import Place
from speechqa.matching.replies import english
from speechqa.matching.replies.answers import KIND_OF, How, Reply, clauses, meaning
from speechqa.matching.replies.between import Given, after, move, reports_done
from speechqa.matching.replies.talk import hums, talk_of
from speechqa.matching.replies.wordings import Wordings
from speechqa.text import ENGLISH

LEAD = 0.3  # s: a reply may begin this much before the question's last word ends
_START = attrgetter("start")
_SHORT = 12  # characters: a turn that is quoted as a whole
_SILENT = (Reply.UNCLEAR, Reply.OTHER)
_Read: TypeAlias = tuple[tuple[Given, ...], Sequence[Given]]  # replies that stand; that say nothing
_known: "WeakKeyDictionary[Conversation, dict[object, _Read]]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Run:
    """Turns of the answering side that the asker does not break, and what the asker said before them."""

    turns: tuple[int, ...]
    first: int  # which reply the first of them is, hums not counted
    last: int
    between: str
    again: bool  # whether the question is asked again in it


@dataclass(frozen=True, slots=True)
class Question:
    """One occurrence of a question: its last words, when it occurs again, and where the answer must lie."""

    asked: Hit
    again: tuple[Hit, ...]
    condition: Answered
    place: Place
    wordings: Wordings

    @property
    def _conversation(self) -> Conversation:
        return self.place.conversation

    @property
    def _until(self) -> Seconds:
        return self.again[0].start if self.again else float("inf")

    def replies(self) -> tuple[Given, ...]:
        """What stands in the end, more than one when a refusal was followed by consent.

        Where no reply says anything: the one that may have been misunderstood. Empty when none came.
        A recogniser's words that say nothing stand before the wanted reply: they may have been it already.
        """
        stand, unread = self._read()
        misheard = [one for one in unread if self._conversation.recognised or one.kind is Reply.OTHER]
        if stand and self._conversation.recognised and stand[-1].kind is KIND_OF[self.condition.kind]:
            return (*(one for one in unread if one.kind is Reply.OTHER), *stand)
        return stand or tuple((misheard or unread)[:1])

    def _read(self) -> _Read:
        """The replies that stand, and those that say nothing; read once, whatever answer is wanted."""
        asked_for = (self.condition.within, self.condition.asked_for, self.wordings)
        again = tuple([hit.turn for hit in self.again])
        key = (self.asked.role, self.asked.end, again, self._until, self.place.end, *asked_for)
        known = _known.setdefault(self._conversation, {})
        if key not in known:
            known[key] = self._listened()
        return known[key]

    def _listened(self) -> _Read:
        stand: tuple[Given, ...] = ()
        unread: list[Given] = []
        within, allowed = self.condition.within, float(self.condition.within)
        consent = self.condition.asked_for is AskedFor.CONSENT
        for run in self._runs():
            agreed = bool(stand) and stand[-1].kind is Reply.YES
            late = run.first > allowed or (agreed and reports_done(run.between))
            if late or (stand and not consent) or (self._starts(run) >= self._until and not agreed):
                break
            given = self._agreed(run) if consent else self._confirmed(run)
            if given.kind in _SILENT:
                unread.append(given)
            else:
                stand = after(stand, given, move(run.between, run.again)) if stand else (given,)
            if stand and stand[-1].kind is Reply.YES and not agreed:
                allowed = float("inf") if self.place.end < float("inf") else run.last + within
        return stand, unread

    def doubtful(self, stand: tuple[Given, ...]) -> Iterator[Given]:
        """What somebody of unknown role says up to the reply that decides: perhaps the one who was asked."""
        if self.asked.role is Role.UNKNOWN or Role.UNKNOWN not in self._conversation.speakers:
            return
        decided = next((one.turn for one in stand if one.kind not in _SILENT), len(self._conversation.turns))
        counted = 0
        for index, turn in self._following():
            if index > decided or turn >= self._until or counted == self.condition.within:
                return
            if self._conversation.turns[index].role is Role.UNKNOWN:
                counted += not self._hums(index)
                given = self._given((index,))
                if given.kind is not Reply.UNCLEAR:
                    yield given

    def hit(self, given: Given) -> Hit:
        """A reply as evidence, at the time of the clause that decides; a short turn is quoted as a whole."""
        said = self._conversation.turns[given.turn]
        start, end = self._times(given.turn, given.start, given.end)
        span = (0, len(said.text)) if len(said.text) <= _SHORT else (given.start, given.end)
        sure, heard = round(self.asked.confidence, 3), said.text[slice(*span)]
        return Hit(
            said.role, start, end, heard, self.condition.question, Witness.TEXT, sure, given.turn, span
        )

    def _following(self) -> Iterator[tuple[int, Seconds]]:
        """Turns that begin after the question and inside the place, and when each does."""
        turns = self._conversation.turns
        for index in range(bisect_left(turns, self.asked.end - LEAD, key=_START), len(turns)):
            if turns[index].start >= self.place.end:
                return
            yield index, turns[index].start

    def _runs(self) -> Iterator[_Run]:
        asking, asked = {hit.turn for hit in self.again}, self.asked.role
        turns: tuple[int, ...] = ()
        first, last, between, again = 0, 0, "", False
        for index, _ in self._following():
            turn, hummed = self._conversation.turns[index], self._hums(index)
            if turn.role is Role.UNKNOWN or (hummed and turn.role is asked):
                continue
            reply = last + (turn.role is not asked and not hummed)
            if turns and (turn.role is asked or last == self.condition.within < reply):
                yield _Run(turns, first, last, between, again)
                turns, between, again = (), "", False
            if turn.role is asked:
                between, again = f"{between}\n{turn.text}", again or index in asking
                continue
            turns, first, last = (*turns, index), first if turns else reply, reply
        if turns:
            yield _Run(turns, first, last, between, again)

    def _starts(self, run: _Run) -> Seconds:
        return self._conversation.turns[run.turns[0]].start

    def _hums(self, index: int) -> bool:
        """Whether a turn is no more than a back-channel."""
        return hums(self._conversation.turns[index].text)

    def _agreed(self, run: _Run) -> Given:
        """What the turns say as one reply; an answer that a later turn of it may take back is not read."""
        given = self._given(run.turns)
        if given.kind is Reply.UNCLEAR and len(run.turns) > 1:
            alone = (self._given((index,)) for index in run.turns)
            clear = next((one for one in alone if one.kind not in _SILENT), None)
            return given if clear is None else replace(clear, kind=Reply.OTHER, how=How.WEAK)
        return given

    def _confirmed(self, run: _Run) -> Given:
        """What the first turn that says something about the fact says, unless the next ones correct it."""
        given = [self._given((index,)) for index in run.turns]
        clear = [one for one in given if one.kind not in _SILENT]
        if not clear:
            return next((one for one in given if one.kind is Reply.OTHER), given[0])
        stands = clear[0]
        for one in clear[1:]:
            stands = one if _corrects(one, stands) else stands
        return stands

    def _given(self, turns: tuple[int, ...]) -> Given:
        """What some turns say as one reply."""
        texts = [self._said(index) for index in turns]
        understood = english.meaning if self._conversation.language == ENGLISH else meaning
        read = understood("\n".join(texts), self.condition.asked_for, self.wordings)
        at, start = 0, read.start
        while at < len(texts) - 1 and start > len(texts[at]):
            start -= len(texts[at]) + 1
            at += 1
        end = start + read.end - read.start
        return Given(read.kind, read.how, turns[at], start, end, texts[at][start:end])

    def _said(self, index: int) -> str:
        """The words of a turn up to the clause that begins after the place."""
        turn = self._conversation.turns[index]
        if turn.end <= self.place.end:
            return turn.text
        behind = (
            start for start, end in clauses(turn.text) if self._times(index, start, end)[0] >= self.place.end
        )
        return turn.text[: next(behind, len(turn.text))]

    def _times(self, index: int, start: int, end: int) -> tuple[Seconds, Seconds]:
        """When a stretch of a turn's text is spoken; the turn's times where nothing of it can be placed."""
        turn, offsets = self._conversation.turns[index], self._conversation.normals[index].offsets
        span = Span(index, bisect_left(offsets, start), bisect_left(offsets, end))
        return self._conversation.times(span) if span.start < span.end else (turn.start, turn.end)


def _denies(said: str) -> bool:
    return bool(talk_of(said).denies.search(said.lower()))


def _corrects(later: Given, earlier: Given) -> bool:
    """Whether a later turn of the same reply to a question about a fact stands against an earlier one."""
    if later.kind is Reply.NO and not _denies(later.said):
        return False
    if earlier.kind is Reply.VAGUE or earlier.how is How.HUM:
        return later.kind is not Reply.VAGUE
    return later.kind is Reply.NO and earlier.kind is Reply.YES
