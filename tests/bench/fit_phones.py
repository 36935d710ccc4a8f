"""How right English matches by sound are: fits their confidence, and says how well it holds.

    python tests/bench/fit_phones.py

The examples of the English checklists, replies and prose, under simulated recognition errors (10, 20 and 30 %
of words). A match is right when the phrase stands in the true text at that place. Two sets of phrases: those
of the two checklists, and phrases cut at random from the text. Fitted on every other page of ten lines, the
tables are of the rest. The numbers go by hand into speechqa/matching/by_phones.py.
"""

import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import TypeAlias

import numpy as np
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from speechqa.assessment import Witness  # noqa: E402
from speechqa.authoring.examples import spoken  # noqa: E402
from speechqa.authoring.noise import CERS, misheard, noisy_transcript, turn_seed  # noqa: E402
from speechqa.call import Role  # noqa: E402
from speechqa.checklist import load  # noqa: E402
from speechqa.checklist.phrases import Phrase  # noqa: E402
from speechqa.checklist.values import Line  # noqa: E402
from speechqa.matching.by_phones import MIN_PHONES  # noqa: E402
from speechqa.matching.by_sound import SURE, USUAL, Heard  # noqa: E402
from speechqa.matching.conversation import Conversation  # noqa: E402
from speechqa.matching.hearing import PhraseIndex  # noqa: E402
from speechqa.matching.phones import phones_of  # noqa: E402
from speechqa.text import ENGLISH, normal_in  # noqa: E402
from tests.bench.fit_sound import logistic  # noqa: E402
from tests.matching.test_english_replies import CONSENT, FACT  # noqa: E402

Place: TypeAlias = tuple[int, int, int]  # turn, and where in its true text
Page: TypeAlias = Sequence[str]  # lines said in turn

LEAST = 0.001  # confidence from which matches are looked at
CUT = 800  # phrases cut from the text
LINES = 10  # a page of replies and prose
STEPS = np.arange(0.0, 1.0, 0.1)
CHECKLISTS = ("outbound-en", "inbound-en")
_CODE = re.compile(r"```.*?```", re.DOTALL)
_MARKUP = re.compile(r"`[^`]*`|\[|\]\([^)]*\)|\*\*|^#+ |\|")
_WORD = re.compile(r"[^\s,.;:!?]+")


@dataclass(frozen=True, slots=True)
class Match:
    """A match by sound, and whether the phrase was said there."""

    fitted_on: bool
    right: bool
    confidence: float
    wanted: str
    words: str
    errors: float  # weighted, a symbol
    sure: float


@dataclass(frozen=True, slots=True)
class Found:
    """All matches by sound, and of every phrase said but not spelt so the best confidence by sound."""

    matches: tuple[Match, ...]
    misspelt: tuple[float, ...]  # of the half that is not fitted on


def pages() -> list[Page]:
    """All material: a page an example, then replies and prose mixed."""
    checklists = [load(ROOT / "rules" / f"{name}.yaml") for name in CHECKLISTS]
    examples = [
        [line.text for line in example.dialogue]
        for checklist in checklists
        for rule in checklist.rules
        for example in rule.examples
    ]
    lines = [*_prose(), *(reply for kinds in (CONSENT, FACT) for some in kinds.values() for reply in some)]
    random.Random(5).shuffle(lines)  # noqa: S311  (not for secrets)
    return [*examples, *(lines[at : at + LINES] for at in range(0, len(lines), LINES))]


def _prose() -> Iterator[str]:
    """Sentences of the documentation, some of which could be said."""
    for name in ("README.md", "CHANGELOG.md", "docs/checklists.md"):
        text = _CODE.sub("", (ROOT / name).read_text("utf-8"))
        for sentence in re.split(r"(?<=[.!?:])\s|\n", text):
            plain = _MARKUP.sub("", sentence).strip()
            if plain.isascii() and 5 <= len(plain.split()) <= 30:
                yield plain


def cut_phrases(material: Sequence[Page]) -> tuple[Phrase, ...]:
    draw = random.Random(3)  # noqa: S311  (not for secrets)
    turns = [normal_in(ENGLISH, line).text.split() for page in material for line in page]
    texts: set[str] = set()
    while len(texts) < CUT:
        words, length = draw.choice(turns), draw.choice((1, 2, 2, 3, 3, 4, 4, 5, 6))
        if len(words) >= length:
            start = draw.randrange(len(words) - length + 1)
            texts.add(" ".join(words[start : start + length]))
    return tuple(Phrase(text, (text,)) for text in sorted(texts))


