"""A phrase is added where its author would paste it, with all that this does."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.authoring.backtest import same_rules
from speechqa.authoring.suggest.phrase_lists import Slot, slots, with_phrases
from speechqa.call import Role
from speechqa.checklist import Checklist, load
from speechqa.checklist.phrases import Phrase
from tests.authoring.said_calls import HEAD, written

BODY = """phrases:
  问候: [您好, 早上好]
  客套: [<问候>, 打扰了]
  道别: [再见]
moments:
  开场:
    any:
      - {by: agent, phrases: <客套>}
      - {by: agent, phrases: [喂你好, <问候>]}
rules:
  - {id: hello, title: 甲, because: 乙, deduct: 5, require: {happened: 开场}}
  - id: bye
    title: 甲
    because: 乙
    deduct: 5
    require: {any: [{phrases: {any: [拜拜, 回见]}}, {phrases: <道别>}]}
  - {id: both, title: 甲, because: 乙, deduct: 5, require: {by: agent, phrases: {all: <问候>}}}
"""


def places(rules: Checklist, rule: str) -> dict[str, int]:
    """Lists by name, or by their texts, and the lines they begin in."""
    found = slots(rules, next(one for one in rules.rules if one.id == rule))
    return {slot.to.name or "、".join(slot.to.texts): slot.to.place.line for slot in found}


def slot(rules: Checklist, rule: str, name: str) -> Slot:
    found = slots(rules, next(one for one in rules.rules if one.id == rule))
    return next(one for one in found if name in (one.to.name, *one.to.texts[:1]))


def phrase(text: str) -> Phrase:
    return Phrase(text, (text,))


def test_lists_are_found_through_moments_with_their_lines(tmp_path: Path) -> None:
    rules = written(tmp_path, BODY)
    assert places(rules, "hello") == {"客套": 7, "问候": 6}
    assert places(rules, "bye") == {"拜拜、回见": 20, "道别": 8}


def test_who_is_listened_to_goes_with_the_list(tmp_path: Path) -> None:
    rules = written(tmp_path, BODY)
    assert slot(rules, "hello", "客套").roles == {Role.AGENT}
    assert slot(rules, "bye", "道别").roles == {Role.AGENT, Role.CUSTOMER}


def test_a_list_that_must_be_said_whole_is_no_place_for_another_wording(tmp_path: Path) -> None:
    assert places(written(tmp_path, BODY), "both") == {}


def test_shared_terms_are_named_in_their_own_file(tmp_path: Path) -> None:
    shared = tmp_path / "terms" / "polite.yaml"
    shared.parent.mkdir()
    shared.write_text("title: 礼貌\nphrases:\n  致谢: [谢谢]\n", "utf-8")
    rule = "  - {id: thanks, title: 甲, because: 乙, deduct: 5, require: {phrases: <致谢>}}\n"
    rules = written(tmp_path, f"terms: [terms/polite.yaml]\nrules:\n{rule}")
    (found,) = slots(rules, rules.rules[0])
    assert (found.to.path, found.to.place.line, found.to.name) == (shared, 3, "致谢")


@pytest.mark.parametrize(
    ("rule", "name", "was", "now"),
    [
        ("hello", "问候", "[您好, 早上好]", "[您好, 早上好, 晚安]"),
        ("hello", "客套", "[<问候>, 打扰了]", "[<问候>, 打扰了, 晚安]"),
        ("bye", "拜拜", "[拜拜, 回见]", "[拜拜, 回见, 晚安]"),
        ("bye", "道别", "[再见]", "[再见, 晚安]"),
    ],
    ids=["list used in lists", "list of a list", "list in a condition", "list"],
)
def test_adding_a_phrase_does_what_pasting_it_does(
    tmp_path: Path, rule: str, name: str, was: str, now: str
) -> None:
    rules = written(tmp_path, BODY)
    (tmp_path / "pasted.yaml").write_text(HEAD + BODY.replace(was, now), "utf-8")
    pasted = load(tmp_path / "pasted.yaml")
    added = with_phrases(rules, slot(rules, rule, name), (phrase("晚安"),))
    assert {one.text for one in added.phrases()} == {one.text for one in pasted.phrases()}
    changed = same_rules(rules, added)
    assert changed == same_rules(rules, pasted)
    assert rule not in changed


def test_the_same_phrase_twice_is_added_once(tmp_path: Path) -> None:
    rules = written(tmp_path, BODY)
    added = with_phrases(rules, slot(rules, "bye", "道别"), (phrase("再见"),))
    assert replace(added, rules=rules.rules).phrases() == rules.phrases()
    assert same_rules(rules, added) == {"hello", "bye", "both"}
