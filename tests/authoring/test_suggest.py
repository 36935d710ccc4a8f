"""Phrases are suggested that mend what a rule misses, and none that do harm."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from speechqa.assessment import Verdict
from speechqa.authoring.backtest import backtest
from speechqa.authoring.reviews import Reviews
from speechqa.authoring.suggest import Suggestions, suggest
from speechqa.authoring.suggest.obstacles import Obstacle
from speechqa.authoring.suggest.phrasings import Origin
from speechqa.checklist import Checklist, load
from tests.authoring.said_calls import SaidCall, said, written

FEE = """phrases:
  资费: [每月资费, 月租费]
rules:
  - {id: fee, title: 说明资费, because: 没有说资费, deduct: 20, require: {by: agent, phrases: <资费>}}
"""
CALLS = (
    said("m1", "A 您好，我这边是客服。每个月扣您三十，随时可以退", "C 好的"),
    said("m2", "A 您好，打扰了。这个包每个月扣您二十", "C 哦，谢谢"),
    said("m3", "A 喂您好，每个月扣您十块钱", "C 好的"),
    said("p1", "A 您好，我这边是客服。月租费三十", "C 好的"),
    said("f1", "A 您好，我这边是客服。这个包特别好，随时可以退", "C 好的"),
    said("f2", "A 喂您好，打扰了。这个包很多人用", "C 哦，谢谢"),
)
PASS, FAIL = Verdict.PASS, Verdict.FAIL


def reviewed(verdicts: Mapping[str, Verdict], rule: str = "fee") -> Reviews:
    return Reviews({(call, rule): verdict for call, verdict in verdicts.items()})


TRUTH = {"m1": PASS, "m2": PASS, "m3": PASS, "p1": PASS, "f1": FAIL, "f2": FAIL}


def suggested(rules: Checklist, calls: Sequence[SaidCall], reviews: Reviews | None) -> Suggestions:
    return suggest(rules.rules[0], rules, calls, reviews)


def test_the_wording_that_missed_calls_share_comes_first(tmp_path: Path) -> None:
    found = suggested(written(tmp_path, FEE), CALLS, reviewed(TRUTH))
    assert (found.calls, found.missed, found.control) == (6, 3, 2)
    best = found.found[0]
    assert (best.phrase, best.to.name, best.to.place.line) == ("每个月扣您", "资费", 6)
    assert {one.call.call_id for one in best.mended} == {"m1", "m2", "m3"}
    assert (best.origin, best.alarms, best.others) == (Origin.PHRASING, 0, 0)


def test_what_does_as_much_harm_as_good_is_not_suggested(tmp_path: Path) -> None:
    found = suggested(written(tmp_path, FEE), CALLS, reviewed(TRUTH))
    assert not [one for one in found.found if one.phrase == "随时可以退"]  # in m1, and in f1


def test_a_phrase_that_spoils_a_call_says_which(tmp_path: Path) -> None:
    calls = (*CALLS, said("f3", "A 您好，每个月扣您多少我不知道", "C 好的"))
    found = suggested(written(tmp_path, FEE), calls, reviewed({**TRUTH, "f3": FAIL}))
    best = found.found[0]
    assert (best.phrase, len(best.mended)) == ("每个月扣您", 3)
    assert [(one.call.call_id, one.flip.new.verdict) for one in best.spoilt] == [("f3", PASS)]


def test_nothing_is_suggested_that_makes_a_reviewed_call_fail_wrongly(tmp_path: Path) -> None:
    rules = written(
        tmp_path,
        "rules:\n  - {id: promise, title: 承诺, because: 承诺了, deduct: 20, "
        "forbid: {by: agent, phrases: [保证赚钱]}}\n",
    )
    calls = (
        said("m1", "A 稳赚不赔，您放心"),
        said("m2", "A 我跟您说，稳赚不赔"),
        said("m3", "A 我跟您说，包您满意"),
        said("m4", "A 您放心，包您满意"),
        said("ok", "A 哪有稳赚不赔的事"),
    )
    truth = reviewed({"m1": FAIL, "m2": FAIL, "m3": FAIL, "m4": FAIL, "ok": PASS}, "promise")
    phrases = [one.phrase for one in suggested(rules, calls, truth).found]
    assert "包您满意" in phrases
    assert not [phrase for phrase in phrases if phrase in "哪有稳赚不赔的事"]


def test_a_suggestion_does_what_it_says_when_it_is_pasted(tmp_path: Path) -> None:
    rules = written(tmp_path, FEE)
    best = suggested(rules, CALLS, reviewed(TRUTH)).found[0]
    text = rules.path.read_text("utf-8")
    (tmp_path / "pasted.yaml").write_text(text.replace("月租费]", f"月租费, {best.phrase}]"), "utf-8")
    flips = {
        one.call.call_id: (flip.old.verdict, flip.new.verdict)
        for one in backtest(CALLS, rules, load(tmp_path / "pasted.yaml")).calls
        for flip in one.flips
    }
    assert flips == {one.call.call_id: (one.flip.old.verdict, one.flip.new.verdict) for one in best.mended}


def test_a_near_miss_that_reviewers_heard_is_suggested_as_it_was_spelt(tmp_path: Path) -> None:
    rules = written(tmp_path, FEE.replace("phrases: <资费>", "phrases: <资费>, by_sound: no"))
    calls = (said("m", "A 您好，每月自费三十块"), said("f", "A 您好，再见"))
    found = suggested(rules, calls, reviewed({"m": PASS, "f": FAIL}))
    assert [(one.phrase, one.origin) for one in found.found] == [("每月自费", Origin.NEAR_MISS)]


def test_what_a_prohibition_overlooks_is_found_too(tmp_path: Path) -> None:
    rules = written(
        tmp_path,
        "rules:\n  - {id: promise, title: 承诺, because: 承诺了, deduct: 20, "
        "forbid: {by: agent, phrases: [保证赚钱]}}\n",
    )
    calls = (
        said("m1", "A 您好，稳赚不赔，您放心", "C 嗯"),
        said("m2", "A 我跟您说，稳赚不赔", "C 嗯"),
        said("ok", "A 您好，您放心，我跟您说", "C 稳赚不赔？"),
    )
    found = suggested(rules, calls, reviewed({"m1": FAIL, "m2": FAIL, "ok": PASS}, "promise"))
    assert found.found[0].phrase == "稳赚不赔"
    assert [one.flip.new.verdict for one in found.found[0].mended] == [FAIL, FAIL]


def test_harm_to_another_rule_is_harm(tmp_path: Path) -> None:
    body = FEE + (
        "  - {id: no-fee-early, title: 不先说钱, because: 先说了钱, deduct: 5, "
        "forbid: {by: agent, turns: first 1, phrases: <资费>}}\n"
    )
    rules = written(tmp_path, body)
    harmless = suggested(rules, CALLS, reviewed(TRUTH))
    assert not harmless.found
    verdicts = {(call, "fee"): verdict for call, verdict in TRUTH.items()}
    known = {(call.call.call_id, "no-fee-early"): PASS for call in CALLS}
    assert not suggested(rules, CALLS, Reviews({**verdicts, **known})).found


def test_new_fails_in_calls_that_nobody_reviewed_are_counted(tmp_path: Path) -> None:
    body = FEE + (
        "  - {id: no-fee-early, title: 不先说钱, because: 先说了钱, deduct: 5, "
        "forbid: {by: agent, window: first 1.5 s, phrases: <资费>}}\n"
    )
    calls = (*CALLS, said("x", "A 每个月扣您三十"))
    found = suggested(written(tmp_path, body), calls, reviewed(TRUTH))
    best = found.found[0]
    assert (best.phrase, best.alarms, best.others) == ("每个月扣您", 1, 1)


def test_without_reviews_what_is_said_near_the_evidence_elsewhere_is_tried(tmp_path: Path) -> None:
    small_talk = ("A 我先看一下", "C 好的") * 6
    calls = (
        said("p1", "A 您好", *small_talk, "A 月租费三十，每个月扣您三十", "C 好"),
        said("p2", "A 您好", *small_talk, "A 月租费二十，就是每个月扣您二十", "C 好"),
        said("m", "A 您好", *small_talk, "A 这个包呢每个月扣您十块", "C 好"),
        said("n", "A 您好", *small_talk, "A 它是每个月扣您八块", "C 好"),
        said("f", "A 您好", *small_talk, "A 这个包特别好", "C 好"),
    )
    found = suggested(written(tmp_path, FEE), calls, None)
    assert (found.reviewed, found.missed, found.control) == (None, 3, 0)
    assert [(one.phrase, [mended.call.call_id for mended in one.mended]) for one in found.found] == [
        ("每个月扣您", ["m", "n"])
    ]


def test_a_rule_that_is_right_needs_nothing(tmp_path: Path) -> None:
    found = suggested(written(tmp_path, FEE), CALLS[3:], reviewed({"p1": PASS, "f1": FAIL}))
    assert (found.missed, found.tried, found.found) == (0, 0, ())


def test_numbers_of_people_are_no_phrases(tmp_path: Path) -> None:
    calls = (said("m", "A 幺三八零零幺三八零零零"), said("f", "A 您好"))
    assert not suggested(written(tmp_path, FEE), calls, reviewed({"m": PASS, "f": FAIL})).found


def test_a_wording_that_one_call_speaks_for_is_chance_unless_it_is_like_a_phrase(tmp_path: Path) -> None:
    others = (said("p", "A 月租费三十"), said("f", "A 您好，打扰了"))
    truth = reviewed({"m": PASS, "p": PASS, "f": FAIL})
    strange = suggested(written(tmp_path, FEE), (said("m", "A 一年还带六次机场贵宾厅"), *others), truth)
    assert (strange.missed, strange.found) == (1, ())
    assert strange.coincidences > 0
    alike = suggested(written(tmp_path, FEE), (said("m", "A 每个月资费三十"), *others), truth)
    assert [one.phrase for one in alike.found] == ["每个月资费三十"]


def rule(require: str) -> str:
    return f"rules:\n  - {{id: fee, title: 资费, because: 没有说资费, deduct: 5, require: {require}}}\n"


@pytest.mark.parametrize(
    ("require", "obstacle"),
    [
        ("{silence: over 2 s}", Obstacle.NO_PHRASES),
        ("{phrases: {all: [每月资费, 随时退订]}}", Obstacle.WHOLE_LISTS),
        ("{all: [{phrases: 每月资费}, {phrases: 随时退订}]}", Obstacle.SEVERAL_LACKING),
        ("{phrases: 每月资费}", None),
        ("{any: [{phrases: 每月资费}, {phrases: 随时退订}]}", None),
    ],
)
def test_a_rule_that_no_phrase_can_mend_says_why(
    require: str, obstacle: Obstacle | None, tmp_path: Path
) -> None:
    found = suggested(written(tmp_path, rule(require)), [said("a", "A 您好", "C 喂")], None)
    assert (found.missed, found.found, found.obstacle) == (1, (), obstacle)


def test_one_call_that_lacks_a_single_thing_keeps_the_search_open(tmp_path: Path) -> None:
    rules = written(tmp_path, rule("{all: [{phrases: 每月资费}, {phrases: 随时退订}]}"))
    calls = [said("a", "A 您好", "C 喂"), said("b", "A 您好，每月资费三十", "C 喂")]
    assert suggested(rules, calls, None).obstacle is None
