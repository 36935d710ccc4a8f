"""Warnings about phrases that a recogniser mixes up: of opposite effect and nearly one sound."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from speechqa.authoring.checking.source import Asked, Source, Wording, warning
from speechqa.checklist.operators.replies import Answered
from speechqa.checklist.operators.words import Phrases
from speechqa.errors import Fault
from speechqa.matching import phones
from speechqa.matching.by_phones import MIN_PHONES, confidence_of
from speechqa.matching.by_sound import MIN_BY_SOUND, MIN_SEEDED, SURE
from speechqa.matching.hearing import addressed
from speechqa.sound import distance, folded, syllables
from speechqa.text import ENGLISH, normal, normal_in

MOST_NAMED = 5  # phrases in one warning
ONE_SOUND = 0.1  # weighted errors a syllable up to which two phrases are one to the ear
_FROM_ONE_EDIT = 6  # syllables from which one of them may differ by half and still be the same phrase

T = TypeVar("T")


def opposite_lists(read: Source) -> Iterator[Fault]:
    """A yes that sounds like a no, among the wordings of one question."""
    told: set[Wording] = set()
    for one in read.asked():
        if not isinstance(one.leaf, Answered):
            continue
        lists = {key: list(_listed(read, one, key)) for key in ("yes", "no") if key in one.node.entries}
        ear = _ear_of(read.checklist.language)
        for yes, no in alike(lists.get("yes", []), lists.get("no", []), lambda wording: wording.text, ear):
            if no in told:
                continue
            told.add(no)
            if yes.text == no.text:
                zh = f"“{no.text}”既在 yes 又在 no 里；请删除一处"
                en = f'"{no.text}" is among yes and no; remove one of them'
            else:
                zh = f"算作否定的“{no.text}”与算作肯定的“{yes.text}”读音相近，容易听反；请换成更长的说法"
                en = f'the no "{no.text}" sounds like the yes "{yes.text}"; write longer wordings'
            yield warning("sounds-alike", no.spot, zh, en)


def opposite_rules(read: Source) -> Iterator[Fault]:
    """A forbidden phrase, matched by sound, that sounds like one that another rule wants."""
    wanted: list[tuple[Wording, Asked]] = []
    forbidden: list[tuple[Wording, Asked]] = []
    for one in read.asked():
        if isinstance(one.leaf, Phrases) and one.key == "require":
            if not one.negated:
                wanted += [(wording, one) for wording in read.wanted(one)]
            elif one.leaf.by_sound:
                forbidden += [(wording, one) for wording in read.wanted(one)]
    told: set[Wording] = set()
    for (good, by), (bad, against) in alike(
        wanted, forbidden, lambda pair: pair[0].text, _ear_of(read.checklist.language)
    ):
        if bad in told or good.text == bad.text or by.rule is None or against.rule is None:
            continue
        if (
            None not in (by.leaf.scope.by, against.leaf.scope.by)
            and by.leaf.scope.by != against.leaf.scope.by
        ):
            continue
        told.add(bad)
        yield warning(
            "sounds-alike",
            bad.spot,
            f"禁用的“{bad.text}”（{against.rule.id}）与要求说的“{good.text}”（{by.rule.id}）读音相近，"
            "说对了也可能被扣分；请在禁用的条件里写 by_sound: no，或换成更长的说法",
            f'the forbidden "{bad.text}" ({against.rule.id}) sounds like "{good.text}", which {by.rule.id} '
            "wants; write by_sound: no where it is forbidden, or a longer wording",
        )


def short_by_sound(read: Source) -> Iterator[Fault]:
    """Forbidden phrases so short that other words sound like them, matched by sound all the same.

    In English none is: of short ones all letters count, too.
    """
    if read.checklist.language == ENGLISH:
        return
    for one in read.asked():
        if not (isinstance(one.leaf, Phrases) and one.key == "require" and one.negated and one.leaf.by_sound):
            continue
        lengths = range(MIN_BY_SOUND, MIN_SEEDED)
        short = [phrase.text for phrase in one.leaf.wanted if len("".join(phrase.pieces)) in lengths]
        if short:
            more_zh, more_en = (" 等", " ...") if len(short) > MOST_NAMED else ("", "")
            yield warning(
                "short-by-sound",
                read.key_of(one.node, "phrases"),
                f"{len(short)} 个禁用语很短（{'、'.join(short[:MOST_NAMED])}{more_zh}），"
                "按读音去听容易误伤；请加 by_sound: no，或换成更长的说法",
                f"{len(short)} forbidden phrases are short ({', '.join(short[:MOST_NAMED])}{more_en}) and "
                "other words sound like them; add by_sound: no, or write longer ones",
            )


def alike(
    ones: Iterable[T], others: Iterable[T], text: Callable[[T], str], ear: "_Ear"
) -> Iterator[tuple[T, T]]:
    """Pairs whose texts are one phrase to the ear; in the order of `others`, each with the first it is like.

    Of phrases of twelve syllables and more, which may have two halves wrong, only those with one are found.
    """
    known: dict[str, list[T]] = defaultdict(list)
    for one in ones:
        for key in ear.keys(text(one)):
            known[key].append(one)
    for other in others:
        candidates = (one for key in ear.keys(text(other)) for one in known.get(key, ()))
        found = next((one for one in candidates if ear.same(text(one), text(other))), None)
        if found is not None:
            yield found, other


def _listed(read: Source, one: Asked, key: str) -> Iterator[Wording]:
    yield from read.wordings(one.node.entries[key][1])


class _Ear(NamedTuple):
    """How a language tells whether two phrases sound alike."""

    keys: Callable[[str], Sequence[str]]  # phrases that could be the same have one in common
    same: Callable[[str, str], bool]


def _ear_of(language: str) -> _Ear:
    return _Ear(_english_keys, _same_in_english) if language == ENGLISH else _Ear(_keys, _same)


@lru_cache(maxsize=1 << 12)
def _view(text: str) -> str:
    return syllables(addressed(normal(text).text))


def _keys(text: str) -> Sequence[str]:
    return _shortened(folded(_view(text)), MIN_BY_SOUND)


def _same(one: str, other: str) -> bool:
    heard, wanted = _view(one), _view(other)
    return distance(heard, wanted) <= ONE_SOUND * min(len(heard), len(wanted)) + 1e-9


@lru_cache(maxsize=1 << 12)
def _english(text: str) -> str:
    return normal_in(ENGLISH, text).text


def _english_keys(text: str) -> Sequence[str]:
    return _shortened(phones.folded(phones.phones_of(_english(text))), MIN_PHONES)


def _same_in_english(one: str, other: str) -> bool:
    """Whether one is heard where the other is said."""
    heard, wanted = (phones.phones_of(_english(text)) for text in (one, other))
    errors = phones.distance(heard, wanted) / len(wanted)
    return errors <= ONE_SOUND and confidence_of(_english(other), _english(one), errors) >= SURE


def _shortened(whole: str, least: int) -> Sequence[str]:
    """All of a folded view, and all but one of its sounds."""
    if len(whole) < least:
        return ()
    if len(whole) < _FROM_ONE_EDIT:
        return (whole,)
    return (whole, *(whole[:place] + whole[place + 1 :] for place in range(len(whole))))
