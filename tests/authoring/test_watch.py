"""Which files a checklist is made of."""

from pathlib import Path

from speechqa.authoring.watch import files_of
from tests.authoring.said_calls import HEAD


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
