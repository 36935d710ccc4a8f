"""`rules watch` looks again when the author saves, however the editor does it, until Ctrl-C."""

import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.authoring.said_calls import HEAD
from tests.cli.command import running, write_call

EXAMPLE = "examples: [{verdict: pass, call: '坐席：您好'}]"
RULES = (
    f"{HEAD}rules:\n  - {{id: hello, title: 问候, because: 没有问候, deduct: 30, "
    f"require: {{by: agent, phrases: 您好}}, {EXAMPLE}}}\n"
)
SOUND = "no faults; 1 examples, 1 as expected, 0 not"


@contextmanager
def watching(folder: Path, *options: str) -> "Iterator[Popen[str]]":
    """The command, waiting for the first save."""
    (folder / "rules.yaml").write_text(RULES, "utf-8")
    arguments = [
        sys.executable,
        "-m",
        "speechqa",
        "rules",
        "watch",
        str(folder / "rules.yaml"),
        "--lang",
        "en",
    ]
    with running(folder, [*arguments, *options]) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: "Popen[str]") -> list[str]:
    """The lines of the next round, which ends with an empty one."""
    assert process.stdout is not None
    lines: list[str] = []
    while (line := process.stdout.readline()) and line != "\n":
        lines.append(line.rstrip("\n"))
    assert line, "the command ended"
    return lines


def told_of(process: "Popen[str]", file: str = "rules.yaml") -> list[str]:
    """The same of a save, which begins with its time and what was saved."""
    first, *lines = told(process)
    assert re.fullmatch(rf"\d\d:\d\d:\d\d {re.escape(file)} saved", first)
    return lines


def renamed(path: Path, content: str) -> None:
    """Saves as most editors do."""
    beside = path.with_name("beside.tmp")
    beside.write_text(content, "utf-8")
    beside.replace(path)


def in_place(path: Path, content: str) -> None:
    path.write_text(content, "utf-8")


def deleted_first(path: Path, content: str) -> None:
    path.unlink()
    path.write_text(content, "utf-8")


@pytest.mark.parametrize("save", [renamed, in_place, deleted_first])
def test_a_save_is_seen_however_it_is_made(tmp_path: Path, save: Callable[[Path, str], None]) -> None:
    with watching(tmp_path) as process:
        assert told(process) == [SOUND]
        save(tmp_path / "rules.yaml", RULES.replace("坐席：您好", "坐席：喂"))
        wrong, counted = told_of(process)
        assert "rules.yaml:6: hello: expected pass, got fail." in wrong
        assert counted == "no faults; 1 examples, 0 as expected, 1 not"


def test_a_broken_file_shows_its_faults_and_the_next_save_goes_on(tmp_path: Path) -> None:
    with watching(tmp_path) as process:
        assert told(process) == [SOUND]
        renamed(tmp_path / "rules.yaml", RULES.replace("require:", "requires:"))
        faults = told_of(process)
        assert any("requires" in line for line in faults)
        assert faults[-1].endswith("correct and save again")
        renamed(tmp_path / "rules.yaml", RULES)
        assert told_of(process) == [SOUND]


def test_flips_of_past_calls_are_told_since_the_last_sound_save(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json", "早上好，我是客服")
    with watching(tmp_path, "--on", str(tmp_path / "in")) as process:
        assert told(process) == [SOUND]
        renamed(tmp_path / "rules.yaml", RULES.replace("require:", "requires:"))
        told(process)
        renamed(tmp_path / "rules.yaml", RULES.replace("phrases: 您好", "phrases: [您好, 早上好]"))
        lines = told_of(process)
        assert lines[:4] == [
            SOUND,
            "since the last save:",
            "changed (1): hello 问候",
            "hello 问候: 1 verdicts changed, 1 for the agent, 0 against",
        ]
        assert lines[-1] == "1 calls, +30.00 points on average, 1 with another result"


def test_shared_terms_are_watched_too(tmp_path: Path) -> None:
    terms = tmp_path / "terms.yaml"
    terms.write_text("phrases:\n  问候: [您好]\n", "utf-8")
    shared = RULES.replace("rules:\n", "terms: [terms.yaml]\nrules:\n").replace(
        "phrases: 您好", "phrases: <问候>"
    )
    with watching(tmp_path) as process:
        assert told(process) == [SOUND]
        renamed(tmp_path / "rules.yaml", shared)
        assert told_of(process) == [SOUND]
        renamed(terms, "phrases:\n  问候: [晚安]\n")
        assert told_of(process, "terms.yaml")[-1] == "no faults; 1 examples, 0 as expected, 1 not"


def test_a_list_that_was_edited_is_named_and_scores_that_stay_are_said_to_stay(tmp_path: Path) -> None:
    write_call(tmp_path / "in" / "a.json")
    terms = tmp_path / "terms.yaml"
    terms.write_text("phrases:\n  问候: [您好]\n", "utf-8")
    shared = RULES.replace("rules:\n", "terms: [terms.yaml]\nrules:\n").replace(
        "phrases: 您好", "phrases: <问候>"
    )
    with watching(tmp_path, "--on", str(tmp_path / "in")) as process:
        told(process)
        renamed(tmp_path / "rules.yaml", shared)
        assert told_of(process)[-1] == "no verdict and no score of 1 calls is another"
        renamed(terms, "phrases:\n  问候: [您好, 晚安]\n")
        assert told_of(process, "terms.yaml")[2] == (
            "changed list: 问候 (+ 晚安); rules that change by it (1): hello 问候"
        )


def test_ctrl_c_ends_it_without_a_word_of_python(tmp_path: Path) -> None:
    with watching(tmp_path) as process:
        told(process)
        process.send_signal(signal.SIGINT)
        _, talk = process.communicate()
        assert process.returncode == 130
        assert talk.startswith("watching ")
        assert "Traceback" not in talk
