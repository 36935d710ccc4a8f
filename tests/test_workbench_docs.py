"""docs/checklists.md and docs/checklists.zh.md: every command is one, and prints what is shown.

After a change of what commands print, look at what is new and make the blocks again on purpose:
`SPEECHQA_REMAKE_GOLDEN=1 pytest tests/test_workbench_docs.py`.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from speechqa.cli.rules import app
from tests.checklist_pages import BOTH, CHINESE, DOCS, ENGLISH, FENCE, Block, blocks, commands, write
from tests.cli.command import environment
from tests.test_readme import options

CLOCK, SAVED_AT = re.compile(r"\b\d\d:\d\d:\d\d\b"), "10:15:00"  # of the day, which the page cannot know
LANG = {ENGLISH: "en", CHINESE: "zh"}


@BOTH
def test_every_command_line_names_commands_and_options_that_exist(page: Path) -> None:
    faults = {line: list(options(shlex.split(line.partition(" > ")[0])[1:])) for line in commands(page)}
    assert {line: found for line, found in faults.items() if found} == {}


@BOTH
def test_every_command_of_the_workbench_is_told_of(page: Path) -> None:
    told = {line.split()[2] for line in commands(page) if line.startswith("speechqa rules ")}
    assert told == set(getattr(typer.main.get_command(app), "commands", {}))


def test_both_languages_show_the_same_commands() -> None:
    assert commands(ENGLISH) == commands(CHINESE)


def process(line: str, folder: Path, lang: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", *shlex.split(line)],
        cwd=folder,
        env={**environment(folder.parent, SPEECHQA_LANG=lang), "PYTHONPATH": str(DOCS.parent)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def printed(line: str, folder: Path, lang: str) -> str:
    """What a command of the page prints on a terminal; nothing where it is sent to a file."""
    command, _, file = line.partition(" > ")
    with process(command, folder, lang) as running:
        said, _ = running.communicate(timeout=300)
    assert "Traceback" not in said, said
    if not file:
        return said
    assert json.loads(said)
    return ""


def watched(line: str, folder: Path, lang: str, saved: str) -> str:
    """What `rules watch` prints at its start, and once the author saves what is in the file `saved`."""
    watching = folder / shlex.split(line)[3]
    with process(line, folder, lang) as running:
        try:
            first = _round(running)
            watching.write_bytes((folder / saved).read_bytes())
            return CLOCK.sub(SAVED_AT, first + _round(running))
        finally:
            running.kill()


def _round(running: "subprocess.Popen[str]") -> str:
    """The lines up to an empty one, with it."""
    assert running.stdout is not None
    lines = ""
    while line := running.stdout.readline():
        lines += line
        if line == "\n":
            return lines
    pytest.fail(f"the command ended: {lines}")


def shown_again(page: Path, folder: Path) -> Iterator[tuple[Block, str]]:
    """Each console block, and the same commands with what they print now, run where the page has led."""
    folder.mkdir()
    for block in blocks(page):
        write(block, folder)
        if block.kind != "console":
            continue
        saved, now = block.said("saved"), ""
        for line in (line for line in block.text.splitlines() if line.startswith("$ ")):
            said = (
                watched(line[2:], folder, LANG[page], saved)
                if saved
                else printed(line[2:], folder, LANG[page])
            )
            now += f"{line}\n{said}"
        yield block, now


@BOTH
def test_every_command_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    found = list(shown_again(page, tmp_path / "here"))
    assert len(found) > 10
    if os.environ.get("SPEECHQA_REMAKE_GOLDEN"):
        made = iter([now for _, now in found])
        again = FENCE.sub(
            lambda match: (
                f"```{match['info']}\n{next(made)}```" if match["info"].startswith("console") else match[0]
            ),
            page.read_text("utf-8"),
        )
        page.write_text(again, "utf-8")
        pytest.skip("the page was made again")
    for block, now in found:
        assert now == block.text
