"""scorecards.xlsx: five sheets of plain values."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.call import Call, Lang, Message, Role
from speechqa.report import Run, write_xlsx
from speechqa.report.cells import LONGEST_CELL
from tests.report.runs import failed, in_sections, many, run, scored, transcript, with_bonus

openpyxl = pytest.importorskip("openpyxl")
Cells = list[list[object]]


def sheets(tmp_path: Path, of: Run) -> dict[str, Cells]:
    write_xlsx(of, tmp_path / "scorecards.xlsx")
    book = openpyxl.load_workbook(tmp_path / "scorecards.xlsx")
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_a_chinese_workbook_has_five_sheets(tmp_path: Path) -> None:
    assert list(sheets(tmp_path, run(scored(), failed()))) == ["汇总", "通话", "规则", "失败", "声音"]


def test_an_english_workbook_has_five_sheets(tmp_path: Path) -> None:
    found = sheets(tmp_path, run(scored(), failed(), lang=Lang.EN))
    assert list(found) == ["Summary", "Calls", "Rules", "Failed", "Voice"]


def test_the_summary_counts_calls_and_says_how_sure_the_rate_is(tmp_path: Path) -> None:
    found = sheets(tmp_path, run(*many(200)))["汇总"]
    counts = {row[0]: row[1] for row in found[3:9]}
    assert counts["通话"] == 200
    assert counts["已评分"] == 200 - counts["失败"]  # type: ignore[operator]
    whole = found[11]
    assert whole[1] == 200
    assert "–" in str(whole[8])
    assert f"n = {counts['已评分']}" in str(whole[8])


def test_a_mean_over_few_calls_comes_with_a_warning(tmp_path: Path) -> None:
    found = sheets(tmp_path, run(scored()))["汇总"]
    agent = next(row for row in found if row[0] == "A1031")
    assert (agent[3], agent[4]) == (0, None)
    assert "不宜据此评价" in str(agent[9])


def test_calls_hold_numbers_as_numbers(tmp_path: Path) -> None:
    heading, row, bad = sheets(tmp_path, run(scored(), failed()))["通话"]
    found = dict(zip(heading, row, strict=True))
    assert (found["得分"], found["覆盖率"], found["说清资费"]) == (0, 0.8614, "通过")
    assert dict(zip(heading, bad, strict=True))["状态"] == "失败"


def test_a_finding_shows_when_who_what_and_how(tmp_path: Path) -> None:
    heading, *found = sheets(tmp_path, run(scored()))["规则"]
    owner = dict(zip(heading, found[1], strict=True))
    assert (owner["结论"], owner["扣分"]) == ("不通过", 20)
    assert "00:17 坐席 “您是基主吧”（按读音，0.81）" in str(owner["证据"]).splitlines()
    cancellation = dict(zip(heading, found[5], strict=True))
    assert "直接打幺零零八六" in str(cancellation["最接近的"])


def test_sections_and_bonuses_have_columns_where_there_are_any(tmp_path: Path) -> None:
    found = sheets(tmp_path, run(in_sections()))
    heading, row = found["通话"]
    assert heading[4:8] == ["得分", "态度", "流程", "合规"]
    assert row[4:8] == [39, 97.5, 0, None]
    assert dict(zip(heading, row, strict=True))["覆盖率"] == 0.8614
    titles, *findings = found["规则"]
    assert [dict(zip(titles, line, strict=True))["加分"] for line in findings[:2]] == [3, 0]
    assert "加分" not in sheets(tmp_path, run(scored()))["规则"][0]


def test_a_bonus_that_was_not_earned_and_a_silence_read_as_what_they_are(tmp_path: Path) -> None:
    titles, *findings = sheets(tmp_path, run(with_bonus()))["规则"]
    closing, silent = (dict(zip(titles, line, strict=True)) for line in findings[-2:])
    assert closing["结论"] == "未加分"
    assert silent["证据"] == "00:07 静默 8.5 秒，之后坐席开口（按录音，0.90）"


def test_a_failed_call_has_code_and_next_step(tmp_path: Path) -> None:
    assert sheets(tmp_path, run(failed()))["失败"][1] == [
        "broken-01",
        "calls/broken-01.wav",
        "E_EMPTY",
        "文件为空（0 字节）；请重新导出录音",
    ]


def test_lists_can_be_filtered_and_keep_their_heading_in_sight(tmp_path: Path) -> None:
    write_xlsx(run(scored()), tmp_path / "scorecards.xlsx")
    book = openpyxl.load_workbook(tmp_path / "scorecards.xlsx")
    assert [book[name].freeze_panes for name in ("通话", "规则", "失败")] == ["B2", "B2", "B2"]
    assert book["规则"].auto_filter.ref == "A1:J10"
    assert len(book["通话"].conditional_formatting) >= 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "https://example.org", "internal:A1", "{=1}"])
def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    said = transcript(((Role.AGENT, text),))
    strange = replace(scored(), call=Call(text, Path(text), {"agent_id": text, text: text}), transcript=said)
    write_xlsx(replace(run(strange), checklist_title=text), tmp_path / "scorecards.xlsx")
    with zipfile.ZipFile(tmp_path / "scorecards.xlsx") as book:
        parts = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert parts
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts)
    assert sheets(tmp_path, run(strange))["通话"][1][0] == text


def test_a_cell_too_long_for_excel_is_cut_and_says_so(tmp_path: Path) -> None:
    call = scored()
    assert call.scorecard is not None
    long = replace(call.scorecard.findings[0], because=Message("长" * 40_000, "long"))
    card = replace(call.scorecard, findings=(long,))
    because = sheets(tmp_path, run(replace(call, scorecard=card)))["规则"][1][7]
    assert len(str(because)) == LONGEST_CELL
    assert str(because).endswith("…（已截断）")


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "\ufffe", "👩‍💼", "\x0b"])
def test_strange_names_leave_a_workbook_that_opens(tmp_path: Path, name: str) -> None:
    strange = replace(scored(team=name), call=Call(name, Path("x"), {"agent_id": name}))
    assert len(sheets(tmp_path, run(strange))["通话"]) == 2


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_xlsx(run(scored(), failed()), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_no_calls_leave_a_workbook_that_opens(tmp_path: Path) -> None:
    assert len(sheets(tmp_path, run())["通话"]) == 1


def test_the_sheet_of_voices_has_numbers_and_leaves_empty_what_is_not_known(tmp_path: Path) -> None:
    heading, row = sheets(tmp_path, run(scored(), failed()))["声音"]
    found = dict(zip(heading, row, strict=True))
    assert (found["通话编号"], found["坐席工号"]) == ("data-early-pitch-01", "A1031")
    assert found["坐席应答次数"] == 7
    assert found["坐席应答时长中位（秒）"] == pytest.approx(0.5)
    assert found["坐席语速（字/分）"] is None  # the transcript has no times of words


def test_a_column_of_the_users_own_keeps_its_name_beside_the_sheet_of_voices(tmp_path: Path) -> None:
    heading, *_ = sheets(tmp_path, run(scored(duration="61")))["通话"]
    assert "duration" in heading
