"""Findings are given back as they were kept, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from speechqa.assessment import Finding, Hit, Verdict, Witness
from speechqa.call import Layout, Message, Note, NoteCode, Role, Transcript
from speechqa.errors import OutputError
from speechqa.store import FindingCache, Known
from speechqa.store.finding_cache import KEPT, MOST

CONTENT = "0f" * 32
VIEWS = ("您好\n喂", "您好")
NOTE = Note(NoteCode.CLIPPED, Message("削波", "clipped"), review=True)
SAID = Transcript(61.25, "zh", "imported", (), Layout.STEREO, (NOTE,))
HIT = Hit(Role.AGENT, 1.1, 2.3, "您好", "您好", Witness.TEXT, 0.987, 0, (0, 2))
BARE = Hit(Role.UNKNOWN, 0.0, 0.0, "一组", "team in 一组", Witness.METADATA, 1.0)
GREETED = Message("有问候", "greeted")
FINDING = Finding("hello", "问候", Verdict.PASS, 0.987, 30.0, 0.0, GREETED, (HIT, BARE), (HIT,), 0.0, 60.0)


def cache(folder: Path, code: str = "today") -> FindingCache:
    return FindingCache(folder, code)


def entry(folder: Path) -> Path:
    (path,) = (one for one in folder.rglob("*") if one.is_file())
    return path


def test_what_was_kept_is_given_back_to_the_letter(tmp_path: Path) -> None:
    known = Known(SAID, {"a": FINDING, "b": replace(FINDING, rule="bye", at_most=None)}, VIEWS)
    cache(tmp_path).put(CONTENT, known)
    assert repr(cache(tmp_path).get(CONTENT)) == repr(known)


def test_nothing_is_known_of_other_words_and_from_other_code(tmp_path: Path) -> None:
    cache(tmp_path).put(CONTENT, Known(SAID, {"a": FINDING}, VIEWS))
    assert cache(tmp_path).get("1f" * 32) is None
    assert cache(tmp_path, "tomorrow").get(CONTENT) is None


def test_other_code_takes_the_place_of_what_was(tmp_path: Path) -> None:
    cache(tmp_path).put(CONTENT, Known(SAID, {"a": FINDING}, VIEWS))
    cache(tmp_path, "tomorrow").put(CONTENT, Known(SAID, {"b": FINDING}, VIEWS))
    assert cache(tmp_path).get(CONTENT) is None
    known = cache(tmp_path, "tomorrow").get(CONTENT)
    assert known is not None
    assert set(known.findings) == {"b"}


@pytest.mark.parametrize("place", [0, 1, 2, 10, 40, -9, -4, -1])
def test_an_entry_with_a_flipped_bit_counts_as_absent(tmp_path: Path, place: int) -> None:
    cache(tmp_path).put(CONTENT, Known(SAID, {"a": FINDING}, VIEWS))
    whole = bytearray(entry(tmp_path).read_bytes())
    whole[place] ^= 0x10
    entry(tmp_path).write_bytes(whole)
    assert cache(tmp_path).get(CONTENT) is None


@pytest.mark.parametrize("kept", [0, 1, 20, -1], ids=["empty", "a byte", "begun", "a byte short"])
def test_an_entry_that_is_cut_off_counts_as_absent(tmp_path: Path, kept: int) -> None:
    cache(tmp_path).put(CONTENT, Known(SAID, {"a": FINDING}, VIEWS))
    entry(tmp_path).write_bytes(entry(tmp_path).read_bytes()[:kept])
    assert cache(tmp_path).get(CONTENT) is None
    cache(tmp_path).put(CONTENT, Known(SAID, {"a": FINDING}, VIEWS))
    assert cache(tmp_path).get(CONTENT) == Known(SAID, {"a": FINDING}, VIEWS)


def test_the_latest_findings_of_a_rule_are_kept(tmp_path: Path) -> None:
    other = {"bye": replace(FINDING, rule="bye")}
    cache(tmp_path).put(
        CONTENT, Known(SAID, {**other, **{f"tried {n}": FINDING for n in range(KEPT + 2)}}, VIEWS)
    )
    known = cache(tmp_path).get(CONTENT)
    assert known is not None
    assert list(known.findings) == ["bye", *(f"tried {n}" for n in range(2, KEPT + 2))]


def test_a_call_does_not_keep_more_than_so_many_findings(tmp_path: Path) -> None:
    many = {f"rule {n}": replace(FINDING, rule=f"rule {n}") for n in range(MOST + 3)}
    cache(tmp_path).put(CONTENT, Known(SAID, many, VIEWS))
    known = cache(tmp_path).get(CONTENT)
    assert known is not None
    assert list(known.findings) == list(many)[3:]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "findings").write_text("in the way")
    with pytest.raises(OutputError):
        cache(tmp_path).put(CONTENT, Known(SAID, {"a": FINDING}, VIEWS))
    assert cache(tmp_path).get(CONTENT) is None
