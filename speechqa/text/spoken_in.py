"""Which language a call is in, as far as its written words tell.

A transcript from elsewhere often does not say, or says what the recogniser was set to. Scripts are told by
their characters; English from other languages in Latin letters by its commonest words.
"""

import re
from collections.abc import Iterable

MANDARIN = "zh"
ENGLISH = "en"
LANGUAGES = (MANDARIN, ENGLISH)  # that checklists can be written in
UNKNOWN = "und"  # ISO 639-2: undetermined
MOST_READ = 2_000  # characters, from the beginning
FEWEST = 12  # words or characters: of fewer nobody can tell
ENGLISH_SHARE = 0.15  # of the words; in English a third, in other languages a few in a hundred
_SAME = {"yue": MANDARIN, "cmn": MANDARIN}  # dialects, which Chinese checklists are for
_HAN = re.compile(r"[一-鿿㐀-䶿]")
_KANA = re.compile(r"[ぁ-ヿ]")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[a-zß-ɏ]+")
_COMMON_WORDS = """
the a an i you he she it we they is are was were be am do does did have has had will would can could and or
but not of to in on for with at from that this my your our their what how if so there okay yes please
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def language_of(texts: Iterable[str], named: str, otherwise: str) -> str:
    """The language of some turns: by their script, and by `named`, where that can be so written.

    `otherwise` where there are too few words to tell. UNKNOWN for Latin letters that are not English and that
    nobody names.
    """
    text = "\n".join(texts)[:MOST_READ]
    named, otherwise = _base(named), _base(otherwise)
    han, kana, hangul = (len(script.findall(text)) for script in (_HAN, _KANA, _HANGUL))
    words = _LATIN.findall(text.lower())
    if max(han + kana, hangul, len(words)) < FEWEST:
        return otherwise
    if hangul > max(han + kana, len(words)):
        return "ko"
    if han + kana > len(words):
        return "ja" if kana * 4 > han + kana else MANDARIN
    return _in_latin_letters(words, named)


def _base(named: str) -> str:
    """The code of a language without its region; of a dialect, the language."""
    code = named.lower().replace("_", "-").split("-")[0]
    return _SAME.get(code, code)


def _in_latin_letters(words: list[str], named: str) -> str:
    if sum(word in _COMMON for word in words) >= ENGLISH_SHARE * len(words):
        return ENGLISH
    return named if named not in (MANDARIN, ENGLISH, "ja", "ko", "") else UNKNOWN
