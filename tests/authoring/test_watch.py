"""Which files a checklist is made of."""

from pathlib import Path

from speechqa import transcript_file
from speechqa.authoring.past_calls import FiledCall
from speechqa.authoring.watch import files_of, rounds
from speechqa.call import Call, Transcript
from speechqa.store import FindingCache
from tests.authoring.said_calls import HEAD, HELLO
from tests.matching.lines import dialogue


def test_terms_and_product_sheet_belong_to_a_checklist(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    named = "terms: [terms/a.yaml, terms/b.yaml]\nproducts: {file: fees.csv, key: product}\n"
    path.write_text(f"{HEAD}{named}rules: []\n", "utf-8")
    files = ("rules.yaml", "terms/a.yaml", "terms/b.yaml", "fees.csv")
    assert files_of(path) == tuple(tmp_path / name for name in files)


def test_a_file_that_cannot_be_read_yet_is_watched_alone(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    assert files_of(path) == (path,)
    path.write_text("rules: [", "utf-8")
    assert files_of(path) == (path,)


class ParsedOnce(FiledCall):
    """A call that is not parsed a second time."""

    def said(self, content: bytes) -> Transcript:
        self.path.with_suffix(".parsed").touch(exist_ok=False)
        return super().said(content)


def test_a_call_is_judged_anew_only_when_a_save_changes_something_that_is_said_in_it(tmp_path: Path) -> None:
    path, call = tmp_path / "rules.yaml", Call("a", Path("a.wav"))
    transcript_file.write(dialogue("A 您好", "C 喂"), call, tmp_path / "a.json")
    saves = ("您好", "[您好, 上午好]", "[您好, 祝您健康]")

    def save(phrases: str) -> None:
        path.write_text(f"{HEAD}rules:\n{HELLO.replace('您好', phrases)}", "utf-8")

    save(saves[0])
    watched = rounds(path, [ParsedOnce(call, tmp_path / "a.json")], FindingCache(tmp_path / "cache", "code"))
    assert next(watched).difference is None
    for phrases in saves[1:]:
        save(phrases)
        found = next(watched).difference
        assert found is not None
        assert (found.calls, found.unread) == (1, 0)
