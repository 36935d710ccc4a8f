"""The errors that users can meet.

    SpeechqaError            code, message in Chinese and English
    ├── AudioError           E_EMPTY E_NO_AUDIO E_FORMAT E_CHANNELS E_TOO_LONG E_RAW_NEEDS_SETTINGS
    │                        E_UNSUPPORTED E_IO: this recording cannot be heard
    ├── TranscriptError      E_TRANSCRIPT: a transcript file is not what the README describes
    ├── ModelError           E_MODEL: a recognition model is missing, damaged or cannot be loaded
    ├── OutputError          E_OUTPUT E_DISK_FULL E_BUSY: results cannot be written
    ├── UsageError           E_USAGE: the command cannot run as asked
    └── FaultsError          several faults of one file, each with its place
        ├── ChecklistError   E_CHECKLIST
        └── CallsError       E_CALLS: the --calls table

The first two end one call; the others end the run. Foreign exceptions are translated where they
enter, `raise AudioError(...) from error`, so nothing above needs to know which library failed.
"""

from dataclasses import dataclass
from pathlib import Path

from speechqa.call import Failure, Lang, Message


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


class OutputError(SpeechqaError):
    pass


class UsageError(SpeechqaError):
    pass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file that a person wrote. Lines and columns count from 1."""

    path: Path
    line: int
    column: int
    message: Message

    def text(self, lang: Lang) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message.text(lang)}"


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
