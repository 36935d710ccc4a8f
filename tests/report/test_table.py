"""scorecards.csv: a row a call that Excel opens as text, whatever a name says."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Call, Lang
from speechqa.report import Run, write_csv
from speechqa.sheet import harmless
from tests.report.runs import failed, in_sections, run, scored, with_bonus


def rows(tmp_path: Path, of: Run) -> list[list[str]]:
    write_csv(of, tmp_path / "scorecards.csv")
    with (tmp_path / "scorecards.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_excel_is_told_that_it_is_utf8(tmp_path: Path) -> None:
    rows(tmp_path, run(scored()))
    assert (tmp_path / "scorecards.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_english_headings_are_keys_and_rule_ids(tmp_path: Path) -> None:
    heading, row, _ = rows(tmp_path, run(scored(), failed(), lang=Lang.EN))
    assert heading[:12] == [
        "call_id", "recording", "status", "error", "score", "passed", "coverage", "vetoed_by", "flags",
        "agent_id", "team", "campaign",
    ]  # fmt: skip
    found = dict(zip(heading, row, strict=True))
    assert found["score"] == "0"
    assert found["passed"] == "false"
    assert found["coverage"] == "0.8614"
    assert found["vetoed_by"] == "owner-confirmation"
    assert found["flags"] == "vetoed;audio"
    assert found["forbidden-phrases"] == "unknown"


def test_chinese_headings_are_for_reading(tmp_path: Path) -> None:
    heading, row = rows(tmp_path, run(scored()))
    found = dict(zip(heading, row, strict=True))
    assert found["坐席工号"] == "A1031"
    assert found["结论"] == "不合格"
    assert found["否决项"] == "先确认机主再介绍业务"
    assert found["不作绝对承诺"] == "需人工听"


def test_a_bonus_that_was_not_earned_is_no_fail_for_a_reader_and_keeps_its_value(tmp_path: Path) -> None:
    for lang, rule, cell in ((Lang.ZH, "礼貌结束", "未加分"), (Lang.EN, "closing", "fail")):
        heading, row = rows(tmp_path, run(with_bonus(), lang=lang))
        assert dict(zip(heading, row, strict=True))[rule] == cell


def test_a_failed_call_is_a_row_with_its_reason(tmp_path: Path) -> None:
    heading, *_, row = rows(tmp_path, run(scored(), failed()))
    found = dict(zip(heading, row, strict=True))
    assert found["状态"] == "失败"
    assert found["失败原因"].startswith("E_EMPTY: 文件为空")
    assert found["得分"] == found["开场问候"] == ""


def test_sections_are_columns_after_the_score(tmp_path: Path) -> None:
    heading, row, bad = rows(tmp_path, run(in_sections(), failed(), lang=Lang.EN))
    assert heading[4:9] == ["score", "态度", "流程", "合规", "passed"]
    assert row[4:9] == ["39", "97.5", "0", "", "false"]
    assert (bad[2], bad[5:8]) == ("failed", ["", "", ""])
    assert len(heading) == len(row) == len(bad)


def test_a_section_cannot_pass_for_another_column(tmp_path: Path) -> None:
    call = in_sections(score="x", 态度="y")
    assert call.scorecard is not None
    named = replace(call.scorecard.sections[1], name="score")
    card = replace(call.scorecard, sections=(call.scorecard.sections[0], named))
    heading, row = rows(tmp_path, run(replace(call, scorecard=card), lang=Lang.EN))
    found = dict(zip(heading, row, strict=True))
    assert len(set(heading)) == len(heading)
    assert (found["score"], found["score (section)"], found["calls.score"]) == ("39", "0", "x")
    assert (found["态度"], found["calls.态度"]) == ("97.5", "y")


def test_a_column_of_the_users_table_cannot_pass_for_one_of_ours(tmp_path: Path) -> None:
    heading, row = rows(tmp_path, run(scored(score="100", status="ok"), lang=Lang.EN))
    found = dict(zip(heading, row, strict=True))
    assert len(set(heading)) == len(heading)
    assert (found["score"], found["calls.score"]) == ("0", "100")


def test_numbers_of_customers_are_masked(tmp_path: Path) -> None:
    heading, row = rows(tmp_path, run(scored(), lang=Lang.EN))
    assert dict(zip(heading, row, strict=True))["customer_id"] == "*********00"


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠a"]
)
def test_text_that_could_be_a_formula_is_kept_text(tmp_path: Path, text: str) -> None:
    assert harmless(text).startswith("'")
    strange = replace(scored(team=text), call=Call(text, Path(text), {"agent_id": text}))
    for cell in rows(tmp_path, run(strange))[1][:10]:
        assert not cell.startswith(tuple("=+-@\t\r＝＋－＠"))


def test_a_name_with_a_line_end_stays_in_its_row(tmp_path: Path) -> None:
    strange = replace(failed(), call=Call("a\nb\u202e", Path("a\r\nb.wav")))
    assert len(rows(tmp_path, run(strange))) == 2
    assert rows(tmp_path, run(strange))[1][:2] == ["a\\nb\\u202e", "a\\r\\nb.wav"]


def test_no_calls_leave_the_headings(tmp_path: Path) -> None:
    assert len(rows(tmp_path, run())) == 1
