"""Past calls for the tests of the workbench, and a source of them that is no folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from speechqa.call import Call, Message, Transcript
from speechqa.checklist import Checklist, load
from speechqa.errors import TranscriptError
from tests.matching.lines import dialogue

HEAD = "speechqa: 1\nid: t\nversion: '1'\ntitle: 试\n"
HELLO = "  - {id: hello, title: 问候, because: 没有问候, deduct: 30, require: {by: agent, phrases: 您好}}\n"
BYE = "  - {id: bye, title: 道别, because: 没有道别, deduct: 10, require: {by: agent, phrases: 再见}}\n"


@dataclass(frozen=True, slots=True)
class SaidCall:
    """A call known by heart."""

    call: Call
    lines: tuple[str, ...] = field(default=())

    def transcript(self) -> Transcript:
        if not self.lines:
            raise TranscriptError("E_TRANSCRIPT", Message("坏了", "broken"))
        return dialogue(*self.lines)


def said(call_id: str, *lines: str, metadata: Mapping[str, str] | None = None) -> SaidCall:
    """'A 您好' is the agent, 'C 喂' the customer; without lines the transcript cannot be read."""
    return SaidCall(Call(call_id, Path(f"{call_id}.wav"), metadata or {}), lines)


def written(folder: Path, body: str, name: str = "rules.yaml") -> Checklist:
    """A checklist of the sections in `body`, from a file of that name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + body, "utf-8")
    return load(path)