def found(phrases: tuple[Phrase, ...], material: Sequence[Page]) -> Found:
    index = PhraseIndex(phrases, LEAST)
    matches, misspelt = list[Match](), list[float]()
    for number, page in enumerate(material):
        roles = (Role.AGENT, Role.CUSTOMER)
        said = spoken(tuple(Line(roles[at % 2], line) for at, line in enumerate(page)), ENGLISH)
        true = Conversation(said)
        if true.language != ENGLISH:
            continue
        places = {
            text: [_place(true, heard) for heard in some if heard.by is Witness.TEXT]
            for text, some in index.hear(true).items()
        }
        for rate in CERS:
            conversation = Conversation(noisy_transcript(said, rate, number))
            sources = [
                _sources(turn.text, noisy.text, rate, turn_seed(number, at))
                for at, (turn, noisy) in enumerate(zip(said.turns, conversation.turns, strict=True))
            ]
            best: dict[tuple[str, Place], float] = defaultdict(float)
            for text, heard in (
                (text, one) for text, some in index.hear(conversation).items() for one in some
            ):
                turn, first, last = _place(conversation, heard)
                end = _WORD.match(said.turns[turn].text, sources[turn][last - 1])
                there = (turn, sources[turn][first], end.end() if end else sources[turn][last - 1] + 1)
                over = [one for one in places.get(text, ()) if _same(one, there)]
                for one in over:
                    by_text = heard.by is Witness.TEXT
                    best[text, one] = max(best[text, one], 2.0 if by_text else heard.confidence)
                if heard.by is Witness.SOUND and "…" not in text:
                    matches.append(_match(conversation, heard, text, number % 2 == 0, bool(over)))
            if number % 2:
                every = [best[text, one] for text, some in places.items() for one in some]
                misspelt += [confidence for confidence in every if confidence < 2.0]
    return Found(tuple(matches), tuple(misspelt))


def _place(conversation: Conversation, heard: Heard) -> Place:
    span = conversation.span(heard.start, heard.end)
    return (span.turn, *conversation.normals[span.turn].source_span(span.start, span.end))


def _sources(text: str, noisy: str, rate: float, seed: int) -> list[int]:
    """For every character of the noisy text, where the word begins in the true one that it comes from."""
    places, at = [0] * len(noisy), 0
    for drawn in misheard(text, rate, seed, ENGLISH):
        start = noisy.index(drawn.text, at)
        places[at:] = [drawn.source] * (len(noisy) - at)
        at = start + len(drawn.text)
    return places


def _same(said: Place, there: Place) -> bool:
    over = min(said[2], there[2]) - max(said[1], there[1])
    return said[0] == there[0] and over >= (said[2] - said[1]) / 2


def _match(conversation: Conversation, heard: Heard, text: str, fitted_on: bool, right: bool) -> Match:
    wanted = normal_in(ENGLISH, text).text
    return Match(
        fitted_on,
        right,
        heard.confidence,
        wanted,
        conversation.text[heard.start : heard.end],
        heard.errors / len(phones_of(wanted)),
        conversation.confidence(conversation.span(heard.start, heard.end)),
    )


def fit(matches: Sequence[Match]) -> None:
    """Prints the log odds under which the matches are likeliest."""
    right = np.array([match.right for match in matches], dtype=np.float64)
    features = np.array(
        [
            [
                1.0,
                log(len(match.wanted)),
                -sqrt(match.errors),
                USUAL - max(match.sure, 0.3),
                Levenshtein.normalized_similarity(match.wanted, match.words),
            ]
            for match in matches
        ]
    )
    print(f"  start, length, errors, doubt, spelling {logistic(features, right).round(2).tolist()}")


def table(one: Found) -> Iterator[str]:
    """By confidence step: matches, how many of them are right, and from there on precision and recall."""
    rest = [match for match in one.matches if not match.fitted_on]
    lost = np.array(one.misspelt)
    yield f"  {len(rest)} matches by sound, {len(lost)} phrases said that are not spelt so"
    for low in sorted([*STEPS, SURE]):
        inside = [match for match in rest if low <= match.confidence < low + 0.1]
        beyond = [match.right for match in rest if match.confidence >= low]
        if beyond and inside:
            told = np.mean([match.confidence for match in inside])
            yield (
                f"  {low:.2f}  n {len(inside):5}  told {told:.2f}  right "
                f"{np.mean([match.right for match in inside]):.2f}   from here on: n {len(beyond)} "
                f"precision {np.mean(beyond):.2f} recall {np.mean(lost >= max(low, LEAST)):.2f}"
            )


def main() -> None:
    material = pages()
    sets = {
        "phrases of the checklists": tuple(
            dict.fromkeys(
                phrase for name in CHECKLISTS for phrase in load(ROOT / "rules" / f"{name}.yaml").phrases()
            )
        ),
        "cut from the text": cut_phrases(material),
    }
    words = sum(len(line.split()) for page in material for line in page)
    print(f"{len(material)} pages, {words} words; phrases from {MIN_PHONES} symbols, heard from {SURE}")
    by_set = {name: found(phrases, material) for name, phrases in sets.items()}
    fitted_on = [match for one in by_set.values() for match in one.matches if match.fitted_on]
    print(f"fitted on {len(fitted_on)} matches")
    fit(fitted_on)
    both = Found(
        tuple(match for one in by_set.values() for match in one.matches),
        tuple(sure for one in by_set.values() for sure in one.misspelt),
    )
    for name, one in {**by_set, "both": both}.items():
        print(name)
        print("\n".join(table(one)), flush=True)


if __name__ == "__main__":
    main()
