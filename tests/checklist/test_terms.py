"""Phrase lists that checklists share: found beside them, part of their hash, faults told where they are."""

import os
from pathlib import Path

import pytest

from speechqa.call import Lang
from speechqa.checklist import Checklist, load
from speechqa.errors import ChecklistError

RULE = "rules:\n  - {id: a, title: 甲, because: 乙, require: {by: agent, phrases: <致谢>}}\n"
TERMS = "speechqa: 1\nphrases:\n  致谢: [感谢您, 谢谢您]\n"


def write(folder: Path, terms: str, rest: str = "", named: str = "[terms/polite.yaml]") -> Path:
    (folder / "terms").mkdir(exist_ok=True)
    (folder / "terms" / "polite.yaml").write_text(terms, "utf-8")
    path = folder / "c.yaml"
    path.write_text(f"speechqa: 1\nid: x\nversion: '1'\ntitle: 试\nterms: {named}\n{rest}{RULE}", "utf-8")
    return path


def loaded(folder: Path, terms: str, rest: str = "") -> Checklist:
    return load(write(folder, terms, rest))


def faults(path: Path, lang: Lang = Lang.EN) -> list[str]:
    with pytest.raises(ChecklistError) as caught:
        load(path)
    return [fault.text(lang).removeprefix(f"{path.parent}/") for fault in caught.value.faults]


def test_a_shared_list_is_used_like_one_of_the_file(tmp_path: Path) -> None:
    assert [phrase.text for phrase in loaded(tmp_path, TERMS).phrases()] == ["感谢您", "谢谢您"]


def test_a_list_of_the_file_may_take_a_shared_one_and_add_to_it(tmp_path: Path) -> None:
    found = loaded(tmp_path, TERMS, "phrases: {本公司致谢: [<致谢>, 感恩有您]}\n")
    assert {phrase.text for phrase in found.phrases()} == {"感谢您", "谢谢您"}


def test_the_hash_changes_with_the_shared_file(tmp_path: Path) -> None:
    before = loaded(tmp_path, TERMS).ref.hash
    assert loaded(tmp_path, TERMS).ref.hash == before
    assert loaded(tmp_path, TERMS + "  # 改了\n").ref.hash != before


def test_faults_of_both_files_are_told_at_once_each_where_it_is(tmp_path: Path) -> None:
    told = faults(write(tmp_path, "speechqa: 1\nphrases:\n  致谢: [感谢您, 感谢您]\n", "pass_mrk: 3\n"))
    assert [line.split(": ")[0] for line in told] == ["c.yaml:6:1", "terms/polite.yaml:3:13"]


def test_a_name_that_is_shared_already_is_refused_with_the_way_to_add_to_it(tmp_path: Path) -> None:
    (told,) = faults(write(tmp_path, TERMS, "phrases: {致谢: [谢啦]}\n"), Lang.ZH)
    assert "[<致谢>, …]" in told


@pytest.mark.parametrize(
    "named", ["[../polite.yaml]", "[/etc/passwd]", "[{a: 1}]", "['']", "[terms/none.yaml]", "[terms]"]
)
def test_only_files_beside_the_checklist_are_read(tmp_path: Path, named: str) -> None:
    told = faults(write(tmp_path, TERMS, named=named))
    assert told[0].startswith("c.yaml:5:")
    assert any("致谢" in line for line in told)  # and what follows from it


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = write(tmp_path, TERMS, named="[pipe]")
    os.mkfifo(tmp_path / "pipe")
    assert "cannot read pipe" in faults(path)[0]


def test_a_shared_file_holds_nothing_but_lists(tmp_path: Path) -> None:
    (told,) = faults(write(tmp_path, TERMS + "rules: []\n"))
    assert told.startswith("terms/polite.yaml:4:1: unknown key rules")
