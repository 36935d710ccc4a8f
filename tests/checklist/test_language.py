"""A checklist says the language of the calls that it is for."""

from pathlib import Path

import pytest

from speechqa.call import Lang
from speechqa.checklist import Checklist, load
from speechqa.errors import ChecklistError

RULE = """speechqa: 1
id: t
version: '1'
title: t
{language}
phrases:
  asked: [You're the owner, dial one oh oh eight six]
rules:
  - {{id: a, title: a, because: b, deduct: 5, require: {{by: agent, phrases: <asked>}}}}
"""


def read(folder: Path, language: str) -> Checklist:
    path = folder / "c.yaml"
    path.write_text(RULE.format(language=language), "utf-8")
    return load(path)


def test_it_is_chinese_where_nothing_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "").language == "zh"


def test_phrases_are_read_in_the_language_of_the_checklist(tmp_path: Path) -> None:
    english = read(tmp_path, "language: en").phrases()
    assert [phrase.pieces for phrase in english] == [("you are the owner",), ("dial 10086",)]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("language: english", "did you mean en?"),
        ("language: 英语", "did you mean en?"),
        ("language: zh-CN", "did you mean zh?"),
        ("language: fr", "expected zh | en"),
        ("lang: en", "did you mean language?"),
    ],
)
def test_another_way_to_name_it_is_a_fault_with_the_right_one(
    tmp_path: Path, written: str, told: str
) -> None:
    with pytest.raises(ChecklistError) as caught:
        read(tmp_path, written)
    assert told in "\n".join(fault.text(Lang.EN) for fault in caught.value.faults)
