import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechqa import calls_table, sheet
from speechqa.call import Lang, Layout
from speechqa.calls_table import CallsTable, Matches
from speechqa.errors import CallsError


def table(folder: Path, content: str | bytes) -> CallsTable:
    path = folder / "calls.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return calls_table.read(path)


def faults(folder: Path, content: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(CallsError) as caught:
        table(folder, content)
    return [(fault.line, fault.column, fault.message.en) for fault in caught.value.faults]


def matched(folder: Path, rows: str, *names: str) -> Matches:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return calls_table.matches(table(folder, f"recording\n{rows}\n"), [(path,) for path in paths])


SHEET = "recording,call_id,agent_id,layout,产品\na.wav,1,张三,Stereo,宽带\nb.wav,2,,,\n"


@pytest.mark.parametrize(
    "content",
    [
        SHEET,
        b"\xef\xbb\xbf" + SHEET.encode(),
        SHEET.encode("gbk"),
        SHEET.replace(",", "\t").encode("utf-16"),
        SHEET.replace(",", ";"),
        SHEET.replace("\n", "\r\n") + "\r\n,,,,\r\n",
        SHEET.replace("宽带", '"宽带"'),
    ],
    ids=["utf-8", "bom", "gbk", "utf-16", "semicolon", "crlf and blank lines", "quoted"],
)
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path: Path, content: str | bytes) -> None:
    first, second = table(tmp_path, content).rows
    assert (first.recording, first.call_id, first.layout) == ("a.wav", "1", Layout.STEREO)
    assert first.metadata == {"agent_id": "张三", "layout": "Stereo", "产品": "宽带"}
    assert (second.layout, second.metadata) == (None, {})


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
    )
)
def test_cells_are_those_that_the_csv_module_wrote(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "a.csv"
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    path.write_text(text.getvalue(), "utf-8", newline="")
    expected = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    assert [[cell.text for cell in record] for record in sheet.records(path)][1:] == expected


def test_cells_may_hold_quotes_delimiters_and_line_ends(tmp_path: Path) -> None:
    (row,) = table(tmp_path, 'recording,note\na.wav,"she said ""好"",\nthen left"\n').rows
    assert row.metadata["note"] == 'she said "好",\nthen left'


def test_a_table_without_recordings_says_which_columns_it_has(tmp_path: Path) -> None:
    assert faults(tmp_path, "recoding,team\na.wav,x\n") == [
        (1, 1, "expected a column recording; is 'recoding' meant for it? Have: recoding, team")
    ]


def test_every_fault_is_told_with_its_line_and_column(tmp_path: Path) -> None:
    content = (
        "recording,call_id,team,layout,team\n"
        '"a.wav",1,"两\n行",stereo,\n'
        "b.wav,1,,quadro\n"
        ",3\n"
        "a.wav,../x,,,,extra\n"
    )
    assert [(line, column) for line, column, _ in faults(tmp_path, content)] == [
        (1, 31),  # column team twice
        (4, 7),  # call_id 1 again
        (4, 10),  # layout
        (5, 1),  # no recording
        (6, 1),  # a.wav again
        (6, 7),  # call_id ../x
        (6, 15),  # no heading
    ]


@pytest.mark.parametrize("content", ["", "\n\n", b"\xef\xbb\xbf"])
def test_an_empty_table_is_refused(tmp_path: Path, content: str | bytes) -> None:
    assert faults(tmp_path, content) == [(1, 1, "empty; expected a heading row")]


def test_bytes_of_no_known_encoding_are_pointed_at(tmp_path: Path) -> None:
    ((line, column, message),) = faults(tmp_path, b"recording\na.wav\nb\xff\xff\n")
    assert (line, column) == (3, 2)
    assert "expected UTF-8 or GBK, got byte 0xff" in message


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallsError, match=r"gone\.csv:1:1: cannot be read"):
        calls_table.read(tmp_path / "gone.csv")


def test_messages_are_chinese_too(tmp_path: Path) -> None:
    with pytest.raises(CallsError) as caught:
        table(tmp_path, "call_id\n1\n")
    assert "缺少 recording 列" in caught.value.message.text(Lang.ZH)


@pytest.mark.parametrize("row", ["0417.wav", "team1/0417.wav", "./in/team1/0417.wav", "team1\\0417.wav"])
def test_a_recording_is_found_by_its_name_or_part_of_its_path(tmp_path: Path, row: str) -> None:
    found = matched(tmp_path, row, "in/team1/0417.wav", "in/team1/0418.wav")
    assert list(found.rows) == [0]
    assert found.absent == ()


def test_a_recording_is_found_by_its_whole_path(tmp_path: Path) -> None:
    assert list(matched(tmp_path, str(tmp_path / "b" / "x.wav"), "a/x.wav", "b/x.wav").rows) == [1]


def test_a_transcript_stands_for_its_recording(tmp_path: Path) -> None:
    assert list(matched(tmp_path, "0417.wav", "0417.json").rows) == [0]


def test_names_composed_differently_are_the_same(tmp_path: Path) -> None:
    assert list(matched(tmp_path, "caf\u00e9.wav", "cafe\u0301.wav").rows) == [0]


def test_a_row_whose_recording_is_not_there_is_absent(tmp_path: Path) -> None:
    found = matched(tmp_path, "gone.wav\nother/0417.wav", "in/0417.wav")
    assert [row.line for row in found.absent] == [2, 3]


def test_a_name_in_two_folders_needs_its_path(tmp_path: Path) -> None:
    with pytest.raises(
        CallsError, match=r"calls\.csv:2:1: 0417\.wav fits several recordings .* give the path"
    ):
        matched(tmp_path, "0417.wav", "a/0417.wav", "b/0417.wav")


def test_two_rows_of_one_recording_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CallsError, match="same recording as line 2"):
        matched(tmp_path, "0417.wav\nin/0417.wav", "in/0417.wav")
