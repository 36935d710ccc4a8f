"""How right matches by sound are: fits their confidence, and says how well it holds.

    python tests/bench/fit_sound.py

The dev dialogues under simulated recognition errors (10, 20 and 30 % of characters). A match is right when
the phrase stands in the true text at that place. Two sets of phrases: those of rules/outbound.yaml, where
many resemble each other, and phrases cut at random from the dialogues. Fitted on every other dialogue, the
tables are of the rest. The numbers go by hand into speechqa/matching/by_sound.py and speechqa/sound.py.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.assessment import Witness  # noqa: E402
from speechqa.authoring.noise import CERS, misheard, noisy_transcript, turn_seed  # noqa: E402
from speechqa.checklist import load  # noqa: E402
from speechqa.checklist.phrases import Phrase  # noqa: E402
from speechqa.matching.by_sound import SURE, Heard  # noqa: E402
from speechqa.matching.conversation import Conversation  # noqa: E402
from speechqa.matching.hearing import PhraseIndex  # noqa: E402
from speechqa.sound import HALF_HEARD, LOST, SWAPPED, difference, distance, information, readings  # noqa: E402
from speechqa.text import normal  # noqa: E402
from tests.bench.verdict_counts import DEV, Case, dialogues  # noqa: E402

Floats: TypeAlias = npt.NDArray[np.float64]
Place: TypeAlias = tuple[int, int, int]  # turn, and where in its true text

LEAST = 0.02  # confidence from which matches are looked at
CUT = 800  # phrases cut from the dialogues
STEPS = np.arange(0.0, 1.0, 0.05)
SWAPS, HALVES, LOSSES = (0.03, 0.05, 0.1, 0.2, 0.3), (0.3, 0.4, 0.5, 0.6), (0.9, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Match:
    """A match by sound, and whether the phrase was said there."""

    fitted_on: bool
    right: bool
    confidence: float
    differing: tuple[int, int, int, int]  # syllables swapped, half heard, others, lost
    length: int
    bits: float
    sure: float


@dataclass(slots=True)
class Found:
    """All matches by sound, and of every phrase said but not spelt so the best confidence by sound."""

    matches: list[Match] = field(default_factory=list)
    misspelt: list[float] = field(default_factory=list)  # of the half that is not fitted on


def cut_phrases(cases: Sequence[Case]) -> tuple[Phrase, ...]:
    draw = random.Random(3)  # noqa: S311  (not for secrets)
    turns = [normal(turn.text).text for case in cases for turn in case.transcript.turns]
    texts: set[str] = set()
    while len(texts) < CUT:
        view, length = draw.choice(turns), draw.choice((3, 4, 4, 5, 5, 6, 7, 8))
        if len(view) >= length:
            start = draw.randrange(len(view) - length + 1)
            texts.add(view[start : start + length])
    return tuple(Phrase(text, (text,)) for text in sorted(texts))


def found(phrases: tuple[Phrase, ...], cases: Sequence[Case]) -> Found:
    index, all_found = PhraseIndex(phrases, LEAST), Found()
    pieces = {phrase.text: phrase.pieces for phrase in phrases}
    for number, case in enumerate(cases):
        true = Conversation(case.transcript)
        said = {
            text: [_place(true, heard) for heard in places if heard.by is Witness.TEXT]
            for text, places in index.hear(true).items()
        }
        for cer in CERS:
            conversation = Conversation(noisy_transcript(case.transcript, cer, number))
            sources = [
                _sources(turn.text, cer, turn_seed(number, place))
                for place, turn in enumerate(case.transcript.turns)
            ]
            best: dict[tuple[str, Place], float] = defaultdict(float)
            for text, places in index.hear(conversation).items():
                for heard in places:
                    turn, first, last = _place(conversation, heard)
                    there = (turn, sources[turn][first], sources[turn][last - 1] + 1)
                    over = [one for one in said.get(text, ()) if _same(one, there)]
                    for one in over:
                        by_text = heard.by is Witness.TEXT
                        best[text, one] = max(best[text, one], 2.0 if by_text else heard.confidence)
                    if heard.by is Witness.SOUND and len(pieces[text]) == 1:
                        match = _match(conversation, heard, pieces[text][0], number % 2 == 0, bool(over))
                        all_found.matches.append(match)
            if number % 2:
                every = [best[text, one] for text, places in said.items() for one in places]
                all_found.misspelt += [confidence for confidence in every if confidence < 2.0]
    return all_found


def _place(conversation: Conversation, heard: Heard) -> Place:
    span = conversation.span(heard.start, heard.end)
    return (span.turn, *conversation.normals[span.turn].source_span(span.start, span.end))


def _sources(text: str, cer: float, seed: int) -> list[int]:
    """For every character of the noisy text, its place in the true one."""
    places = [[] if one.isalnum() else [place] for place, one in enumerate(text)]
    for drawn in misheard(text, cer, seed):
        places[drawn.source] += [drawn.source] * len(drawn.text)
    return [place for some in places for place in some]


def _same(said: Place, there: Place) -> bool:
    over = min(said[2], there[2]) - max(said[1], there[1])
    return said[0] == there[0] and over >= (said[2] - said[1]) / 2


def _match(conversation: Conversation, heard: Heard, phrase: str, fitted_on: bool, right: bool) -> Match:
    view = conversation.syllables[heard.start : heard.end]
    wanted = min(readings(phrase), key=lambda reading: distance(view, reading))
    counts = dict.fromkeys((SWAPPED, HALF_HEARD, 1.0, LOST), 0)
    if len(view) != len(wanted):
        counts[LOST] = 1
    else:
        for one, other in zip(view, wanted, strict=True):
            if (apart := difference(one, other)) > 0:
                counts[apart] += 1
    swapped, half, other_ones, lost = counts.values()
    return Match(
        fitted_on,
        right,
        heard.confidence,
        (swapped, half, other_ones, lost),
        len(wanted),
        information(wanted),
        conversation.confidence(conversation.span(heard.start, heard.end)),
    )


def fit(matches: Sequence[Match]) -> None:
    """Prints the weights of errors and the log odds under which the matches are likeliest."""
    right = np.array([match.right for match in matches], dtype=np.float64)
    differing = np.array([match.differing for match in matches], dtype=np.float64)
    lengths = np.array([match.length for match in matches], dtype=np.float64)
    others = np.array([[1.0, log(match.bits), 0.75 - max(match.sure, 0.3)] for match in matches])
    tried = []
    for weights in ((swap, half, 1.0, lost) for swap in SWAPS for half in HALVES for lost in LOSSES):
        errors = np.sqrt(differing @ np.array(weights) / lengths)
        features = np.column_stack([others, -errors])
        odds = logistic(features, right)
        loss = float(np.mean(np.logaddexp(0, features @ odds) - right * (features @ odds)))
        tried.append((loss, weights, odds.round(2).tolist()))
    for loss, weights, odds in sorted(tried, key=lambda one: one[0])[:5]:
        print(
            f"  loss {loss:.4f}  swapped, half heard, other, lost {weights}  start, bits, doubt, errors "
            f"{odds}"
        )


def logistic(features: Floats, right: Floats) -> Floats:
    """Log odds by Newton's method."""
    odds = np.zeros(features.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-features @ odds))
        slope = features.T @ (right - likely)
        bend = (features * (likely * (1 - likely))[:, None]).T @ features
        odds += np.linalg.solve(bend + 1e-6 * np.eye(len(odds)), slope)
    return odds


