"""Which rules rest on the same things in two checklists."""

from pathlib import Path

import pytest

from speechqa.authoring.anatomy import footing, inside, narrowed, rebuilt
from speechqa.authoring.backtest import same_rules
from speechqa.checklist.operators.words import Phrases
from speechqa.checklist.phrases import Phrase
from tests.authoring.said_calls import written

PLAIN = """phrases:
  道别: [再见]
moments:
  介绍: {by: agent, phrases: 流量包}
  说过介绍: {happened: 介绍}
rules:
  - {id: asked, title: 甲, because: 乙, deduct: 5, when: {happened: 说过介绍}, require: {spoke: customer}}
  - {id: bye, title: 甲, because: 乙, deduct: 5, require: {by: agent, phrases: <道别>}}
"""


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        ("title: 试", "title: 另一个", {"asked", "bye"}),
        ("phrases: 流量包", "phrases: 彩铃", {"bye"}),
        ("[再见]", "[再见, 拜拜]", {"asked"}),
        ("  介绍: {by: agent,", "  介绍: {by: customer,", {"bye"}),
        ("id: bye, title: 甲", "id: bye, title: 丙", {"asked"}),
        ("id: bye", "id: farewell", {"asked"}),
        ("rules:\n", "rules:\n\n\n\n", {"asked", "bye"}),
        ("deduct: 5, when", "deduct: 6, when", {"bye"}),
    ],
    ids=["title", "phrase of a moment", "list", "role", "name of a rule", "id", "blank lines", "points"],
)
def test_a_rule_is_the_same_when_all_that_it_refers_to_is(
    tmp_path: Path, was: str, now: str, same: set[str]
) -> None:
    old = written(tmp_path, PLAIN)
    new = written(tmp_path, PLAIN.replace(was, now), "new.yaml")
    assert same_rules(old, new) == same


def test_a_rule_with_a_flow_rests_on_what_its_steps_refer_to(tmp_path: Path) -> None:
    body = """moments:
  介绍: {by: agent, phrases: 流量包}
  道歉: {by: agent, phrases: 抱歉}
flows:
  script:
    steps:
      - {step: 介绍, said: {happened: 介绍}}
rules:
  - {id: script, title: 甲, because: 乙, deduct: 5, require: {flow: script}}
"""
    old = written(tmp_path, body)
    same = written(tmp_path, body.replace("抱歉", "对不起"), "same.yaml")
    other = written(tmp_path, body.replace("流量包", "彩铃"), "other.yaml")
    assert set(footing(old, old.rules[0]).named) >= {"flows/script", "moments/介绍"}
    assert same_rules(old, same) == {"script"}
    assert not same_rules(old, other)


def test_a_narrowed_checklist_keeps_what_its_rules_need(tmp_path: Path) -> None:
    whole = written(tmp_path, PLAIN)
    assert set(narrowed(whole, whole.rules[:1]).moments) == {"介绍", "说过介绍"}
    assert not narrowed(whole, whole.rules[1:]).moments


def test_what_is_not_changed_stays_the_same_object(tmp_path: Path) -> None:
    whole = written(tmp_path, PLAIN)

    def change(value: object) -> object:
        bye, other = (Phrase(text, (text,)) for text in ("再见", "拜拜"))
        return (other,) if value == (bye,) else value

    changed = rebuilt(whole.rules, change)
    assert changed[0] is whole.rules[0]
    assert [part.wanted[0].text for part in inside(changed[1]) if isinstance(part, Phrases)] == ["拜拜"]
