"""Warnings about phrases that do nothing: contained in another, excepting nothing, run together."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from speechqa.authoring.checking.source import Source, Wording, warning
from speechqa.authoring.examples import spoken
from speechqa.call import Role, Turn, Word
from speechqa.checklist.operators import Leaf
from speechqa.checklist.operators.words import Phrases
from speechqa.checklist.phrases import REFERENCE, Phrase
from speechqa.checklist.values import Line
from speechqa.errors import Fault
from speechqa.matching.by_sound import MIN_BY_SOUND
from speechqa.matching.conversation import Conversation
from speechqa.matching.hearing import PhraseIndex
from speechqa.matching.running_on import PAUSE

LONGEST = 60  # characters; a longer phrase is not searched for shorter ones
_JOIN = re.compile(r"[，、；,;]")
_LEAST_PART = 2  # characters; shorter parts are a pause within a phrase


@dataclass(frozen=True, slots=True)
class Dead:
    """A phrase that another one makes needless."""

    phrase: Phrase
    by: Phrase


def dead_phrases(read: Source) -> Iterator[Fault]:
    """A phrase that contains another of the same list: where it is said, the shorter one is said too.

    A list may serve several conditions; its phrase is dead when it is so in all of them.
    """
    dead: dict[Wording, Dead] = {}
    alive: set[Wording] = set()
    for one in read.asked():
        found = _dispensable(one.leaf)
        wanted = {wording.text: wording for wording in read.wanted(one)} if found else {}
        for wording in read.terms(one):
            doomed = found.get(wording.text) if wanted.get(wording.text) == wording else None
            if doomed is None or not _ours_to_mend(read, wording, wanted[doomed.by.text]):
                alive.add(wording)
            else:
                dead.setdefault(wording, doomed)
    for wording, doomed in dead.items():
        if wording in alive:
            continue
        text, by = doomed.phrase.text, doomed.by.text
        zh = f"“{text}”多余：说到它时，一定也说到了“{by}”；请删除其中一个"
        en = f'"{text}" adds nothing: whenever it is said, "{by}" is said too; remove one of them'
        if doomed.phrase.pieces == doomed.by.pieces:
            zh = f"“{text}”与“{by}”是同一个短语（标点和语气词不计）；请删除其中一个"
            en = f'"{text}" and "{by}" are one phrase (marks and fillers do not count); remove one of them'
        yield warning("dead-phrase", wording.spot, zh, en)


def dead_exceptions(read: Source) -> Iterator[Fault]:
    """A `not_inside` in which no wanted phrase can be heard."""
    useless: dict[Wording, None] = {}
    needed: set[Wording] = set()
    for one in read.asked():
        idle = _idle_exceptions(one.leaf, read.checklist.language) if isinstance(one.leaf, Phrases) else ()
        excepted = set(idle)
        for wording in read.terms(one):
            if wording.text in excepted:
                useless[wording] = None
            else:
                needed.add(wording)
    for wording in useless:
        if wording not in needed and wording.spot.path == read.path:
            yield warning(
                "dead-exception",
                wording.spot,
                f"例外“{wording.text}”不起作用：里面没有要找的短语；请删除，或改成含有那个短语的说法",
                f'the exception "{wording.text}" excepts nothing: no wanted phrase is in it; remove it, or '
                "write the wording that holds one",
            )


def joined_phrases(read: Source) -> Iterator[Fault]:
    """Several phrases in one, because a full-width comma stands between them."""
    for one in dict.fromkeys(wording for asked in read.asked() for wording in read.terms(asked)):
        parts = [part.strip() for part in _JOIN.split(one.text)]
        if one.quoted or len(parts) < 2 or min(map(len, parts)) < _LEAST_PART:
            continue
        if one.alone or len(parts) > 2 or "、" in one.text or REFERENCE.search(one.text):
            yield warning(
                "joined-phrases",
                one.spot,
                f"“{one.text}”是一个短语，不是 {len(parts)} 个：请用半角逗号“, ”隔开；确是一句话就加上引号",
                f'"{one.text}" is one phrase, not {len(parts)}: separate them by plain commas, or put quotes '
                "around it if it is one sentence",
            )


def _ours_to_mend(read: Source, wording: Wording, by: Wording) -> bool:
    """Not so where a shared list holds it for the sake of another checklist."""
    return wording.spot.path in {read.path, by.spot.path}


def contained(phrases: Sequence[Phrase]) -> dict[Phrase, list[Phrase]]:
    """For each phrase, those others that are said whenever it is, longest first."""
    first_with: dict[tuple[str, ...], Phrase] = {}
    for phrase in phrases:
        first_with.setdefault(phrase.pieces, phrase)
    lengths = sorted({len(pieces[0]) for pieces in first_with if len(pieces) == 1}, reverse=True)
    starts = {pieces[0] for pieces in first_with if len(pieces) > 1}
    ends = {pieces[-1] for pieces in first_with if len(pieces) > 1}
    found: dict[Phrase, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        if sum(map(len, phrase.pieces)) > LONGEST:
            continue
        inside = [*_cut_short(phrase.pieces, starts, ends), *_parts_of(phrase.pieces, lengths)]
        for other in (first_with[pieces] for pieces in inside if pieces in first_with):
            if other is not phrase and other not in found[phrase]:
                found[phrase].append(other)
    return {phrase: others for phrase, others in found.items() if others}


def _parts_of(pieces: tuple[str, ...], lengths: list[int]) -> Iterator[tuple[str]]:
    """What is said without a gap in a phrase."""
    for piece in pieces:
        for length in lengths:
            for start in range(len(piece) - length + 1):
                if not _cuts_a_word(piece, start) and not _cuts_a_word(piece, start + length):
                    yield (piece[start : start + length],)


def _cuts_a_word(piece: str, place: int) -> bool:
    """Whether two Latin letters stand on either side of a place: bye is not said in goodbye."""
    around = piece[max(place - 1, 0) : place + 1]
    return len(around) == 2 and place > 0 and around.isascii() and around.isalpha()


def _cut_short(pieces: tuple[str, ...], starts: set[str], ends: set[str]) -> Iterator[tuple[str, ...]]:
    """A phrase with the same gaps, less at its beginning and end."""
    if len(pieces) == 1:
        return
    first, *middle, last = pieces
    begun = [first[place:] for place in range(len(first)) if first[place:] in starts]
    ended = [last[: place + 1] for place in range(len(last)) if last[: place + 1] in ends]
    for beginning in begun:
        for end in ended:
            yield (beginning, *middle, end)


def _dispensable(leaf: Leaf) -> dict[str, Dead]:
    """By text, the phrases that an operator can do without."""
    if not isinstance(leaf, Phrases) or leaf.at_least > 1 or leaf.min_hits > 1:
        return {}
    if leaf.ordered or leaf.near is not None or any(len(one.pieces) > 1 for one in leaf.not_inside):
        return {}
    found = {}
    for longer, others in contained(leaf.wanted).items():
        by = next((shorter for shorter in others if _stands_in(shorter, longer, leaf)), None)
        if by is not None:
            found[longer.text] = Dead(longer, by)
    return found


def _stands_in(shorter: Phrase, longer: Phrase, leaf: Phrases) -> bool:
    """Whether the shorter one is heard, and counts, wherever the longer one does.

    One that is too short to be heard by sound does not stand in for one that is.
    """
    if any(piece in one.pieces[0] for one in leaf.not_inside for piece in shorter.pieces):
        return False  # where the shorter one is excepted, the longer one may count
    decided_before = leaf.unless_negated or leaf.unless_quoted  # by the words that come before it
    if decided_before and not longer.pieces[0].startswith(shorter.pieces[0]):
        return False
    return not leaf.by_sound or sum(map(len, shorter.pieces)) >= MIN_BY_SOUND


def _idle_exceptions(leaf: Phrases, language: str) -> Iterator[str]:
    """The exceptions in whose words nothing that is wanted is heard, not even nearly."""
    plain = [one for one in leaf.not_inside if len(one.pieces) == 1]
    if not plain:
        return
    said = spoken(tuple(Line(Role.AGENT, one.text, wait=2 * PAUSE) for one in plain), language)
    conversation = Conversation(replace(said, turns=tuple(map(_unsure, said.turns))))
    heard = PhraseIndex(leaf.wanted).hear(conversation)
    turns = {conversation.turn_of(place.start) for places in heard.values() for place in places}
    yield from (one.text for number, one in enumerate(plain) if number not in turns)


def _unsure(turn: Turn) -> Turn:
    """The turn as a recogniser hears it that is sure of nothing: most is found in it by sound."""
    return replace(turn, words=(Word(turn.text, turn.start, turn.end, 0.0),))
