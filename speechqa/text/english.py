"""The normalised view of what was said in English.

Lower case, one blank between words, no punctuation, no hesitation sounds; contractions written out (you're =
you are), numbers in digits (`numbers`). A word that was written out maps to the letters that it came from.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from types import MappingProxyType

from speechqa.text.numbers import in_digits
from speechqa.text.piece import Piece
from speechqa.text.view import Normal

_HESITATIONS = frozenset(("uh", "um", "uhm", "erm", "er", "ah", "eh", "hm", "hmm", "mm", "mmm"))
_TOKEN = re.compile(
    r"(?:(?P<sign>[$£€])\s?)?(?P<number>24/7|\d{1,2}:\d\d(?!\d)|\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:(?P<apart>[ap]\.?m\b\.?|(?:[gmkt]b|[gmk]bps|km|kg|mins?|hrs?)\b)|(?P<unit>[a-z]*))"
    r"(?P<percent>\s?%)?(?P<each>\s?/(?=\s?[a-z]))?"
    r"|(?P<noon>\b[ap]\.\s?m\b\.?)"
    r"|(?P<hum>uh[- ]huh|mm[- ]?hmm?|m[- ]hm|uh[- ]uh|nuh[- ]uh)(?![a-z])"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)"
)
_SIGNS = MappingProxyType({"$": "dollars", "£": "pounds", "€": "euros"})
_WHOLE = MappingProxyType(
    {
        "can't": "can not", "cannot": "can not", "cant": "can not", "won't": "will not",
        "shan't": "shall not", "ain't": "is not", "let's": "let us", "y'all": "you all",
        "gonna": "going to", "wanna": "want to", "gotta": "got to", "lemme": "let me", "gimme": "give me",
        "dunno": "do not know", "kinda": "kind of", "ok": "okay", "'cause": "because", "cos": "because",
        "yep": "yeah", "yup": "yeah", "nah": "no", "nope": "no", "im": "i am", "ive": "i have",
        "youre": "you are", "youve": "you have", "thats": "that is", "theyre": "they are",
        "whats": "what is", "o'clock": "oclock", "alright": "all right",
    }
)  # fmt: skip
_NOT = re.compile(r"(do|does|did|is|are|was|were|have|has|had|could|would|should|must|need|might)n'?t")
_ENDINGS = MappingProxyType({"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"})
_IS = re.compile(
    r"(it|that|he|she|what|there|here|who|where|how|when|why|everything|everybody|everyone|nobody|somebody|someone|nothing|something|anything|name|answer|problem|price)'s"
)


@lru_cache(maxsize=1 << 12)  # a turn is asked for by its rules and its replies
def normal(text: str) -> Normal:
    """The normalised view of `text`; empty when nothing but punctuation and hesitation was there."""
    words: list[str] = []
    offsets: list[int] = []
    for piece in in_digits(tuple(_pieces(_folded(text))), text):
        if words:
            offsets.append(offsets[-1])  # the blank
        words.append(piece.text)
        offsets += piece.offsets
    return Normal(" ".join(words), tuple(offsets))


def _folded(text: str) -> str:
    """Lower case, plain apostrophes, letters without accents and of one width; same length."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character in "’‘ʼ＇`":
        return "'"
    folded = unicodedata.normalize("NFKD", character).lower()[:1]
    return folded if len(folded) == 1 else character


def _pieces(text: str) -> Iterator[Piece]:
    for token in _TOKEN.finditer(text):
        if token["number"]:
            yield from _number(token)
        elif token["noon"]:
            yield Piece(token["noon"][0] + "m", *token.span("noon"))
        elif token["hum"]:
            yield Piece(re.sub("[- ]", "", token["hum"]), *token.span())
        else:
            yield from _word(token["word"], token.start("word"))


def _number(token: re.Match[str]) -> Iterator[Piece]:
    end = token.end("number") if token["apart"] else token.end("unit")
    digits = re.sub("[,:/]", "", token["number"])
    yield Piece(digits + (token["unit"] or ""), token.start(), end)
    if token["sign"]:
        yield Piece(_SIGNS[token["sign"]], end - 1, end)
    if token["apart"]:
        yield Piece(token["apart"].replace(".", ""), *token.span("apart"))
    if token["percent"]:
        yield Piece("percent", *token.span("percent"))
    if token["each"]:
        yield Piece("a", *token.span("each"))


def _word(word: str, start: int) -> Iterator[Piece]:
    """A word, or the two that a contraction stands for; nothing for a hesitation."""
    word = word.rstrip("'")
    end = start + len(word)
    if word in _HESITATIONS:
        return
    if whole := _WHOLE.get(word):
        yield from _spread(whole.split(), start, end)
        return
    if negated := _NOT.fullmatch(word):
        yield Piece(negated[1], start, start + len(negated[1]))
        yield Piece("not", start + len(negated[1]), end)
        return
    mark = word.rfind("'")
    ending = "is" if _IS.fullmatch(word) else _ENDINGS.get(word[mark:]) if mark > 0 else None
    if ending is None:
        yield Piece(word.replace("'", ""), start, end)
        return
    yield Piece(word[:mark].replace("'", ""), start, start + mark)
    yield Piece(ending, start + mark, end)


def _spread(words: list[str], start: int, end: int) -> Iterator[Piece]:
    """Words that stand for one together, each at its share of the letters."""
    step = (end - start) / len(words)
    for at, word in enumerate(words):
        yield Piece(word, start + round(at * step), max(start + round((at + 1) * step), start + 1))
