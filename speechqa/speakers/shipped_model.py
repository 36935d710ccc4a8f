"""Models that the repository ships: looked for, compared byte for byte, opened."""

import sysconfig
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from speechqa.call import Message
from speechqa.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class ShippedModel:
    """A file that we know, byte for byte."""

    file: Path  # under the repository, or share/speechqa when installed
    sha256: str
    name: Message

    @property
    def fingerprint(self) -> str:
        """Of the file that would be used, unread: `none` where it is missing."""
        return self.sha256[:8] if self._installed() else "none"

    def located(self) -> Path:
        """The file. Raises ModelError where it is missing or is not the one we shipped."""
        path = self._installed() or self._places()[0]
        try:
            got = sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError("E_MODEL", self._missing(path)) from error
        if got != self.sha256:
            raise ModelError("E_MODEL", self.damaged(path, got))
        return path

    def session(self) -> "InferenceSession":
        """The model, opened once. Raises ModelError where it is missing or damaged."""
        return _opened(self)

    def _installed(self) -> Path | None:
        return next((place for place in self._places() if place.is_file()), None)

    def _places(self) -> tuple[Path, ...]:
        shared = Path(sysconfig.get_path("data")) / "share" / "speechqa"
        return REPOSITORY / self.file, shared / self.file

    @property
    def _how_to_get(self) -> str:
        return f"git checkout {self.file.parent.as_posix()}; pip install --force-reinstall ."

    def _missing(self, path: Path) -> Message:
        return Message(
            f"{path}：缺少{self.name.zh}。获取：{self._how_to_get}",
            f"{path}: the {self.name.en} is missing. Get it with: {self._how_to_get}",
        )

    def damaged(self, path: Path, got: str) -> Message:
        return Message(
            f"{path}：{self.name.zh}损坏，sha256 应为 {self.sha256}，实际为 {got}。"
            f"重新获取：{self._how_to_get}",
            f"{path}: the {self.name.en} is damaged: expected sha256 {self.sha256}, got {got}. "
            f"Get it again: {self._how_to_get}",
        )


@lru_cache(maxsize=4)
def _opened(model: ShippedModel) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1  # two take longer: what is computed at once is small
    options.log_severity_level = 3
    path = model.located()
    try:
        return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own kinds, without a common base
        raise ModelError("E_MODEL", model.damaged(path, str(error))) from error
