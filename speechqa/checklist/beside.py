"""Files that a checklist names: its shared phrase lists, its product sheet. They lie beside it or below."""

import hashlib
from errno import EISDIR
from pathlib import Path, PurePosixPath

from speechqa.checklist.form import Faults, shown
from speechqa.checklist.yaml.nodes import MAX_BYTES, Node, Scalar
from speechqa.errors import reason


class Beside:
    """Reads the files that a checklist names, and knows the hash of all of them with it."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._folder = faults.path.parent
        self._read: dict[str, bytes] = {}

    def read(self, node: Node, most: int = MAX_BYTES) -> tuple[Path, bytes] | None:
        """The file that a node names, `most` + 1 bytes of it at most; None, and a fault, without one."""
        if not isinstance(node, Scalar) or not _is_beside(node.text):
            wanted = (
                "质检表所在目录里的文件，如 terms/礼貌用语.yaml",
                "a file beside the checklist or below",
            )
            self._faults.expected(node.place, "file", wanted, shown(node))
            return None
        path = self._folder / node.text
        try:
            if path.exists() and not path.is_file():  # a pipe would be waited for
                raise OSError(EISDIR, "not a file")
            with path.open("rb") as file:
                content = file.read(most + 1)
        except OSError as error:
            why = reason(error)
            self._faults.add(
                node.place,
                f"无法读取 {node.text}（{why.zh}）；它应与质检表放在一起，复制质检表时请一并复制",
                f"cannot read {node.text} ({why.en}); it belongs beside the checklist: copy both",
                "missing-file",
            )
            return None
        self._read[node.text] = content
        return path, content

    def digest(self, content: bytes) -> str:
        """The sha256 of the checklist's bytes; with files beside it, of all their hashes by name."""
        own = hashlib.sha256(content).hexdigest()
        if not self._read:
            return own
        others = (f"{name}\0{hashlib.sha256(data).hexdigest()}" for name, data in sorted(self._read.items()))
        return hashlib.sha256("\0".join((own, *others)).encode()).hexdigest()


def _is_beside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name.strip()) and not path.is_absolute() and ".." not in path.parts and "\0" not in name
