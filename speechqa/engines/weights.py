"""Which recognition models exist, where they lie, and whether they are whole.

locate(name)   -> Weights            for the engine; never downloads
catalogue()    -> ModelInfo, ...     for `speechqa models list`
fetch(name)    -> Weights            the only thing that downloads, because it was asked to
verify(name)   -> Weights            reads every byte
languages(weights)                   codes that the model knows
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from speechqa.call import Message
from speechqa.engines import embedded
from speechqa.errors import ModelError

HUB = {  # name: (hub id, bytes of model.bin)
    "tiny": ("Systran/faster-whisper-tiny", 75_538_270),
    "small": ("Systran/faster-whisper-small", 483_546_902),
    "medium": ("Systran/faster-whisper-medium", 1_527_906_378),
    "large-v2": ("Systran/faster-whisper-large-v2", 3_086_912_962),
    "large-v3": ("Systran/faster-whisper-large-v3", 3_087_284_237),
    "large-v3-turbo": ("mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1_617_884_929),
}
NEEDED = ("model.bin", "config.json", "tokenizer.json")
PATTERNS = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]
CHUNK = 1 << 20  # bytes hashed at a time
LANGUAGE_TOKEN = re.compile(r"<\|([a-z]{2,3})\|>")


@dataclass(frozen=True, slots=True)
class Weights:
    """A model on this machine."""

    name: str
    folder: Path
    sha256: str  # of model.bin, hex


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A line of the catalogue."""

    name: str
    where: str  # a folder, a hub id, or the packages that carry it
    present: bool
    licence: str
    size: int  # bytes of model.bin, about
    sha256: str | None  # of model.bin; None when only the hub knows it


def catalogue() -> tuple[ModelInfo, ...]:
    """The embedded model first, then those of the hub, small to large."""
    base = ModelInfo(
        "base",
        ", ".join(embedded.PACKAGES),
        embedded.is_installed() or embedded.is_whole(embedded.cache_folder() / "whisper-base"),
        "MIT",
        embedded.SIZE,
        embedded.FILES["model.bin"],
    )
    return (base, *(_hub_info(name) for name in HUB))


def locate(name: str) -> Weights:
    """The model of that name, hub id or folder, from this machine alone.

    Raises ModelError with the path, and with how to get the model, when it is missing or damaged.
    """
    if name == "base":
        folder = embedded.joined(embedded.cache_folder())
        return Weights(name, folder, embedded.FILES["model.bin"])
    folder_or_none = Path(name) if Path(name).is_dir() else _in_hub_cache(name)
    if folder_or_none is None:
        raise ModelError("E_MODEL", _not_here(name))
    missing = [file for file in NEEDED if not (folder_or_none / file).is_file()]
    if missing:
        raise ModelError("E_MODEL", _incomplete(folder_or_none, missing, name))
    return Weights(name, folder_or_none, _hash(folder_or_none / "model.bin"))


