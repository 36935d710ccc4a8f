from pathlib import Path

import pytest

from speechqa.engines import EngineOptions, embedded, load_engine
from speechqa.engines.weights import catalogue, locate, verify
from speechqa.errors import ModelError


def test_the_embedded_model_is_joined_once_and_whole(tmp_path: Path) -> None:
    folder = embedded.joined(tmp_path)
    joined_at = (folder / "model.bin").stat().st_mtime_ns
    assert embedded.joined(tmp_path) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == joined_at
    assert not list(folder.glob("*.partial"))


def test_a_truncated_model_is_joined_again(tmp_path: Path) -> None:
    folder = embedded.joined(tmp_path)
    (folder / "model.bin").write_bytes(b"half")
    embedded.joined(tmp_path)
    assert (folder / "model.bin").stat().st_size == embedded.SIZE


def test_a_damaged_model_is_told_with_path_hashes_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHQA_CACHE", str(tmp_path))
    path = locate("base").folder / "model.bin"
    with path.open("r+b") as file:
        file.write(b"X")
    with pytest.raises(ModelError) as caught:
        verify("base")
    assert str(path) in caught.value.message.en
    assert embedded.FILES["model.bin"] in caught.value.message.zh
    assert "speechqa models fetch base" in caught.value.message.en


def test_a_model_that_is_not_here_says_how_to_get_it() -> None:
    with pytest.raises(ModelError, match="speechqa models fetch nobody/nothing"):
        locate("nobody/nothing")


def test_a_folder_without_a_model_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.bin, config\.json, tokenizer\.json missing"):
        locate(str(tmp_path))


@pytest.mark.parametrize("content", [b"{}", b"", b"\xff\xfe<|zh|>"], ids=["no tokens", "empty", "not UTF-8"])
def test_a_damaged_tokenizer_is_told_with_its_path_and_what_to_do(tmp_path: Path, content: bytes) -> None:
    for name in ("model.bin", "config.json"):
        (tmp_path / name).write_bytes(b"{}")
    (tmp_path / "tokenizer.json").write_bytes(content)
    for ask in (lambda: load_engine("whisper", EngineOptions(str(tmp_path))), lambda: verify(str(tmp_path))):
        with pytest.raises(
            ModelError, match=r"tokenizer\.json: the file is damaged .* Copy tokenizer"
        ) as caught:
            ask()
        assert caught.value.code == "E_MODEL"
        assert str(tmp_path) in caught.value.message.zh


def test_the_embedded_models_damaged_tokenizer_is_to_be_joined_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHQA_CACHE", str(tmp_path))
    (locate("base").folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"Get it again: rm -r .*; speechqa models fetch base"):
        load_engine("whisper", EngineOptions())


def test_the_catalogue_begins_with_the_embedded_model() -> None:
    first = catalogue()[0]
    assert (first.name, first.present, first.licence, first.sha256) == (
        "base",
        True,
        "MIT",
        embedded.FILES["model.bin"],
    )