def table(found: Found) -> Iterator[str]:
    """By confidence step: matches, how many of them are right, and from there on precision and recall."""
    rest = [match for match in found.matches if not match.fitted_on]
    lost = np.array(found.misspelt)
    yield f"  {len(rest)} matches by sound, {len(lost)} phrases said that are not spelt so"
    for low in STEPS:
        inside = [match.right for match in rest if low <= match.confidence < low + 0.05]
        beyond = [match.right for match in rest if match.confidence >= low]
        if beyond:
            share = f"{np.mean(inside):.2f}" if inside else "   -"
            yield (
                f"  {low:.2f}  n {len(inside):5}  right {share}   from here on: "
                f"precision {np.mean(beyond):.2f} recall {np.mean(lost >= max(low, LEAST)):.2f}"
            )


def main() -> None:
    cases = [case for name in DEV for case in dialogues(name)]
    sets = {
        "rules/outbound.yaml": load(ROOT / "rules" / "outbound.yaml").phrases(),
        "cut from dialogues": cut_phrases(cases),
    }
    by_set = {name: found(phrases, cases) for name, phrases in sets.items()}
    fitted_on = [match for one in by_set.values() for match in one.matches if match.fitted_on]
    print(f"fitted on {len(fitted_on)} matches; a phrase counts as heard from {SURE}")
    fit(fitted_on)
    for name, one in by_set.items():
        print(name)
        print("\n".join(table(one)), flush=True)


if __name__ == "__main__":
    main()
