"""Tone marks from wordings, checked against word boundaries.

A short wording inside a longer word is not what was said (滚 in 滚动), so a wording of up to
`CHECKED` characters counts only where jieba, too, sees its edges as edges of words.
"""

import atexit
import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from shutil import rmtree

from speechqa.call import Role, ToneLabel, ToneMark, Transcript
from speechqa.text import normal

CHECKED = 2  # characters
WORDING = 0.75  # confidence of one wording
_GAP = r".{0,10}?"


def tones(transcript: Transcript) -> tuple[ToneMark, ...]:
    """The tone of every agent turn that says something telling; other turns have no mark.

    A turn with impatient or rude wordings is that, however polite the rest of it; rude wins.
    """
    found = []
    for index, turn in enumerate(transcript.turns):
        if turn.role is not Role.AGENT:
            continue
        text = normal(turn.text).text
        for label in (ToneLabel.RUDE, ToneLabel.IMPATIENT, ToneLabel.WARM):
            cues = _cues(text, label)
            if cues:
                confidence = 1 - (1 - WORDING) * 0.5 ** (len(cues) - 1)
                found.append(ToneMark(index, label, round(confidence, 3), cues))
                break
    return tuple(found)


def _cues(text: str, label: ToneLabel) -> tuple[str, ...]:
    spans = [match.span() for match in _wordings(label).finditer(text)]
    short = [span for span in spans if span[1] - span[0] <= CHECKED]
    edges = _word_edges(text) if short else set()
    kept = [(start, end) for start, end in spans if end - start > CHECKED or {start, end} <= edges]
    return tuple(dict.fromkeys(text[start:end] for start, end in kept))


@lru_cache(maxsize=8)
def _wordings(label: ToneLabel) -> "re.Pattern[str]":
    import re2

    lexicon = tomllib.loads((files("speechqa.tone") / "lexicon.toml").read_text("utf-8"))
    longest_first = sorted(lexicon[label], key=len, reverse=True)
    pieces = ([normal(piece).text for piece in wording.split("…")] for wording in longest_first)
    return re2.compile("|".join(_GAP.join(wording) for wording in pieces))  # type: ignore[no-any-return]


def _word_edges(text: str) -> set[int]:
    at, edges = 0, {0}
    for word in _jieba()(text):
        at += len(word)
        edges.add(at)
    return edges


@lru_cache(maxsize=1)
def _jieba() -> Callable[[str], list[str]]:
    """jieba's cutter. Its cache goes to a folder of this process alone: the shared one can be forged."""
    import logging
    from tempfile import mkdtemp

    import jieba

    jieba.setLogLevel(logging.WARNING)
    folder = mkdtemp(prefix="speechqa-")
    atexit.register(rmtree, folder, ignore_errors=True)
    jieba.dt.tmp_dir = folder
    return jieba.lcut  # type: ignore[no-any-return]
