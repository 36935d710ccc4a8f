"""The classifier as a file: plain arrays and numbers in skops' format, never a pickle.

skops writes it; `plain_skops` reads it, without skops.

A folder holds `tone.skops` and its card, `README.md`, which names the file's sha256. Nothing of
scikit-learn is in the file, so that it may be read under another version than it was trained with, which
is recorded; what must be equal is the version of the format and the schema of the features.
"""

import os
import re
import sysconfig
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from speechqa.atomic import atomic_writer
from speechqa.call import Message
from speechqa.errors import ToneModelError
from speechqa.names import shown
from speechqa.tone.classifier import Classifier, Linear, Side
from speechqa.tone.features import Features, schema
from speechqa.tone.labels import LABELS
from speechqa.tone.ngrams import Vocabulary
from speechqa.tone.plain_skops import INDEX, StrangeError, plain

FORMAT = 1
NAME, CARD = "tone.skops", "README.md"
CHOSEN = "SPEECHQA_TONE_MODEL"  # environment: processes that judge calls inherit it
_SHIPPED = Path("models", "tone")
_REPOSITORY = Path(__file__).resolve().parents[2]
_SUM = re.compile(r"sha256[^0-9a-f]*\b([0-9a-f]{64})\b")
_VOCABULARIES = ("characters", "sounds", "around")
_ADDRESS = re.compile(rb"\b\d{9,}\b")  # by which skops names the values of a file
_AGAIN = Message("重新训练：speechqa tone train", "train it again: speechqa tone train")


class Origin(NamedTuple):
    """What the file tells of itself."""

    scikit_learn: str  # version it was trained with
    turns: int
    scenarios: int


def saved(classifier: Classifier, origin: Origin, folder: Path) -> str:
    """Writes the file into a folder that is there; its sha256. The same classifier gives the same bytes."""
    from skops import io

    content: dict[str, object] = {"format": FORMAT, "schema": schema(), **origin._asdict()}
    for name in _VOCABULARIES:
        vocabulary: Vocabulary = getattr(classifier.features, name)
        content[name] = {
            "longest": vocabulary.longest,
            "codes": vocabulary.codes,
            "rarity": vocabulary.rarity.astype(np.float16),
        }
    for role, side in classifier.sides.items():
        content[role.value] = {
            level: {"weights": linear.weights.astype(np.float16), "bias": linear.bias}
            for level, linear in (("words", side.words), ("call", side.call))
        }
    data = _settled(io.dumps(content))
    with atomic_writer(folder / NAME, "wb") as file:
        file.write(data)
    return sha256(data).hexdigest()


def _settled(archive: bytes) -> bytes:
    """The same archive without what differs between two runs: times, and addresses in memory as names."""
    numbers: dict[bytes, bytes] = {}

    def number(address: "re.Match[bytes]") -> bytes:
        return numbers.setdefault(address[0], str(len(numbers) + 1).encode())

    settled = BytesIO()
    with ZipFile(BytesIO(archive)) as before, ZipFile(settled, "w", ZIP_DEFLATED, compresslevel=9) as after:
        after.writestr(ZipInfo(INDEX), _ADDRESS.sub(number, before.read(INDEX)), ZIP_DEFLATED)
        for name in before.namelist():
            if name != INDEX:
                member = ZipInfo(_ADDRESS.sub(number, name.encode()).decode())
                after.writestr(member, before.read(name), ZIP_DEFLATED)
    return settled.getvalue()


@cache
def located() -> Path:
    """The folder that SPEECHQA_TONE_MODEL names; else the shipped one, in the repository or as installed."""
    if chosen := os.environ.get(CHOSEN):
        return Path(chosen).expanduser()
    shared = Path(sysconfig.get_path("data")) / "share" / "speechqa" / _SHIPPED
    places = (_REPOSITORY / _SHIPPED, shared)
    return next((place for place in places if (place / NAME).is_file()), places[0])


def digest() -> str:
    """Of the model in use, since another may judge otherwise; empty where there is none."""
    try:
        return sha256((located() / NAME).read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=4)
def loaded(folder: Path) -> Classifier:
    """The model of a folder, read once.

    Raises ToneModelError where a file is missing, the model is not the one that its card names, holds
    anything but numbers, or was made for another version.
    """
    data, told = _bytes(folder / NAME), _bytes(folder / CARD).decode("utf-8", "replace")
    expected, got = _SUM.search(told), sha256(data).hexdigest()
    if expected is None or expected[1] != got:
        wanted = expected[1] if expected else "?"
        raise _refused(
            folder,
            f"情绪模型与说明卡不符：卡上 sha256 {wanted}，实际 {got}",
            f"the tone model is not the one its card names: expected sha256 {wanted}, got {got}",
        )
    content = _read(folder, data)
    for key, needed in (("format", FORMAT), ("schema", schema())):
        if content.get(key) != needed:
            raise _refused(
                folder,
                f"情绪模型的版本不符：{key} 应为 {needed}，实际为 {content.get(key)}",
                f"the tone model is of another version: expected {key} {needed}, got {content.get(key)}",
            )
    try:
        return _classifier(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refused(folder, f"情绪模型损坏：{error}", f"the tone model is damaged: {error}") from error


def _read(folder: Path, data: bytes) -> dict[str, object]:
    try:
        content = plain(data)
    except StrangeError as error:
        raise _refused(
            folder,
            f"情绪模型含有不该有的内容，已拒绝加载：{error}",
            f"the tone model holds what it must not, and was not loaded: {error}",
        ) from error
    except Exception as error:  # of a damaged archive: what zipfile, json and numpy raise
        raise _refused(folder, f"情绪模型损坏：{error}", f"the tone model is damaged: {error}") from error
    return content


def _classifier(content: dict[str, object]) -> Classifier:
    told: dict[str, Any] = content  # skops knows its types, we do not: what is missing raises
    vocabularies = [
        Vocabulary(int(told[name]["longest"]), told[name]["codes"], told[name]["rarity"].astype(np.float32))
        for name in _VOCABULARIES
    ]
    sides = {
        role: Side(
            *(
                Linear(told[role.value][level]["weights"].astype(np.float32), told[role.value][level]["bias"])
                for level in ("words", "call")
            )
        )
        for role in LABELS
    }
    return Classifier(Features(*vocabularies), sides)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refused(path.parent, f"缺少 {path.name}", f"{path.name} is missing") from error


def _refused(folder: Path, zh: str, en: str) -> ToneModelError:
    return ToneModelError(
        "E_TONE_MODEL",
        Message(f"{shown(folder)}：{zh}；{_AGAIN.zh}", f"{shown(folder)}: {en}; {_AGAIN.en}"),
    )