def fetch(name: str) -> Weights:
    """Downloads the model from the hub, or joins the embedded one. Raises ModelError."""
    if name == "base" or Path(name).is_dir():
        return verify(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        snapshot_download(_hub_id(name), allow_patterns=PATTERNS)
    except (HFValidationError, OSError, ValueError) as error:  # the hub's HTTP errors are OSErrors
        raise ModelError("E_MODEL", _not_fetched(name, error)) from error
    return locate(name)


def verify(name: str) -> Weights:
    """Reads every byte of the model. Raises ModelError with path, expected and actual sha256.

    The hub's cache names a large file's blob after its sha256, so that one can be checked too; a folder
    of your own has no known hash, its sha256 is only told.
    """
    weights = locate(name)
    if name == "base":
        for file, expected in embedded.FILES.items():
            _compare(weights.folder / file, expected, f"rm -r {weights.folder}; speechqa models fetch base")
        return weights
    blob = (weights.folder / "model.bin").resolve().name
    if len(blob) == 64:
        _compare(weights.folder / "model.bin", blob, f"speechqa models fetch {name}")
    languages(weights)
    return weights


def languages(weights: Weights) -> frozenset[str]:
    """Codes of the languages in the model's tokenizer.json. Raises ModelError when it holds none."""
    path = weights.folder / "tokenizer.json"
    try:
        found = frozenset(LANGUAGE_TOKEN.findall(path.read_text("utf-8")))
    except UnicodeDecodeError as error:
        raise ModelError("E_MODEL", _no_tokenizer(path, weights.name)) from error
    except OSError as error:
        raise ModelError("E_MODEL", _unreadable(path, error)) from error
    if not found:
        raise ModelError("E_MODEL", _no_tokenizer(path, weights.name))
    return found


def _compare(path: Path, expected: str, how: str) -> None:
    got = _hash(path)
    if got != expected:
        raise ModelError("E_MODEL", embedded.damaged(path, expected, got, how))


def _hub_info(name: str) -> ModelInfo:
    hub_id, size = HUB[name]
    return ModelInfo(name, hub_id, _in_hub_cache(name) is not None, "MIT", size, None)


def _hub_id(name: str) -> str:
    return HUB[name][0] if name in HUB else name


def _in_hub_cache(name: str) -> Path | None:
    """Folder of the newest snapshot in the local hub cache; no network."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = try_to_load_from_cache(_hub_id(name), "model.bin")
    except HFValidationError:
        return None
    return Path(found).parent if isinstance(found, str) else None


def _hash(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _not_here(name: str) -> Message:
    have = ", ".join(["base", *HUB])
    return Message(
        f"本机没有识别模型“{name}”。可选：{have}、hub 上的名称，或本地模型目录。"
        f"获取：speechqa models fetch {name}",
        f'the recognition model "{name}" is not on this machine; expected one of {have}, a hub id '
        f"or a folder. Get it with: speechqa models fetch {name}",
    )


def _incomplete(folder: Path, missing: list[str], name: str) -> Message:
    files = ", ".join(missing)
    return Message(
        f"{folder}：模型不完整，缺少 {files}。请换一个 CTranslate2 格式的模型目录，"
        f"或运行 speechqa models fetch {name}",
        f"{folder}: the model is incomplete, {files} missing. Name a folder with a CTranslate2 model, "
        f"or run: speechqa models fetch {name}",
    )


def _no_tokenizer(path: Path, name: str) -> Message:
    if name == "base":
        how = f"rm -r {path.parent}; speechqa models fetch base"
        return Message(
            f"{path}：文件损坏，应为 Whisper 分词表（含 <|zh|> 等语种标记）。重新获取：{how}",
            f"{path}: the file is damaged: expected Whisper's tokenizer with tokens such as <|zh|>. "
            f"Get it again: {how}",
        )
    return Message(
        f"{path}：文件损坏或不是 Whisper 的分词表（应含 <|zh|> 等语种标记）。"
        "请从模型的来源重新拷贝 tokenizer.json。",
        f"{path}: the file is damaged or not Whisper's: expected a tokenizer with tokens such as <|zh|>. "
        "Copy tokenizer.json again from where the model came from.",
    )


def _unreadable(path: Path, error: OSError) -> Message:
    return Message(
        f"{path}：无法读取（{error.strerror}）。请检查文件权限。",
        f"{path}: cannot be read ({error.strerror}). Check its permissions.",
    )


def _not_fetched(name: str, error: Exception) -> Message:
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return Message(
        f"下载模型“{name}”失败：{first}。请检查网络和名称，或设置 HF_ENDPOINT 使用镜像，"
        f"也可以把模型目录拷到本机后用 --model 目录。",
        f'could not fetch the model "{name}": {first}. Check the network and the name, set HF_ENDPOINT to a '
        f"mirror, or copy a model folder here and name it with --model.",
    )
