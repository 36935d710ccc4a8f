"""Reviewers' tables are read as they are kept, or refused with every fault."""

from pathlib import Path

import pytest

from speechqa.assessment import Verdict
from speechqa.authoring.reviews import Accuracy, Reviews, Share, accuracy, read
from speechqa.call import Lang
from speechqa.checklist.values import Rule
from speechqa.errors import FaultsError
from tests.authoring.said_calls import BYE, HELLO, written


def rules(folder: Path) -> tuple[Rule, ...]:
    """hello and bye with titles of their own, two with the same title."""
    same = HELLO.replace("title: 问候", "title: 重名")
    more = same.replace("id: hello", "id: one") + same.replace("id: hello", "id: two")
    return written(folder, f"rules:\n{HELLO}{BYE}{more}").rules


def table(folder: Path, content: str, encoding: str = "utf-8") -> Reviews:
    path = folder / "reviews.csv"
    path.write_bytes(content.encode(encoding))
    return read(path, rules(folder))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("call_id,rule,verdict\na,hello,pass\nb,hello,fail\nc,hello,not_applicable\n", "utf-8"),
        ("通话编号;规则;结论\na;hello;合格\nb;hello;不合格\nc;hello;不适用\n", "gbk"),
        ("note,Verdict,rule,call_id\n,PASS,hello,a\n走神,不通过,hello,b\n,不适用,hello,c\n", "utf-8-sig"),
    ],
    ids=["english", "chinese in GBK", "other order"],
)
def test_verdicts_are_read_in_both_languages(tmp_path: Path, content: str, encoding: str) -> None:
    assert table(tmp_path, content, encoding).verdicts == {
        ("a", "hello"): Verdict.PASS,
        ("b", "hello"): Verdict.FAIL,
        ("c", "hello"): Verdict.NOT_APPLICABLE,
    }


def test_all_faults_are_told_with_their_places(tmp_path: Path) -> None:
    with pytest.raises(FaultsError) as caught:
        table(tmp_path, "call_id,rule,verdict\n,hello,pass\na,hello,good\nb,bye,pass\nb,bye,fail\nc\n")
    assert caught.value.code == "E_REVIEWS"
    told = [fault.text(Lang.EN).rpartition("reviews.csv:")[2] for fault in caught.value.faults]
    assert [line.split(": ")[0] for line in told] == ["2:1", "3:9", "5:1", "6:1", "6:1"]
    assert "expected pass, fail or not_applicable, got 'good'" in told[1]
    assert "reviewed already in line 4" in told[2]


def test_missing_columns_are_told_with_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(FaultsError) as caught:
        table(tmp_path, "call,rule,result\n")
    assert [fault.message.zh for fault in caught.value.faults] == [
        "缺少 call_id 列；现有列：call、rule、result",
        "缺少 verdict 列；现有列：call、rule、result",
    ]


@pytest.mark.parametrize("content", ["", "\n\n"], ids=["empty", "blank"])
def test_an_empty_file_lacks_its_columns(tmp_path: Path, content: str) -> None:
    with pytest.raises(FaultsError, match="expected a column call_id; have: none"):
        table(tmp_path, content)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match="cannot be read"):
        read(tmp_path / "absent.csv", rules(tmp_path))


def test_reviewers_who_agree_count_once_and_those_who_differ_are_left_out(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "call_id,rule,verdict,reviewer\na,hello,fail,王\na,hello,fail,李\nb,hello,fail,王\nb,hello,pass,李\n",
    )
    assert found == Reviews({("a", "hello"): Verdict.FAIL}, disputed=1)


def test_a_rule_may_be_named_by_its_title(tmp_path: Path) -> None:
    found = table(tmp_path, "call_id,rule,verdict\na,问候,pass\na,bye,fail\n")
    assert found == Reviews({("a", "hello"): Verdict.PASS, ("a", "bye"): Verdict.FAIL})


def test_its_title_and_its_id_are_the_same_rule(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match="reviewed already in line 2"):
        table(tmp_path, "call_id,rule,verdict\na,问候,pass\na,hello,fail\n")


def test_rows_of_rules_that_nobody_knows_are_left_out_and_told(tmp_path: Path) -> None:
    found = table(tmp_path, "call_id,rule,verdict\na,helo,pass\na,bye,fail\nb,重名,fail\n")
    assert found.verdicts == {("a", "bye"): Verdict.FAIL}
    assert [(fault.line, fault.column, fault.message.zh) for fault in found.strangers] == [
        (2, 3, "没有规则 helo，这一行不计；是不是 hello？"),
        (4, 3, "没有规则 重名，这一行不计"),
    ]


def test_reviewed_calls_that_are_not_there_are_named_once(tmp_path: Path) -> None:
    found = table(tmp_path, "call_id,rule,verdict\na,bye,pass\nb,bye,pass\nb,hello,pass\n")
    assert found.calls_beside(["a"]) == ("b",)


def test_precision_and_recall_leave_out_what_the_machine_leaves_to_a_listener() -> None:
    fail, passed, unknown = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN
    machine = [fail, fail, fail, passed, passed, unknown, unknown, Verdict.NOT_APPLICABLE, fail]
    people = [fail, fail, passed, fail, passed, fail, passed, fail]
    judged = [(str(call), "r", verdict) for call, verdict in enumerate(machine)]
    truth = Reviews({(str(call), "r"): verdict for call, verdict in enumerate(people)})
    found = accuracy(judged, truth)
    assert found == Accuracy(8, Share(2, 3), Share(2, 4), unknown=2, unknown_fails=1)
    assert 0.2 < found.precision.interval.low < 2 / 3 < found.precision.interval.high < 0.95
