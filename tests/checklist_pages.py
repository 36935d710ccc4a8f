"""What the tests of docs/checklists.md and docs/checklists.zh.md share: reading the pages.

A fenced block says in its first line what it is: `yaml checklist` a whole one, `yaml part` one without the
first four lines, `yaml change` a line for the one with the same key; `file=` where it is kept, and
`rule=verdict` what a call comes to by the checklist before it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

DOCS = Path(__file__).parents[1] / "docs"
ENGLISH, CHINESE = DOCS / "checklists.md", DOCS / "checklists.zh.md"
BOTH = pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["en", "zh"])
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r'^<a id="(?P<name>[\w-]+)"></a>$', re.MULTILINE)
TOP = "speechqa: 1\nid: part\nversion: '1'\ntitle: part\n"  # what a part of a checklist is put under
FAILING = "checklist-failing"  # an example of it does not come out, which the page tells


class Block(NamedTuple):
    """A fenced block: what it is, the words behind that, and its text."""

    kind: str
    words: tuple[str, ...]
    text: str

    def said(self, key: str) -> str | None:
        """What is behind `key=` in the first line."""
        return next((word.removeprefix(f"{key}=") for word in self.words if word.startswith(f"{key}=")), None)

    @property
    def is_checklist(self) -> bool:
        return self.kind == "yaml" and not {"checklist", FAILING, "part", "change"}.isdisjoint(self.words)

    @property
    def verdicts(self) -> dict[str, str]:
        """By rule: what a call, given as a transcript, must come to."""
        pairs = (word.split("=") for word in self.words if "=" in word and not word.startswith("file="))
        return dict(pairs) if self.kind == "json" else {}


def blocks(page: Path) -> Iterator[Block]:
    for match in FENCE.finditer(page.read_text("utf-8")):
        kind, *words = match["info"].split()
        yield Block(kind, tuple(words), match["body"])


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def entries(page: Path) -> dict[str, str]:
    """The prose of each entry, up to the next one."""
    parts = ENTRY.split(prose(page))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(page: Path) -> list[str]:
    """Every command line that starts with speechqa, in blocks and between backticks."""
    typed = [line[2:] for block in blocks(page) for line in block.text.splitlines() if line[:2] == "$ "]
    inline = re.findall(r"`([^`\n]+)`", prose(page))
    return [line for line in (*typed, *inline) if line.startswith("speechqa ")]


def write(block: Block, folder: Path) -> Path | None:
    """Writes a block that is a file or a checklist; where. None when it is neither."""
    if block.kind not in {"yaml", "json", "csv"}:
        return None
    text, source = block.text, block.said("from")
    if "part" in block.words:
        text = TOP + ("rules:\n" if text.startswith("-") else "") + text
    if source is not None:
        text = _changed((folder / source).read_text("utf-8"), text)
    path = folder / (block.said("file") or f"part.{block.kind}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _changed(whole: str, line: str) -> str:
    key = line[: line.index(":") + 1]
    changed = re.sub(rf"^{re.escape(key)}.*\n", line, whole, flags=re.MULTILINE)
    assert changed != whole
    return changed
