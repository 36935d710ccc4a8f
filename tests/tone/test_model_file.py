import io
import shutil
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from speechqa.call import Role
from speechqa.errors import ToneModelError
from speechqa.tone.features import said, schema
from speechqa.tone.model_file import CARD, FORMAT, NAME, Origin, loaded, located, saved

TURNS = (said(Role.AGENT, "您好，请问有什么可以帮您"), said(Role.CUSTOMER, "你们怎么又打来了"))


def placed(folder: Path, content: bytes) -> Path:
    """A folder with this model, and a card that names it."""
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_bytes(content)
    (folder / CARD).write_text(f"| file | sha256 `{sha256(content).hexdigest()}` |\n", "utf-8")
    return folder


def dumped(content: object) -> bytes:
    from skops import io as skops

    return bytes(skops.dumps(content))


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    shipped = loaded(located())
    total = saved(shipped, Origin("1.9.1", 1, 1), tmp_path)
    (tmp_path / CARD).write_text(f"sha256 {total}\n", "utf-8")
    again = loaded(tmp_path)
    assert np.array_equal(again.probabilities(TURNS), shipped.probabilities(TURNS))


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = (saved(loaded(located()), Origin("1", 1, 1), tmp_path / name) for name in ("one", "two"))
    assert one == two


def test_the_shipped_file_holds_nothing_but_data() -> None:
    from skops import io as skops

    assert skops.get_untrusted_types(file=located() / NAME) == []


def cut_short(folder: Path) -> None:
    content = (folder / NAME).read_bytes()
    placed(folder, content[: len(content) // 2])


def changed(folder: Path) -> None:
    content = bytearray((folder / NAME).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / NAME).write_bytes(bytes(content))


def without_card(folder: Path) -> None:
    (folder / CARD).unlink()


def without_model(folder: Path) -> None:
    (folder / NAME).unlink()


def card_without_sum(folder: Path) -> None:
    (folder / CARD).write_text("# The tone model\n", "utf-8")


def of_another_schema(folder: Path) -> None:
    placed(folder, dumped({"format": FORMAT, "schema": "0123456789abcdef"}))


def of_another_format(folder: Path) -> None:
    placed(folder, dumped({"format": FORMAT + 1, "schema": schema()}))


def half_empty(folder: Path) -> None:
    placed(folder, dumped({"format": FORMAT, "schema": schema()}))


def with_code(folder: Path) -> None:
    placed(folder, dumped({"format": FORMAT, "schema": schema(), "agent": Path}))


def no_archive(folder: Path) -> None:
    placed(folder, b"cos\nsystem\n(S'true'\ntR.")


def other_archive(folder: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("schema.json", "{}")
    placed(folder, content.getvalue())


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (cut_short, "damaged"),
        (changed, "not the one its card names"),
        (without_card, "README.md is missing"),
        (without_model, "tone.skops is missing"),
        (card_without_sum, "not the one its card names"),
        (of_another_schema, "another version: expected schema"),
        (of_another_format, "another version: expected format"),
        (half_empty, "damaged"),
        (with_code, "holds what it must not"),
        (no_archive, "damaged"),
        (other_archive, "damaged"),
    ],
)
def test_a_model_that_is_not_ours_is_refused_with_where_why_and_what_to_do(
    tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    folder = tmp_path / spoil.__name__
    folder.mkdir()
    shutil.copy(located() / NAME, folder)
    shutil.copy(located() / CARD, folder)
    spoil(folder)
    with pytest.raises(ToneModelError) as refusal:
        loaded(folder)
    assert refusal.value.code == "E_TONE_MODEL"
    assert told in refusal.value.message.en
    assert str(folder) in refusal.value.message.zh
    assert "speechqa tone train" in refusal.value.message.zh
