"""The errors that users can meet.

    SpeechqaError            code, message in Chinese and English
    ├── AudioError           E_EMPTY E_NO_AUDIO E_FORMAT E_CHANNELS E_TOO_LONG E_RAW_NEEDS_SETTINGS
    │                        E_UNSUPPORTED E_IO: this recording cannot be heard
    ├── TranscriptError      E_TRANSCRIPT E_IO: a transcript file is not what the README describes, or
    │                        cannot be read
    ├── ModelError           E_MODEL: a recognition model is missing, damaged or cannot be loaded
    │   └── ToneModelError   E_TONE_MODEL: the tone model is missing, damaged, or of another version
    ├── OutputError          E_OUTPUT E_DISK_FULL E_BUSY: results cannot be written
    ├── UsageError           E_USAGE: the command cannot run as asked
    └── FaultsError          several faults of one file, each with its place
        ├── ChecklistError   E_CHECKLIST
        └── CallsError       E_CALLS: the --calls table

The first two end one call; the others end the run. Foreign exceptions are translated where they
enter, `raise AudioError(...) from error`, so nothing above needs to know which library failed.
"""

import errno
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from speechqa.assessment import Failure
from speechqa.call import Lang, Message


class SpeechqaError(Exception):
    """Base of all; `str()` is the English text."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code = code
        self.message = message

    def failure(self) -> Failure:
        return Failure(self.code, self.message)


class AudioError(SpeechqaError):
    pass


class TranscriptError(SpeechqaError):
    pass


class ModelError(SpeechqaError):
    pass


class ToneModelError(ModelError):
    pass


class OutputError(SpeechqaError):
    pass


class UsageError(SpeechqaError):
    pass


REASONS = {
    errno.EACCES: Message("没有权限", "permission denied"),
    errno.EPERM: Message("没有权限", "permission denied"),
    errno.ENOENT: Message("文件或目录不存在", "no such file or folder"),
    errno.ENOTDIR: Message("路径中有一级不是目录", "a part of the path is not a folder"),
    errno.EISDIR: Message("这是一个目录", "it is a folder"),
    errno.EEXIST: Message("已有同名文件", "there is a file of that name"),
    errno.EROFS: Message("磁盘是只读的", "the disk is read-only"),
    errno.ELOOP: Message("符号链接循环", "a loop of symbolic links"),
    errno.ENAMETOOLONG: Message("名称过长", "the name is too long"),
    errno.EIO: Message("磁盘读写出错", "the disk reports an error"),
    errno.ESTALE: Message("网络盘已断开", "the network disk was disconnected"),
}


def reason(error: OSError) -> Message:
    """Why the system refused, in a few words; its own where we have none."""
    own = error.strerror or type(error).__name__
    return REASONS.get(error.errno or 0, Message(own, own))


class Level(StrEnum):
    """What a fault does to its file: it is refused, or only doubtful."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file that a person wrote. Lines and columns (characters) count from 1.

    Line 0 is the file as a whole: one that is not there has no place to go to.
    """

    path: Path
    line: int
    column: int
    message: Message
    code: str = "bad-value"  # the kind of fault, for programs; never reworded
    level: Level = Level.ERROR

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)

    def text(self, lang: Lang) -> str:
        return f"{self.where}: {self.message.text(lang)}"


class FaultsError(SpeechqaError):
    """All faults of a file at once, in the order of the file."""

    def __init__(self, code: str, faults: tuple[Fault, ...]) -> None:
        ordered = tuple(sorted(faults, key=lambda fault: (str(fault.path), fault.line, fault.column)))
        super().__init__(
            code,
            Message(
                "\n".join(fault.text(Lang.ZH) for fault in ordered),
                "\n".join(fault.text(Lang.EN) for fault in ordered),
            ),
        )
        self.faults = ordered


class ChecklistError(FaultsError):
    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("E_CHECKLIST", faults)


class CallsError(FaultsError):
    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("E_CALLS", faults)
