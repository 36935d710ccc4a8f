"""What an author who writes as people write is told: what to write instead, at the right line, in Chinese."""

import re
from pathlib import Path

import pytest

from speechqa.call import Lang
from speechqa.checklist import load
from speechqa.checklist.plain_amounts import (
    plain_distance,
    plain_number,
    plain_range,
    plain_turns,
    plain_window,
)
from speechqa.errors import ChecklistError

RULE = """speechqa: 1
id: t
version: '1'
title: 试
rules:
  - id: a
    title: 甲
    because: 乙
    require: {}
"""
ENGLISH = re.compile(r"expected|found|but got|could not|mapping|scalar|indicators|block")


def told(folder: Path, content: str | bytes, lang: Lang = Lang.ZH) -> list[str]:
    """Faults of a file, each `line:column: message`; or `message` where they are of the whole file."""
    path = folder / "c.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ChecklistError) as caught:
        load(path)
    return [fault.text(lang).removeprefix(f"{path}:") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("require", "place", "said"),
    [
        ("｛by: agent, phrases: 再见｝", "9:14", "“｛”是全角的括号：请改成半角的 [ ] 或 { }"),
        ("{by: agent, phrases: 【再见}", "9:35", "“【”是全角的括号"),
        (
            "{by: agent, pattern: (工号|号)[0-9]{3,5}|员}",
            "9:35",
            "请给整个正则加英文单引号，写成 pattern: '…'",
        ),
        ("{by: agent, pattern: .{0,4}号}", "9:35", "请给整个正则加英文单引号"),
        ("{pattern: 保证, but_not: [不没]保}", "9:37", "写成 but_not: '…'"),
        ("{by: agent, phrases: 再见, 拜拜}", "9:39", "“拜拜”被前面的逗号断开了：几个短语请写在 [ ] 里"),
        ("{by agent, phrases: 再见}", "9:15", "by 后面少了冒号：请写成“by: …”"),
        ("{by: agent, phrases: '再见' 拜拜}", "9:40", "引号后面还有文字"),
        ("{by: agent, phrases: [再见,, 拜拜]}", "9:39", "“,”前面缺内容"),
        ("{by: agent, phrases: 再见]}", "9:37", "多了一个 ]"),
        ("{by: agent, phrases: [再见]}}", "9:40", "多了一个 }"),
        ("- 再见", "9:14", "“- ”要另起一行"),
        ("|再见", "9:14", "“|”和“>”后面不能再有文字"),
        ("> 7 s", "9:14", "“|”和“>”后面不能再有文字"),
    ],
)
def test_a_slip_of_syntax_is_told_of_where_it_is(tmp_path: Path, require: str, place: str, said: str) -> None:
    first = told(tmp_path, RULE.replace("{}", require))[0]
    assert first.startswith(f"{place}: ")
    assert said in first
    assert not ENGLISH.search(first)


def test_a_list_in_full_width_brackets_is_told_of_at_both(tmp_path: Path) -> None:
    found = told(tmp_path, RULE.replace("{}", "{by: agent, phrases: 【再见, 拜拜】}"))
    assert [one.split(" ", 1)[0] for one in found] == ["9:35:", "9:40:"]
    assert all("全角的括号" in one for one in found)


def test_full_width_brackets_inside_quotes_are_text(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(RULE.replace("{}", "{phrases: '【再见】'}"), "utf-8")
    assert [phrase.pieces for phrase in load(path).phrases()] == [("再见",)]


def test_the_line_without_a_colon_is_named_and_not_the_one_below(tmp_path: Path) -> None:
    (found,) = told(tmp_path, RULE.replace("because: 乙", "because 乙").replace("{}", "{phrases: 再见}"))
    assert found.startswith("8:5: 这一行缺冒号")


@pytest.mark.parametrize(
    "text",
    [
        "a: [x #y]\n",
        "a: {b: : c}\n",
        "a: {b: c: d}\n",
        "a: & b\n",
        "a: *\n",
        "%a: 1\n",
        "a: !{x\n",
        "a: 1\n]\n",
        "a: `x\n",
        "a: [x\nb: y]\n",
        "- a\nb: 1\n",
    ],
)
def test_no_english_is_left_in_chinese_messages(tmp_path: Path, text: str) -> None:
    (found,) = told(tmp_path, text)
    assert not ENGLISH.search(found)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (RULE.encode("utf-16"), "编码是 UTF-16（记事本里叫“Unicode”）：请另存为，编码选 UTF-8"),
        (RULE.encode("utf-16-be"), "编码是 UTF-16"),
        (b"PK\x03\x04" + bytes(range(256)), "这是 Word、Excel 或压缩文件，不是纯文本"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "这是 Word、Excel"),
        (b"%PDF-1.7\n" + b"x" * 400_000, "这是 PDF 文件"),
        (b"{\\rtf1\\ansi", "这是 RTF 文档"),
        (RULE.encode("gbk"), "编码不是 UTF-8（可能是 GBK）"),
    ],
)
def test_a_file_that_is_no_plain_text_is_called_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    (found,) = told(tmp_path, content)
    assert said in found


def test_a_missing_file_has_no_place(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError) as caught:
        load(tmp_path / "none.yaml")
    (fault,) = caught.value.faults
    assert fault.text(Lang.ZH).startswith(f"{tmp_path / 'none.yaml'}: 无法读取质检表")


@pytest.mark.parametrize(
    ("require", "said"),
    [
        ("{silence: 超过7秒}", 'silence: "超过7秒" 请写成 over 7 s'),
        ("{by: agent, window: 前15秒, phrases: 好}", 'window: "前15秒" 请写成 first 15 s'),
        ("{by: agent, turns: 前3句, phrases: 好}", 'turns: "前3句" 请写成 first 3'),
        ("{repeat: {times: 3次}}", 'times: "3次" 请写成 3'),
    ],
)
def test_amounts_in_chinese_come_back_in_the_words_of_the_language(
    tmp_path: Path, require: str, said: str
) -> None:
    (found,) = told(tmp_path, RULE.replace("{}", require))
    assert found.endswith(said)


@pytest.mark.parametrize(
    ("written", "unit", "ours"),
    [
        ("超过7秒", "s", "over 7 s"),
        ("大于 7", "s", "over 7 s"),
        ("> 7s", "s", "over 7 s"),
        ("不超过3秒", "s", "at most 3 s"),
        ("不少于80%", "%", "at least 80 %"),
        ("7秒以上", "s", "at least 7 s"),
        ("180到300", "", "180..300"),
        ("3-7秒", "s", "3..7 s"),
        ("7-3秒", "s", None),
        ("7秒", "s", None),
        ("超过7分贝", "s", None),
        ("很久", "s", None),
    ],
)
def test_a_range_is_read_where_there_is_one_reading(written: str, unit: str, ours: str | None) -> None:
    assert plain_range(written, unit) == ours


def test_windows_distances_turns_and_numbers_are_read() -> None:
    assert [plain_window(one) for one in ("前15秒", "最后3句", "10到30秒", "开头")] == [
        "first 15 s",
        "last 3 turns",
        "10..30 s",
        None,
    ]
    assert [plain_distance(one) for one in ("3句", "10秒内", "50%")] == ["3 turns", "10 s", None]
    assert [plain_turns(one) for one in ("前3句", "最后 2", "前0句", "前3秒")] == [
        "first 3",
        "last 2",
        None,
        None,
    ]
    assert [plain_number(one) for one in ("10分", "扣 5 分", "很多")] == ["10", "5", None]
