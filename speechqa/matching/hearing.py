"""Finding a checklist's phrases in a conversation, by text and by sound.

All phrases of a checklist go into two Aho-Corasick automata, one over characters and one over syllables
(`by_sound`), so that a call is read twice, however many phrases there are. Words that are said in one go over
several turns (`running_on`) are read once more as one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import ahocorasick_rs

from speechqa.assessment import Witness
from speechqa.call import Transcript
from speechqa.checklist.phrases import Phrase
from speechqa.matching import by_phones
from speechqa.matching.by_sound import (
    MIN_BY_SOUND,
    MIN_SEEDED,
    MIN_UNSURE,
    NEAR,
    Heard,
    SoundIndex,
    confidence_of,
    sureness,
)
from speechqa.matching.conversation import Conversation, Span
from speechqa.matching.phones import phones_of
from speechqa.matching.versions import versions
from speechqa.sound import information, syllables
from speechqa.text import ENGLISH, MANDARIN, language_of

_SENTENCE_END = re.compile(r"[。！？!?]|(?<!\.)\.(?=\s)")  # in a phrase: it may go over the end of a sentence
_ADDRESS = re.compile("[您你]们?")  # a piece that is no more than this means the very word
GAP = 10  # characters that `…` may stand for
WORDS_IN_GAP = 5  # ... and English words


class PhraseIndex:
    """The automata of one checklist's phrases. Build once, use for every call.

    Matches by sound are told from the confidence `near` on.
    """

    def __init__(self, phrases: tuple[Phrase, ...], near: float = NEAR) -> None:
        self._beginning: dict[str, list[Phrase]] = defaultdict(list)  # first piece -> phrases
        for phrase in phrases:
            self._beginning[phrase.pieces[0]].append(phrase)
        self._of_sentences = {phrase.text for phrase in phrases if _SENTENCE_END.search(phrase.text)}
        self._pieces = tuple(dict.fromkeys(piece for phrase in phrases for piece in phrase.pieces))
        self._by_text = ahocorasick_rs.AhoCorasick(list(map(addressed, self._pieces)))
        self._near = near

    @cached_property
    def _by_sound(self) -> SoundIndex:
        return SoundIndex(self._pieces, self._near)

    @cached_property
    def _by_phones(self) -> by_phones.PhoneIndex:
        return by_phones.PhoneIndex(self._pieces, self._near)

    def _sounding(
        self, conversation: Conversation, spelt: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, Heard]]:
        """Pieces heard by sound, in the language of the call."""
        english = conversation.language == ENGLISH
        return (self._by_phones if english else self._by_sound).hear(conversation, spelt)

    def hear(self, conversation: Conversation) -> dict[str, tuple[Heard, ...]]:
        """Every place where a phrase was heard or nearly heard, by the phrase's text."""
        found = self._hear(conversation)
        in_one_go = conversation.in_one_go
        if in_one_go is None:
            return found
        for text, places in self._hear(in_one_go).items():
            over = tuple(_over_turns(places, in_one_go, conversation))
            if over:
                found[text] = (*found.get(text, ()), *over)
        return found

    def _hear(self, conversation: Conversation) -> dict[str, tuple[Heard, ...]]:
        """The same within turns."""
        pieces: dict[str, list[Heard]] = defaultdict(list)
        spelt = self._spelt(conversation.text)
        for number, start, end in spelt:
            pieces[self._pieces[number]].append(Heard(start, end, Witness.TEXT, 1.0))
        for number, heard in self._sounding(conversation, [(one, start) for one, start, _ in spelt]):
            known = pieces[self._pieces[number]]
            if not any(heard.start < exact.end and exact.start < heard.end for exact in known):
                known.append(heard)
        begun = [phrase for piece in pieces for phrase in self._beginning.get(piece, ())]
        whole = [phrase for phrase in begun if all(map(pieces.__contains__, phrase.pieces))]
        found = {phrase.text: self._heard(phrase, pieces, conversation) for phrase in whole}
        return {text: places for text, places in found.items() if places}

    def _heard(
        self, phrase: Phrase, pieces: Mapping[str, Sequence[Heard]], conversation: Conversation
    ) -> tuple[Heard, ...]:
        """Where a phrase was heard whole and within a sentence, if it is not one that goes over the end."""
        over, sentence_end = phrase.text in self._of_sentences, conversation.sentence_end
        return tuple(
            [
                heard
                for heard in _joined(phrase, pieces, conversation)
                if (over or heard.end <= sentence_end(heard.start))
                and _is_whole(phrase, heard, conversation.text)
            ]
        )

    def may_be_in(self, views: Iterable[str]) -> bool:
        """Whether a phrase may be heard in a call, by its `views` alone: where not, none is.

        The words count as unsure as words can be, and the pieces of a phrase may lie anywhere in the call.
        """
        return any(map(self._may_be_in, views))

    def _may_be_in(self, view: str) -> bool:
        spelt = [(one, start) for one, start, _ in self._spelt(view)]
        sounding = (number for number, _ in self._sounding(_UnsureWords(view), spelt))
        found = {self._pieces[number] for number in (*(number for number, _ in spelt), *sounding)}
        begun = (phrase for piece in found for phrase in self._beginning.get(piece, ()))
        return any(found.issuperset(phrase.pieces) for phrase in begun)

    def _spelt(self, view: str) -> list[tuple[int, int, int]]:
        """Pieces found by text, by their numbers, each with its half-open stretch of the view."""
        return [
            (number, start, end)
            for number, start, end in self._by_text.find_matches_as_indexes(addressed(view), overlapping=True)
            if view[start:end] == self._pieces[number] or not _ADDRESS.fullmatch(self._pieces[number])
        ]


