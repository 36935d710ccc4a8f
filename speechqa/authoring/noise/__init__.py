"""What a recogniser would have made of a text, and which examples of a checklist survive it.

Made up from how the embedded recogniser errs (`confusions`), so that a checklist can be tried at an error
rate before there is a recording. The same seed gives the same errors. Punctuation stays where it is.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import NamedTuple

from speechqa.assessment import Verdict
from speechqa.authoring.examples import spoken
from speechqa.authoring.noise.confusions import Drawn, State, shipped
from speechqa.call import Call, Transcript, Turn, Word
from speechqa.checklist.values import Checklist, Example, Rule
from speechqa.matching import Judge
from speechqa.tone import tones

CERS = (0.1, 0.2, 0.3)  # character error rates of a good line, a usual one and a bad one


def misheard(text: str, cer: float, seed: int) -> list[Drawn]:
    """The characters heard, in order, each with its place in `text`."""
    if cer <= 0:
        return [Drawn(one, place, State.KEPT) for place, one in enumerate(text) if one.isalnum()]
    recogniser = shipped()
    return recogniser.draw(text, recogniser.odds(cer), Random(f"{seed} {text}"))  # noqa: S311  (no secret)


def noisy_transcript(transcript: Transcript, cer: float, seed: int) -> Transcript:
    """The call as a recogniser gives it that gets this share of characters wrong.

    Other words, each with a time and a confidence.
    """
    turns = [_heard(turn, cer, turn_seed(seed, place)) for place, turn in enumerate(transcript.turns)]
    return replace(transcript, turns=tuple(turns))


def turn_seed(seed: int, turn: int) -> int:
    """The seed of one turn of a call."""
    return seed * 100_003 + turn


def _heard(turn: Turn, cer: float, seed: int) -> Turn:
    drawn = misheard(turn.text, cer, seed)
    sure = shipped().confidences(drawn, Random(f"{seed} sure {turn.text}"))  # noqa: S311  (no secret)
    step = (turn.end - turn.start) / max(len(drawn), 1)
    words = tuple(
        Word(one.text, turn.start + step * place, turn.start + step * (place + 1), confidence)
        for place, (one, confidence) in enumerate(zip(drawn, sure, strict=True))
    )
    return replace(turn, text=_spelt(turn.text, drawn), words=words)


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
    said, call = spoken(example.dialogue), Call("example", Path("example"), example.metadata)
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
