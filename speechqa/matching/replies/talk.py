"""What the two sides say around an answer, in each language: the same moves in other words."""

import re
from functools import lru_cache
from typing import NamedTuple

from speechqa.matching.replies import english_words as english
from speechqa.matching.replies import words as mandarin
from speechqa.text import ENGLISH, MANDARIN, normal_in

_HAN = re.compile(r"[一-鿿]")
_LETTER = re.compile(r"[A-Za-z]")


class Talk(NamedTuple):
    """Expressions over the normalised view of a language; `question` over the words as they are written."""

    language: str
    back_channel: "re.Pattern[str]"
    question: "re.Pattern[str]"
    tag: "re.Pattern[str]"
    waits: "re.Pattern[str]"
    gives_in: "re.Pattern[str]"
    offers: "re.Pattern[str]"
    switches: "re.Pattern[str]"
    errand: "re.Pattern[str]"
    acts: "re.Pattern[str]"
    reports_done: "re.Pattern[str]"
    takes_back: "re.Pattern[str]"
    refuses: "re.Pattern[str]"
    hesitates: "re.Pattern[str]"
    denies: "re.Pattern[str]"

    def view(self, said: str) -> str:
        return normal_in(self.language, said).text


_MANDARIN = Talk(
    MANDARIN,
    mandarin.BACK_CHANNEL,
    mandarin.QUESTION,
    mandarin.TAG,
    mandarin.WAITS,
    mandarin.GIVES_IN,
    mandarin.OFFERS,
    mandarin.SWITCHES,
    mandarin.ERRAND,
    mandarin.ACTS,
    mandarin.REPORTS_DONE,
    mandarin.TAKES_BACK,
    mandarin.REFUSES,
    mandarin.HESITATES,
    mandarin.DENIES,
)
_ENGLISH = Talk(
    ENGLISH,
    english.BACK_CHANNEL,
    english.ASKS,
    english.TAG,
    english.WAITS,
    english.GIVES_IN,
    english.OFFERS,
    english.SWITCHES,
    english.ERRAND,
    english.ACTS,
    english.REPORTS_DONE,
    english.TAKES_BACK,
    english.REFUSES,
    english.HESITATES,
    english.NOT_ME,
)


def talk_of(said: str) -> Talk:
    """The language that a few words of a call are in."""
    return _ENGLISH if _LETTER.search(said) and not _HAN.search(said) else _MANDARIN


@lru_cache(maxsize=1 << 10)  # each question that is looked for answers to asks it of the same turns
def hums(said: str) -> bool:
    """Whether something said is no more than a back-channel."""
    talk = talk_of(said)
    return bool(talk.back_channel.fullmatch(said if talk.language == MANDARIN else talk.view(said)))
