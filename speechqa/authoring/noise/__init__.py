"""What a recogniser would have made of a text, and which examples of a checklist survive it.

Made up from how the embedded recogniser errs in Mandarin (`confusions`), in English from how words sound
(`english`), so that a checklist can be tried at an error rate before there is a recording. The same seed
gives the same errors. Punctuation stays where it is.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import NamedTuple

from speechqa.assessment import Verdict
from speechqa.authoring.examples import spoken
from speechqa.authoring.noise import english
from speechqa.authoring.noise.confusions import Drawn, State, shipped
from speechqa.call import Call, Transcript, Turn, Word
from speechqa.checklist.values import Checklist, Example, Rule
from speechqa.matching import Judge
from speechqa.text import ENGLISH, MANDARIN, language_of
from speechqa.tone import tones

CERS = (
    0.1,
    0.2,
    0.3,
)  # character error rates of a good line, a usual one and a bad one; in English, of words
_BLANKS = re.compile(r"(?<!\S) +| +(?=[,.;:!?]|$)")


def misheard(text: str, cer: float, seed: int, language: str = MANDARIN) -> list[Drawn]:
    """The characters heard, in English the words, in order, each with its place in `text`."""
    chance = Random(f"{seed} {text}")  # noqa: S311  (no secret)
    if language == ENGLISH:
        if cer <= 0:
            return [Drawn(word[0], word.start(), State.KEPT) for word in english.WORD.finditer(text)]
        return english.shipped().draw(text, cer, chance)
    if cer <= 0:
        return [Drawn(one, place, State.KEPT) for place, one in enumerate(text) if one.isalnum()]
    recogniser = shipped()
    return recogniser.draw(text, recogniser.odds(cer), chance)


def noisy_transcript(transcript: Transcript, cer: float, seed: int) -> Transcript:
    """The call as a recogniser gives it that gets this share of characters wrong; in English, of words.

    Other words, each with a time and a confidence.
    """
    named = transcript.language or MANDARIN
    language = language_of((turn.text for turn in transcript.turns), named, named)
    turns = [
        _heard(turn, cer, turn_seed(seed, place), language) for place, turn in enumerate(transcript.turns)
    ]
    return replace(transcript, turns=tuple(turns))


def turn_seed(seed: int, turn: int) -> int:
    """The seed of one turn of a call."""
    return seed * 100_003 + turn


def _heard(turn: Turn, cer: float, seed: int, language: str) -> Turn:
    drawn = misheard(turn.text, cer, seed, language)
    sure = shipped().confidences(drawn, Random(f"{seed} sure {turn.text}"))  # noqa: S311  (no secret)
    step = (turn.end - turn.start) / max(len(drawn), 1)
    words = tuple(
        Word(one.text, turn.start + step * place, turn.start + step * (place + 1), confidence)
        for place, (one, confidence) in enumerate(zip(drawn, sure, strict=True))
    )
    spelt = _spelt_in_words if language == ENGLISH else _spelt
    return replace(turn, text=spelt(turn.text, drawn), words=words)


def _spelt_in_words(text: str, drawn: Sequence[Drawn]) -> str:
    """The same in English: a blank between words."""
    heard: dict[int, list[str]] = defaultdict(list)
    for one in drawn:
        heard[one.source].append(one.text)
    spelt = english.WORD.sub(lambda word: " ".join(heard[word.start()]), text)
    return _BLANKS.sub("", spelt)


def _spelt(text: str, drawn: Sequence[Drawn]) -> str:
    """What was heard, with the punctuation of the text."""
    pieces = ["" if one.isalnum() else one for one in text]
    for one in drawn:
        pieces[one.source] += one.text
    return "".join(pieces)


class Tally(NamedTuple):
    """What came of an example in some draws at one error rate."""

    cer: float
    right: int
    unknown: int  # a listener is asked: no harm done, but work
    wrong: int  # another verdict, not unknown

    @property
    def draws(self) -> int:
        return self.right + self.unknown + self.wrong


@dataclass(frozen=True, slots=True)
class Survival:
    """How an example fares under recognition errors, by error rate."""

    rule: Rule
    example: Example
    tallies: tuple[Tally, ...]

    @property
    def right(self) -> float:
        """Share of all draws with the verdict that the example expects."""
        return self._share(sum(tally.right for tally in self.tallies))

    @property
    def unknown(self) -> float:
        return self._share(sum(tally.unknown for tally in self.tallies))

    @property
    def wrong(self) -> float:
        return self._share(sum(tally.wrong for tally in self.tallies))

    def _share(self, part: int) -> float:
        return part / max(sum(tally.draws for tally in self.tallies), 1)


def survival(
    checklist: Checklist,
    cers: Sequence[float] = CERS,
    draws: int = 10,
    but: Collection[Example] = (),
) -> Iterator[Survival]:
    """Every example of every rule, heard `draws` times at each error rate; in the order of the file.

    Those in `but` are left out: what comes out wrong as it is written tells nothing about mishearing.
    """
    judge = Judge(checklist)
    for rule in checklist.rules:
        for example in rule.examples:
            if example in but:
                continue
            tallies = tuple(_tally(judge, rule, example, cer, draws) for cer in cers)
            yield Survival(rule, example, tallies)


def percentages(counts: Sequence[int]) -> tuple[int, ...]:
    """Whole percentages that come to 100 together, the largest remainders rounded up."""
    total = max(sum(counts), 1)
    down = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: -(counts[at] * 100 % total))
    up = set(by_remainder[: 100 - sum(down)]) if sum(counts) else set()
    return tuple(part + (at in up) for at, part in enumerate(down))


def _tally(judge: Judge, rule: Rule, example: Example, cer: float, draws: int) -> Tally:
    said = spoken(example.dialogue, judge.checklist.language)
    call = Call("example", Path("example"), example.metadata)
    heard = [noisy_transcript(said, cer, seed) for seed in range(draws)]
    verdicts = [
        finding.verdict
        for transcript, ears in zip(heard, judge.listen(heard), strict=True)
        for finding in judge.findings(call, ears, tones(transcript))
        if finding.rule == rule.id
    ]
    right = verdicts.count(example.verdict)
    unknown = verdicts.count(Verdict.UNKNOWN) if example.verdict is not Verdict.UNKNOWN else 0
    return Tally(cer, right, unknown, draws - right - unknown)
