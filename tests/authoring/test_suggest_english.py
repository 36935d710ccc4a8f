"""Phrases are suggested for English checklists word by word, none of them cut within a word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from speechqa.assessment import Verdict
from speechqa.authoring.reviews import Reviews
from speechqa.authoring.suggest import Suggestions, suggest
from speechqa.authoring.suggest.listening import Heard
from speechqa.authoring.suggest.obstacles import Obstacle
from speechqa.authoring.suggest.phrasings import Origin
from speechqa.authoring.suggest.writing import writing_of
from speechqa.call import Call, Transcript
from speechqa.checklist import Checklist
from speechqa.text import ENGLISH
from tests.authoring.said_calls import written
from tests.matching.lines import dialogue

LANGUAGE = "language: en\n"
FEE = """phrases:
  fee: [monthly fee, costs you]
rules:
  - {id: fee, title: The fee, because: No fee, deduct: 20, require: {by: agent, phrases: <fee>}}
"""
PASS, FAIL = Verdict.PASS, Verdict.FAIL
TRUTH = {"m1": PASS, "m2": PASS, "m3": PASS, "p1": PASS, "f1": FAIL, "f2": FAIL}


@dataclass(frozen=True, slots=True)
class EnglishCall:
    """A call in English known by heart."""

    call: Call
    lines: tuple[str, ...]

    def transcript(self) -> Transcript:
        return replace(dialogue(*self.lines), language=ENGLISH)


def said(call_id: str, *lines: str) -> EnglishCall:
    return EnglishCall(Call(call_id, Path(f"{call_id}.wav"), {}), lines)


CALLS = (
    said("m1", "A Hello, this is Amy. We'd bill you thirty dollars, and you can leave any time.", "C Okay"),
    said("m2", "A Hi there. For that plan we'd bill you twenty a month.", "C Oh, thank you"),
    said("m3", "A Good morning, we would bill you ten bucks in all.", "C Right"),
    said("p1", "A Hello, this is Amy. The monthly fee is thirty dollars.", "C Okay"),
    said("f1", "A Hello, this is Amy. The plan is really good, and you can leave any time.", "C Okay"),
    said("f2", "A Hi there. For that plan we have a lot of happy customers.", "C Oh, thank you"),
)


def suggested(
    rules: Checklist, calls: tuple[EnglishCall, ...], truth: Mapping[str, Verdict] | None
) -> Suggestions:
    reviews = Reviews({(call, rules.rules[0].id): one for call, one in truth.items()}) if truth else None
    return suggest(rules.rules[0], rules, calls, reviews)


def test_the_words_that_missed_calls_share_come_first(tmp_path: Path) -> None:
    found = suggested(written(tmp_path, LANGUAGE + FEE), CALLS, TRUTH)
    assert (found.calls, found.missed, found.control) == (6, 3, 2)
    best = found.found[0]
    assert best.phrase.endswith("would bill you")
    assert {"m1", "m2", "m3"} >= {one.call.call_id for one in best.mended}
    assert len(best.mended) > 1
    assert best.origin is Origin.PHRASING


def test_without_reviews_what_stands_near_the_evidence_is_found(tmp_path: Path) -> None:
    calls = (
        said(
            "a", "A So you know, each month you pay ten. The monthly fee is ten.", "C Okay then, go on please"
        ),
        said(
            "b", "A So you know, each month you pay six. The monthly fee is six.", "C Fine, I see, thank you"
        ),
        said("c", "A Well so you know, each month you pay nine of these dollars.", "C Fine, I see"),
        said("d", "A Here it is, so you know, each month you pay two for it.", "C Okay then"),
    )
    found = suggested(written(tmp_path, LANGUAGE + FEE), calls, None)
    assert found.missed == 2
    assert any("you know" in one.phrase or "each month" in one.phrase for one in found.found)


SPELT_WRONG = (
    said("m", "A Hello there, are you the a count holder for that one?", "C Okay then, that is me"),
    said("f", "A Hello there, goodbye to you, that is all there is now.", "C Okay then, that is all"),
)
OWNER = "rules:\n  - {id: owner, title: O, because: No, deduct: 5, require: {by: agent, %sphrases: [%s]}}\n"


def test_what_was_spelt_wrong_is_suggested_as_it_was_heard(tmp_path: Path) -> None:
    rules = written(tmp_path, LANGUAGE + OWNER % ("by_sound: no, ", "are you the account holder"))
    found = suggested(rules, SPELT_WRONG, {"m": PASS, "f": FAIL})
    near = [one.phrase for one in found.found if one.origin is Origin.NEAR_MISS]
    assert near == ["are you the a count holder"]


def test_what_came_near_is_told_as_it_was_written(tmp_path: Path) -> None:
    rules = written(tmp_path, LANGUAGE + OWNER % ("by_sound: no, ", "are you the account holder"))
    (told,) = suggested(rules, SPELT_WRONG, {"m": PASS, "f": FAIL}).to_listen
    assert (told.kind, told.calls) == (Heard.NEARLY, 1)
    assert told.wordings == ("are you the a count holder",)


def test_a_rule_that_lacks_two_things_says_so(tmp_path: Path) -> None:
    rules = written(
        tmp_path,
        LANGUAGE + "rules:\n  - id: both\n    title: Both\n    because: Not both\n    deduct: 5\n"
        "    require:\n      all: [{by: agent, phrases: [wholly new words]}, {by: agent, phrases: [more]}]\n",
    )
    calls = (said("m", "A Hello, this is Amy, I am calling about the plan that you have.", "C Okay"),)
    found = suggest(rules.rules[0], rules, calls, Reviews({("m", "both"): PASS}))
    assert found.obstacle is Obstacle.SEVERAL_LACKING


@pytest.mark.parametrize(
    ("clause", "wordings"),
    [
        ("hi", ["hi"]),
        (
            "we would bill you",
            ["we would bill you", "we would", "bill you", "we would bill", "would bill you"],
        ),
    ],
)
def test_wordings_begin_and_end_with_words(clause: str, wordings: list[str]) -> None:
    assert list(writing_of(ENGLISH).ends(clause)) == wordings


def test_a_word_is_not_found_within_another() -> None:
    english = writing_of(ENGLISH)
    assert english.has("we go to the party\nart is long", "art is")
    assert not english.has("we go to the party\nis long", "art is")
    assert not english.has("a party", "art")