def views(conversation: Conversation) -> tuple[str, ...]:
    """All that phrases are looked for in: the joined views, those of what is said in one go, and all these of
    the call's other versions.
    """
    every = (conversation, *map(Conversation, versions(conversation)))
    return tuple(view.text for one in every for view in (one, one.in_one_go) if view is not None)


def _over_turns(
    places: Iterable[Heard], in_one_go: Conversation, conversation: Conversation
) -> Iterator[Heard]:
    """Those of the places in a conversation's runs that no turn of it has whole, as places of it."""
    for heard in places:
        run = in_one_go.span(heard.start, heard.end)
        first, end = in_one_go.normals[run.turn].source_span(run.start, run.end)
        stretch = conversation.over_turns(run.turn, first, end - 1)
        if stretch is not None:
            yield heard._replace(start=stretch[0], end=stretch[1])


def addressed(text: str) -> str:
    """The text with everybody called 你: a recogniser hardly tells 您 from it, and no wording hangs on it."""
    return text.replace("您", "你")


class _UnsureWords(Conversation):
    """A joined view of which nothing else is known: what is not heard in it is not, whoever said it how."""

    def __init__(self, view: str) -> None:
        super().__init__(Transcript(0.0, "", "", ()))
        self.text = view
        self.language = language_of([view], "", MANDARIN)
        self.recognised = True

    def span(self, start: int, end: int) -> Span:
        return Span(0, start, end)

    def confidence(self, span: Span) -> float:  # noqa: ARG002  (of whichever words)
        return 0.0


def _is_whole(phrase: Phrase, heard: Heard, text: str) -> bool:
    """Whether a number or a Latin word is not a part of a longer one: 114 in 13811412345, ok in book.

    A phrase that goes on with words before its digits may end within a number: 工号0 begins 工号023.
    """
    first, last = phrase.pieces[0][0], phrase.pieces[-1][-1]
    if not first.isascii():
        return True
    before, behind = text[heard.start - 1 : heard.start], text[heard.end : heard.end + 1]
    if before.isascii() and before.isdigit() == first.isdigit() and before.isalnum():
        return False
    bare = all(piece.isascii() for piece in phrase.pieces)
    return not (bare and behind.isascii() and behind.isdigit() == last.isdigit() and behind.isalnum())


def _joined(
    phrase: Phrase, pieces: Mapping[str, Sequence[Heard]], conversation: Conversation
) -> Iterable[Heard]:
    """Places where all pieces follow one another in one turn with small gaps."""
    if len(phrase.pieces) > 1:
        return _chained(phrase, pieces, conversation)
    (piece,) = phrase.pieces
    if len(piece) >= (MIN_UNSURE if conversation.recognised else MIN_BY_SOUND):
        return pieces[piece]
    return [heard for heard in pieces[piece] if heard.by is Witness.TEXT]


def _chained(
    phrase: Phrase, pieces: Mapping[str, Sequence[Heard]], conversation: Conversation
) -> Iterator[Heard]:
    """The same of several pieces."""
    syllables_in_all = sum(len(piece) for piece in phrase.pieces)
    for first in pieces.get(phrase.pieces[0], ()):
        chain = _chain(first, phrase.pieces[1:], pieces, conversation)
        if chain is None:
            continue
        by = Witness.TEXT if all(heard.by is Witness.TEXT for heard in chain) else Witness.SOUND
        if by is Witness.TEXT or syllables_in_all >= MIN_SEEDED:
            errors = sum(heard.errors for heard in chain)
            start, end = chain[0].start, chain[-1].end
            confidence = 1.0 if by is Witness.TEXT else _joint(phrase.pieces, chain, conversation)
            yield Heard(start, end, by, confidence, errors)


def _chain(
    first: Heard, rest: tuple[str, ...], pieces: Mapping[str, Sequence[Heard]], conversation: Conversation
) -> list[Heard] | None:
    """`first` and, for each further piece, its next place; None when one is missing or too far."""
    chain, turn = [first], conversation.turn_of(first.start)
    for piece in rest:
        here = chain[-1].end
        reach = _reach(conversation, here)
        following = [
            heard
            for heard in pieces.get(piece, ())
            if here <= heard.start <= reach and conversation.turn_of(heard.start) == turn
        ]
        if not following:
            return None
        chain.append(min(following, key=lambda heard: (heard.start, -heard.confidence)))
    return chain


def _reach(conversation: Conversation, here: int) -> int:
    """Where the next piece of a phrase must begin at the latest."""
    if conversation.language != ENGLISH:
        return here + GAP
    for _ in range(WORDS_IN_GAP + 1):
        here = conversation.text.find(" ", here) + 1 or len(conversation.text)
    return here


def _joint(pieces: tuple[str, ...], chain: Sequence[Heard], conversation: Conversation) -> float:
    """Confidence of a phrase in several pieces of which some were found by sound."""
    errors = sum(heard.errors for heard in chain)
    sure = sureness(conversation, chain[0].start, chain[-1].end)
    if all(piece.isascii() for piece in pieces):
        spelt, said = " ".join(pieces), (conversation.text[heard.start : heard.end] for heard in chain)
        return by_phones.confidence_of(spelt, " ".join(said), errors / len(phones_of(spelt)), sure)
    wanted = syllables("".join(pieces))
    return confidence_of(errors / len(wanted), information(wanted), sure)
