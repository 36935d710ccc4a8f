"""Tone marks from wordings, checked against word boundaries.

A short wording inside a longer word is not what was said (滚 in 滚动), so a wording of up to `CHECKED`
characters counts only where no longer word of jieba's dictionary lies over it. (Cutting the turn with jieba
gave the same on 176 of 176 such places, and takes half a second to load in every process.)
"""

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

from speechqa.call import Role, ToneLabel, ToneMark, Transcript
from speechqa.text import normal

CHECKED = 2  # characters
WORDING = 0.75  # confidence of one wording
_GAP = r".{0,10}?"  # does not go beyond a turn: lines are turns here
_FIRST_WINS = (ToneLabel.RUDE, ToneLabel.IMPATIENT, ToneLabel.WARM)


def tones(transcript: Transcript) -> tuple[ToneMark, ...]:
    """The tone of every agent turn that says something telling; other turns have no mark.

    A turn with impatient or rude wordings is that, however polite the rest of it; rude wins.
    """
    spoken = [at for at, turn in enumerate(transcript.turns) if turn.role is Role.AGENT]
    views = [normal(transcript.turns[at].text).text for at in spoken]
    ends = list(accumulate(len(view) + 1 for view in views))
    text = "\n".join(views)
    marks: dict[int, ToneMark] = {}
    for label in _FIRST_WINS:
        for line, cues in _cues(text, ends, label).items():
            confidence = 1 - (1 - WORDING) * 0.5 ** (len(cues) - 1)
            marks.setdefault(spoken[line], ToneMark(spoken[line], label, round(confidence, 3), cues))
    return tuple(marks[turn] for turn in sorted(marks))


def _cues(text: str, ends: list[int], label: ToneLabel) -> Mapping[int, tuple[str, ...]]:
    """The different wordings of a tone in each line that has any; `ends` are those of the lines."""
    cues: dict[int, dict[str, None]] = defaultdict(dict)
    for match in _wordings(label).finditer(text):
        if len(match[0]) > CHECKED or not _in_longer_word(text, match.start(), match[0]):
            cues[bisect_right(ends, match.start())][match[0]] = None
    return {line: tuple(said) for line, said in cues.items()}


def _in_longer_word(text: str, start: int, wording: str) -> bool:
    return any(
        text.startswith(word, start - at, start + len(word))
        for word, at in _longer_words().get(wording, ())
        if at <= start
    )


@lru_cache(maxsize=8)
def _wordings(label: ToneLabel) -> "re.Pattern[str]":
    import re2

    longest_first = sorted(_lexicon(label), key=len, reverse=True)
    return re2.compile("|".join(_GAP.join(wording.split("…")) for wording in longest_first))  # type: ignore[no-any-return]


@lru_cache(maxsize=8)
def _lexicon(label: ToneLabel) -> tuple[str, ...]:
    """The wordings of a tone, normalised but for their gaps."""
    lexicon = tomllib.loads((files("speechqa.tone") / "lexicon.toml").read_text("utf-8"))
    return tuple("…".join(normal(piece).text for piece in one.split("…")) for one in lexicon[label])


@lru_cache(maxsize=1)
def _longer_words() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """By short wording: the words of the dictionary that contain it, and where in them it lies."""
    short = sorted({word for label in _FIRST_WINS for word in _lexicon(label) if len(word) <= CHECKED})
    either = "|".join(map(re.escape, short))
    dictionary = _dictionary().read_text("utf-8")
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word in re.findall(rf"^(\S*(?:{either})\S*) ", dictionary, re.MULTILINE):
        for wording in short:
            if wording in word and wording != word:
                found[wording].append((word, word.index(wording)))
    return {wording: tuple(words) for wording, words in found.items()}


def _dictionary() -> Path:
    """jieba's, without importing jieba, which is slow, and warns where it was never compiled."""
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba")
    return Path(found.origin).parent / "dict.txt"
