"""Rules that change because a list or moment was edited are told apart from those that were edited."""

from pathlib import Path

import pytest

from speechqa.authoring.backtest import backtest
from speechqa.authoring.edits import Edit, Kind, edits, written
from speechqa.authoring.flips import Difference, difference
from speechqa.checklist import load
from tests.authoring.said_calls import HEAD
from tests.authoring.said_calls import written as loaded

BODY = """phrases:
  问候: [您好]
  客套: [<问候>, 打扰了]
  道别: [再见]
moments:
  开场: {by: agent, phrases: <客套>}
rules:
  - {id: hello, title: 甲, because: 乙, deduct: 5, require: {happened: 开场}}
  - {id: early, title: 甲, because: 乙, deduct: 5, require: {by: agent, phrases: <问候>}}
  - {id: bye, title: 甲, because: 乙, deduct: 5, require: {by: agent, phrases: <道别>}}
"""


def compared(folder: Path, old: str, new: str) -> Difference:
    before, after = loaded(folder, old, "old.yaml"), loaded(folder, new, "new.yaml")
    return difference(backtest([], before, after), edits(written(before), written(after)))


def test_a_list_is_named_with_what_changed_in_it_and_the_rules_it_reaches(tmp_path: Path) -> None:
    found = compared(tmp_path, BODY, BODY.replace("[您好]", "[早上好]"))
    assert found.edits == (Edit(Kind.LIST, "问候", ("早上好",), ("您好",), ("hello", "early")),)
    assert found.edited == ()
    assert [rule.id for rule in found.reworded] == ["hello", "early"]


def test_a_moment_reaches_the_rules_that_ask_for_it(tmp_path: Path) -> None:
    found = compared(tmp_path, BODY, BODY.replace("开场: {by: agent", "开场: {by: customer"))
    assert found.edits == (Edit(Kind.MOMENT, "开场", (), (), ("hello",)),)


def test_a_rule_that_was_edited_too_is_an_edited_one(tmp_path: Path) -> None:
    new = BODY.replace("[您好]", "[您好, 早上好]").replace("5, require: {happened", "6, require: {happened")
    found = compared(tmp_path, BODY, new)
    assert [rule.id for rule in found.edited] == ["hello"]
    assert [(one.name, one.added, one.rules) for one in found.edits] == [("问候", ("早上好",), ("early",))]


@pytest.mark.parametrize(
    ("was", "now"),
    [("[<问候>, 打扰了]", "[<问候>, 打扰了]  # 常用"), ("道别: [再见]", "道别: [ '再见' ]")],
    ids=["comment", "quotes"],
)
def test_how_a_file_is_laid_out_is_no_edit(was: str, now: str, tmp_path: Path) -> None:
    found = compared(tmp_path, BODY, BODY.replace(was, now))
    assert (found.edits, found.reworded) == ((), ())


def test_shared_terms_are_lists_too(tmp_path: Path) -> None:
    rule = "  - {id: r, title: 甲, because: 乙, deduct: 5, require: {phrases: <致谢>}}\n"
    body = f"terms: [terms.yaml]\nrules:\n{rule}"
    terms = tmp_path / "terms.yaml"
    terms.write_text("phrases:\n  致谢: [谢谢]\n", "utf-8")
    old = loaded(tmp_path, body)
    before = written(old)
    terms.write_text("phrases:\n  致谢: [谢谢, 感谢]\n", "utf-8")
    (edit,) = edits(before, written(loaded(tmp_path, body)))
    assert (edit.name, edit.added, edit.rules) == ("致谢", ("感谢",), ("r",))


def test_a_checklist_that_can_be_read_only_once_has_no_edits(tmp_path: Path) -> None:
    plain = tmp_path / "plain.yaml"
    plain.write_text(HEAD + BODY, "utf-8")
    checklist = load(plain)
    plain.unlink()
    assert edits(written(checklist), written(checklist)) == ()
